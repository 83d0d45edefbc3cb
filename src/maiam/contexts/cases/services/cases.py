"""Move a case from state to state; its end takes two people, a watch, and nothing left open."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases.models import Case, CaseStep
from maiam.contexts.cases.queries.closing import closing_conditions, no_live_order, nothing_owed
from maiam.contexts.cases.rules import cases as rules
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.services.aftermath import ask_for_assessment, end_duties, plan_follow_ups
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class StepNotOpenError(DomainError):
    code = "cases.step_not_open"
    message = "Vụ việc đã sang bước khác. Hãy tải lại trang."
    field = "status"


class StepReasonMissingError(DomainError):
    code = "cases.step_reason_missing"
    message = "Hãy ghi lý do."
    field = "reason"


class MeasureStillOpenError(DomainError):
    code = "cases.measure_still_open"
    message = "Còn đề nghị hoặc quyết định cấm tiếp xúc chưa kết thúc."
    field = "status"


class DutyStillOpenError(DomainError):
    code = "cases.duty_still_open"
    message = "Còn việc chưa làm xong với người được bảo vệ:"
    field = "status"


class NotYetToCloseError(DomainError):
    code = "cases.not_yet_to_close"
    message = "Chưa kết thúc được."
    field = "status"


class OtherCaseOpenError(DomainError):
    code = "cases.other_case_open"
    message = "Người này đã có vụ việc khác đang mở. Hãy tiếp tục ở vụ việc đó."
    field = "status"


class SamePersonClosesError(DomainError):
    code = "cases.same_person_closes"
    message = "Người đề nghị kết thúc không tự duyệt. Cần một người khác duyệt."
    field = "status"


@transaction.atomic
def move_case(*, actor: Actor, case_id: UUID, to: Status, reason: str, now: datetime) -> Case:
    """Take a case one step on.

    Raises `StepNotOpenError`, `StepReasonMissingError`, `MeasureStillOpenError`, `DutyStillOpenError`,
    `NotYetToCloseError`, which names the condition, `SamePersonClosesError`, `OtherCaseOpenError`.
    """
    actor.require(Permission.CLOSE_CASES if to is Status.CLOSED else Permission.OPEN_CASES)
    case = Case.objects.select_for_update(of=("self",)).find(actor, case_id)
    current = Status(case.status)
    if to not in rules.next_statuses(current):
        raise StepNotOpenError
    if rules.needs_reason(current, to) and not reason.strip():
        raise StepReasonMissingError
    if to in {Status.CLOSE_PROPOSED, Status.CLOSED}:
        _check_may_end(actor, case, now)
    if current is Status.CLOSED:
        _open_again(actor, case, now)
    if to is Status.CLOSED and not rules.may_close(proposed_by=_proposed_by(case), closing=actor.account_id):
        raise SamePersonClosesError
    if to is Status.CLOSED:
        end_duties(actor=actor, case_id=case.id, now=now)
    _step(actor, case, to, reason, now)
    return case


def _check_may_end(actor: Actor, case: Case, now: datetime) -> None:
    if not no_live_order(actor, case).holds:
        raise MeasureStillOpenError
    owed = nothing_owed(actor, case)
    if not owed.holds:
        raise DutyStillOpenError(f"{DutyStillOpenError.message} {owed.why}")
    for condition in closing_conditions(actor, case, now):
        if not condition.holds:
            raise NotYetToCloseError(f"{NotYetToCloseError.message} {condition.what}: {condition.why}")


def _open_again(actor: Actor, case: Case, now: datetime) -> None:
    """A case that opens again is looked at and kept in touch with as a new one."""
    others = Case.objects.filter(commune_id=case.commune_id, person_id=case.person_id).exclude(id=case.id)
    if others.exclude(status=Status.CLOSED).exists():
        raise OtherCaseOpenError
    what = f"{case.code}: mở lại, đánh giá nguy cơ"
    ask_for_assessment(actor=actor, case_id=case.id, commune=case.commune, what=what, now=now)
    plan_follow_ups(actor=actor, case=case, commune=case.commune, now=now)


def _proposed_by(case: Case) -> int | None:
    last = case.steps.filter(status=Status.CLOSE_PROPOSED).order_by("-at", "-id").first()
    return last.by_account_id if last else None


def _step(actor: Actor, case: Case, to: Status, reason: str, now: datetime) -> None:
    step = CaseStep(case=case, status=to, at=now, by_post_id=actor.post_id, by_account_id=actor.account_id)
    step.explain(reason)
    step.save(force_insert=True)
    case.status = to
    case.save(update_fields=["status"])
    audit.record(actor, f"cases.case.{to}", case, at=now)
