"""A household of four in Bon Bu Đăk: Y Bhăm and H'Hoa, their son Y Sơn and Y Bhăm's mother H'Linh."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from maiam.contexts.families import queries, services
from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import NewHousehold, NewMember, PersonFacts
from maiam.contexts.places.models import Unit, Village
from maiam.core.text import PartialDate, fold
from maiam.platform.access import Actor, acting

SINCE = date(2015, 1, 1)


@dataclass
class Book:
    """The commune's register, in the hands of its officer."""

    officer: Actor
    commune: Unit
    village: Village
    now: datetime

    def facts(self, name: str, sex: Sex = Sex.FEMALE, born: int | None = None, **more: Any) -> PersonFacts:
        birth = PartialDate(born) if born else None
        more = {"commune_id": self.commune.id, "village_id": self.village.id, "birth": birth} | more
        return PersonFacts(full_name=name, sex=sex, **more)

    def writes(self, code: str, *members: tuple[str, Sex, int, MemberRole]) -> dict[str, Person]:
        """Write down a household; its people by name."""
        page = NewHousehold(
            commune_id=self.commune.id,
            village_id=self.village.id,
            code=code,
            members=[
                NewMember(facts=self.facts(name, sex, born), role=role, starts_on=SINCE)
                for name, sex, born, role in members
            ],
        )
        people = services.register_whole_household(actor=self.officer, page=page, now=self.now)
        return {person.full_name: person for person in people}

    def does(self, service: Callable[..., Any], **arguments: Any) -> Any:
        return service(actor=self.officer, now=self.now, **arguments)

    def home(self, code: str) -> Household:
        return Household.objects.get(code=code)

    def on(self, code: str, day: date | None = None) -> dict[str, str]:
        """Who lives in a household on a day, and as what."""
        page = (
            queries.household_on(self.officer, self.home(code).id, day, self.now)
            if day
            else queries.household(self.officer, self.home(code).id, self.now)
        )
        return {line.person.full_name: line.role_label for line in page.members}

    def kin(self, person_id: UUID) -> dict[str, str]:
        page = queries.person(self.officer, person_id, self.now)
        return {line.person.full_name: line.relation_label for line in page.kin}

    def stay(self, person: Person) -> HouseholdMembership:
        return HouseholdMembership.objects.get(person=person, ends_on__isnull=True)


@pytest.fixture
def book(lan, commune, village, now) -> Iterator[Book]:
    with acting(lan):
        yield Book(lan, commune, village, now)


@pytest.fixture
def family(book) -> dict[str, Person]:
    people = book.writes(
        "BD-1",
        ("Y Bhăm Niê", Sex.MALE, 1970, MemberRole.HEAD),
        ("H'Hoa Mlô", Sex.FEMALE, 1972, MemberRole.SPOUSE),
        ("Y Sơn Mlô", Sex.MALE, 1996, MemberRole.CHILD),
        ("H'Linh Niê", Sex.FEMALE, 1948, MemberRole.PARENT),
    )
    father, mother, son, grandmother = people.values()
    for person, relative, relation in (
        (father, mother, "wife"),
        (son, father, "birth_parent"),
        (son, mother, "birth_parent"),
        (father, grandmother, "birth_parent"),
        (son, grandmother, "grandparent"),
    ):
        book.does(services.record_kinship, person_id=person.id, relative_id=relative.id, relation=relation)
    return people


@pytest.fixture
def add_village(commune) -> Callable[[str], Village]:
    """Another village of the commune."""
    return lambda name: Village.objects.create(commune=commune, name=name, folded_name=fold(name), kind="thon")


@pytest.fixture
def father(family) -> Person:
    return family["Y Bhăm Niê"]


@pytest.fixture
def mother(family) -> Person:
    return family["H'Hoa Mlô"]


@pytest.fixture
def son(family) -> Person:
    return family["Y Sơn Mlô"]


@pytest.fixture
def grandmother(family) -> Person:
    return family["H'Linh Niê"]
