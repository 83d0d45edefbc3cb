"""What happened: the timeline of a household, of a person. What was revoked stays, marked so."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from maiam.contexts.families.models import EventPart, FamilyEvent, Household, HouseholdMembership, Person
from maiam.contexts.families.rules import EVENT_LABELS, PART_LABELS, EventKind, Part
from maiam.platform.access import Actor, Permission

# Longer than any household's life; what is older is on the pages of its people.
MOST_EVENTS = 200
# Those a sentence about an event names; the others are in the rows it wrote.
_NAMED = frozenset(Part) - {Part.MEMBER, Part.KIN}


@dataclass(frozen=True)
class TakingPart:
    person: Person
    part_label: str


@dataclass(frozen=True)
class EventLine:
    """One event as the timeline tells it."""

    id: UUID
    kind: EventKind
    label: str
    happened_on: date
    recorded_at: datetime
    recorded_by: str
    household: Household | None
    other_household: Household | None
    people: list[TakingPart]
    note: str
    revoked_at: datetime | None
    revokes_label: str

    @property
    def is_revocable(self) -> bool:
        return self.revoked_at is None and self.kind not in {EventKind.CORRECTION, EventKind.REVOCATION}


def household_history(actor: Actor, household_id: UUID) -> list[EventLine]:
    """Everything that happened to a household or moved its people, the latest first."""
    actor.require(Permission.VIEW_FAMILIES)
    stays = HouseholdMembership.objects.visible_to(actor).filter(household_id=household_id)
    wrote = {event_id for pair in stays.values_list("opened_by_id", "ended_by_id") for event_id in pair if event_id}
    events = FamilyEvent.objects.visible_to(actor).filter(
        Q(household_id=household_id) | Q(other_household_id=household_id) | Q(id__in=wrote)
    )
    return _lines(actor, events)


def person_history(actor: Actor, person_id: UUID) -> list[EventLine]:
    """Everything a person took part in, the latest first."""
    actor.require(Permission.VIEW_FAMILIES)
    parts = EventPart.objects.visible_to(actor).filter(Q(person_id=person_id) | Q(person__merged_into_id=person_id))
    return _lines(actor, FamilyEvent.objects.visible_to(actor).filter(id__in=parts.values("event_id")))


def event(actor: Actor, event_id: UUID) -> EventLine:
    """One event. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_FAMILIES)
    row = FamilyEvent.objects.find(actor, event_id)
    return _lines(actor, FamilyEvent.objects.visible_to(actor).filter(id=row.id))[0]


def _lines(actor: Actor, events: QuerySet[FamilyEvent]) -> list[EventLine]:
    named = EventPart.objects.visible_to(actor).filter(part__in=_NAMED).select_related("person")
    rows = events.select_related("household", "other_household", "revokes", "revocation").prefetch_related(
        Prefetch("parts", queryset=named.order_by("id"), to_attr="named")
    )
    return [_line(row) for row in rows.order_by("-happened_on", "-recorded_at", "-id")[:MOST_EVENTS]]


def _line(row: FamilyEvent) -> EventLine:
    named: list[EventPart] = row.named  # type: ignore[attr-defined]
    revocation = getattr(row, "revocation", None)
    return EventLine(
        id=row.id,
        kind=EventKind(row.kind),
        label=EVENT_LABELS[EventKind(row.kind)],
        happened_on=row.happened_on,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        household=row.household,
        other_household=row.other_household,
        people=[TakingPart(part.person, PART_LABELS[Part(part.part)]) for part in named],
        note=row.note,
        revoked_at=revocation.recorded_at if revocation else None,
        revokes_label=EVENT_LABELS[EventKind(row.revokes.kind)] if row.revokes else "",
    )
