"""A home with a woman, her husband and a child, all in the register; and how each asks."""

import json
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.db import connection

from maiam.contexts.families import services as families
from maiam.contexts.families.models import Person
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import NewHousehold, NewMember, PersonFacts
from maiam.contexts.rights import services
from maiam.contexts.rights.models import RightsRequest
from maiam.contexts.rights.rules import Right, Shown
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting

HOUSE = Actor.system("erasure")
WOMAN, HUSBAND, CHILD = "H'Zebra Niê Kđăm", "Y Markus Êban", "H'Nhỏ Niê Kđăm"


@pytest.fixture(autouse=True)
def list_of_the_erased(settings, tmp_path):
    settings.ERASURES_ROOT = tmp_path / "erasures"
    return tmp_path / "erasures" / "erased.jsonl"


@pytest.fixture
def home(lan, commune, village, now) -> SimpleNamespace:
    def member(name: str, role: MemberRole, sex: Sex, birth: PartialDate, **more: str) -> NewMember:
        facts = PersonFacts(full_name=name, commune_id=commune.id, village_id=village.id, sex=sex, birth=birth, **more)
        return NewMember(facts=facts, role=role, starts_on=now.date())

    members = [
        member(WOMAN, MemberRole.HEAD, Sex.FEMALE, PartialDate(1984, 2, 3), phone="0905000111",
               identity_number="068184000123", other_names="Mí Nhỏ"),
        member(HUSBAND, MemberRole.SPOUSE, Sex.MALE, PartialDate(1980), phone="0905000222"),
        member(CHILD, MemberRole.CHILD, Sex.FEMALE, PartialDate(2019)),
    ]  # fmt: skip
    page = NewHousehold(commune_id=commune.id, village_id=village.id, code="BD-007", members=members)
    with acting(lan):
        families.register_whole_household(actor=lan, page=page, now=now)
        woman, husband, child = (Person.objects.get(full_name=name) for name in (WOMAN, HUSBAND, CHILD))
        families.record_kinship(actor=lan, person_id=woman.id, relative_id=husband.id, relation="husband", now=now)
    return SimpleNamespace(woman=woman, husband=husband, child=child)


@pytest.fixture
def ask(lan, home, now) -> Callable[..., RightsRequest]:
    def asks(right: Right, *, at: datetime = now, by: Actor = lan, **more: object) -> RightsRequest:
        known = {"person_id": home.woman.id, "right": right, "shown": Shown.IDENTITY_CARD, **more}
        with acting(by):
            return services.ask(actor=by, asked=services.Asked(**known), now=at)

    return asks


@pytest.fixture
def erase(ask, lan, chairwoman, now) -> Callable[..., RightsRequest]:
    """Ask, propose, agree, and let the house carry it out."""

    def erases(**more: object) -> RightsRequest:
        request = ask(Right.ERASE, **more)
        with acting(lan):
            services.propose_erasure(actor=lan, request_id=request.id, words="Chị ấy đã chuyển đi.", now=now)
        with acting(chairwoman):
            services.decide_erasure(actor=chairwoman, request_id=request.id, agrees=True, reason="", now=now)
        with acting(HOUSE):
            services.carry_next_erasure(actor=HOUSE, now=now)
        request.refresh_from_db()
        return request

    return erases


@pytest.fixture
def everything() -> Callable[[], str]:
    """Every row of every table, as text."""

    def dump() -> str:
        told = []
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                # The trail of this test's own sign-ins, and the places, hold nobody of the register.
                if table.startswith(("places_", "django_")):
                    continue
                cursor.execute(f"SELECT coalesce(json_agg(row)::text, '') FROM \"{table}\" AS row")
                told.append(json.dumps({table: cursor.fetchone()[0]}, ensure_ascii=False))
        return "\n".join(told)

    return dump
