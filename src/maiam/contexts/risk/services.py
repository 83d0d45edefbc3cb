"""Sign an assessment, raise a level at once, lower it with a second person; keep the clocks of looking again."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.models import Case
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.duties import services as duties
from maiam.contexts.risk import queries, rules
from maiam.contexts.risk.models import CaseRisk, RiskAssessment, RiskRaise
from maiam.contexts.risk.rules import RaiseReason, State
from maiam.core.risk import ASK_AGAIN, FIRST, LEVEL_LABELS, Assessment, Level, again, assess, latest
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError


class CaseIsClosedError(DomainError):
    code = "risk.case_closed"
    message = "Vụ việc đã kết thúc. Mở lại vụ việc trước khi đánh giá."


class LoweringReasonMissingError(DomainError):
    code = "risk.lowering_reason_missing"
    message = "Mức này thấp hơn mức đang dùng. Hãy ghi vì sao."
    field = "note"


class AlreadyWaitingError(DomainError):
    code = "risk.already_waiting"
    message = "Đã có một lần đánh giá hạ mức chờ người thứ hai."


class NotHigherError(DomainError):
    code = "risk.not_higher"
    message = "Chỉ nâng lên mức cao hơn. Muốn hạ thì đánh giá lại."
    field = "level"


class NotWaitingError(DomainError):
    code = "risk.not_waiting"
    message = "Lần đánh giá này đã có người trả lời."


class SamePersonLowersError(DomainError):
    code = "risk.same_person_lowers"
    message = "Người đánh giá không tự hạ mức được. Cần một người khác."


@transaction.atomic
def sign_assessment(
    *, actor: Actor, case_id: UUID, answers: Mapping[str, str], note: str, now: datetime
) -> RiskAssessment:
    """Sign a set of answers. As high or higher it holds at once; lower, it waits for a second person.

    Raises `CaseIsClosedError`, `LoweringReasonMissingError`, `AlreadyWaitingError`, `AnswerNotKnownError`.
    """
    actor.require(Permission.ASSESS_RISK)
    account_id, post_id = accounts.own_seat(actor)
    case, current = _locked(actor, case_id)
    made_with = latest()
    given = rules.worse_of(made_with, answers, queries.known_answers(actor, case_id, now))
    result = assess(made_with, given)
    lowers = rules.lowers(current, result.level)
    if lowers and not note.strip():
        raise LoweringReasonMissingError
    if lowers and RiskAssessment.objects.filter(case=case, state=State.WAITING).exists():
        raise AlreadyWaitingError
    row = RiskAssessment(
        case=case,
        commune_id=case.commune_id,
        village_id=case.village_id,
        version=made_with.version,
        level=result.level,
        unknown=len(result.unknown),
        state=State.WAITING if lowers else State.IN_FORCE,
        signed_at=now,
        signed_by_post_id=post_id,
        signed_by_account_id=account_id,
        signed_by_name=actor.name,
        **_figures(result),
    )
    row.keep(answers=given, note=note)
    if not lowers:
        _supersede(case, now)
    row.save(force_insert=True)
    _after(actor, case, row, current, now)
    audit.record(actor, "risk.assessment.signed", row, at=now)
    return row


@transaction.atomic
def raise_level(*, actor: Actor, case_id: UUID, to: Level, reason: RaiseReason, words: str, now: datetime) -> RiskRaise:
    """Put a case on a higher level at once, by one person's word.

    Raises `NotHigherError`, `CaseIsClosedError`.
    """
    actor.require(Permission.RAISE_RISK)
    _, post_id = accounts.own_seat(actor)
    case, current = _locked(actor, case_id)
    if current is not None and to.rank <= current.rank:
        raise NotHigherError
    row = RiskRaise(
        case=case,
        commune_id=case.commune_id,
        village_id=case.village_id,
        before=current or "",
        level=to,
        reason=reason,
        raised_at=now,
        raised_by_name=actor.name,
        raised_by_post_id=post_id,
    )
    row.tell(words)
    row.save(force_insert=True)
    _stand(case, to, now)
    if current:
        duties.lapse_obligation(
            actor=actor, rule=again(current), subject=case.subject, at=now, now=now, proof="risk.level.raised"
        )
    _start_next_look(actor, case, to, now)
    _tell(actor, case, f"Nguy cơ đã nâng lên mức {LEVEL_LABELS[to].lower()}", key=f"risk raised:{row.id}", now=now)
    audit.record(actor, "risk.level.raised", row, at=now, reason=reason)
    return row


@transaction.atomic
def decide_lowering(*, actor: Actor, assessment_id: UUID, agrees: bool, now: datetime) -> RiskAssessment:
    """Agree that a level is lowered, or keep it, as the second person.

    Raises `NotWaitingError`, `SamePersonLowersError`; `NotFoundError`.
    """
    actor.require(Permission.LOWER_RISK)
    account_id, _ = accounts.own_seat(actor)
    row = RiskAssessment.objects.select_for_update(of=("self",)).find(actor, assessment_id)
    if row.state != State.WAITING:
        raise NotWaitingError
    if row.signed_by_account_id == account_id:
        raise SamePersonLowersError
    case, current = _locked(actor, row.case_id)
    if agrees:
        _supersede(case, now)
    row.state = State.IN_FORCE if agrees else State.DECLINED
    row.decided_at, row.decided_by_account_id, row.decided_by_name = now, account_id, actor.name
    row.save(update_fields=["state", "decided_at", "decided_by_account_id", "decided_by_name"])
    if agrees:
        _stand(case, Level(row.level), now)
        _look_again(actor, case, current, Level(row.level), now)
    audit.record(actor, "risk.level.lowered" if agrees else "risk.level.kept", row, at=now)
    return row


def _locked(actor: Actor, case_id: UUID) -> tuple[Case, Level | None]:
    """The case, held against others, and the level it stands at."""
    case = Case.objects.select_for_update(of=("self",)).find(actor, case_id)
    if case.status == Status.CLOSED:
        raise CaseIsClosedError
    row = CaseRisk.objects.filter(case=case).first()
    return case, Level(row.level) if row else None


def _figures(result: Assessment) -> dict[str, int]:
    figures: dict[str, int] = {}
    for score in result.scores:
        figures |= {f"{score.scale}_least": score.least, f"{score.scale}_most": score.most}
    return figures


def _supersede(case: Case, now: datetime) -> None:
    earlier = RiskAssessment.objects.filter(case=case)
    earlier.filter(state=State.IN_FORCE).update(state=State.SUPERSEDED)
    earlier.filter(state=State.WAITING, signed_at__lt=now).update(state=State.SUPERSEDED)


def _after(actor: Actor, case: Case, row: RiskAssessment, current: Level | None, now: datetime) -> None:
    """What a signature sets going: the level, the next look, the questions still open, the second person's word."""
    level = Level(row.level)
    if row.state == State.WAITING:
        _tell(actor, case, "Chờ người thứ hai: hạ mức nguy cơ", key=f"risk lowered:{row.id}", now=now)
        level = current or level
    else:
        _stand(case, level, now)
    _look_again(actor, case, current, level, now)
    if row.unknown:
        _start(actor, case, ASK_AGAIN, f"hỏi lại {row.unknown} câu chưa biết về nguy cơ", now)


def _stand(case: Case, level: Level, now: datetime) -> None:
    row = CaseRisk.objects.filter(case=case).first()
    if row is None:
        CaseRisk(case=case, commune_id=case.commune_id, village_id=case.village_id, level=level, since=now).save(
            force_insert=True
        )
    elif row.level != level:
        row.level, row.since = level, now
        row.save(update_fields=["level", "since"])


def _look_again(actor: Actor, case: Case, current: Level | None, level: Level, now: datetime) -> None:
    """Close what this look proves done and start the clock of the next."""
    done = [FIRST, ASK_AGAIN, *([again(current)] if current else [])]
    for rule in done:
        duties.meet_obligation(
            actor=actor, rule=rule, subject=case.subject, met_at=now, now=now, proof="risk.assessment"
        )
    _start_next_look(actor, case, level, now)


def _start_next_look(actor: Actor, case: Case, level: Level, now: datetime) -> None:
    _start(actor, case, again(level), f"đánh giá lại nguy cơ (mức {LEVEL_LABELS[level].lower()})", now)


def _start(actor: Actor, case: Case, rule: str, what: str, now: datetime) -> None:
    duties.start_obligation(
        actor=actor,
        rule=rule,
        subject=case.subject,
        commune_id=case.commune_id,
        village_id=None,
        owner_post_id=case.responsible_post_id,
        what=f"{case.code}: {what}",
        started_at=now,
        now=now,
    )


def _tell(actor: Actor, case: Case, what: str, *, key: str, now: datetime) -> None:
    chairman = accounts.post_for(Role.COMMUNE_CHAIRMAN, commune_id=case.commune_id)
    told = {case.responsible_post_id, chairman.id if chairman else None} - {None, actor.post_id}
    for post_id in told:
        duties.notify(actor=actor, to_post_id=int(post_id or 0), what=what, subject=case.subject, now=now, key=key)
