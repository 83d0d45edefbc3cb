"""Move a case from state to state; its end takes two people and nothing left open."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases.models import Case, CaseStep, NoContact
from maiam.contexts.cases.queries.cases import open_duties
from maiam.contexts.cases.rules import cases as rules
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.rules.no_contact import State
from maiam.contexts.cases.services.aftermath import end_duties
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


class SamePersonClosesError(DomainError):
    code = "cases.same_person_closes"
    message = "Người đề nghị kết thúc không tự duyệt. Cần một người khác duyệt."
    field = "status"


@transaction.atomic
def move_case(*, actor: Actor, case_id: UUID, to: Status, reason: str, now: datetime) -> Case:
    """Take a case one step on.

    Raises `StepNotOpenError`, `StepReasonMissingError`, `MeasureStillOpenError`,
    `DutyStillOpenError`, `SamePersonClosesError`.
    """
    actor.require(Permission.CLOSE_CASES if to is Status.CLOSED else Permission.OPEN_CASES)
    case = Case.objects.select_for_update(of=("self",)).find(actor, case_id)
    current = Status(case.status)
    if to not in rules.next_statuses(current):
        raise StepNotOpenError
    if rules.needs_reason(current, to) and not reason.strip():
        raise StepReasonMissingError
    if to in {Status.CLOSE_PROPOSED, Status.CLOSED}:
        _check_nothing_open(actor, case)
    if to is Status.CLOSED and not rules.may_close(proposed_by=_proposed_by(case), closing=actor.account_id):
        raise SamePersonClosesError
    if to is Status.CLOSED:
        end_duties(actor=actor, case_id=case.id, now=now)
    _step(actor, case, to, reason, now)
    return case


def _check_nothing_open(actor: Actor, case: Case) -> None:
    if NoContact.objects.filter(case=case, state__in=[State.REQUESTED, State.IN_FORCE]).exists():
        raise MeasureStillOpenError
    if owed := open_duties(actor, case.id):
        raise DutyStillOpenError(f"{DutyStillOpenError.message} {owed[0]}.")


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
