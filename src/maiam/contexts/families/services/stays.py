"""What changes while people stay: the head, a role, a residence; and stays that were written down wrongly."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families.models import FamilyEvent, HouseholdMembership
from maiam.contexts.families.rules import EventKind, MemberRole, Part, Residence
from maiam.contexts.families.services.chronicle import Chronicle, When
from maiam.contexts.families.services.homes import Home
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class HeadStaysError(DomainError):
    code = "families.head_stays"
    message = "Muốn đổi vai của chủ hộ, hoặc đặt chủ hộ mới, hãy ghi “Đổi chủ hộ”."
    field = "role"


class StayEndedError(DomainError):
    code = "families.stay_ended"
    message = "Lần ở này đã kết thúc, không sửa được nữa."


@dataclass(frozen=True, kw_only=True)
class StayFacts:
    """What is told of a stay."""

    role: MemberRole
    residence: Residence
    starts_on: date


@transaction.atomic
def change_head(
    *, actor: Actor, household_id: UUID, person_id: UUID, on: date, now: datetime, note: str = ""
) -> FamilyEvent:
    """Make a member the head; every other member's role is told from the new head from that day.

    Raises `NextHeadNotFitError`, `TooEarlyError`, `NotYetError`, `HouseholdGoneError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    home = Home.lock(actor, household_id)
    home.stay_of(person_id)
    chronicle = Chronicle.begin(actor, EventKind.HEAD_CHANGE, When(on, now), home.household, note=note)
    home.changes_head(chronicle, person_id)
    return chronicle.closes()


@transaction.atomic
def change_stay(
    *,
    actor: Actor,
    membership_id: UUID,
    on: date,
    now: datetime,
    role: MemberRole | None = None,
    residence: Residence | None = None,
    note: str = "",
) -> FamilyEvent:
    """Let a member be something else to the head, or reside otherwise, from a day on.

    Raises `HeadStaysError`, `StayEndedError`, `AlreadyHasHomeError`, `TooEarlyError`, `NotYetError`,
    `HouseholdGoneError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    home, stay = _hold(actor, membership_id)
    _check_role(stay, role or MemberRole(stay.role))
    chronicle = Chronicle.begin(actor, EventKind.STAY_CHANGE, When(on, now), home.household, note=note)
    chronicle.continues(stay, role or MemberRole(stay.role), residence)
    return chronicle.closes()


@transaction.atomic
def correct_stay(*, actor: Actor, membership_id: UUID, facts: StayFacts, reason: str, now: datetime) -> FamilyEvent:
    """Put right a stay that was written down wrongly from its beginning. The wrong row is withdrawn, not lost.

    Raises `HeadStaysError`, `StayEndedError`, `AlreadyHasHomeError`, `NotYetError`, `HouseholdGoneError`;
    `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    home, stay = _hold(actor, membership_id)
    _check_role(stay, facts.role)
    when = When(facts.starts_on, now)
    chronicle = Chronicle.begin(actor, EventKind.CORRECTION, when, home.household, note=reason)
    chronicle.concerns(stay.person_id, Part.MEMBER)
    chronicle.withdraws(stay)
    chronicle.opens(home.household, stay.person_id, facts.role, facts.residence)
    return chronicle.closes()


def _hold(actor: Actor, membership_id: UUID) -> tuple[Home, HouseholdMembership]:
    named = HouseholdMembership.objects.find(actor, membership_id)
    home = Home.lock(actor, named.household_id)
    stay = next((stay for stay in home.stays if stay.id == named.id), None)
    if stay is None:
        raise StayEndedError
    return home, stay


def _check_role(stay: HouseholdMembership, role: MemberRole) -> None:
    if (stay.role == MemberRole.HEAD) != (role is MemberRole.HEAD):
        raise HeadStaysError
