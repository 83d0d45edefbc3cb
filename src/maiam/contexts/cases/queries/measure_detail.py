"""One no-contact measure, opened: each part to those entitled to it."""

from dataclasses import dataclass
from datetime import datetime
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
from maiam.contexts.cases.queries.documents import DocumentLine, documents_of
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
)
from maiam.contexts.cases.rules.papers import DocumentKind
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

Row = TypeVar("Row", Cancellation, PermittedContact, Breach)


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
    def signed_above(self) -> str:
        """Who above the commune signed the order; nobody when the commune's chairman did."""
        return self.order.authority if self.order else ""

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
