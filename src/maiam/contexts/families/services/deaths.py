"""A death: every stay ends, the marriage ends, the next head follows in the same act."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families.models import Household, HouseholdMembership, Kinship, Person
from maiam.contexts.families.rules import SPOUSES, EventKind, Part
from maiam.contexts.families.services.chronicle import Chronicle, When
from maiam.contexts.families.services.homes import Home, PersonDeadError
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class DiedBeforeBornError(DomainError):
    code = "families.died_before_born"
    message = "Ngày mất trước ngày sinh ghi trong sổ. Hãy xem lại."
    field = "on"


@transaction.atomic
def record_death(
    *,
    actor: Actor,
    person_id: UUID,
    died_on: date,
    now: datetime,
    next_head_id: UUID | None = None,
    note: str = "",
) -> Person:
    """Record the day a person died; their history stays. A household they headed has its next head from that day.

    Raises `PersonDeadError`, `DiedBeforeBornError`, `NextHeadNeededError`, `NextHeadNotFitError`, `TooEarlyError`,
    `NotYetError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    person = Person.objects.select_for_update(of=("self",)).find(actor, person_id)
    if person.died_on:
        raise PersonDeadError
    if person.birth and (person.birth.year, person.birth.month or 1, person.birth.day or 1) > died_on.timetuple()[:3]:
        raise DiedBeforeBornError

    homes = _homes(actor, person)
    place: Household | Person = homes[0].household if homes else person
    chronicle = Chronicle.begin(actor, EventKind.DEATH, When(died_on, now), place, note=note)
    chronicle.concerns(person.id, Part.DECEASED)
    for home in homes:
        home.loses(chronicle, [person.id], next_head_id, Part.DECEASED)
    for link in Kinship.objects.visible_to(actor).open().filter(person=person, relation__in=SPOUSES | {"cohabitant"}):
        chronicle.unrelates(link)
    person.died_on = died_on
    person.save(update_fields=["died_on"])
    chronicle.closes()
    return person


def _homes(actor: Actor, person: Person) -> list[Home]:
    """Where the person lives, the permanent home first."""
    stays = HouseholdMembership.objects.visible_to(actor).open().filter(person=person)
    order = dict(stays.order_by("is_permanent").values_list("household_id", "is_permanent"))
    return sorted(Home.lock_all(actor, order), key=lambda home: not order[home.household.id])
