"""The households a made-up story may be about: husband, wife, sometimes a small child or his mother."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.places.models import Unit

# Children of the stories are small.
CHILD_BORN_FROM = 2014


class Hurt(StrEnum):
    """Who of the household is hurt."""

    WIFE = "wife"
    HUSBAND = "husband"
    CHILD = "child"
    ELDER = "elder"


@dataclass(frozen=True)
class Home:
    """Who lives together. A wife and a husband always do."""

    village_id: int
    wife: Person
    husband: Person
    child: Person | None = None
    elder: Person | None = None

    def person(self, hurt: Hurt) -> Person | None:
        return {Hurt.WIFE: self.wife, Hurt.HUSBAND: self.husband, Hurt.CHILD: self.child, Hurt.ELDER: self.elder}[hurt]


@dataclass(frozen=True)
class Pair:
    """Who is hurt and by whom; `relation` is what the one who hurts is to the other (relations.yaml)."""

    hurt: Person
    hurts: Person
    relation: str

    @property
    def relations(self) -> dict[tuple[UUID, UUID], str]:
        return {(self.hurts.id, self.hurt.id): self.relation}


def pair(home: Home, hurt: Hurt) -> Pair:
    """The two of a story; where the household has no such member, it is the wife."""
    person = home.person(hurt)
    if person is None or hurt is Hurt.WIFE:
        return Pair(home.wife, home.husband, "husband")
    if hurt is Hurt.HUSBAND:
        return Pair(home.husband, home.wife, "wife")
    return Pair(person, home.husband, "birth_parent" if hurt is Hurt.CHILD else "birth_child")


def homes(commune: Unit) -> list[Home]:
    """The commune's households with a husband and a wife, in the order of their codes."""
    stays = HouseholdMembership.objects.filter(household__commune=commune, ends_on__isnull=True)
    by_code: dict[str, list[HouseholdMembership]] = {}
    for stay in stays.select_related("household", "person").order_by("household__code", "person__sort_key"):
        by_code.setdefault(stay.household.code, []).append(stay)
    found = (_home(members) for members in by_code.values())
    return [home for home in found if home]


def _home(members: Iterable[HouseholdMembership]) -> Home | None:
    by_role = {stay.role: stay for stay in members if stay.role != MemberRole.CHILD}
    small = [stay.person for stay in members if stay.role == MemberRole.CHILD and _is_small(stay.person)]
    head, wife, elder = (by_role.get(role) for role in (MemberRole.HEAD, MemberRole.SPOUSE, MemberRole.PARENT))
    if head is None or wife is None or head.person.sex != Sex.MALE or head.household.village_id is None:
        return None
    return Home(
        village_id=head.household.village_id,
        wife=wife.person,
        husband=head.person,
        child=small[0] if small else None,
        elder=elder.person if elder else None,
    )


def _is_small(person: Person) -> bool:
    return (person.birth_year or 0) >= CHILD_BORN_FROM
