"""A woman who died long ago, one who lives, a change and a request answered long ago; and how the house is asked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from maiam.contexts.changes import services as changes
from maiam.contexts.changes.rules import Asker
from maiam.contexts.changes.rules import Kind as ChangeKind
from maiam.contexts.families import services as families
from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.retention import services
from maiam.contexts.retention.models import Preview
from maiam.contexts.retention.rules import Kind
from maiam.contexts.rights import services as rights
from maiam.contexts.rights.rules import Ground, Right, Shown
from maiam.platform.access import Actor, Role, acting

HOUSE = Actor.system("retention")
DEAD, GONE, ALIVE = "H'Dead Niê", "Y Gone Êban", "Mông Thị Sống"
YEAR = timedelta(days=366)


@pytest.fixture(autouse=True)
def list_of_the_erased(settings, tmp_path):
    settings.ERASURES_ROOT = tmp_path / "erasures"
    return tmp_path / "erasures" / "erased.jsonl"


@pytest.fixture
def administrator(seat) -> Actor:
    return seat(Role.ADMINISTRATOR, "Bùi Văn Quản")


@pytest.fixture
def people(lan, commune, village, now) -> SimpleNamespace:
    with acting(lan):
        dead, gone, alive = (
            families.register_person(
                actor=lan, facts=PersonFacts(full_name=name, commune_id=commune.id, village_id=village.id), now=now
            )
            for name in (DEAD, GONE, ALIVE)
        )
        home = families.register_household(actor=lan, commune_id=commune.id, village_id=village.id, code="1", now=now)
        for person in (dead, gone, alive):
            HouseholdMembership.objects.create(household=home, person=person, starts_on=now.date() - 9 * YEAR)
        HouseholdMembership.objects.filter(person=gone).update(ends_on=now.date())
        Person.objects.filter(id=dead.id).update(died_on=now.date())
        HouseholdMembership.objects.filter(person=dead).update(ends_on=now.date())
    return SimpleNamespace(dead=dead, gone=gone, alive=alive)


@pytest.fixture
def answered(lan, people, now) -> SimpleNamespace:
    """A change and a request about who lives, both answered."""
    with acting(lan):
        asked = changes.Asked(
            kind=ChangeKind.FACTS,
            values={"full_name": "Mông Thị Khác"},
            person_id=people.alive.id,
            asker=Asker.PERSON,
            why="Giấy ghi khác.",
        )
        change = changes.ask_change(actor=lan, asked=asked, now=now)
        changes.decide_change(actor=lan, request_id=change.id, accepted=[], words="Chưa có giấy.", seen="", now=now)
        wish = rights.Asked(
            person_id=people.alive.id, right=Right.RESTRICT, shown=Shown.IDENTITY_CARD, words="Lời riêng."
        )
        request = rights.ask(actor=lan, asked=wish, now=now)
        rights.refuse(actor=lan, request_id=request.id, ground=Ground.NOTHING_HELD, words="Không có.", now=now)
    return SimpleNamespace(change=change, request=request)


@pytest.fixture
def preview() -> Callable[[datetime], dict[str, Preview]]:
    def make(at: datetime) -> dict[str, Preview]:
        with acting(HOUSE):
            return {row.code: row for row in services.make_previews(actor=HOUSE, now=at)}

    return make


@pytest.fixture
def agree(inspector, administrator) -> Callable[[Preview, datetime], None]:
    """Propose, agree, and let the house carry it out."""

    def carry(row: Preview, at: datetime) -> None:
        with acting(administrator):
            services.propose_preview(actor=administrator, preview_id=row.id, now=at)
        with acting(inspector):
            services.decide_preview(actor=inspector, preview_id=row.id, agrees=True, reason="", now=at)
        with acting(HOUSE):
            list(services.carry_previews(actor=HOUSE, now=at))

    return carry


@pytest.fixture
def kinds() -> list[str]:
    return [str(kind) for kind in Kind]
