"""A year of a commune's register: births, deaths, weddings, people who come and go, each told some days later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from maiam.contexts.families import services as families
from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.places.models import Unit
from maiam.core.text import VIETNAM, PartialDate
from maiam.platform.access import Role, acting
from maiam.web.demo.names import Kin, full_name
from maiam.web.demo.offices import seated

# Of a thousand people in a year: round figures, near what a province of the highlands counts.
BIRTHS, DEATHS, WEDDINGS, COMING, GOING, DIVORCES = 16, 8, 8, 10, 12, 2
MOST_DAYS_AGO, FEWEST_DAYS_AGO = 355, 8
TOLD_AFTER_DAYS = (1, 2, 3, 5)
MOTHERS_BORN, OLD_BORN, GROWN_BORN = range(1984, 2005), range(1900, 1957), range(1960, 2005)
TOWNS = ("Thành phố Hồ Chí Minh", "Đồng Nai", "Đắk Lắk", "Tây Ninh", "Phường Bắc Gia Nghĩa")
ANYBODY = range(1900, 2100)


@dataclass(frozen=True)
class Living:
    """Who lives in one household as the year begins."""

    id: UUID
    stays: tuple[HouseholdMembership, ...]

    def one(self, role: MemberRole, *, born: range = ANYBODY, sex: Sex | None = None) -> Person | None:
        people = (stay.person for stay in self.stays if stay.role == role)
        return next((one for one in people if one.birth_year in born and sex in {None, one.sex}), None)


class Chronicler:
    """What happens in one commune. A household sees at most one of these events, so that their order does not matter."""

    def __init__(self, commune: Unit, random: Random, now: datetime) -> None:
        self.commune, self.random, self.now = commune, random, now
        self.homes = self._living()
        random.shuffle(self.homes)
        self.people = sum(len(home.stays) for home in self.homes)

    def happens(self, *, times: int = 1) -> None:
        """Let a year happen: as much as the rates say, or some `times` as much."""
        acts: tuple[tuple[int, Callable[[Living, date, dict[str, Any]], bool]], ...] = (
            (BIRTHS, self._is_born),
            (DEATHS, self._dies),
            (WEDDINGS, self._weds),
            (DIVORCES, self._parts),
            (COMING, self._comes),
            (GOING, self._goes),
        )
        for rate, act in acts:
            for _ in range(round(self.people * rate * times / 1000)):
                self._happens_once(act)

    def _happens_once(self, act: Callable[[Living, date, dict[str, Any]], bool]) -> None:
        """In the first household it fits, which then has had its share."""
        at = self.now - timedelta(days=self.random.randint(FEWEST_DAYS_AGO, MOST_DAYS_AGO))
        day, told_at = at.astimezone(VIETNAM).date(), at + timedelta(days=self.random.choice(TOLD_AFTER_DAYS))
        officer = seated(Role.CULTURE_OFFICER, self.commune, told_at)
        with acting(officer):
            fitting = next((home for home in self.homes if act(home, day, {"actor": officer, "now": told_at})), None)
        if fitting:
            self.homes.remove(fitting)

    def _is_born(self, home: Living, day: date, told: dict[str, Any]) -> bool:
        mother = home.one(MemberRole.SPOUSE, born=MOTHERS_BORN, sex=Sex.FEMALE)
        father = home.one(MemberRole.HEAD, sex=Sex.MALE)
        if mother is None or father is None:
            return False
        child = self._newcomer(father, PartialDate(day.year, day.month, day.day))
        families.record_birth(**told, household_id=home.id, child=child, mother_id=mother.id, father_id=father.id)
        return True

    def _dies(self, home: Living, day: date, told: dict[str, Any]) -> bool:
        old = home.one(MemberRole.PARENT, born=OLD_BORN) or home.one(MemberRole.SPOUSE, born=OLD_BORN)
        if old:
            families.record_death(**told, person_id=old.id, died_on=day)
        return old is not None

    def _weds(self, home: Living, day: date, told: dict[str, Any]) -> bool:
        """A grown son brings home a grown daughter of the next household that has one."""
        son = home.one(MemberRole.CHILD, born=GROWN_BORN, sex=Sex.MALE)
        others = (other for other in self.homes if other is not home)
        found = ((other, other.one(MemberRole.CHILD, born=GROWN_BORN, sex=Sex.FEMALE)) for other in others)
        hers, daughter = next(((other, one) for other, one in found if one), (None, None))
        if son is None or hers is None or daughter is None:
            return False
        families.record_marriage(
            **told, one_id=son.id, other_id=daughter.id, married_on=day, household_id=home.id,
            note="Đăng ký kết hôn tại xã.",
        )  # fmt: skip
        self.homes.remove(hers)
        return True

    def _parts(self, home: Living, day: date, told: dict[str, Any]) -> bool:
        husband, wife = home.one(MemberRole.HEAD, sex=Sex.MALE), home.one(MemberRole.SPOUSE, born=MOTHERS_BORN)
        if husband is None or wife is None:
            return False
        families.record_kinship(**told, person_id=husband.id, relative_id=wife.id, relation="wife")
        families.record_divorce(
            **told, one_id=husband.id, other_id=wife.id, divorced_on=day, leaver_id=wife.id, note="Theo bản án của tòa."
        )
        return True

    def _comes(self, home: Living, day: date, told: dict[str, Any]) -> bool:
        """A brother or sister of the head comes to live with them."""
        head = home.one(MemberRole.HEAD)
        if head is None:
            return False
        born = (head.birth_year or 1980) + self.random.randint(2, 12)
        who, town = self._newcomer(head, PartialDate(born)), self.random.choice(TOWNS)
        families.move_in(**told, household_id=home.id, who=who, role=MemberRole.SIBLING, on=day, note=f"Từ {town} về.")
        return True

    def _goes(self, home: Living, day: date, told: dict[str, Any]) -> bool:
        """A grown child leaves for work."""
        child = home.one(MemberRole.CHILD, born=GROWN_BORN)
        if child:
            town = self.random.choice(TOWNS)
            families.move_out(**told, household_id=home.id, person_ids=[child.id], on=day, destination=town)
        return child is not None

    def _newcomer(self, relative: Person, birth: PartialDate) -> PersonFacts:
        """Somebody new to the register, named as their relative's people name."""
        is_woman = self.random.random() < 0.5
        of = Kin(relative.ethnicity, relative.full_name.partition(" ")[0])
        return PersonFacts(
            full_name=full_name(self.random, of, is_woman=is_woman),
            commune_id=self.commune.id,
            sex=Sex.FEMALE if is_woman else Sex.MALE,
            birth=birth,
            ethnicity=of.people,
        )

    def _living(self) -> list[Living]:
        rows = HouseholdMembership.objects.filter(household__commune=self.commune, ends_on__isnull=True)
        by_home: dict[UUID, list[HouseholdMembership]] = {}
        for stay in rows.select_related("person").order_by("household__code", "person__sort_key", "person__birth_year"):
            by_home.setdefault(stay.household_id, []).append(stay)
        return [Living(home_id, tuple(stays)) for home_id, stays in by_home.items()]
