"""Start duties, prove them done, hand them over, tell the next person when time runs out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.conflicts import queries as conflicts
from maiam.contexts.duties import events, rules
from maiam.contexts.duties.models import DecisionAbove, EscalationStep, Excuse, Notice, Obligation
from maiam.contexts.duties.rules import ExcuseAnswer, State, Subject
from maiam.core.law.escalation import Step
from maiam.core.law.limits import time_limit
from maiam.core.text import VIETNAM, write_date
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError

ESCALATED_AT_ONCE = 500


class AlreadyClosedError(DomainError):
    code = "duties.already_closed"
    message = "Việc này đã xong hoặc đã chuyển cho người khác."


class ExcuseReasonMissingError(DomainError):
    code = "duties.excuse_reason_missing"
    message = "Hãy ghi lý do."
    field = "reason"


class ExcuseWaitsError(DomainError):
    code = "duties.excuse_waits"
    message = "Đã có đề nghị miễn việc này đang chờ trả lời."


class ExcuseAnsweredError(DomainError):
    code = "duties.excuse_answered"
    message = "Đề nghị này đã có người trả lời."


class SamePersonExcusesError(DomainError):
    code = "duties.same_person_excuses"
    message = "Người đề nghị không tự đồng ý. Cần một người khác."


class NotAboveError(DomainError):
    code = "duties.not_above"
    message = "Việc này không phải việc chuyển lên chức vụ của bạn."


class DecidedOutOfTimeError(DomainError):
    code = "duties.decided_out_of_time"
    message = "Ngày này phải từ ngày việc bắt đầu đến hôm nay."
    field = "decided_on"


@transaction.atomic
def start_obligation(
    *,
    actor: Actor,
    rule: str,
    subject: Subject,
    commune_id: int,
    owner_post_id: int,
    what: str,
    started_at: datetime,
    now: datetime,
    village_id: int | None = None,
    agreed: datetime | None = None,
    meant_post_id: int | None = None,
) -> Obligation:
    """Start the clock of a duty at the earliest provable moment, `started_at`.

    `agreed` is when it is due, where the rule leaves that to people; any other rule has its own length.
    Where nobody free of conflict sits in the post, the duty begins at the nearest where somebody does, and remembers
    the seat it belongs to.
    """
    moments = rules.schedule(time_limit(rule), started_at, agreed)
    free_id = conflicts.free_post(actor, owner_post_id, record_id=subject.id, now=now)
    belongs_id = meant_post_id or owner_post_id
    obligation = Obligation(
        rule=rule,
        subject_kind=subject.kind,
        subject_id=subject.id,
        what=what,
        commune_id=commune_id,
        village_id=village_id,
        owner_post_id=free_id,
        meant_post_id=None if belongs_id == free_id else belongs_id,
        started_at=started_at,
        due_at=moments.due_at,
        late_after=moments.late_after,
        next_step_at=moments.next_after(0),
    )
    obligation.save(force_insert=True)
    audit.record(actor, "duties.obligation.started", obligation, at=now)
    return obligation


@transaction.atomic
def meet_obligation(*, actor: Actor, rule: str, subject: Subject, met_at: datetime, now: datetime, proof: str) -> None:
    """Close the running duties of this rule and subject by the event that proves them done."""
    for obligation in _running(actor, rule, subject):
        state = rules.state_when_met(late_after=obligation.late_after, met_at=met_at)
        _close(actor, obligation, state, at=met_at, proof=proof, now=now)


@transaction.atomic
def lapse_obligation(*, actor: Actor, rule: str, subject: Subject, at: datetime, now: datetime, proof: str) -> None:
    """Close the running duties of this rule and subject whose ground has gone; breached where their time was over."""
    for obligation in _running(actor, rule, subject):
        state = rules.state_when_ground_goes(late_after=obligation.late_after, at=at)
        _close(actor, obligation, state, at=at, proof=proof, now=now)


@transaction.atomic
def transfer_obligation(
    *, actor: Actor, obligation_id: UUID, to_post_id: int, reason: str, now: datetime
) -> Obligation:
    """Hand a duty to another post; its clock goes on from where it began.

    Raises `AlreadyClosedError`.
    """
    actor.require(Permission.CARRY_DUTIES)
    obligation = Obligation.objects.select_for_update(of=("self",)).find(actor, obligation_id)
    if obligation.state != State.RUNNING:
        raise AlreadyClosedError
    _close(actor, obligation, State.TRANSFERRED, at=now, proof="duties.obligation.transferred", now=now, reason=reason)
    return start_obligation(
        actor=actor,
        rule=obligation.rule,
        subject=obligation.subject,
        commune_id=obligation.commune_id,
        village_id=obligation.village_id,
        owner_post_id=to_post_id,
        what=obligation.what,
        started_at=obligation.started_at,
        agreed=obligation.due_at,
        now=now,
    )


@transaction.atomic
def ask_excuse(*, actor: Actor, obligation_id: UUID, reason: str, now: datetime) -> Excuse:
    """Ask that a running duty be let off, with the reason; somebody else answers.

    Raises `AlreadyClosedError`, `ExcuseReasonMissingError`, `ExcuseWaitsError`.
    """
    actor.require(Permission.CARRY_DUTIES)
    account_id, _ = accounts.own_seat(actor)
    obligation = Obligation.objects.select_for_update(of=("self",)).find(actor, obligation_id)
    if obligation.state != State.RUNNING:
        raise AlreadyClosedError
    if not reason.strip():
        raise ExcuseReasonMissingError
    if obligation.excuses.filter(answer=ExcuseAnswer.WAITING).exists():
        raise ExcuseWaitsError
    excuse = Excuse(
        obligation=obligation,
        commune_id=obligation.commune_id,
        village_id=obligation.village_id,
        owner_post_id=obligation.owner_post_id,
        reason=reason,
        asked_at=now,
        asked_by_account_id=account_id,
        asked_by_name=actor.name,
    )
    excuse.save(force_insert=True)
    audit.record(actor, "duties.excuse.asked", obligation, at=now, reason=reason)
    return excuse


@transaction.atomic
def decide_excuse(*, actor: Actor, excuse_id: UUID, agrees: bool, now: datetime) -> Excuse:
    """Let a duty off, or not, as the second person; its dates stay as they were.

    Raises `ExcuseAnsweredError`, `SamePersonExcusesError`.
    """
    actor.require(Permission.EXCUSE_DUTIES)
    account_id, _ = accounts.own_seat(actor)
    excuse = Excuse.objects.select_for_update(of=("self",)).find(actor, excuse_id)
    if excuse.answer != ExcuseAnswer.WAITING:
        raise ExcuseAnsweredError
    if excuse.asked_by_account_id == account_id:
        raise SamePersonExcusesError
    excuse.answer = ExcuseAnswer.AGREED if agrees else ExcuseAnswer.DECLINED
    excuse.answered_at, excuse.answered_by_account_id, excuse.answered_by_name = now, account_id, actor.name
    excuse.save(update_fields=["answer", "answered_at", "answered_by_account_id", "answered_by_name"])
    obligation = Obligation.objects.select_for_update(of=("self",)).find(actor, excuse.obligation_id)
    if agrees and obligation.state == State.RUNNING:
        proof = f"duties.excuse {excuse.id}"
        _close(actor, obligation, State.EXCUSED, at=now, proof=proof, now=now, reason=excuse.reason)
    audit.record(actor, f"duties.excuse.{excuse.answer}", obligation, at=now)
    return excuse


@transaction.atomic
def move_obligation(
    *, actor: Actor, rule: str, subject: Subject, to_post_id: int, commune_id: int, now: datetime
) -> None:
    """Take the running duties of this rule and subject to another place and post; their clock goes on.

    Within a commune a duty keeps its village; another commune has its own, and none is told.
    """
    for obligation in _running(actor, rule, subject):
        _close(actor, obligation, State.TRANSFERRED, at=now, proof="duties.obligation.moved", now=now)
        start_obligation(
            actor=actor,
            rule=rule,
            subject=subject,
            commune_id=commune_id,
            village_id=obligation.village_id if obligation.commune_id == commune_id else None,
            owner_post_id=to_post_id,
            what=obligation.what,
            started_at=obligation.started_at,
            agreed=obligation.due_at,
            now=now,
        )


@transaction.atomic
def hand_on_from_conflicted(*, actor: Actor, now: datetime) -> int:
    """Hand on each running duty whose post has nobody free of conflict with its subject; return how many.

    What went up comes back down once somebody free sits in the commune. The clock goes on from where it began. Only the
    post that now has the duty is told.
    """
    actor.require(Permission.KEEP_HOUSE)
    closed = conflicts.closed_records(actor).values("row_id")
    waiting = Obligation.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=State.RUNNING, subject_id__in=closed
    )
    waiting = waiting.select_related("owner_post")
    return sum(_hand_on(actor, obligation, now) for obligation in waiting.order_by("due_at", "id"))


def _hand_on(actor: Actor, obligation: Obligation, now: datetime) -> bool:
    record_id, owner_id = obligation.subject_id, obligation.owner_post_id
    belongs_id = obligation.meant_post_id or owner_id
    # Within a commune a duty stays with whoever free has it; from above it goes back as soon as it can.
    sought_id = belongs_id if rules.is_above(obligation.owner_post.commune_id) else owner_id
    free_id = conflicts.free_post(actor, sought_id, record_id=record_id, now=now)
    if free_id == owner_id:
        return False
    _close(actor, obligation, State.TRANSFERRED, at=now, proof="duties.obligation.conflict", now=now)
    same = Obligation.objects.filter(rule=obligation.rule, subject_id=record_id, owner_post_id=free_id)
    if not same.filter(state=State.RUNNING).exists():
        start_obligation(
            actor=actor,
            rule=obligation.rule,
            subject=obligation.subject,
            commune_id=obligation.commune_id,
            village_id=obligation.village_id,
            owner_post_id=free_id,
            what=obligation.what,
            started_at=obligation.started_at,
            agreed=obligation.due_at,
            now=now,
            meant_post_id=belongs_id,
        )
    key = f"{obligation.id}:handed on"
    what = f"Việc chuyển đến: {obligation.what}"
    notify(actor=actor, to_post_id=free_id, what=what[:200], subject=obligation.subject, now=now, key=key)
    return True


@dataclass(frozen=True, kw_only=True)
class DecidedAbove:
    """Which post signed what, under which number, on which day."""

    authority: str
    number: str
    decided_on: date


@transaction.atomic
def record_decision_above(*, actor: Actor, obligation_id: UUID, decided: DecidedAbove, now: datetime) -> DecisionAbove:
    """Write down what a competent authority decided of a duty that went up; the commune's free officer hears of it.

    Raises `AlreadyClosedError`, `NotAboveError`, `DecidedOutOfTimeError`; `NotFoundError`.
    """
    actor.require(Permission.CARRY_DUTIES)
    obligation = Obligation.objects.select_for_update(of=("self",)).find(actor, obligation_id)
    if obligation.state != State.RUNNING:
        raise AlreadyClosedError
    if obligation.owner_post_id != actor.post_id or not rules.is_above(obligation.owner_post.commune_id):
        raise NotAboveError
    first, last = (moment.astimezone(VIETNAM).date() for moment in (obligation.started_at, now))
    if not first <= decided.decided_on <= last:
        raise DecidedOutOfTimeError
    row = DecisionAbove(
        obligation=obligation,
        authority=decided.authority,
        number=decided.number,
        decided_on=decided.decided_on,
        recorded_at=now,
        by_post_id=actor.post_id,
        by_name=actor.name,
    )
    row.save(force_insert=True)
    state = rules.state_when_met(late_after=obligation.late_after, met_at=now)
    _close(actor, obligation, state, at=now, proof=f"duties.decision_above {row.id}", now=now)
    words = f"{decided.authority}, số {decided.number}, ngày {write_date(decided.decided_on)}"
    events.end_as_decided_above(actor, obligation.subject, words, now)
    _tell_commune(actor, obligation, decided, now)
    audit.record(actor, "duties.decision_above.recorded", obligation, at=now)
    return row


def _tell_commune(actor: Actor, obligation: Obligation, decided: DecidedAbove, now: datetime) -> None:
    officer = accounts.post_for(Role.CULTURE_OFFICER, commune_id=obligation.commune_id)
    if officer is None:
        return
    what = f"Cấp có thẩm quyền đã quyết định, số {decided.number}: {obligation.what}. Nhận văn bản, ghi vào hồ sơ"
    key = f"{obligation.id}:decided above"
    notify(actor=actor, to_post_id=officer.id, what=what[:200], subject=obligation.subject, now=now, key=key)


@transaction.atomic
def hand_over_obligations(
    *, actor: Actor, old: Subject, new: Subject, commune_id: int, owners: Mapping[Role, int], now: datetime
) -> None:
    """Take every running duty about one subject to another, in another place; each clock goes on from its start.

    A role without a seat in `owners` gives its duties to the officer.
    """
    running = Obligation.objects.visible_to(actor).filter(subject_kind=old.kind, subject_id=old.id, state=State.RUNNING)
    for obligation in running.select_for_update(of=("self",)).select_related("owner_post").order_by("id"):
        _close(actor, obligation, State.TRANSFERRED, at=now, proof="duties.obligation.moved", now=now)
        if Obligation.objects.filter(
            rule=obligation.rule, subject_kind=new.kind, subject_id=new.id, state=State.RUNNING
        ).exists():
            continue
        role = Role(obligation.owner_post.role)
        start_obligation(
            actor=actor,
            rule=obligation.rule,
            subject=new,
            commune_id=commune_id,
            owner_post_id=owners.get(role, owners[Role.CULTURE_OFFICER]),
            what=obligation.what,
            started_at=obligation.started_at,
            agreed=obligation.due_at,
            now=now,
        )


@transaction.atomic
def notify(*, actor: Actor, to_post_id: int, what: str, subject: Subject, now: datetime, key: str) -> None:
    """Tell a post one sentence, once for each `key`; where all in it are in conflict, the nearest post that is free."""
    notice = Notice(
        to_post_id=conflicts.free_post(actor, to_post_id, record_id=subject.id, now=now),
        key=key,
        what=what,
        subject_kind=subject.kind,
        subject_id=subject.id,
        sent_at=now,
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    audit.record(actor, "duties.notice.sent", notice, at=now)


@transaction.atomic
def read_notices(*, actor: Actor, now: datetime) -> None:
    """Mark the notices of the actor's post as read."""
    actor.require(Permission.VIEW_DUTIES)
    Notice.objects.visible_to(actor).filter(read_at__isnull=True).update(read_at=now)
    audit.record(actor, "duties.notices.read", ("duties.notice", str(actor.post_id)), at=now)


@transaction.atomic
def escalate(*, actor: Actor, now: datetime) -> int:
    """Take each step whose moment has come, once; return how many were taken.

    The step, its notices and the next moment are one transaction, so a killed worker repeats nothing.
    """
    actor.require(Permission.KEEP_HOUSE)
    waiting = (
        Obligation.objects.select_for_update(skip_locked=True)
        .filter(state=State.RUNNING, next_step_at__lte=now)
        .order_by("next_step_at", "id")[:ESCALATED_AT_ONCE]
    )
    return sum(_climb(actor, obligation, now) for obligation in waiting)


def _climb(actor: Actor, obligation: Obligation, now: datetime) -> int:
    moments = rules.schedule(obligation.limit, obligation.started_at, obligation.due_at)
    passed = moments.passed(above=obligation.last_share, now=now)
    for step in passed:
        _take(actor, obligation, step, now)
        obligation.last_share = step.share
    obligation.next_step_at = moments.next_after(obligation.last_share)
    obligation.save(update_fields=["last_share", "next_step_at"])
    return len(passed)


def _take(actor: Actor, obligation: Obligation, step: Step, now: datetime) -> None:
    taken = EscalationStep(
        obligation=obligation,
        commune_id=obligation.commune_id,
        village_id=obligation.village_id,
        owner_post_id=obligation.owner_post_id,
        share=step.share,
        due_at=step.at,
        taken_at=now,
    )
    taken.save(force_insert=True)
    for post in _told(obligation, step):
        key = f"{obligation.id}:{step.share}"
        what = f"{step.label}: {obligation.what}"
        notify(actor=actor, to_post_id=post.id, what=what, subject=obligation.subject, now=now, key=key)


def _told(obligation: Obligation, step: Step) -> list[Post]:
    """The posts this step of the ladder speaks to, each once; an empty seat is passed over."""
    owner = obligation.owner_post
    seats = [rules.seat_told(told, owner_role=Role(owner.role)) for told in step.tells]
    posts = [owner if role is None else _post(role, obligation) for role in seats]
    return list({post.id: post for post in posts if post}.values())


def _post(role: Role, obligation: Obligation) -> Post | None:
    in_commune = accounts.post_for(role, commune_id=obligation.commune_id)
    return in_commune or accounts.province_post(role, obligation.owner_post.province_id)


def _running(actor: Actor, rule: str, subject: Subject) -> list[Obligation]:
    wanted = Obligation.objects.visible_to(actor).filter(
        rule=rule, subject_kind=subject.kind, subject_id=subject.id, state=State.RUNNING
    )
    return list(wanted.select_for_update(of=("self",)).order_by("id"))


def _close(
    actor: Actor, obligation: Obligation, state: State, *, at: datetime, proof: str, now: datetime, reason: str = ""
) -> None:
    obligation.state, obligation.closed_at, obligation.proof, obligation.next_step_at = state, at, proof, None
    obligation.save(update_fields=["state", "closed_at", "proof", "next_step_at"])
    audit.record(actor, f"duties.obligation.{state}", obligation, at=now, reason=reason)
