"""Tell a post in one sentence; where time runs out, tell the next person of the ladder."""

from datetime import datetime

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.conflicts import queries as conflicts
from maiam.contexts.duties import rules
from maiam.contexts.duties.models import EscalationStep, Notice, Obligation
from maiam.contexts.duties.rules import State, Subject
from maiam.core.law.escalation import Step
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role

ESCALATED_AT_ONCE = 500


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
