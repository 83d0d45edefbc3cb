"""What kind of household the register shows: the rows of the 2011 form, by generations. Pure.

Circular 23/2011/TT-BVHTTDL, form 01, rows 1.1 to 1.7. Where roles do not settle it, nothing is said: a person says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from maiam.contexts.families.rules import CHILD_BELOW, MemberRole, Sex

ELDERLY_FROM = 60


class HouseholdKind(StrEnum):
    COUPLE_AND_CHILDREN = "vo_chong_con"
    MOTHER_AND_CHILDREN = "me_con"
    FATHER_AND_CHILDREN = "bo_con"
    THREE_GENERATIONS = "ba_the_he"
    COUPLE = "vo_chong"
    ALONE = "don_than"
    OTHER = "khac"


_R = MemberRole
_LEVELS = {
    _R.GRANDPARENT: 2,
    _R.PARENT: 1,
    _R.HEAD: 0,
    _R.SPOUSE: 0,
    _R.SIBLING: 0,
    _R.CHILD: -1,
    _R.CHILD_IN_LAW: -1,
    _R.GRANDCHILD: -2,
}
_THREE = 3


@dataclass(frozen=True)
class Member:
    """One member as the kind of household depends on them."""

    role: MemberRole
    sex: Sex
    age: int | None


def household_kind(members: Sequence[Member]) -> HouseholdKind | None:
    """The kind of household, or None where the register does not settle it."""
    roles = [member.role for member in members]
    if roles.count(_R.HEAD) != 1 or any(role not in _LEVELS for role in roles):
        return None
    if len(members) == 1:
        return HouseholdKind.ALONE
    levels = sorted({_LEVELS[role] for role in roles})
    if len(levels) >= _THREE:
        return HouseholdKind.THREE_GENERATIONS
    if len(levels) == 1:
        return HouseholdKind.COUPLE if sorted(roles) == sorted([_R.HEAD, _R.SPOUSE]) else HouseholdKind.OTHER
    lower, upper = levels
    if upper - lower != 1:
        return HouseholdKind.OTHER
    return _two_generations(members, upper)


def _two_generations(members: Sequence[Member], upper: int) -> HouseholdKind | None:
    """One parent, or two, with their children; anything more is for a person to say."""
    parents = [member for member in members if _LEVELS[member.role] == upper]
    children = {member.role for member in members if _LEVELS[member.role] != upper}
    if not children <= ({_R.CHILD} if upper == 0 else {_R.HEAD, _R.SIBLING}):
        return None
    if any(parent.role is _R.SIBLING for parent in parents):
        return None
    sexes = sorted(parent.sex for parent in parents)
    by_sexes = {
        (Sex.FEMALE,): HouseholdKind.MOTHER_AND_CHILDREN,
        (Sex.MALE,): HouseholdKind.FATHER_AND_CHILDREN,
        (Sex.FEMALE, Sex.MALE): HouseholdKind.COUPLE_AND_CHILDREN,
    }
    return by_sexes.get(tuple(sexes))


def told_by_register(members: Sequence[Member]) -> dict[str, str | int]:
    """What expressions may name of a household without anybody being asked."""
    ages = [member.age for member in members if member.age is not None]
    return {
        "loai_ho_theo_so": household_kind(members) or "",
        "so_nguoi": len(members),
        "so_tre_em": sum(age < CHILD_BELOW for age in ages),
        "so_cao_tuoi": sum(age >= ELDERLY_FROM for age in ages),
        "so_nu": sum(member.sex is Sex.FEMALE for member in members),
    }


TOLD = ("loai_ho_theo_so", "so_nguoi", "so_tre_em", "so_cao_tuoi", "so_nu")
TOLD_LABELS = {
    "loai_ho_theo_so": "Loại hộ theo sổ",
    "so_nguoi": "Số người",
    "so_tre_em": f"Trẻ em dưới {CHILD_BELOW} tuổi",
    "so_cao_tuoi": f"Người từ {ELDERLY_FROM} tuổi",
    "so_nu": "Nữ",
}
# Of one member.
TOLD_OF_MEMBER = ("tuoi", "gioi_tinh")
