"""Two homes of one bon through a year: a daughter marries, a child is born, a grandfather dies, the young move out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from maiam.contexts.families import services as families
from maiam.contexts.families.models import Household, Person
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import NewHome, NewHousehold, NewMember, PersonFacts
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.places.rules import VillageKind
from maiam.core.text import VIETNAM, PartialDate
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.offices import seated

GRANDFATHER, GRANDMOTHER, SON, DAUGHTER = "Điểu Klung", "Thị Nhơi", "Điểu K'Lơi", "Thị Brư"
SONS_WIFE, GRANDSON, NEWBORN = "Nguyễn Thị Sương", "Điểu Minh", "Điểu Thị Mây"
HUSBAND, HUSBANDS_MOTHER = "Phạm Văn Tài", "Lê Thị Ngọt"
HOMES = OLD_HOME, HIS_HOME, NEW_HOME = "H-BK-21", "H-BK-22", "H-BK-23"
# In the commune as it was before the merger of 2025: the past is told under its names of then.
LIVED_THERE_SINCE = date(2019, 3, 1)
WRITTEN_DOWN = timedelta(days=210)


@dataclass(frozen=True)
class Told:
    """Who somebody is, as the page of their household says."""

    name: str
    role: MemberRole
    sex: Sex
    birth: PartialDate
    ethnicity: str = "M'Nông"
    phone: str = ""


FIRST = (
    Told(GRANDFATHER, MemberRole.HEAD, Sex.MALE, PartialDate(1948)),
    Told(GRANDMOTHER, MemberRole.SPOUSE, Sex.FEMALE, PartialDate(1951)),
    Told(SON, MemberRole.CHILD, Sex.MALE, PartialDate(1978, 4, 12), phone="+84900000421"),
    Told(SONS_WIFE, MemberRole.CHILD_IN_LAW, Sex.FEMALE, PartialDate(1982, 9, 3), "Kinh", "+84900000422"),
    Told(GRANDSON, MemberRole.GRANDCHILD, Sex.MALE, PartialDate(2008, 11, 20)),
    Told(DAUGHTER, MemberRole.CHILD, Sex.FEMALE, PartialDate(1998, 1, 25), phone="+84900000423"),
)
SECOND = (
    Told(HUSBANDS_MOTHER, MemberRole.HEAD, Sex.FEMALE, PartialDate(1964), "Kinh"),
    Told(HUSBAND, MemberRole.CHILD, Sex.MALE, PartialDate(1995, 6, 8), "Kinh", "+84900000424"),
)
# Who is what to whom: the second is the first one's relation.
KIN = (
    (GRANDFATHER, GRANDMOTHER, "wife"),
    (SON, GRANDFATHER, "birth_parent"),
    (SON, GRANDMOTHER, "birth_parent"),
    (DAUGHTER, GRANDFATHER, "birth_parent"),
    (DAUGHTER, GRANDMOTHER, "birth_parent"),
    (SON, DAUGHTER, "sibling"),
    (SON, SONS_WIFE, "wife"),
    (SONS_WIFE, GRANDFATHER, "parent_in_law"),
    (SONS_WIFE, GRANDMOTHER, "parent_in_law"),
    (GRANDSON, SON, "birth_parent"),
    (GRANDSON, SONS_WIFE, "birth_parent"),
    (GRANDSON, GRANDFATHER, "grandparent"),
    (GRANDSON, GRANDMOTHER, "grandparent"),
    (HUSBAND, HUSBANDS_MOTHER, "birth_parent"),
)


def happen(commune: Unit, now: datetime) -> None:
    """Write both homes down, then tell the officer of a commune what happened in them."""
    bon = next(village for village in places.villages_of(commune.id) if village.kind == VillageKind.BON)
    officer = seated(Role.CULTURE_OFFICER, commune, now - WRITTEN_DOWN)
    with acting(officer):
        _Year(officer, bon, now).happens()


class _Year:
    """What the officer writes into the register, each thing a few days after it happened."""

    def __init__(self, officer: Actor, bon: Village, now: datetime) -> None:
        self.officer, self.bon, self.now = officer, bon, now
        self.people: dict[str, UUID] = {}
        for code, members in ((OLD_HOME, FIRST), (HIS_HOME, SECOND)):
            self._write_down(code, members)
        for one, other, relation in KIN:
            families.record_kinship(
                actor=officer,
                person_id=self.people[one],
                relative_id=self.people[other],
                relation=relation,
                now=now - WRITTEN_DOWN,
            )

    def happens(self) -> None:
        people, old, his = self.people, self._home(OLD_HOME), self._home(HIS_HOME)
        families.record_marriage(
            **self._told(185), one_id=people[HUSBAND], other_id=people[DAUGHTER], married_on=self._day(190),
            household_id=his.id, note="Giấy chứng nhận kết hôn do xã cấp.",
        )  # fmt: skip
        day = self._day(150)
        child = PersonFacts(
            full_name=NEWBORN,
            commune_id=self.bon.commune_id,
            sex=Sex.FEMALE,
            birth=PartialDate(day.year, day.month, day.day),
            ethnicity="M'Nông",
        )
        families.record_birth(
            **self._told(140), household_id=old.id, child=child, mother_id=people[SONS_WIFE], father_id=people[SON]
        )
        families.record_death(
            **self._told(115), person_id=people[GRANDFATHER], died_on=self._day(120), next_head_id=people[GRANDMOTHER]
        )
        self._young_ones_leave(old)
        self._head_is_written_wrongly(his)

    def _young_ones_leave(self, old: Household) -> None:
        newborn = Person.objects.visible_to(self.officer).get(full_name=NEWBORN, commune=self.bon.commune_id)
        going = [self.people[name] for name in (SON, SONS_WIFE, GRANDSON)]
        new = NewHome(code=NEW_HOME, person_ids=[*going, newborn.id], head_id=self.people[SON], village_id=self.bon.id)
        home = families.split_household(**self._told(58), household_id=old.id, new=new, on=self._day(60))
        families.move_household(
            **self._told(28), household_id=home.id, on=self._day(30), village_id=self.bon.id,
            address="Nhà mới đầu bon, cạnh nhà cộng đồng",
        )  # fmt: skip

    def _head_is_written_wrongly(self, his: Household) -> None:
        wrong = families.change_head(
            **self._told(20), household_id=his.id, person_id=self.people[HUSBAND], on=self._day(21)
        )
        reason = "Bà Ngọt vẫn là chủ hộ, gia đình mới chỉ hỏi thủ tục."
        families.revoke_event(**self._told(18), event_id=wrong.id, reason=reason)

    def _write_down(self, code: str, members: tuple[Told, ...]) -> None:
        page = NewHousehold(
            commune_id=self.bon.commune_id,
            village_id=self.bon.id,
            code=code,
            members=[NewMember(facts=self._facts(one), role=one.role, starts_on=LIVED_THERE_SINCE) for one in members],
        )
        at = self.now - WRITTEN_DOWN
        for person in families.register_whole_household(actor=self.officer, page=page, now=at):
            self.people[person.full_name] = person.id

    def _facts(self, told: Told) -> PersonFacts:
        return PersonFacts(
            full_name=told.name,
            commune_id=self.bon.commune_id,
            village_id=self.bon.id,
            sex=told.sex,
            birth=told.birth,
            ethnicity=told.ethnicity,
            phone=told.phone,
        )

    def _home(self, code: str) -> Household:
        return Household.objects.visible_to(self.officer).get(commune=self.bon.commune_id, code=code)

    def _day(self, days_ago: int) -> date:
        return (self.now - timedelta(days=days_ago)).astimezone(VIETNAM).date()

    def _told(self, days_ago: int) -> dict[str, Any]:
        return {"actor": self.officer, "now": self.now - timedelta(days=days_ago)}
