"""A whole household at once, as it stands on one page of the paper register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.queries.people import village_name
from maiam.contexts.families.rules import MemberRole, Residence
from maiam.contexts.families.services.chronicle import AlreadyHasHeadError
from maiam.contexts.families.services.households import register_household
from maiam.contexts.families.services.people import NumberTakenError, Pen, PersonFacts
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """Someone not in the register yet, and what they are in the household."""

    facts: PersonFacts
    role: MemberRole
    starts_on: date
    residence: Residence = Residence.PERMANENT


@dataclass(frozen=True, kw_only=True)
class NewHousehold:
    """A household not in the register yet. Its members are in the order in which the page names them."""

    commune_id: int
    code: str
    members: Sequence[NewMember]
    village_id: int | None = None
    address: str = ""


@transaction.atomic
def register_whole_household(*, actor: Actor, page: NewHousehold, now: datetime) -> list[Person]:
    """Add a household with everyone who lives in it; all of it or nothing. Return its people, as the page names them.

    Raises `CodeTakenError`, `AlreadyHasHeadError`, `NumberTakenError`, `BirthNotPossibleError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    _check(page.members)
    home = register_household(
        actor=actor,
        commune_id=page.commune_id,
        village_id=page.village_id,
        code=page.code,
        address=page.address,
        now=now,
    )
    people = _write_down(actor, page.members, now)
    Person.objects.bulk_create(people)
    pen = Pen(actor, now)
    for person, member in zip(people, page.members, strict=True):
        pen.keeps_former_number(person, member.facts.former_number)
    HouseholdMembership.objects.bulk_create(
        HouseholdMembership(
            household=home,
            person=person,
            role=member.role,
            starts_on=member.starts_on,
            residence=member.residence,
            is_permanent=member.residence.is_permanent,
            recorded_at=now,
        )
        for person, member in zip(people, page.members, strict=True)
    )
    for person in people:
        audit.record(actor, "families.person.registered", person, at=now)
    return people


def _check(members: Sequence[NewMember]) -> None:
    if sum(member.role is MemberRole.HEAD for member in members) > 1:
        raise AlreadyHasHeadError
    numbers = [member.facts.identity_number for member in members if member.facts.identity_number]
    if len(set(numbers)) < len(numbers):
        raise NumberTakenError


def _write_down(actor: Actor, members: Sequence[NewMember], now: datetime) -> list[Person]:
    """Most live in one village: its name is read once for all of them."""
    ids = {member.facts.village_id for member in members}
    villages = {village_id: village_name(village_id) for village_id in ids}
    pen = Pen(actor, now)
    return [pen.writes(member.facts, village=villages[member.facts.village_id]) for member in members]
