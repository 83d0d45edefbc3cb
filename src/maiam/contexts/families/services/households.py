"""Households and their members. A stay ends with a date; it is never overwritten."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError


class CodeTakenError(DomainError):
    code = "families.household_code_taken"
    message = "Xã đã có hộ mang mã này."
    field = "code"


class AlreadyHasHeadError(DomainError):
    code = "families.household_has_head"
    message = "Hộ đã có chủ hộ. Hãy đổi chủ hộ thay vì thêm."
    field = "role"


class AlreadyHasHomeError(DomainError):
    code = "families.person_has_home"
    message = "Người này đang thường trú ở một hộ khác. Hãy kết thúc lần ở đó trước."
    field = "person"


@transaction.atomic
def register_household(
    *, actor: Actor, commune_id: int, code: str, now: datetime, village_id: int | None = None, address: str = ""
) -> Household:
    """Add a household to the register.

    Raises `CodeTakenError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
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
    is_permanent: bool = True,
) -> HouseholdMembership:
    """Let a person live in a household from a day on.

    Raises `AlreadyHasHeadError`, `AlreadyHasHomeError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    household = Household.objects.select_for_update(of=("self",)).find(actor, household_id)
    person = Person.objects.find(actor, person_id)
    stay = HouseholdMembership(
        household=household, person=person, role=role, starts_on=starts_on, is_permanent=is_permanent
    )
    _save(stay)
    audit.record(actor, "families.member.added", stay, at=now)
    return stay


@transaction.atomic
def end_membership(*, actor: Actor, membership_id: UUID, ends_on: date, now: datetime) -> HouseholdMembership:
    """End a stay: moved out, married out, died."""
    actor.require(Permission.EDIT_FAMILIES)
    stay = HouseholdMembership.objects.select_for_update(of=("self",)).find(actor, membership_id)
    stay.ends_on = ends_on
    stay.save(update_fields=["ends_on"])
    audit.record(actor, "families.member.ended", stay, at=now, fields=["ends_on"])
    return stay


@transaction.atomic
def change_head(*, actor: Actor, household_id: UUID, person_id: UUID, on: date, now: datetime) -> None:
    """Make a member the head; both earlier stays end that day and go on under their new roles."""
    actor.require(Permission.EDIT_FAMILIES)
    household = Household.objects.select_for_update(of=("self",)).find(actor, household_id)
    current = HouseholdMembership.objects.visible_to(actor).filter(household=household, ends_on__isnull=True)
    new_head = current.filter(person_id=person_id).first()
    if new_head is None:
        raise NotFoundError
    old_head = current.filter(role=MemberRole.HEAD).first()
    if old_head:
        _continue_as(old_head, MemberRole.OTHER, on)
    _continue_as(new_head, MemberRole.HEAD, on)
    audit.record(actor, "families.head.changed", household, at=now)


def _continue_as(stay: HouseholdMembership, role: MemberRole, on: date) -> None:
    stay.ends_on = on
    stay.save(update_fields=["ends_on"])
    _save(
        HouseholdMembership(
            household_id=stay.household_id,
            person_id=stay.person_id,
            role=role,
            starts_on=on,
            is_permanent=stay.is_permanent,
        )
    )


def _save(stay: HouseholdMembership) -> None:
    try:
        with transaction.atomic():
            stay.save(force_insert=True)
    except IntegrityError as error:
        if "household_has_one_head" in str(error):
            raise AlreadyHasHeadError from error
        raise AlreadyHasHomeError from error
