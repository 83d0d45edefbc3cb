"""Households and who lives in them, as they are first written down."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole, Residence
from maiam.contexts.families.services.chronicle import Chronicle
from maiam.contexts.families.services.people import check_place
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class CodeTakenError(DomainError):
    code = "families.household_code_taken"
    message = "Xã đã có hộ mang mã này."
    field = "code"


@transaction.atomic
def register_household(
    *, actor: Actor, commune_id: int, code: str, now: datetime, village_id: int | None = None, address: str = ""
) -> Household:
    """Add a household to the register.

    Raises `CodeTakenError`, `PlaceUnknownError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    check_place(actor=actor, commune_id=commune_id, village_id=village_id, now=now)
    household = Household(commune_id=commune_id, village_id=village_id, code=code, address=address, registered_at=now)
    try:
        with transaction.atomic():
            household.save(force_insert=True)
    except IntegrityError as error:
        raise CodeTakenError from error
    audit.record(actor, "families.household.registered", household, at=now)
    return household


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    household_id: UUID,
    person_id: UUID,
    role: MemberRole,
    starts_on: date,
    now: datetime,
    residence: Residence = Residence.PERMANENT,
) -> HouseholdMembership:
    """Write down that a person of the register lives in a household, as the commune's book says. Not an event.

    Raises `AlreadyHasHeadError`, `AlreadyHasHomeError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    household = Household.objects.select_for_update(of=("self",)).find(actor, household_id)
    person = Person.objects.find(actor, person_id)
    stay = HouseholdMembership(
        household=household,
        person=person,
        role=role,
        starts_on=starts_on,
        residence=residence,
        is_permanent=residence.is_permanent,
        recorded_at=now,
    )
    Chronicle.keeps(stay)
    audit.record(actor, "families.member.added", stay, at=now)
    return stay
