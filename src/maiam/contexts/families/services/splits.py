"""One household becomes two, two become one, one is no more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from maiam.contexts.families.models import FamilyEvent, Household, HouseholdMembership
from maiam.contexts.families.queries.kin import relations_to
from maiam.contexts.families.rules import EventKind, MemberRole, Part, Residence, role_under
from maiam.contexts.families.services.chronicle import Chronicle, When
from maiam.contexts.families.services.homes import Home, NextHeadNotFitError
from maiam.contexts.families.services.households import CodeTakenError
from maiam.contexts.families.services.moves import NobodyMovesError
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class SameHouseholdError(DomainError):
    code = "families.same_household"
    message = "Chọn một hộ khác để nhập vào."
    field = "into"


class SomebodyStaysError(DomainError):
    code = "families.somebody_stays"
    message = "Tách hộ thì phải có người ở lại. Nếu cả hộ đi, hãy ghi hộ đổi chỗ ở."
    field = "people"


@dataclass(frozen=True, kw_only=True)
class NewHome:
    """The household that comes out of another: who goes, who is its head, where it stands under which code."""

    code: str
    person_ids: Collection[UUID]
    head_id: UUID
    village_id: int | None = None
    address: str = ""


@transaction.atomic
def split_household(
    *,
    actor: Actor,
    household_id: UUID,
    new: NewHome,
    on: date,
    now: datetime,
    next_head_id: UUID | None = None,
    note: str = "",
) -> Household:
    """Let some members be a household of their own; `next_head_id` follows in the old one if its head goes.

    Raises `NobodyMovesError`, `SomebodyStaysError`, `CodeTakenError`, `NextHeadNeededError`, `NextHeadNotFitError`,
    `VillageNotHereError`, `TooEarlyError`, `NotYetError`, `HouseholdGoneError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    home = Home.lock(actor, household_id)
    going = [home.stay_of(person_id) for person_id in new.person_ids]
    home.check_village(new.village_id)
    if not going:
        raise NobodyMovesError
    if len(going) == len(home.stays):
        raise SomebodyStaysError
    new_head = next((stay for stay in going if stay.person_id == new.head_id), None)
    if new_head is None:
        raise NextHeadNotFitError

    household = _found(home.household, new, now)
    chronicle = Chronicle.begin(actor, EventKind.SPLIT, When(on, now), home.household, other=household, note=note)
    chronicle.concerns(new.head_id, Part.NEW_HEAD)
    roles = _roles_under(actor, new_head, going)
    home.loses(chronicle, new.person_ids, next_head_id, Part.MOVER)
    _settle(chronicle, Home(actor, household, []), going, roles)
    chronicle.closes()
    return household


@transaction.atomic
def merge_households(
    *,
    actor: Actor,
    household_id: UUID,
    into_id: UUID,
    on: date,
    now: datetime,
    roles: Mapping[UUID, MemberRole] | None = None,
    note: str = "",
) -> FamilyEvent:
    """Let everyone of one household live in another from a day on; the first is dissolved.

    `roles` tells what they are to the head there; else kinship tells it, or nothing does.

    Raises `SameHouseholdError`, `AlreadyHasHeadError`, `TooEarlyError`, `NotYetError`, `HouseholdGoneError`;
    `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    if household_id == into_id:
        raise SameHouseholdError
    homes = {home.household.id: home for home in Home.lock_all(actor, (household_id, into_id))}
    home, into = homes[household_id], homes[into_id]
    chronicle = Chronicle.begin(actor, EventKind.MERGE, When(on, now), into.household, other=home.household, note=note)
    coming = [stay for stay in home.stays if not into.has(stay.person_id)]
    told = _roles_here(actor, into, coming) | dict(roles or {})
    for stay in home.stays:
        chronicle.concerns(stay.person_id, Part.MOVER)
        chronicle.ends(stay)
    _settle(chronicle, into, coming, told)
    chronicle.dissolves(home.household)
    return chronicle.closes()


@transaction.atomic
def dissolve_household(*, actor: Actor, household_id: UUID, on: date, now: datetime, note: str = "") -> FamilyEvent:
    """Strike a household from the register: every stay in it ends, its people stay people of the register.

    Raises `TooEarlyError`, `NotYetError`, `HouseholdGoneError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    home = Home.lock(actor, household_id)
    chronicle = Chronicle.begin(actor, EventKind.DISSOLVE, When(on, now), home.household, note=note)
    for stay in home.stays:
        chronicle.ends(stay)
    chronicle.dissolves(home.household)
    return chronicle.closes()


def _found(old: Household, new: NewHome, now: datetime) -> Household:
    household = Household(
        commune_id=old.commune_id,
        village_id=new.village_id,
        code=new.code,
        address=new.address,
        registered_at=now,
    )
    try:
        with transaction.atomic():
            household.save(force_insert=True)
    except IntegrityError as error:
        raise CodeTakenError from error
    return household


def _settle(
    chronicle: Chronicle, home: Home, stays: list[HouseholdMembership], roles: Mapping[UUID, MemberRole]
) -> None:
    """The head first: the first adult of a household is its head."""
    for stay in sorted(stays, key=lambda stay: roles[stay.person_id] is not MemberRole.HEAD):
        home.receives(chronicle, stay.person, roles[stay.person_id], Residence(stay.residence))


def _roles_under(actor: Actor, head: HouseholdMembership, stays: list[HouseholdMembership]) -> dict[UUID, MemberRole]:
    was = MemberRole(head.role)
    known = relations_to(actor, head.person_id, [stay.person_id for stay in stays])
    roles = {stay.person_id: role_under(was, MemberRole(stay.role), known.get(stay.person_id)) for stay in stays}
    return roles | {head.person_id: MemberRole.HEAD}


def _roles_here(actor: Actor, into: Home, coming: list[HouseholdMembership]) -> dict[UUID, MemberRole]:
    """What newcomers are to the head here; where there is no one yet, what they were where they come from."""
    if not into.stays:
        return {stay.person_id: MemberRole(stay.role) for stay in coming}
    ids = [stay.person_id for stay in coming]
    known = relations_to(actor, into.head.person_id, ids) if into.head else {}
    return {person_id: role_under(None, MemberRole.OTHER, known.get(person_id)) for person_id in ids}
