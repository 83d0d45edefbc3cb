"""A whole household at once, as it stands on one page of the paper register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole, Residence
from maiam.contexts.families.services.chronicle import AlreadyHasHeadError
from maiam.contexts.families.services.households import register_household
from maiam.contexts.families.services.people import Pen, PersonFacts
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
    Scribe.checks_one_head(page.members)
    home = register_household(
        actor=actor,
        commune_id=page.commune_id,
        village_id=page.village_id,
        code=page.code,
        address=page.address,
        now=now,
    )
    people = Scribe(actor, now).lets_live(home, page.members)
    audit.record_many(actor, "families.person.registered", people, at=now)
    return people


@dataclass(frozen=True)
class Scribe:
    """Writes new people into households, one or many at a time, always in the same way."""

    actor: Actor
    now: datetime

    @staticmethod
    def checks_one_head(members: Sequence[NewMember]) -> None:
        """Raise `AlreadyHasHeadError` for a second head."""
        if sum(member.role is MemberRole.HEAD for member in members) > 1:
            raise AlreadyHasHeadError

    def lets_live(self, home: Household, members: Sequence[NewMember]) -> list[Person]:
        return self.lets_all_live([(home, member) for member in members])

    def lets_all_live(self, homes: Sequence[tuple[Household, NewMember]]) -> list[Person]:
        """Write everybody down, each into their household.

        Raises `NumberTakenError`, `BirthNotPossibleError`, `PlaceUnknownError`.
        """
        pen, told = Pen(self.actor, self.now), [member.facts for _, member in homes]
        people = pen.writes_all(told)
        Person.objects.bulk_create(people)
        pen.keeps_former_numbers(people, told)
        HouseholdMembership.objects.bulk_create(
            HouseholdMembership(
                household=home,
                person=person,
                role=member.role,
                starts_on=member.starts_on,
                residence=member.residence,
                is_permanent=member.residence.is_permanent,
                recorded_at=self.now,
            )
            for person, (home, member) in zip(people, homes, strict=True)
        )
        return people
