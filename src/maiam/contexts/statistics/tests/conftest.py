"""A register of Đắk Mil and Đắk Wil, and a reader of its tables, closed when somebody first asks."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from maiam.contexts.families import services as families
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import NewHousehold, NewMember, PersonFacts
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.statistics import queries, services
from maiam.contexts.statistics.queries import Map, Question, Table
from maiam.contexts.statistics.rules import reporting_year
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting

SINCE = date(2020, 1, 1)
DAY = date(2026, 11, 23)
Member = tuple[MemberRole, Sex, int]
R = MemberRole

COUPLE = ((R.HEAD, Sex.MALE, 1980), (R.SPOUSE, Sex.FEMALE, 1982))
FAMILY = (*COUPLE, (R.CHILD, Sex.FEMALE, 2015))
ALONE = ((R.HEAD, Sex.FEMALE, 1950),)


@pytest.fixture
def writes(now: datetime) -> Callable[..., list[Any]]:
    """Write households of one kind into a commune's register."""
    numbers = iter(range(1, 10_000))

    def write(
        commune: Unit, how_many: int, *members: Member, village: Village | None = None, since: date = SINCE
    ) -> list[Any]:
        house = Actor.system("test")
        found = []
        with acting(house):
            for _ in range(how_many):
                number = next(numbers)
                page = NewHousehold(
                    commune_id=commune.id,
                    village_id=village.id if village else None,
                    code=f"H{number}",
                    members=[
                        NewMember(
                            facts=PersonFacts(
                                full_name=f"Y Người {number} {place}",
                                commune_id=commune.id,
                                village_id=village.id if village else None,
                                sex=sex,
                                birth=PartialDate(born),
                                ethnicity="M'Nông",
                            ),
                            role=role,
                            starts_on=since,
                        )
                        for place, (role, sex, born) in enumerate(members)
                    ],
                )
                found += families.register_whole_household(actor=house, page=page, now=now)
        return found

    return write


@pytest.fixture
def reads(now: datetime) -> Callable[..., Table]:
    """Read a table as someone."""

    def read(actor: Actor, code: str = "household_types", **asked: Any) -> Table:
        day = asked.pop("day", DAY)
        year = asked.pop("year", reporting_year(day))
        question = Question(code, day, year, asked.pop("span", "year"), asked.pop("on_map", Map.TODAY), **asked)
        with acting(actor):
            definition = queries.known_tables(actor).get(code)
            if definition:
                services.close_day(actor=actor, day=queries.day_told(definition, question, now), now=now)
            return queries.table(actor, question, now=now)

    return read


@pytest.fixture
def other_village(commune):
    return Village.objects.create(commune=commune, name="Thôn Tân Lập", folded_name="thon tan lap", kind="thon")


@pytest.fixture
def register(writes, commune, elsewhere, village, other_village):
    """Enough of everything that nothing needs to hide."""
    writes(commune, 6, *FAMILY, village=village)
    writes(commune, 7, *COUPLE, village=village)
    writes(commune, 8, *FAMILY, village=other_village)
    writes(commune, 9, *COUPLE, village=other_village)
    writes(elsewhere, 10, *FAMILY)
    writes(elsewhere, 11, *COUPLE)


@pytest.fixture
def children_leave(lan, now):
    """The child of every third person written moves away."""

    def leave(people, on) -> None:
        with acting(lan):
            for child in people[2::3]:
                home = child.memberships.get().household_id
                families.move_out(actor=lan, household_id=home, person_ids=[child.id], on=on, now=now)

    return leave


def figure(table: Table, code: str, place: str | None = None) -> int | None:
    """A figure of the whole table, or of one of its places."""
    line = table.whole if place is None else next(line for line in table.lines if line.name == place)
    assert line is not None
    return line.figures[[column.code for column in table.columns].index(code)]
