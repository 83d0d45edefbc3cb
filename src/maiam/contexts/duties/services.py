"""Start duties, prove them done, hand them over, tell the next person when time runs out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.duties import rules
from maiam.contexts.duties.models import EscalationStep, Notice, Obligation
from maiam.contexts.duties.rules import State, Subject
from maiam.core.law.escalation import Step
from maiam.core.law.limits import time_limit
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError

ESCALATED_AT_ONCE = 500


class AlreadyClosedError(DomainError):
    code = "duties.already_closed"
    message = "Việc này đã xong hoặc đã chuyển cho người khác."


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
) -> Obligation:
    """Start the clock of a duty at the earliest provable moment, `started_at`."""
    moments = rules.schedule(time_limit(rule), started_at)
    obligation = Obligation(
        rule=rule,
        subject_kind=subject.kind,
        subject_id=subject.id,
        what=what,
        commune_id=commune_id,
        village_id=village_id,
        owner_post_id=owner_post_id,
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
    """Close the running duties of this rule and subject whose ground has gone, such as an order cancelled."""
    for obligation in _running(actor, rule, subject):
        _close(actor, obligation, State.LAPSED, at=at, proof=proof, now=now)


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
        now=now,
    )


@transaction.atomic
def move_obligation(
    *, actor: Actor, rule: str, subject: Subject, to_post_id: int, commune_id: int, now: datetime
) -> None:
    """Take the running duties of this rule and subject to another place and post; their clock goes on."""
    for obligation in _running(actor, rule, subject):
        _close(actor, obligation, State.TRANSFERRED, at=now, proof="duties.obligation.moved", now=now)
        start_obligation(
            actor=actor,
            rule=rule,
            subject=subject,
            commune_id=commune_id,
            owner_post_id=to_post_id,
            what=obligation.what,
            started_at=obligation.started_at,
            now=now,
        )


@transaction.atomic
def notify(*, actor: Actor, to_post_id: int, what: str, subject: Subject, now: datetime, key: str) -> None:
    """Tell a post one sentence, once for each `key`."""
    notice = Notice(
        to_post_id=to_post_id, key=key, what=what, subject_kind=subject.kind, subject_id=subject.id, sent_at=now
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
    moments = rules.schedule(obligation.limit, obligation.started_at)
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
