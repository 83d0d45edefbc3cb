"""Carry a report to its documented end. Each step is a row that stays; the clock never restarts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.contacts import services as contacts
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.duties import services as duties
from maiam.contexts.reports.models import ContactAttempt, Report, ReportMessage, TriageDecision
from maiam.contexts.reports.models.talk import MessageKind
from maiam.contexts.reports.queries.addressed import addressed_of
from maiam.contexts.reports.rules import states
from maiam.contexts.reports.rules.states import Outcome, State, Step
from maiam.core.law.reporting import CHAIR_ACT
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ids import new_id


class StepNotOpenError(DomainError):
    code = "reports.step_not_open"
    message = "Tin này đã sang bước khác, không làm lại bước này được."


class NeedsTwoPeopleError(DomainError):
    code = "reports.needs_two_people"
    message = "Kết luận “không có căn cứ” cần hai người: một người đề nghị, một người khác xác nhận."
    field = "outcome"


class SamePersonError(DomainError):
    code = "reports.same_person"
    message = "Người đề nghị không tự xác nhận được. Cần một người khác."


class NoProposalError(DomainError):
    code = "reports.no_proposal"
    message = "Không có đề nghị nào đang chờ."


class ReasonNeededError(DomainError):
    code = "reports.reason_needed"
    message = "Hãy ghi lý do: người sau sẽ đọc để hiểu."
    field = "reason"


class ReceiverNeededError(DomainError):
    code = "reports.receiver_needed"
    message = "Hãy ghi nơi nhận và lúc họ đã nhận. Khi họ chưa nhận, tin vẫn là của bạn."
    field = "receiver"


class TooFewAttemptsError(DomainError):
    code = "reports.too_few_attempts"
    message = f"Cần ghi ít nhất {states.FEWEST_CONTACT_ATTEMPTS} lần đã thử liên lạc."
    field = "outcome"


class AttemptInFutureError(DomainError):
    code = "reports.attempt_in_future"
    message = "Lần liên lạc không thể sau lúc này."
    field = "tried_at"


@dataclass(frozen=True)
class Handover:
    """Who took the report over, when, and under which number of theirs."""

    receiver: str = ""
    accepted_at: datetime | None = None
    reference: str = ""


@transaction.atomic
def open_report(*, actor: Actor, report_id: UUID, now: datetime) -> None:
    """Note the first moment someone of the commune opened the report; its reporter may read that."""
    actor.require(Permission.VIEW_REPORTS)
    opened = Report.objects.visible_to(actor).filter(id=report_id, opened_at__isnull=True).update(opened_at=now)
    if opened:
        audit.record(actor, "reports.report.opened", ("reports.report", str(report_id)), at=now)


@transaction.atomic
def grade_report(*, actor: Actor, report_id: UUID, reason: str, now: datetime) -> TriageDecision:
    """Note that the report is being looked into. Its clock goes on until it has an outcome.

    Raises `ReasonNeededError`, `StepNotOpenError`.
    """
    report = _report_to_triage(actor, report_id)
    return _take(actor, report, Step.GRADED, reason=_needed(reason), now=now)


@transaction.atomic
def triage_report(
    *,
    actor: Actor,
    report_id: UUID,
    outcome: Outcome,
    reason: str,
    now: datetime,
    handover: Handover | None = None,
) -> TriageDecision:
    """Give the report its outcome. `cases` calls this with NEW_INCIDENT and SAME_INCIDENT, beside the incident.

    Raises `StepNotOpenError`, `ReasonNeededError`, `NeedsTwoPeopleError`, `ReceiverNeededError`, `TooFewAttemptsError`.
    """
    report = _report_to_triage(actor, report_id)
    if outcome in states.BY_TWO_PEOPLE:
        raise NeedsTwoPeopleError
    if outcome in states.NEEDS_RECEIVER:
        _check_handover(handover, now)
    if outcome == Outcome.NO_CONTACT_POSSIBLE and report.attempts.count() < states.FEWEST_CONTACT_ATTEMPTS:
        raise TooFewAttemptsError
    return _conclude(actor, report, outcome, reason=_needed(reason), now=now, handover=handover)


@transaction.atomic
def propose_outcome(*, actor: Actor, report_id: UUID, reason: str, now: datetime) -> TriageDecision:
    """Propose that there was nothing to the report; somebody else has to agree.

    Raises `StepNotOpenError`, `ReasonNeededError`.
    """
    report = _report_to_triage(actor, report_id)
    if _proposal(report) is not None:
        raise StepNotOpenError
    return _take(actor, report, Step.PROPOSED, reason=_needed(reason), now=now, outcome=Outcome.UNFOUNDED)


@transaction.atomic
def confirm_proposal(*, actor: Actor, report_id: UUID, reason: str, now: datetime) -> TriageDecision:
    """Agree, as another person, that there was nothing to the report.

    Raises `NoProposalError`, `SamePersonError`, `ReasonNeededError`.
    """
    report, proposal = _proposal_before(actor, report_id)
    if actor.account_id is None or actor.account_id == proposal.by_account_id:
        raise SamePersonError
    return _conclude(actor, report, Outcome.UNFOUNDED, reason=_needed(reason), now=now, proposal=proposal)


@transaction.atomic
def decline_proposal(*, actor: Actor, report_id: UUID, reason: str, now: datetime) -> TriageDecision:
    """Disagree: the report stays open.

    Raises `NoProposalError`, `ReasonNeededError`.
    """
    report, _ = _proposal_before(actor, report_id)
    return _take(actor, report, Step.DECLINED, reason=_needed(reason), now=now)


@transaction.atomic
def record_attempt(*, actor: Actor, report_id: UUID, tried_at: datetime, result: str, now: datetime) -> ContactAttempt:
    """Note one try to reach the reporter.

    Raises `AttemptInFutureError`, `ReasonNeededError`.
    """
    report = _report_to_triage(actor, report_id)
    if tried_at > now:
        raise AttemptInFutureError
    attempt = ContactAttempt(report=report, tried_at=tried_at, by_post_id=actor.post_id, recorded_at=now)
    attempt.result_sealed = vault.seal(_needed(result), place=f"reports_contactattempt.result:{attempt.id}")
    attempt.save(force_insert=True)
    contacts.close_look_after(actor=actor, record=report.subject, at=tried_at, now=now)
    audit.record(actor, "reports.report.contact_tried", report, at=now)
    return attempt


@transaction.atomic
def answer_reporter(*, actor: Actor, report_id: UUID, body: str, now: datetime, way: str = "") -> TriageDecision:
    """Tell the reporter how it ended; or note, in `way`, how they were told or why telling them is not safe.

    Raises `StepNotOpenError`, `ReasonNeededError`.
    """
    actor.require(Permission.ANSWER_REPORTER)
    report = Report.objects.select_for_update(of=("self",)).find(actor, report_id)
    if body:
        message = ReportMessage(
            report=report, kind=MessageKind.RESULT, by_post_id=actor.post_id, sent_at=now, entry_hash=new_id().hex
        )
        message.body_sealed = vault.seal(body, place=f"reports_reportmessage.body:{message.id}")
        message.save(force_insert=True)
        to, key = addressed_of(report), f"result:{message.id}"
        contacts.tell_if_asked(actor=actor, to=to, purpose=Purpose.ANSWER_WAITS, key=key, now=now)
    return _take(actor, report, Step.ANSWERED, reason=_needed(way or body), now=now)


def _report_to_triage(actor: Actor, report_id: UUID) -> Report:
    actor.require(Permission.TRIAGE_REPORTS)
    return Report.objects.select_for_update(of=("self",)).find(actor, report_id)


def _conclude(
    actor: Actor,
    report: Report,
    outcome: Outcome,
    *,
    reason: str,
    now: datetime,
    handover: Handover | None = None,
    proposal: TriageDecision | None = None,
) -> TriageDecision:
    decision = _take(
        actor, report, Step.CONCLUDED, reason=reason, now=now, outcome=outcome, handover=handover, proposal=proposal
    )
    duties.meet_obligation(
        actor=actor,
        rule=CHAIR_ACT.code,
        subject=report.subject,
        met_at=now,
        now=now,
        proof=f"reports.triagedecision {decision.id}",
    )
    return decision


def _take(
    actor: Actor,
    report: Report,
    step: Step,
    *,
    reason: str,
    now: datetime,
    outcome: Outcome | None = None,
    handover: Handover | None = None,
    proposal: TriageDecision | None = None,
) -> TriageDecision:
    """Move the report one step on, and keep who did it and why."""
    moved_to = states.after(State(report.state), step)
    if moved_to is None:
        raise StepNotOpenError
    taken_over = handover or Handover()
    decision = TriageDecision(
        report=report,
        step=step,
        outcome=outcome,
        receiver=taken_over.receiver,
        receiver_reference=taken_over.reference,
        accepted_at=taken_over.accepted_at,
        by_post_id=actor.post_id,
        by_account_id=actor.account_id,
        proposed_by_account_id=proposal.by_account_id if proposal else None,
        at=now,
    )
    decision.reason_sealed = vault.seal(reason, place=f"reports_triagedecision.reason:{decision.id}")
    decision.save(force_insert=True)
    report.state = moved_to
    if step is Step.CONCLUDED:
        report.outcome = outcome
    report.save(update_fields=["state", "outcome"])
    audit.record(actor, f"reports.report.{step}", report, at=now, fields=[outcome] if outcome else [])
    return decision


def _proposal_before(actor: Actor, report_id: UUID) -> tuple[Report, TriageDecision]:
    report = _report_to_triage(actor, report_id)
    proposal = _proposal(report)
    if proposal is None or not report.is_open:
        raise NoProposalError
    return report, proposal


def _proposal(report: Report) -> TriageDecision | None:
    """The proposal nobody has agreed or disagreed with yet."""
    last = report.decisions.exclude(step=Step.GRADED).order_by("at", "id").last()
    return last if last and last.step == Step.PROPOSED else None


def _check_handover(handover: Handover | None, now: datetime) -> None:
    if handover is None or not handover.receiver or handover.accepted_at is None or handover.accepted_at > now:
        raise ReceiverNeededError


def _needed(reason: str) -> str:
    if not reason.strip():
        raise ReasonNeededError
    return reason
