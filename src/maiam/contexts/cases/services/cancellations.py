"""An order is cancelled before its end, on request (Form 10) or because it is no longer needed (Law Art. 25(4))."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases import papers
from maiam.contexts.cases.models import Cancellation, NoContact, OfficialDocument, PaperFromAbove
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.cases.rules import no_contact as rules
from maiam.contexts.cases.rules.no_contact import Answer, State
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.cases.services.documents import issue_document
from maiam.contexts.cases.services.orders import NotCompetentError, ReasonMissingError, stop_measure
from maiam.contexts.cases.services.requests import AskedInFutureError, check_representative
from maiam.contexts.duties import services as duties
from maiam.core.law import no_contact as law
from maiam.core.law.no_contact import CancelGround, Ground, Requester
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError


class NotInForceError(DomainError):
    code = "no_contact.not_in_force"
    message = "Quyết định này không còn hiệu lực."


class AlreadyAskedError(DomainError):
    code = "no_contact.cancellation_already_asked"
    message = "Đã có đề nghị hủy bỏ đang chờ Chủ tịch xã trả lời."


class GroundDoesNotFitError(DomainError):
    code = "no_contact.cancellation_ground"
    message = "Căn cứ này không dùng được cho quyết định này (khoản 4 Điều 25)."
    field = "ground"


class NothingAskedError(DomainError):
    code = "no_contact.no_cancellation_asked"
    message = "Không có đề nghị hủy bỏ nào đang chờ trả lời."


class SignedAboveError(DomainError):
    code = "no_contact.signed_above"
    message = "Quyết định này do cấp có thẩm quyền ký, xã không hủy bỏ được. Ghi đề nghị hủy bỏ để chuyển đến người ký."


@dataclass(frozen=True, kw_only=True)
class CancellationRequest:
    """Who asks for the end of an order, on which ground, in which words."""

    ground: CancelGround
    requester: Requester
    requester_name: str
    asked_at: datetime
    told: str


@transaction.atomic
def request_cancellation(
    *, actor: Actor, measure_id: UUID, request: CancellationRequest, now: datetime
) -> Cancellation:
    """Record a request to cancel and start the chairman's clock.

    Raises `NotInForceError`, `GroundDoesNotFitError`, `AlreadyAskedError`, `AskedInFutureError`.
    """
    actor.require(Permission.REQUEST_NO_CONTACT)
    measure = NoContact.objects.find(actor, measure_id)
    _check(measure, request, now)
    check_representative(
        actor=actor, case=measure.case, requester=request.requester, name=request.requester_name, now=now
    )
    asked = Cancellation(
        no_contact=measure,
        commune_id=measure.commune_id,
        ground=request.ground,
        requester=request.requester,
        requester_name=request.requester_name,
        requested_at=request.asked_at,
    )
    asked.tell(request.told)
    asked.save(force_insert=True)
    _start_clock(actor, measure, request.asked_at, now)
    audit.record(actor, "cases.no_contact.cancellation_requested", measure, at=now)
    return asked


@transaction.atomic
def cancel_no_contact(*, actor: Actor, measure_id: UUID, ground: CancelGround, reason: str, now: datetime) -> NoContact:
    """Cancel an order from this minute (Form 11): the answer to a waiting request, or the chairman's own view.

    Raises `NotInForceError`, `NotCompetentError`, `SignedAboveError`, `GroundDoesNotFitError`, `ReasonMissingError`.
    """
    measure = _live_for_decision(actor, measure_id, reason=reason, now=now)
    if ground not in rules.cancel_grounds(Ground(measure.ground)):
        raise GroundDoesNotFitError
    cancelled = _answer(actor, measure, Answer.GRANTED, reason=reason, ground=ground, now=now)
    order = OfficialDocument.objects.issued_for(measure, DocumentKind.ORDER)
    issue_document(
        actor=actor,
        measure=measure,
        kind=DocumentKind.CANCELLATION,
        write=partial(papers.cancellation, measure, order, cancelled),
        now=now,
    )
    duties.meet_obligation(
        actor=actor,
        rule=law.CANCEL.code,
        subject=measure.subject,
        met_at=now,
        now=now,
        proof="cases.no_contact.cancelled",
    )
    starts_at, _ = measure.term
    at = max(rules.to_the_minute(now), starts_at)
    stop_measure(actor=actor, measure=measure, state=State.CANCELLED, at=at, now=now)
    return measure


@transaction.atomic
def decline_cancellation(*, actor: Actor, measure_id: UUID, reason: str, now: datetime) -> NoContact:
    """Answer in writing, with reasons, that the order stays (Decree 76 Art. 20(2)).

    Raises `NotInForceError`, `NotCompetentError`, `SignedAboveError`, `ReasonMissingError`, `NothingAskedError`.
    """
    measure = _live_for_decision(actor, measure_id, reason=reason, now=now)
    if not Cancellation.objects.filter(no_contact=measure, answer=Answer.WAITING).exists():
        raise NothingAskedError
    _answer(actor, measure, Answer.DECLINED, reason=reason, ground=None, now=now)
    duties.meet_obligation(
        actor=actor, rule=law.CANCEL.code, subject=measure.subject, met_at=now, now=now, proof="cases.no_contact.kept"
    )
    audit.record(actor, "cases.no_contact.cancellation_declined", measure, at=now)
    return measure


def _check(measure: NoContact, request: CancellationRequest, now: datetime) -> None:
    if not measure.is_live(now):
        raise NotInForceError
    if request.asked_at > now:
        raise AskedInFutureError
    if request.ground not in rules.cancel_grounds(Ground(measure.ground)):
        raise GroundDoesNotFitError
    if Cancellation.objects.filter(no_contact=measure, answer=Answer.WAITING).exists():
        raise AlreadyAskedError


def _order_from_above(measure: NoContact) -> PaperFromAbove | None:
    """The order itself, where an authority above signed it."""
    return measure.papers_from_above.filter(kind=DocumentKind.ORDER).first()


def _start_clock(actor: Actor, measure: NoContact, asked_at: datetime, now: datetime) -> None:
    signed_above = _order_from_above(measure)
    # Who decided an order answers whether it is cancelled (Art. 25(4)): where it was signed above, the post above.
    owner_id = signed_above.recorded_by_post_id if signed_above else None
    owner_id = owner_id or answering_post(Role.COMMUNE_CHAIRMAN, measure.commune).id
    duties.start_obligation(
        actor=actor,
        rule=law.CANCEL.code,
        subject=measure.subject,
        commune_id=measure.commune_id,
        owner_post_id=owner_id,
        what="Quyết định hoặc trả lời đề nghị hủy bỏ cấm tiếp xúc",
        started_at=asked_at,
        now=now,
    )


def _live_for_decision(actor: Actor, measure_id: UUID, *, reason: str, now: datetime) -> NoContact:
    actor.require(Permission.DECIDE_NO_CONTACT)
    measure = NoContact.objects.select_for_update(of=("self",)).find(actor, measure_id)
    if measure.commune_id not in actor.commune_ids:
        raise NotCompetentError
    if not measure.is_live(now):
        raise NotInForceError
    if _order_from_above(measure):
        raise SignedAboveError
    if not reason.strip():
        raise ReasonMissingError
    return measure


def _answer(
    actor: Actor, measure: NoContact, answer: Answer, *, reason: str, ground: CancelGround | None, now: datetime
) -> Cancellation:
    """Answer the waiting request; without one, the chairman's own cancelling is recorded as asked and granted now."""
    waiting = Cancellation.objects.filter(no_contact=measure, answer=Answer.WAITING).first()
    cancelled = waiting or Cancellation(no_contact=measure, commune_id=measure.commune_id, requested_at=now)
    cancelled.ground = ground or cancelled.ground
    cancelled.answer, cancelled.answered_at, cancelled.answered_by_post_id = answer, now, actor.post_id
    cancelled.explain(reason)
    cancelled.save()
    return cancelled
