"""One home in Bon Bu Đăk: H'Lan Niê, its head, and her daughter; and what the village head asks for them."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from maiam.contexts.changes import queries, services
from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.changes.rules import Kind
from maiam.contexts.changes.services import Asked
from maiam.contexts.families import services as families
from maiam.contexts.families.models import Household, Person
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import NewHousehold, NewMember, PersonFacts
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting

MOVED_IN_ON = date(2020, 3, 1)


@pytest.fixture
def home(lan, commune, village, now) -> list[Person]:
    def member(name: str, born: int, role: MemberRole) -> NewMember:
        facts = PersonFacts(
            full_name=name,
            commune_id=commune.id,
            village_id=village.id,
            sex=Sex.FEMALE,
            birth=PartialDate(born),
            phone="+84905000111",
        )
        return NewMember(facts=facts, role=role, starts_on=MOVED_IN_ON)

    members = [member("H'Lan Niê", 1984, MemberRole.HEAD), member("H'Mai Niê", 2010, MemberRole.CHILD)]
    page = NewHousehold(commune_id=commune.id, village_id=village.id, code="BD-001", members=members)
    with acting(lan):
        return families.register_whole_household(actor=lan, page=page, now=now)


@pytest.fixture
def woman(home) -> Person:
    return home[0]


@pytest.fixture
def other_home(lan, commune, village, now) -> Household:
    with acting(lan):
        return families.register_household(
            actor=lan, commune_id=commune.id, village_id=village.id, code="BD-002", now=now
        )


@pytest.fixture
def ask(village_head, lan, woman, now) -> Callable[..., ChangeRequest]:
    """The village head asks for something of the woman, unless told otherwise."""

    def ask_for(kind: Kind = Kind.FACTS, *, by: Actor = village_head, **asked: object) -> ChangeRequest:
        wanted: dict = {"person_id": woman.id, "values": {"full_name": "H'Lăn Niê", "ethnicity": "Ê Đê"}} | asked
        with acting(by):
            return services.ask_change(actor=by, asked=Asked(kind=kind, **wanted), now=now)

    return ask_for


@pytest.fixture
def decide(lan, now) -> Callable[..., ChangeRequest]:
    """Lan looks at a request and answers; by default she takes all of it."""

    def answer(
        request_id: UUID,
        *,
        accepted: set[str] | None = None,
        words: str = "Đã xem giấy",
        by: Actor = lan,
        **more: object,
    ) -> ChangeRequest:
        with acting(by):
            page = queries.change(by, request_id, now)
            wanted = set(page.request.proposed) if accepted is None else accepted
            seen = more.get("seen", page.seen)
            return services.decide_change(
                actor=by, request_id=request_id, accepted=wanted, words=words, seen=seen, now=now
            )

    return answer
