"""A whole household at once, as it stands on one page of the paper register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole, Residence
from maiam.contexts.families.services.chronicle import AlreadyHasHeadError
from maiam.contexts.families.services.households import register_household
from maiam.contexts.families.services.people import Pen, PersonFacts
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.audit import Subject
from maiam.platform.columns import write_columns
from maiam.platform.ids import new_ids


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
    scribe = Scribe(actor, now)
    ids = scribe.writes_people(page.members)
    scribe.lets_live(ids, [(str(home.id), member) for member in page.members])
    people = Person.objects.visible_to(actor).in_bulk(ids)
    return [people[UUID(person_id)] for person_id in ids]


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

    def writes_people(self, members: Sequence[NewMember]) -> list[str]:
        """Write everybody down, with an entry of the trail; return their ids.

        Raises `NumberTakenError`, `BirthNotPossibleError`, `PlaceUnknownError`.
        """
        ids = Pen(self.actor, self.now).writes_all([member.facts for member in members])
        places = [member.facts.commune_id for member in members]
        people = [Subject("families.person", *told) for told in zip(ids, places, strict=True)]
        audit.record_many(self.actor, "families.person.registered", people, at=self.now)
        return ids

    def lets_live(self, ids: list[str], homes: Sequence[tuple[str, NewMember]]) -> None:
        """Let these people live in the households of these ids, each as the member beside it says."""
        stays: dict[str, list[Any]] = {
            "id": new_ids(len(homes)),
            "household_id": [household_id for household_id, _ in homes],
            "person_id": ids,
            "role": [member.role for _, member in homes],
            "starts_on": [member.starts_on for _, member in homes],
            "residence": [member.residence for _, member in homes],
            "is_permanent": [member.residence.is_permanent for _, member in homes],
        }
        write_columns(HouseholdMembership, stays, recorded_at=self.now)
