"""Requests in lists and one opened: an officer sees the commune's, a village head the village's and their own."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.changes import rules
from maiam.contexts.changes.models import ChangeRequest, ChangeStep
from maiam.contexts.changes.queries.current import current_values, token
from maiam.contexts.changes.queries.words import differences
from maiam.contexts.changes.rules import Difference, Kind, Values
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.queries import Clock
from maiam.contexts.families import queries as families
from maiam.contexts.families.models import Household, Person
from maiam.core.law.retention import Old
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

LONGEST_LIST = 200


@dataclass(frozen=True)
class ChangeLine:
    """One request in a list."""

    id: UUID
    who: str
    kind_label: str
    state_label: str
    state_colour: str
    by_name: str
    asked_at: datetime
    is_open: bool


@dataclass(frozen=True)
class ChangePage:
    """One request with its difference, its steps and its clocks; `seen` marks what the register held just now."""

    request: ChangeRequest
    who: str
    differences: list[Difference]
    steps: list[ChangeStep]
    clocks: list[Clock]
    seen: str
    is_divisible: bool
    can_decide: bool
    is_mine: bool

    @property
    def has_moved(self) -> bool:
        return self.request.is_open and any(line.has_moved for line in self.differences)


@dataclass(frozen=True)
class AskAbout:
    """Someone or some household a change may be asked for, with what the register holds."""

    name: str
    commune_id: int
    known: Values
    person: Person | None = None
    household: Household | None = None


def changes_list(
    actor: Actor, *, is_open: bool, limit: int = LONGEST_LIST, before: UUID | None = None
) -> list[ChangeLine]:
    """Requests still open, or those that have ended, the newest first; the next page begins before the last id."""
    actor.require(Permission.REQUEST_CHANGE)
    rows = ChangeRequest.objects.visible_to(actor).select_related("person", "household")
    rows = rows.filter(state__in=rules.OPEN) if is_open else rows.exclude(state__in=rules.OPEN)
    if before:
        rows = rows.filter(id__lt=before)
    return [_line(row) for row in rows.order_by("-id")[:limit]]


def changes_about(actor: Actor, person_id: UUID) -> list[ChangeRequest]:
    """Every request about a person, oldest first: part of what is held about them."""
    rows = ChangeRequest.objects.visible_to(actor).filter(person_id=person_id)
    return list(rows.order_by("recorded_at", "id"))


def change(actor: Actor, request_id: UUID, now: datetime) -> ChangePage:
    """Open one request.

    Raises `NotFoundError`.
    """
    actor.require(Permission.REQUEST_CHANGE)
    row = ChangeRequest.objects.select_related("person", "household", "by_post", "village").find(actor, request_id)
    known = current_values(actor, row.person_id) if row.is_open and _reaches(actor, row.person_id) else {}
    audit.record_read(actor, "changes.request.opened", row, at=now)
    return ChangePage(
        request=row,
        who=_who(row),
        differences=differences(actor, row, known),
        steps=list(ChangeStep.objects.visible_to(actor).filter(request=row).order_by("at", "id")),
        clocks=duties.obligations_of(actor, row.subject),
        seen=token(known, row.proposed),
        is_divisible=Kind(row.kind) in rules.DIVISIBLE and len(row.proposed) > 1,
        can_decide=row.is_open and actor.can(Permission.DECIDE_CHANGE),
        is_mine=row.is_open and row.by_post_id == actor.post_id,
    )


def ask_about(actor: Actor, person_id: UUID, now: datetime) -> AskAbout:
    """A person as the form of a request begins."""
    actor.require(Permission.REQUEST_CHANGE)
    person = families.person(actor, person_id, now).person
    return AskAbout(person.full_name, person.commune_id, current_values(actor, person.id), person=person)


def ask_about_household(actor: Actor, household_id: UUID, now: datetime) -> AskAbout:
    """A household into which someone new comes."""
    actor.require(Permission.REQUEST_CHANGE)
    household = families.household(actor, household_id, now).household
    return AskAbout(f"Hộ {household.code}", household.commune_id, {}, household=household)


def _reaches(actor: Actor, person_id: UUID | None) -> bool:
    return person_id is None or Person.objects.visible_to(actor).filter(id=person_id).exists()


def _line(row: ChangeRequest) -> ChangeLine:
    return ChangeLine(
        id=row.id,
        who=_who(row),
        kind_label=row.kind_label,
        state_label=row.state_label,
        state_colour=row.state_colour,
        by_name=row.by_name,
        asked_at=row.asked_at,
        is_open=row.is_open,
    )


def _who(row: ChangeRequest) -> str:
    if row.person:
        return row.person.full_name
    return f"Hộ {row.household.code}" if row.household else ""


def ended_before(actor: Actor, before: datetime, *, among: Collection[UUID] | None = None) -> Iterator[Old]:
    """Requests answered before a moment that still hold what was asked, longest answered first."""
    actor.require(Permission.DECIDE_CHANGE)
    rows = ChangeRequest.objects.visible_to(actor).filter(decided_at__lt=before, forgotten_at__isnull=True)
    if among is not None:
        rows = rows.filter(id__in=among)
    told = rows.order_by("decided_at", "id").values_list("id", "commune_id", "decided_at", "person_id").iterator()
    return (Old(one, commune, at, person) for one, commune, at, person in told if at)
