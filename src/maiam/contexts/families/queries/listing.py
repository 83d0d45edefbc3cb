"""The register page by page for other systems: by key, so that a row is met once however much is added meanwhile."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Q

from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

MOST_AT_ONCE = 200
_PERSON_FACTS = (
    "full_name", "other_names", "sex", "birth_year", "birth_month", "birth_day", "birth_is_approximate", "died_on",
    "ethnicity", "phone", "identity_number_index", "commune_id", "village_id", "merged_into_id", "restricted_at",
    "erased_at",
)  # fmt: skip
_HOUSEHOLD_FACTS = ("code", "address", "commune_id", "village_id", "dissolved_on")

Row = TypeVar("Row", Person, Household)


@dataclass(frozen=True)
class KeyPage(Generic[Row]):
    """Some rows in their order, and the id after which the next page begins; None on the last."""

    rows: Sequence[Row]
    next_id: UUID | None


def people_by_key(
    actor: Actor, *, now: datetime, village_id: int | None = None, after: UUID | None = None, limit: int = MOST_AT_ONCE
) -> KeyPage[Person]:
    """People of the actor's reach by name. Who rests, was merged or erased is not among them.

    Raises `NotFoundError` when `after` is nobody within reach.
    """
    actor.require(Permission.VIEW_FAMILIES)
    rows = Person.objects.visible_to(actor).filter(merged_into=None, restricted_at=None, erased_at=None)
    if village_id:
        rows = rows.filter(village_id=village_id)
    if after:
        last = Person.objects.find(actor, after)
        rows = rows.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, id__gt=last.id))
    found = list(rows.select_related("village", "commune").order_by("sort_key", "id")[: limit + 1])
    audit.record_read(actor, "families.people.listed", ("families.person", str(after or "")), at=now)
    return _page(found, limit)


def households_by_key(
    actor: Actor, *, now: datetime, village_id: int | None = None, after: UUID | None = None, limit: int = MOST_AT_ONCE
) -> KeyPage[Household]:
    """Households of the actor's reach by code, those dissolved too: they say when.

    Raises `NotFoundError` when `after` is none within reach.
    """
    actor.require(Permission.VIEW_FAMILIES)
    rows = Household.objects.visible_to(actor)
    if village_id:
        rows = rows.filter(village_id=village_id)
    if after:
        last = Household.objects.find(actor, after)
        rows = rows.filter(Q(code__gt=last.code) | Q(code=last.code, id__gt=last.id))
    found = list(rows.select_related("village", "commune").order_by("code", "id")[: limit + 1])
    audit.record_read(actor, "families.households.listed", ("families.household", str(after or "")), at=now)
    return _page(found, limit)


def household_with_members(
    actor: Actor, household_id: UUID, now: datetime
) -> tuple[Household, list[HouseholdMembership]]:
    """One household and who lives in it today. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_FAMILIES)
    row = Household.objects.select_related("village", "commune").find(actor, household_id)
    stays = HouseholdMembership.objects.visible_to(actor).filter(household=row, ends_on=None, withdrawn_at=None)
    audit.record_read(actor, "families.household.opened", row, at=now)
    return row, list(stays.select_related("person").order_by("starts_on", "id"))


def version_now(actor: Actor, person_id: UUID) -> str:
    """The mark a person bears now. Raises `NotFoundError`."""
    return person_version(Person.objects.find(actor, person_id))


def person_version(row: Person) -> str:
    """A mark of what the register says of a person; another one as soon as anything of it changes."""
    return _mark([getattr(row, name) for name in _PERSON_FACTS])


def household_version(row: Household, stays: Sequence[HouseholdMembership]) -> str:
    """The same of a household and who lives in it."""
    members = sorted([str(stay.person_id), stay.role, stay.residence, str(stay.starts_on)] for stay in stays)
    return _mark([getattr(row, name) for name in _HOUSEHOLD_FACTS] + members)


def _mark(values: list[object]) -> str:
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()[:32]


def _page(found: list[Row], limit: int) -> KeyPage[Row]:
    rows = found[:limit]
    return KeyPage(rows, rows[-1].id if len(found) > limit else None)
