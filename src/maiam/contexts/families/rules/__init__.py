"""Words and decisions of the family register. Pure."""

from maiam.contexts.families.rules.events import (
    EVENT_LABELS,
    PART_LABELS,
    EventKind,
    Part,
)
from maiam.contexts.families.rules.households import (
    ADULT_FROM,
    MEMBER_ROLE_LABELS,
    RESIDENCE_LABELS,
    ROLE_OF_NEWBORN,
    ROLE_OF_SPOUSE,
    ROLES_BY_MARRIAGE,
    Candidate,
    MemberRole,
    Residence,
    proposed_head,
    role_under,
)
from maiam.contexts.families.rules.kin import (
    ENDED_BY_DIVORCE,
    GAINED_BY_BIRTH,
    GAINED_BY_MARRIAGE,
    PARENTS,
    SPOUSES,
    TOO_CLOSE,
    inverse_relation,
    spouse_relations,
)
from maiam.contexts.families.rules.merging import FIELD_LABELS, HOME, MERGE_CHOICES, Side
from maiam.contexts.families.rules.people import CHILD_BELOW, OLDEST_AGE, SEX_LABELS, Birth, Sex

__all__ = [
    "ADULT_FROM",
    "CHILD_BELOW",
    "ENDED_BY_DIVORCE",
    "EVENT_LABELS",
    "FIELD_LABELS",
    "GAINED_BY_BIRTH",
    "GAINED_BY_MARRIAGE",
    "HOME",
    "MEMBER_ROLE_LABELS",
    "MERGE_CHOICES",
    "OLDEST_AGE",
    "PARENTS",
    "PART_LABELS",
    "RESIDENCE_LABELS",
    "ROLES_BY_MARRIAGE",
    "ROLE_OF_NEWBORN",
    "ROLE_OF_SPOUSE",
    "SEX_LABELS",
    "SPOUSES",
    "TOO_CLOSE",
    "Birth",
    "Candidate",
    "EventKind",
    "MemberRole",
    "Part",
    "Residence",
    "Sex",
    "Side",
    "inverse_relation",
    "proposed_head",
    "role_under",
    "spouse_relations",
]
