"""Villages and households of the demonstration: parents, children, here and there a grandmother."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from maiam.contexts.families import services as families
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import NewMember
from maiam.contexts.places import queries as places
from maiam.contexts.places import services as place_services
from maiam.contexts.places.models import Unit
from maiam.contexts.places.rules import VILLAGE_KIND_LABELS, VillageKind
from maiam.core.text import PartialDate
from maiam.platform.access import Actor
from maiam.web.demo.names import Kin, full_name, kin

FEWEST_VILLAGES, MOST_VILLAGES = 4, 8
LIVED_THERE_SINCE = date(2020, 1, 1)
WITH_HUSBAND, WITH_GRANDMOTHER = 0.9, 0.15
# Weights of none to four children at home.
CHILDREN = (1, 3, 5, 2, 1)
# In a ward all of them are tổ dân phố.
VILLAGE_NAMES = {
    "Bu Đăk": VillageKind.BON,
    "Jun Juh": VillageKind.BON,
    "Bù Bông": VillageKind.BON,
    "Choah": VillageKind.BUON,
    "Đắk Sắk": VillageKind.BUON,
    "Tân Lập": VillageKind.THON,
    "Đoàn Kết": VillageKind.THON,
    "Thuận An": VillageKind.THON,
    "Đồng Tâm": VillageKind.THON,
    "Hòa Bình": VillageKind.THON,
}
EVERYWHERE = "Bu Đăk"


def add_villages(house: Actor, commune: Unit, random: Random, now: datetime) -> None:
    others = [name for name in VILLAGE_NAMES if name != EVERYWHERE]
    for name in (EVERYWHERE, *random.sample(others, random.randint(FEWEST_VILLAGES, MOST_VILLAGES) - 1)):
        kind = VILLAGE_NAMES[name] if commune.kind == "xa" else VillageKind.TO_DAN_PHO
        label = f"{VILLAGE_KIND_LABELS[kind]} {name}"
        place_services.add_village(actor=house, commune_id=commune.id, kind=kind, name=label, now=now)


@dataclass(frozen=True)
class Clerk:
    """Who writes the register of one commune, on which day, with which dice."""

    house: Actor
    commune: Unit
    random: Random
    now: datetime

    def adds_households(self, how_many: int) -> None:
        villages = places.villages_of(self.commune.id)
        for number in range(how_many):
            village = self.random.choice(villages)
            page = families.NewHousehold(
                commune_id=self.commune.id,
                village_id=village.id,
                code=f"{self.commune.code}-{number + 1:04d}",
                members=list(self._family(village.id)),
            )
            families.register_whole_household(actor=self.house, page=page, now=self.now)

    def _family(self, village_id: int) -> Iterator[NewMember]:
        """A husband and wife, their children, sometimes a grandmother; sometimes a mother with her children alone."""
        random, of = self.random, kin(self.random)
        year = random.randint(1950, 2000)
        has_husband = random.random() < WITH_HUSBAND
        if has_husband:
            yield self._member(village_id, of, year=year, is_woman=False, role=MemberRole.HEAD)
        wife_role = MemberRole.SPOUSE if has_husband else MemberRole.HEAD
        yield self._member(village_id, kin(random), year=year + 2, is_woman=True, role=wife_role)
        for _ in range(random.choices(range(5), weights=CHILDREN)[0]):
            born = min(year + random.randint(20, 38), self.now.year)
            yield self._member(village_id, of, year=born, is_woman=random.random() < 0.5, role=MemberRole.CHILD)
        if random.random() < WITH_GRANDMOTHER:
            yield self._member(village_id, of, year=max(year - 25, 1925), is_woman=True, role=MemberRole.PARENT)

    def _member(self, village_id: int, of: Kin, *, year: int, is_woman: bool, role: MemberRole) -> NewMember:
        random = self.random
        facts = families.PersonFacts(
            full_name=full_name(random, of, is_woman=is_woman),
            commune_id=self.commune.id,
            village_id=village_id,
            sex=Sex.FEMALE if is_woman else Sex.MALE,
            birth=_birth(random, year, this_year=self.now.year),
            ethnicity=of.people,
            phone=f"+84900000{random.randint(0, 999):03d}" if random.random() < 0.5 else "",
        )
        return NewMember(facts=facts, role=role, starts_on=LIVED_THERE_SINCE)


def _birth(random: Random, year: int, *, this_year: int) -> PartialDate:
    """Full for most, month and year or year alone for the rest."""
    chance = random.random()
    if year >= this_year or chance < 0.15:
        return PartialDate(year)
    month = random.randint(1, 12)
    return PartialDate(year, month) if chance < 0.2 else PartialDate(year, month, random.randint(1, 28))
