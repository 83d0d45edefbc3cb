"""No-contact measures as lists: waiting for the chairman, in force on a beat, in a case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.models import (
    Cancellation,
    Case,
    NoContact,
    NoContactRequest,
    Supervision,
)
from maiam.contexts.cases.models.no_contact import NoContactQuerySet
from maiam.contexts.cases.queries.documents import deliveries_by_order
from maiam.contexts.cases.rules.no_contact import (
    STATE_COLOURS,
    STATE_LABELS,
    Answer,
    State,
)
from maiam.contexts.cases.rules.papers import DocumentKind, addressees
from maiam.core.law import no_contact as law
from maiam.core.law.codes import relations
from maiam.core.law.no_contact import (
    REQUESTER_LABELS,
    Requester,
)
from maiam.platform.access import Actor, Permission

LONGEST_LIST = 200


@dataclass(frozen=True)
class MeasureLine:
    """One measure as lists show it."""

    id: UUID
    victim_name: str
    perpetrator_name: str
    victim_village: str
    state: State
    state_label: str
    state_colour: str
    is_live: bool
    requested_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    stopped_at: datetime | None
    undelivered: int
    is_supervised: bool
    # Who above the commune signed the order, where its own chairman did not.
    signed_above: str


@dataclass(frozen=True)
class AwaitingDecision:
    """Something the chairman owes an answer to: a request, or a request to cancel."""

    id: UUID
    case_code: str
    victim_name: str
    perpetrator_name: str
    relation_label: str
    requester_label: str
    is_cancellation: bool
    requested_at: datetime
    due_at: datetime


def awaiting_decision(actor: Actor) -> list[AwaitingDecision]:
    """What waits for the chairman's decision, the one due first on top."""
    actor.require(Permission.DECIDE_NO_CONTACT)
    asked = NoContactRequest.objects.visible_to(actor).filter(no_contact__state=State.REQUESTED)
    to_cancel = Cancellation.objects.visible_to(actor).filter(answer=Answer.WAITING)
    # What was signed above is answered where it was signed.
    to_cancel = to_cancel.exclude(no_contact__papers_from_above__kind=DocumentKind.ORDER)
    waiting = [_asked(row) for row in asked.select_related("no_contact__case")]
    waiting += [_asked_to_cancel(row) for row in to_cancel.select_related("no_contact__case")]
    return sorted(waiting, key=lambda one: (one.due_at, one.id))


def measures_in_force(actor: Actor, now: datetime) -> list[MeasureLine]:
    """The orders in force within the actor's reach, the one that ends first on top."""
    actor.require(Permission.VIEW_NO_CONTACT)
    rows = _shown(actor).in_force(now).order_by("ends_at", "id")[:LONGEST_LIST]
    return _lines(actor, list(rows), now)


def measures_over(actor: Actor, now: datetime) -> list[MeasureLine]:
    """The orders that have stopped, newest first."""
    actor.require(Permission.VIEW_NO_CONTACT)
    rows = _shown(actor).filter(starts_at__isnull=False).exclude(state=State.IN_FORCE)
    return _lines(actor, list(rows.order_by("-starts_at", "id")[:LONGEST_LIST]), now)


def measures_of_case(actor: Actor, case: Case, now: datetime) -> list[MeasureLine]:
    """Every measure of a case, newest first."""
    return _lines(actor, list(_shown(actor).filter(case=case).order_by("-recorded_at", "-id")), now)


def _shown(actor: Actor) -> NoContactQuerySet:
    """Orders with who signed each and where the person lives, as lists show them."""
    return NoContact.objects.visible_to(actor).with_signer().select_related("victim_village")


def _lines(actor: Actor, rows: list[NoContact], now: datetime) -> list[MeasureLine]:
    delivered = deliveries_by_order(actor, rows)
    supervised = set(Supervision.objects.filter(no_contact__in=rows).values_list("no_contact_id", flat=True))
    return [_line(row, len(delivered.get(row.id, ())), row.id in supervised, now) for row in rows]


def _line(row: NoContact, delivered: int, is_supervised: bool, now: datetime) -> MeasureLine:
    state = State(row.state)
    return MeasureLine(
        id=row.id,
        victim_name=row.victim_name,
        perpetrator_name=row.perpetrator_name,
        victim_village=row.victim_village.name if row.victim_village else "",
        state=state,
        state_label=STATE_LABELS[state],
        state_colour=STATE_COLOURS[state],
        is_live=row.is_live(now),
        requested_at=row.requested_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        stopped_at=row.stopped_at,
        undelivered=len(addressees(DocumentKind.ORDER)) - delivered,
        is_supervised=is_supervised,
        signed_above=getattr(row, "signed_above", ""),
    )


def _asked(row: NoContactRequest) -> AwaitingDecision:
    measure = row.no_contact
    requested_at = measure.requested_at or row.asked_at
    return AwaitingDecision(
        id=measure.id,
        case_code=measure.case.code,
        victim_name=measure.victim_name,
        perpetrator_name=measure.perpetrator_name,
        relation_label=relations()[measure.relation].vi,
        requester_label=REQUESTER_LABELS[Requester(row.requester)],
        is_cancellation=False,
        requested_at=requested_at,
        due_at=law.decision_due_at(requested_at),
    )


def _asked_to_cancel(row: Cancellation) -> AwaitingDecision:
    measure = row.no_contact
    return AwaitingDecision(
        id=measure.id,
        case_code=measure.case.code,
        victim_name=measure.victim_name,
        perpetrator_name=measure.perpetrator_name,
        relation_label=relations()[measure.relation].vi,
        requester_label=REQUESTER_LABELS[Requester(row.requester)],
        is_cancellation=True,
        requested_at=row.requested_at,
        due_at=law.cancellation_due_at(row.requested_at),
    )
