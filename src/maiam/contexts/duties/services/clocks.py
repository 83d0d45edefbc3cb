"""Start the clocks of duties, and stop them by the event that proves them done or takes their ground away."""

from datetime import datetime

from django.db import transaction

from maiam.contexts.conflicts import queries as conflicts
from maiam.contexts.duties import rules
from maiam.contexts.duties.models import Obligation
from maiam.contexts.duties.rules import Subject
from maiam.contexts.duties.services.hand import Hand
from maiam.core.law.limits import time_limit
from maiam.platform import audit
from maiam.platform.access import Actor


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
    hand = Hand(actor, now)
    for obligation in hand.running(rule, subject):
        state = rules.state_when_met(late_after=obligation.late_after, met_at=met_at)
        hand.closes(obligation, state, at=met_at, proof=proof)


@transaction.atomic
def lapse_obligation(*, actor: Actor, rule: str, subject: Subject, at: datetime, now: datetime, proof: str) -> None:
    """Close the running duties of this rule and subject whose ground has gone; breached where their time was over."""
    hand = Hand(actor, now)
    for obligation in hand.running(rule, subject):
        state = rules.state_when_ground_goes(late_after=obligation.late_after, at=at)
        hand.closes(obligation, state, at=at, proof=proof)
