"""A commune with a few people and a list to carry out."""

from collections.abc import Callable

import pytest

from maiam.contexts.exports import services
from maiam.contexts.exports.models import Export
from maiam.contexts.exports.queries import Wanted
from maiam.contexts.exports.rules import FileType, Kind
from maiam.contexts.families import services as families
from maiam.contexts.families.rules import MemberRole
from maiam.contexts.families.services import NewHousehold, NewMember, PersonFacts
from maiam.platform.access import Actor, acting

PURPOSE = "Lập danh sách mời họp thôn"


@pytest.fixture
def people(lan, commune, village, now) -> None:
    """Three people of one home; one of them writes a name that a spreadsheet would run."""
    names = ("H'Lan Niê", "=HYPERLINK('x')", "Điểu K'Rang")
    members = [
        NewMember(
            facts=PersonFacts(full_name=name, commune_id=commune.id, village_id=village.id, phone="0912345678"),
            role=MemberRole.HEAD if number == 0 else MemberRole.OTHER,
            starts_on=now.date(),
        )
        for number, name in enumerate(names)
    ]
    page = NewHousehold(commune_id=commune.id, village_id=village.id, code="BD-001", members=members)
    with acting(lan):
        families.register_whole_household(actor=lan, page=page, now=now)


@pytest.fixture
def ask(lan, commune, now, people) -> Callable[..., Export]:
    def ask_for(kind: Kind = Kind.PEOPLE, file_type: FileType = FileType.CSV, by: Actor = lan) -> Export:
        asked = services.Asked(
            wanted=Wanted(kind, commune.id),
            columns=["name", "household", "phone", "members"],
            file_type=file_type,
            purpose=PURPOSE,
        )
        with acting(by):
            return services.ask_export(actor=by, asked=asked, now=now)

    return ask_for


@pytest.fixture
def made(ask, now) -> Callable[..., Export]:
    """Ask, and let the house write the file."""

    def make(**wanted: object) -> Export:
        row = ask(**wanted)
        house = Actor.system("exports")
        with acting(house):
            services.make_next_export(actor=house, now=now)
        row.refresh_from_db()
        return row

    return make
