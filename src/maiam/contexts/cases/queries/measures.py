"""No-contact measures: waiting for the chairman, in force on a beat, and one opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from maiam.contexts.cases.models import (
    Breach,
    Cancellation,
    Case,
    NoContact,
    NoContactRequest,
    PermittedContact,
    Supervision,
    Supervisor,
)
from maiam.contexts.cases.queries.documents import DocumentLine, deliveries_by_order, documents_of
from maiam.contexts.cases.rules.no_contact import (
    ANSWER_LABELS,
    BREACH_KIND_LABELS,
    REQUEST_CHANNEL_LABELS,
    STATE_COLOURS,
    STATE_LABELS,
    Addressee,
    Answer,
    BreachKind,
    RequestChannel,
    State,
    to_the_minute,
)
from maiam.contexts.cases.rules.papers import DocumentKind, addressees
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.queries import Clock
from maiam.core.law import no_contact as law
from maiam.core.law.codes import relations
from maiam.core.law.no_contact import (
    CANCEL_GROUND_LABELS,
    CONTACT_REASON_LABELS,
    GROUND_LABELS,
    REQUESTER_LABELS,
    CancelGround,
    ContactReason,
    Ground,
    Requester,
)
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

LONGEST_LIST = 200

Row = TypeVar("Row", Cancellation, PermittedContact, Breach)


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

    def left(self, now: datetime) -> timedelta:
        return self.due_at - now


def awaiting_decision(actor: Actor) -> list[AwaitingDecision]:
    """What waits for the chairman's decision, the one due first on top."""
    actor.require(Permission.DECIDE_NO_CONTACT)
    asked = NoContactRequest.objects.visible_to(actor).filter(no_contact__state=State.REQUESTED)
    to_cancel = Cancellation.objects.visible_to(actor).filter(answer=Answer.WAITING)
    waiting = [_asked(row) for row in asked.select_related("no_contact__case")]
    waiting += [_asked_to_cancel(row) for row in to_cancel.select_related("no_contact__case")]
    return sorted(waiting, key=lambda one: (one.due_at, one.id))


def measures_in_force(actor: Actor, now: datetime) -> list[MeasureLine]:
    """The orders in force within the actor's reach, the one that ends first on top."""
    actor.require(Permission.VIEW_NO_CONTACT)
    rows = NoContact.objects.visible_to(actor).in_force(now).order_by("ends_at", "id")[:LONGEST_LIST]
    return _lines(actor, list(rows.select_related("victim_village")), now)


def measures_over(actor: Actor, now: datetime) -> list[MeasureLine]:
    """The orders that have stopped, newest first."""
    actor.require(Permission.VIEW_NO_CONTACT)
    rows = NoContact.objects.visible_to(actor).filter(starts_at__isnull=False).exclude(state=State.IN_FORCE)
    return _lines(actor, list(rows.select_related("victim_village").order_by("-starts_at", "id")[:LONGEST_LIST]), now)


def measures_of_case(actor: Actor, case: Case, now: datetime) -> list[MeasureLine]:
    """Every measure of a case, newest first."""
    rows = NoContact.objects.visible_to(actor).filter(case=case).order_by("-recorded_at", "-id")
    return _lines(actor, list(rows.select_related("victim_village")), now)


@dataclass(frozen=True)
class RequestLine:
    """Who asked and how; None of it reaches those who only carry the order out."""

    requester_label: str
    requester_name: str
    channel_label: str
    asked_at: datetime
    told: str
    consent_by: str
    consent_at: datetime | None


@dataclass(frozen=True)
class CancellationLine:
    ground: CancelGround
    ground_label: str
    requester_name: str
    requested_at: datetime
    told: str
    answer: Answer
    answer_label: str
    answered_at: datetime | None
    reason: str


@dataclass(frozen=True)
class SupervisionLine:
    assigned_at: datetime
    supervisors: list[str]
    met_at: datetime | None
    plan: str


@dataclass(frozen=True)
class ContactLine:
    reason_label: str
    starts_at: datetime
    ends_at: datetime
    countersigned_by: str
    countersigned_at: datetime


@dataclass(frozen=True)
class BreachLine:
    kind_label: str
    occurred_at: datetime
    recorded_at: datetime
    told: str


@dataclass(frozen=True)
class MeasureDetail:
    """One measure, opened. What the actor may not know is None or empty."""

    measure: NoContact
    case_id: UUID | None
    case_code: str
    state_label: str
    state_colour: str
    ground_label: str
    relation_label: str
    is_live: bool
    decide_by: datetime | None
    longest_end: datetime
    request: RequestLine | None
    cancellations: list[CancellationLine]
    supervision: SupervisionLine | None
    contacts: list[ContactLine]
    breaches: list[BreachLine]
    documents: list[DocumentLine]
    clocks: list[Clock]

    @property
    def id(self) -> UUID:
        return self.measure.id

    @property
    def is_waiting(self) -> bool:
        return self.measure.state == State.REQUESTED

    @property
    def waiting_cancellation(self) -> CancellationLine | None:
        return next((line for line in self.cancellations if line.answer is Answer.WAITING), None)

    @property
    def order(self) -> DocumentLine | None:
        return next((line for line in self.documents if line.kind is DocumentKind.ORDER), None)

    def document(self, document_id: UUID) -> DocumentLine:
        """One of its documents. Raises `NotFoundError`."""
        for line in self.documents:
            if line.id == document_id:
                return line
        raise NotFoundError

    @property
    def has_police_received(self) -> bool:
        return self.order is not None and self.order.has_reached(Addressee.POLICE_CHIEF)


def measure_detail(actor: Actor, measure_id: UUID, now: datetime) -> MeasureDetail:
    """The measure as the case's circle, or those who carry it out, may open it.

    Raises `NotFoundError`.
    """
    actor.require(Permission.VIEW_NO_CONTACT)
    row = NoContact.objects.select_related("commune", "victim_village", "decided_by", "follows").find(actor, measure_id)
    audit.record_read(actor, "cases.no_contact.read", row, at=now)
    case = Case.objects.visible_to(actor).filter(id=row.case_id).first()
    state = State(row.state)
    return MeasureDetail(
        measure=row,
        case_id=case.id if case else None,
        case_code=case.code if case else "",
        state_label=STATE_LABELS[state],
        state_colour=STATE_COLOURS[state],
        ground_label=GROUND_LABELS[Ground(row.ground)],
        relation_label=relations()[row.relation].vi,
        is_live=row.is_live(now),
        decide_by=law.decision_due_at(row.requested_at) if row.requested_at else None,
        longest_end=law.latest_end(to_the_minute(now)),
        request=_request(actor, row),
        cancellations=[_cancellation(line) for line in _about(actor, Cancellation, row, "requested_at")],
        supervision=_supervision(actor, row),
        contacts=[_contact(line) for line in _about(actor, PermittedContact, row, "starts_at")],
        breaches=[_breach(line) for line in _about(actor, Breach, row, "occurred_at")],
        documents=documents_of(actor, row),
        clocks=duties.obligations_of(actor, row.subject),
    )


def _about(actor: Actor, model: type[Row], measure: NoContact, order: str) -> list[Row]:
    """The rows of one kind about a measure, newest first."""
    return list(model.objects.visible_to(actor).filter(no_contact=measure).order_by(f"-{order}"))


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


def _request(actor: Actor, measure: NoContact) -> RequestLine | None:
    row = NoContactRequest.objects.visible_to(actor).filter(no_contact=measure).first()
    if row is None:
        return None
    return RequestLine(
        requester_label=REQUESTER_LABELS[Requester(row.requester)],
        requester_name=row.requester_name,
        channel_label=REQUEST_CHANNEL_LABELS[RequestChannel(row.channel)],
        asked_at=row.asked_at,
        told=row.told,
        consent_by=row.consent_by,
        consent_at=row.consent_at,
    )


def _cancellation(row: Cancellation) -> CancellationLine:
    ground, answer = CancelGround(row.ground), Answer(row.answer)
    return CancellationLine(
        ground=ground,
        ground_label=CANCEL_GROUND_LABELS[ground],
        requester_name=row.requester_name,
        requested_at=row.requested_at,
        told=row.told,
        answer=answer,
        answer_label=ANSWER_LABELS[answer],
        answered_at=row.answered_at,
        reason=row.reason,
    )


def _supervision(actor: Actor, measure: NoContact) -> SupervisionLine | None:
    row = Supervision.objects.visible_to(actor).filter(no_contact=measure).order_by("-assigned_at").first()
    if row is None:
        return None
    people = Supervisor.objects.filter(supervision=row).order_by("id")
    return SupervisionLine(row.assigned_at, [f"{one.name} ({one.standing})" for one in people], row.met_at, row.plan)


def _contact(row: PermittedContact) -> ContactLine:
    label = CONTACT_REASON_LABELS[ContactReason(row.reason)]
    return ContactLine(label, row.starts_at, row.ends_at, row.countersigned_by, row.countersigned_at)


def _breach(row: Breach) -> BreachLine:
    return BreachLine(BREACH_KIND_LABELS[BreachKind(row.kind)], row.occurred_at, row.recorded_at, row.told)
