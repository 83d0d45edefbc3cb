"""Hand duties over: to another post, another place, another subject. The clock goes on from where it began."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from maiam.contexts.conflicts import queries as conflicts
from maiam.contexts.duties import rules
from maiam.contexts.duties.models import Obligation
from maiam.contexts.duties.rules import State, Subject
from maiam.contexts.duties.services.clocks import start_obligation
from maiam.contexts.duties.services.hand import Hand
from maiam.contexts.duties.services.telling import notify
from maiam.platform.access import Actor, Permission, Role

MOVED = "duties.obligation.moved"


@transaction.atomic
def transfer_obligation(
    *, actor: Actor, obligation_id: UUID, to_post_id: int, reason: str, now: datetime
) -> Obligation:
    """Hand a duty to another post.

    Raises `AlreadyClosedError`.
    """
    actor.require(Permission.CARRY_DUTIES)
    hand = Hand(actor, now)
    obligation = hand.holds(obligation_id)
    hand.closes(obligation, State.TRANSFERRED, at=now, proof="duties.obligation.transferred", reason=reason)
    return _goes_on(hand, obligation, owner_post_id=to_post_id)


@transaction.atomic
def move_obligation(
    *, actor: Actor, rule: str, subject: Subject, to_post_id: int, commune_id: int, now: datetime
) -> None:
    """Take the running duties of this rule and subject to another place and post.

    Within a commune a duty keeps its village; another commune has its own, and none is told.
    """
    hand = Hand(actor, now)
    for obligation in hand.running(rule, subject):
        hand.closes(obligation, State.TRANSFERRED, at=now, proof=MOVED)
        village_id = obligation.village_id if obligation.commune_id == commune_id else None
        _goes_on(hand, obligation, owner_post_id=to_post_id, commune_id=commune_id, village_id=village_id)


@transaction.atomic
def hand_over_obligations(
    *, actor: Actor, old: Subject, new: Subject, commune_id: int, owners: Mapping[Role, int], now: datetime
) -> None:
    """Take every running duty about one subject to another, in another place.

    A role without a seat in `owners` gives its duties to the officer.
    """
    hand = Hand(actor, now)
    running = Obligation.objects.visible_to(actor).filter(subject_kind=old.kind, subject_id=old.id, state=State.RUNNING)
    for obligation in running.select_for_update(of=("self",)).select_related("owner_post").order_by("id"):
        hand.closes(obligation, State.TRANSFERRED, at=now, proof=MOVED)
        same = Obligation.objects.filter(rule=obligation.rule, subject_kind=new.kind, subject_id=new.id)
        if not same.filter(state=State.RUNNING).exists():
            owner_id = owners.get(Role(obligation.owner_post.role), owners[Role.CULTURE_OFFICER])
            _goes_on(hand, obligation, subject=new, commune_id=commune_id, village_id=None, owner_post_id=owner_id)


@transaction.atomic
def hand_on_from_conflicted(*, actor: Actor, now: datetime) -> int:
    """Hand on each running duty whose post has nobody free of conflict with its subject; return how many.

    What went up comes back down once somebody free sits in the commune. Only the post that now has the duty is told.
    """
    actor.require(Permission.KEEP_HOUSE)
    closed = conflicts.closed_records(actor).values("row_id")
    waiting = Obligation.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=State.RUNNING, subject_id__in=closed
    )
    waiting = waiting.select_related("owner_post")
    return sum(_hand_on(Hand(actor, now), obligation) for obligation in waiting.order_by("due_at", "id"))


def _hand_on(hand: Hand, obligation: Obligation) -> bool:
    record_id, owner_id = obligation.subject_id, obligation.owner_post_id
    belongs_id = obligation.meant_post_id or owner_id
    # Within a commune a duty stays with whoever free has it; from above it goes back as soon as it can.
    sought_id = belongs_id if rules.is_above(obligation.owner_post.commune_id) else owner_id
    free_id = conflicts.free_post(hand.actor, sought_id, record_id=record_id, now=hand.now)
    if free_id == owner_id:
        return False
    hand.closes(obligation, State.TRANSFERRED, at=hand.now, proof="duties.obligation.conflict")
    same = Obligation.objects.filter(rule=obligation.rule, subject_id=record_id, owner_post_id=free_id)
    if not same.filter(state=State.RUNNING).exists():
        _goes_on(hand, obligation, owner_post_id=free_id, meant_post_id=belongs_id)
    what, key = f"Việc chuyển đến: {obligation.what}"[:200], f"{obligation.id}:handed on"
    notify(actor=hand.actor, to_post_id=free_id, what=what, subject=obligation.subject, now=hand.now, key=key)
    return True


def _goes_on(hand: Hand, obligation: Obligation, **elsewhere: Any) -> Obligation:
    """Start a duty again that was closed to be handed over; `elsewhere` says what is another there."""
    told: dict[str, Any] = {
        "subject": obligation.subject,
        "commune_id": obligation.commune_id,
        "village_id": obligation.village_id,
    }
    return start_obligation(
        actor=hand.actor,
        rule=obligation.rule,
        what=obligation.what,
        started_at=obligation.started_at,
        agreed=obligation.due_at,
        now=hand.now,
        **told | elsewhere,
    )
