"""In worlds of random kin, homes and accusations nobody in conflict reads: by Python, and by SQL as the application.

`MAIAM_WORLDS` says how many rounds of families are drawn; each round holds FAMILIES officials with a matter each.
"""

import os
from collections import defaultdict
from datetime import UTC, date, datetime
from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maiam.contexts.accounts.models import Account
from maiam.contexts.cases.models import Incident, IncidentParty
from maiam.contexts.conflicts.models import Official
from maiam.contexts.conflicts.rules import kin_of
from maiam.contexts.families.models import Household, HouseholdMembership, Kinship, Person
from maiam.contexts.families.rules import inverse_relation
from maiam.core.law.codes.conflicts import nearness
from maiam.platform.access import Actor, ActorKind, acting
from maiam.platform.access.models import Block
from maiam.platform.access.policy import POWERS, Role

pytestmark = pytest.mark.django_db
WORLDS = int(os.environ.get("MAIAM_WORLDS", "3"))
FAMILIES, PEOPLE = 60, 9
NOW = datetime(2026, 11, 23, tzinfo=UTC)
RELATIONS = sorted(step.relation for step in nearness().steps if step.relation not in {"guardian", "ward"})


class Family:
    """Nine people, any of whom may be any relation of any other, circles of kin too; two households; one accused."""

    def __init__(self, random: Random, commune) -> None:
        self.people = [_person(commune) for _ in range(PEOPLE)]
        self.links = {
            (one, other): random.choice(RELATIONS)
            for one in range(PEOPLE)
            for other in range(one)
            if random.random() < 0.22
        }
        self.homes = [random.choice((0, 1, None)) for _ in range(PEOPLE)]
        self.official, self.accused, self.victim = (random.randrange(PEOPLE) for _ in range(3))

    def relatives(self, one: int):
        for (first, second), relation in self.links.items():
            if one == first:
                yield second, relation
            elif one == second:
                yield first, inverse_relation(relation)

    @property
    def is_in_conflict(self) -> bool:
        """The same question, asked a second time in other words."""
        home = self.homes[self.official]
        shares_a_roof = home is not None and home == self.homes[self.accused]
        is_kin = self.accused in kin_of(self.official, self.relatives, nearness())
        return is_kin or shares_a_roof or self.official in {self.accused, self.victim}


def _person(commune) -> Person:
    return Person(commune=commune, full_name="Người", search_text=" nguoi", sort_key="nguoi", registered_at=NOW)


def _settle(family: Family, commune) -> None:
    Person.objects.bulk_create(family.people)
    homes = [Household(commune=commune, code=one.id.hex[2:], registered_at=NOW) for one in family.people[:2]]
    Household.objects.bulk_create(homes)
    HouseholdMembership.objects.bulk_create(
        HouseholdMembership(household=homes[home], person=person, starts_on=date(2020, 1, 1))
        for person, home in zip(family.people, family.homes, strict=True)
        if home is not None
    )


def _relate(family: Family) -> None:
    Kinship.objects.bulk_create(
        Kinship(person=family.people[one], relative=family.people[other], relation=relation)
        for (first, second), said in family.links.items()
        for one, other, relation in ((first, second, said), (second, first, inverse_relation(said)))
    )


def _appoint(family: Family, account: Account) -> None:
    Official.objects.create(
        account=account, person=family.people[family.official], consent="mẫu", recorded_at=NOW, recorded_by="mẫu"
    )


def _accuse(family: Family, commune) -> Incident:
    incident = Incident.objects.create(
        commune=commune, occurred_at=NOW, precision="day", regime="now", kinds=[], story_sealed=b"", recorded_at=NOW
    )
    roles = {family.victim: "victim", family.accused: "aggressor"}
    IncidentParty.objects.bulk_create(
        IncidentParty(incident=incident, person=family.people[one], name="Người", role=role)
        for one, role in roles.items()
    )
    return incident


def _sees(account: Account, commune, incident: Incident) -> tuple[bool, bool]:
    actor = Actor(
        kind=ActorKind.OFFICIAL,
        name="mẫu",
        powers=POWERS[Role.CULTURE_OFFICER],
        account_id=account.id,
        commune_ids=(commune.id,),
    )
    by_python = Incident.objects.visible_to(actor).filter(id=incident.id).exists()
    with acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_incident WHERE id = %s", [incident.id])
        return by_python, cursor.fetchone() == (1,)


@settings(max_examples=WORLDS, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_nobody_in_conflict_reads_and_everybody_else_does(commune, seed):
    """Whichever comes first: the kinship, the post, or the accusation."""
    random = Random(seed)
    with transaction.atomic():
        wrong = [
            family.links
            for number in range(FAMILIES)
            if not _holds(random, commune, family := Family(random, commune), f"{seed}-{number}")
        ]
        transaction.set_rollback(True)

    assert wrong == []


def _holds(random: Random, commune, family: Family, name: str) -> bool:
    account = Account.objects.create(username=name, full_name="mẫu")
    _settle(family, commune)
    found: dict[str, Incident] = {}
    steps = [
        lambda: _relate(family),
        lambda: _appoint(family, account),
        lambda: found.setdefault("incident", _accuse(family, commune)),
    ]
    random.shuffle(steps)
    for step in steps:
        step()
    is_open = not family.is_in_conflict
    return _sees(account, commune, found["incident"]) == (is_open, is_open)


def test_drawing_everything_anew_changes_nothing(commune):
    random, drawn = Random(7), defaultdict(set)
    for number in range(20):
        _holds(random, commune, Family(random, commune), f"again-{number}")
    for row in Block.objects.filter(ended_at__isnull=True):
        drawn[row.account_id].add((row.matter_id, row.reason))

    with connection.cursor() as cursor:
        cursor.execute("SELECT access.draw_all_circles()")

    again = defaultdict(set)
    for row in Block.objects.filter(ended_at__isnull=True):
        again[row.account_id].add((row.matter_id, row.reason))
    assert drawn == again
    assert drawn
