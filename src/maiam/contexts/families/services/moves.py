"""Moving: people into and out of households, a household from one place to another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families.models import FamilyEvent, HouseholdMembership, Person
from maiam.contexts.families.queries.people import village_name
from maiam.contexts.families.rules import EventKind, MemberRole, Part, Residence
from maiam.contexts.families.services.chronicle import Chronicle, When
from maiam.contexts.families.services.homes import Home, PersonDeadError
from maiam.contexts.families.services.people import Pen, PersonFacts
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class NobodyMovesError(DomainError):
    code = "families.nobody_moves"
    message = "Chọn ít nhất một người."
    field = "people"


class LivesHereError(DomainError):
    code = "families.lives_here"
    message = "Người này đang ở hộ này rồi."
    field = "person"


@transaction.atomic
def move_in(
    *,
    actor: Actor,
    household_id: UUID,
    who: UUID | PersonFacts,
    role: MemberRole,
    on: date,
    now: datetime,
    residence: Residence = Residence.PERMANENT,
    next_head_id: UUID | None = None,
    note: str = "",
) -> Person:
    """Let someone live in a household from a day on: a person of the register, or one new to it.

    A permanent home they have elsewhere ends that day; `next_head_id` follows them there if they were its head.

    Raises `LivesHereError`, `FirstIsHeadError`, `AlreadyHasHeadError`, `AlreadyHasHomeError`, `NextHeadNeededError`,
    `PersonDeadError`, `TooEarlyError`, `NotYetError`, `HouseholdGoneError`, `NumberTakenError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    home = Home.lock(actor, household_id)
    person = _newcomer(actor, home, who, now)
    if home.has(person.id):
        raise LivesHereError
    if person.died_on:
        raise PersonDeadError

    chronicle = Chronicle.begin(actor, EventKind.MOVE_IN, When(on, now), home.household, note=note)
    chronicle.concerns(person.id, Part.MOVER)
    if residence.is_permanent:
        Mover(chronicle, person).leaves_permanent_home(next_head_id)
    home.receives(chronicle, person, role, residence)
    chronicle.closes()
    return person


@transaction.atomic
def move_out(
    *,
    actor: Actor,
    household_id: UUID,
    person_ids: Collection[UUID],
    on: date,
    now: datetime,
    destination: str = "",
    next_head_id: UUID | None = None,
) -> FamilyEvent:
    """Let people leave a household. Where all leave, it is dissolved.

    Raises `NobodyMovesError`, `NextHeadNeededError`, `NextHeadNotFitError`, `TooEarlyError`, `NotYetError`,
    `HouseholdGoneError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    home = Home.lock(actor, household_id)
    if not person_ids:
        raise NobodyMovesError
    chronicle = Chronicle.begin(actor, EventKind.MOVE_OUT, When(on, now), home.household, note=destination)
    home.loses(chronicle, person_ids, next_head_id, Part.MOVER)
    return chronicle.closes()


@transaction.atomic
def move_household(
    *,
    actor: Actor,
    household_id: UUID,
    on: date,
    now: datetime,
    village_id: int | None = None,
    address: str = "",
    note: str = "",
) -> FamilyEvent:
    """Let a household stand elsewhere in its commune; where it stood before is kept.

    Raises `VillageNotHereError`, `TooEarlyError`, `NotYetError`, `HouseholdGoneError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    home = Home.lock(actor, household_id)
    home.check_village(village_id)
    chronicle = Chronicle.begin(actor, EventKind.HOUSEHOLD_MOVED, When(on, now), home.household, note=note)
    chronicle.moves(home.household, village_id=village_id, address=address)
    chronicle.settles([stay.person for stay in home.stays if stay.is_permanent], home.household)
    for person in home.people:
        chronicle.concerns(person.id, Part.MEMBER)
    return chronicle.closes()


def _newcomer(actor: Actor, home: Home, who: UUID | PersonFacts, now: datetime) -> Person:
    if isinstance(who, UUID):
        return Person.objects.select_for_update(of=("self",)).find(actor, who)
    pen = Pen(actor, now)
    person = pen.writes(who, village=village_name(home.household.village_id))
    person.save(force_insert=True)
    pen.keeps_former_number(person, who.former_number)
    return person


@dataclass(frozen=True)
class Mover:
    """Someone on the way to another household."""

    chronicle: Chronicle
    person: Person

    def leaves_permanent_home(self, next_head_id: UUID | None) -> None:
        """End the permanent stay elsewhere, if there is one within reach."""
        stays = HouseholdMembership.objects.visible_to(self.chronicle.actor).open()
        stay = stays.filter(person=self.person, is_permanent=True).first()
        if stay:
            home = Home.lock(self.chronicle.actor, stay.household_id)
            home.loses(self.chronicle, [self.person.id], next_head_id, Part.MOVER)
