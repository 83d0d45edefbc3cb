"""Finding and reading people and households."""

from maiam.contexts.families.queries.heads import candidates, proposed_head
from maiam.contexts.families.queries.identity import (
    Folded,
    all_ids_of,
    current_person_id,
    current_person_ids,
    folded_into,
    merge_between,
)
from maiam.contexts.families.queries.people import (
    HouseholdPage,
    MemberLine,
    PersonPage,
    household,
    household_by_code,
    household_members,
    identity_number,
    person,
)
from maiam.contexts.families.queries.search import PersonHit, search_persons

__all__ = [
    "Folded",
    "HouseholdPage",
    "MemberLine",
    "PersonHit",
    "PersonPage",
    "all_ids_of",
    "candidates",
    "current_person_id",
    "current_person_ids",
    "folded_into",
    "household",
    "household_by_code",
    "household_members",
    "identity_number",
    "merge_between",
    "person",
    "proposed_head",
    "search_persons",
]
