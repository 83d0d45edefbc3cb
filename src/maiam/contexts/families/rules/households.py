"""A household: who is its head, and what the others are to the head."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from maiam.contexts.families.rules.people import Birth

# Who is of full civil age may be head of a household: Civil Code 2015 Art. 20(1), Law on Residence 2020 Art. 10.
ADULT_FROM = 18


class MemberRole(StrEnum):
    """A member's place in the household, told from its head."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    CHILD_IN_LAW = "child_in_law"
    OTHER = "other"


MEMBER_ROLE_LABELS = {
    MemberRole.HEAD: "Chủ hộ",
    MemberRole.SPOUSE: "Vợ hoặc chồng",
    MemberRole.CHILD: "Con",
    MemberRole.PARENT: "Cha, mẹ",
    MemberRole.SIBLING: "Anh, chị, em",
    MemberRole.GRANDCHILD: "Cháu",
    MemberRole.GRANDPARENT: "Ông, bà",
    MemberRole.CHILD_IN_LAW: "Con dâu, con rể",
    MemberRole.OTHER: "Khác",
}


class Residence(StrEnum):
    """How a member resides: who is absent for a time is still permanently resident (Law on Residence 2020)."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    ABSENT = "absent"

    @property
    def is_permanent(self) -> bool:
        return self is not Residence.TEMPORARY


RESIDENCE_LABELS = {
    Residence.PERMANENT: "Thường trú",
    Residence.TEMPORARY: "Tạm trú",
    Residence.ABSENT: "Tạm vắng",
}


# --- the head


@dataclass(frozen=True)
class Candidate:
    """A member who may become head."""

    person_id: UUID
    role: MemberRole
    birth: Birth | None
    residence: Residence = Residence.PERMANENT

    def is_adult_on(self, day: date) -> bool:
        """Where the year of birth is unknown, an adult: the officer looks."""
        return self.birth is None or self.birth.age_on(day) >= ADULT_FROM


def proposed_head(members: Collection[Candidate], day: date) -> Candidate | None:
    """Propose who follows a head: the spouse, else the eldest adult who resides permanently, else any adult."""
    adults = [member for member in members if member.is_adult_on(day)]
    spouse = next((member for member in adults if member.role is MemberRole.SPOUSE), None)
    return spouse or min(adults, key=_after_residence_by_age, default=None)


def _after_residence_by_age(member: Candidate) -> tuple[bool, tuple[int, int, int], str]:
    birth = member.birth
    born = (birth.year, birth.month or 12, birth.day or 31) if birth else (9999, 12, 31)
    return not member.residence.is_permanent, born, str(member.person_id)


# --- roles under another head
_ROLE_OF_KIN = {
    "husband": MemberRole.SPOUSE,
    "wife": MemberRole.SPOUSE,
    "birth_parent": MemberRole.PARENT,
    "adoptive_parent": MemberRole.PARENT,
    "step_parent": MemberRole.PARENT,
    "birth_child": MemberRole.CHILD,
    "adopted_child": MemberRole.CHILD,
    "step_child": MemberRole.CHILD,
    "child_in_law": MemberRole.CHILD_IN_LAW,
    "sibling": MemberRole.SIBLING,
    "grandparent": MemberRole.GRANDPARENT,
    "grandchild": MemberRole.GRANDCHILD,
}

_R = MemberRole
# By what the new head was to the old one: what each other member becomes. What is not here cannot be told.
_UNDER: dict[MemberRole, dict[MemberRole, MemberRole]] = {
    _R.SPOUSE: {
        _R.HEAD: _R.SPOUSE,
        _R.CHILD: _R.CHILD,
        _R.GRANDCHILD: _R.GRANDCHILD,
        _R.CHILD_IN_LAW: _R.CHILD_IN_LAW,
    },
    _R.CHILD: {_R.HEAD: _R.PARENT, _R.SPOUSE: _R.PARENT, _R.CHILD: _R.SIBLING, _R.PARENT: _R.GRANDPARENT},
    _R.PARENT: {
        _R.HEAD: _R.CHILD,
        _R.SPOUSE: _R.CHILD_IN_LAW,
        _R.CHILD: _R.GRANDCHILD,
        _R.SIBLING: _R.CHILD,
        _R.PARENT: _R.SPOUSE,
    },
    _R.SIBLING: {
        _R.HEAD: _R.SIBLING,
        _R.SIBLING: _R.SIBLING,
        _R.PARENT: _R.PARENT,
        _R.GRANDPARENT: _R.GRANDPARENT,
    },
    _R.GRANDCHILD: {_R.HEAD: _R.GRANDPARENT, _R.SPOUSE: _R.GRANDPARENT},
    _R.GRANDPARENT: {_R.HEAD: _R.GRANDCHILD, _R.SIBLING: _R.GRANDCHILD},
}


def role_under(new_head_was: MemberRole | None, member_was: MemberRole, relation: str | None) -> MemberRole:
    """What a member becomes under a new head; `relation`, what they are to that head, tells before the roles do."""
    if relation in _ROLE_OF_KIN:
        return _ROLE_OF_KIN[relation]
    return _UNDER.get(new_head_was, {}).get(member_was, MemberRole.OTHER) if new_head_was else MemberRole.OTHER


# --- roles of those who come by birth and by marriage
ROLE_OF_NEWBORN = {
    _R.HEAD: _R.CHILD,
    _R.SPOUSE: _R.CHILD,
    _R.CHILD: _R.GRANDCHILD,
    _R.CHILD_IN_LAW: _R.GRANDCHILD,
    _R.PARENT: _R.SIBLING,
}
ROLE_OF_SPOUSE = {_R.HEAD: _R.SPOUSE, _R.CHILD: _R.CHILD_IN_LAW, _R.PARENT: _R.PARENT, _R.GRANDPARENT: _R.GRANDPARENT}
# What a divorced member who stays on is no more.
ROLES_BY_MARRIAGE = {_R.SPOUSE: _R.HEAD, _R.CHILD_IN_LAW: _R.CHILD}
