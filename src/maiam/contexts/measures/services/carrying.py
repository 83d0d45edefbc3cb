"""A measure is carried out: served, begun, session by session; a breach is recorded and told, and does not end it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.services import ask_for_assessment, note_handed_over
from maiam.contexts.duties import services as duties
from maiam.contexts.measures.models import Measure, MeasureEvent, MeasureService
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import (
    AUTHORITY,
    DECIDED,
    PROTECTED,
    EventKind,
    ServiceMethod,
    State,
    can_move,
)
from maiam.contexts.measures.services.asking import tell
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError

_TOLD_OF_BREACH = (Role.COMMUNE_CHAIRMAN, Role.COMMUNE_POLICE, Role.CULTURE_OFFICER)


class NotRunningError(DomainError):
    code = "measures.not_running"
    message = "Biện pháp này không ở bước đó. Hãy tải lại trang."


class NotAnAddresseeError(DomainError):
    code = "measures.not_an_addressee"
    message = "Nơi này không có tên trong quyết định."
    field = "addressee"


class AlreadyServedError(DomainError):
    code = "measures.already_served"
    message = "Đã ghi giao cho nơi này."
    field = "addressee"


class OutOfTimeError(DomainError):
    code = "measures.out_of_time"
    message = "Phải sau lúc quyết định và không sau bây giờ."
    field = "happened_at"


class ReceiptMissingError(DomainError):
    code = "measures.receipt_missing"
    message = "Chuyển hồ sơ thì phải có người nhận và giấy nhận."
    field = "receipt"


@dataclass(frozen=True, kw_only=True)
class Served:
    """To whom, how, when; for a hand-over who took it and the number of the receipt."""

    addressee: str
    method: ServiceMethod
    served_at: datetime
    received_by: str = ""
    receipt: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What happened while the measure ran."""

    kind: EventKind
    happened_at: datetime
    told: str
    attended: bool | None = None


@transaction.atomic
def serve_measure(*, actor: Actor, measure_id: UUID, served: Served, now: datetime) -> MeasureService:
    """Record that it reached one of those it names; when all have it, the clock of serving stops.

    Raises `NotRunningError`, `NotAnAddresseeError`, `AlreadyServedError`, `OutOfTimeError`, `ReceiptMissingError`.
    """
    measure = _found(actor, measure_id)
    is_hand_over = served.addressee == AUTHORITY
    if served.addressee not in kinds.addressees(measure.kind):
        raise NotAnAddresseeError
    if measure.state not in (DECIDED | {State.REQUESTED} if is_hand_over else DECIDED):
        raise NotRunningError
    since = measure.requested_at if is_hand_over else measure.decided_at
    if served.served_at > now or (since and served.served_at < since.replace(second=0, microsecond=0)):
        raise OutOfTimeError
    if is_hand_over and not (served.receipt.strip() and served.received_by.strip()):
        raise ReceiptMissingError
    if measure.services.filter(addressee=served.addressee).exists():
        raise AlreadyServedError
    _, post_id = accounts.answering_seat(actor)
    row = MeasureService(
        measure=measure,
        addressee=served.addressee,
        method=served.method,
        served_at=served.served_at,
        received_by=served.received_by,
        receipt=served.receipt,
        recorded_at=now,
        recorded_by_post_id=post_id,
    )
    row.save(force_insert=True)
    if served.addressee == PROTECTED and measure.case_id:
        note_handed_over(
            actor=actor,
            case_id=measure.case_id,
            method=served.method,
            received_by=served.received_by,
            at=served.served_at,
            now=now,
        )
    _when_all_have_it(actor, measure, served.served_at, now)
    audit.record(actor, "measures.measure.served", measure, at=now)
    return row


@transaction.atomic
def begin_measure(*, actor: Actor, measure_id: UUID, happened_at: datetime, now: datetime) -> Measure:
    """Put a served measure in force: the person came, the meeting opened, the work began.

    Raises `NotRunningError`, `OutOfTimeError`.
    """
    measure = _found(actor, measure_id)
    if not can_move(State(measure.state), State.IN_FORCE) or measure.state != State.SERVED:
        raise NotRunningError
    if measure.decided_at is None or not measure.decided_at.replace(second=0, microsecond=0) <= happened_at <= now:
        raise OutOfTimeError
    measure.state, measure.starts_at = State.IN_FORCE, happened_at
    measure.save(update_fields=["state", "starts_at"])
    audit.record(actor, "measures.measure.begun", measure, at=now)
    return measure


@transaction.atomic
def record_event(*, actor: Actor, measure_id: UUID, told: Told, now: datetime) -> MeasureEvent:
    """Record a session, or a breach: told to those who must act, and the danger looked at again.

    Raises `NotRunningError`, `OutOfTimeError`.
    """
    measure = _found(actor, measure_id)
    if measure.state not in DECIDED or not _knows(measure, told.kind):
        raise NotRunningError
    since = measure.starts_at or measure.decided_at
    if told.happened_at > now or (since and told.happened_at < since.replace(second=0, microsecond=0)):
        raise OutOfTimeError
    _, post_id = accounts.answering_seat(actor)
    row = MeasureEvent(
        measure=measure,
        kind=told.kind,
        happened_at=told.happened_at,
        attended=told.attended,
        recorded_at=now,
        recorded_by_post_id=post_id,
    )
    row.tell(told.told)
    row.save(force_insert=True)
    if told.kind is EventKind.BREACH:
        _answer_breach(actor, measure, now)
    audit.record(actor, f"measures.measure.{told.kind}", measure, at=now)
    return row


def _found(actor: Actor, measure_id: UUID) -> Measure:
    actor.require(Permission.CARRY_MEASURES)
    return Measure.objects.select_for_update(of=("self",)).find(actor, measure_id)


def _knows(measure: Measure, kind: EventKind) -> bool:
    row = kinds.procedure(measure.kind)
    return bool(row.breach) if kind is EventKind.BREACH else row.sessions


def _when_all_have_it(actor: Actor, measure: Measure, at: datetime, now: datetime) -> None:
    wanted = set(kinds.procedure(measure.kind).served_on)
    if not wanted or wanted - set(measure.services.values_list("addressee", flat=True)):
        return
    if measure.state == State.ORDERED:
        measure.state = State.SERVED
        measure.save(update_fields=["state"])
    duties.meet_obligation(
        actor=actor,
        rule=kinds.SERVE,
        subject=measure.subject,
        met_at=at,
        now=now,
        proof="measures.measure.served",
    )


def _answer_breach(actor: Actor, measure: Measure, now: datetime) -> None:
    what = f"Không chấp hành: {kinds.label(measure.kind)}"
    ask_for_assessment(
        actor=actor, case_id=measure.case_id, commune=measure.commune, what=f"{what}. Đánh giá lại nguy cơ", now=now
    )
    for role in _TOLD_OF_BREACH:
        tell(actor=actor, measure=measure, role=role, what=what, now=now)
