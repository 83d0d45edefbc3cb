"""A measure ends: with what came of it, at the end of its term, or because it is no longer needed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.duties import services as duties
from maiam.contexts.measures.models import Measure
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import State, can_move
from maiam.contexts.measures.services.asking import FactMissingError, tell
from maiam.contexts.measures.services.carrying import NotRunningError, OutOfTimeError
from maiam.contexts.measures.services.deciding import NotCompetentError, ReasonMissingError
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role

ENDED_AT_ONCE = 500


@transaction.atomic
def end_measure(
    *, actor: Actor, measure_id: UUID, ended_at: datetime, facts: Mapping[str, str], now: datetime
) -> Measure:
    """End a running measure with what came of it; within its term.

    Raises `NotRunningError`, `OutOfTimeError`, `FactMissingError`.
    """
    actor.require(Permission.CARRY_MEASURES)
    measure = Measure.objects.select_for_update(of=("self",)).find(actor, measure_id)
    if measure.state != State.IN_FORCE or measure.starts_at is None:
        raise NotRunningError
    latest = min(now, measure.ends_at or now)
    if not measure.starts_at <= ended_at <= latest:
        raise OutOfTimeError
    FactMissingError.check(measure.kind, "outcome", facts)
    measure.end_with(facts)
    _stop(actor, measure, State.ENDED, at=ended_at, now=now)
    return measure


@transaction.atomic
def cancel_measure(*, actor: Actor, measure_id: UUID, reason: str, now: datetime) -> Measure:
    """Cancel a decided measure, by whoever decides it; what another body decided, whoever carries it writes down.

    Raises `NotRunningError`, `NotCompetentError`, `ReasonMissingError`.
    """
    actor.require_one(Permission.DECIDE_MEASURES, Permission.CARRY_MEASURES)
    measure = Measure.objects.select_for_update(of=("self",)).find(actor, measure_id)
    if not can_move(State(measure.state), State.CANCELLED):
        raise NotRunningError
    role = kinds.decider(measure.kind)
    may = actor.role is role if role else actor.can(Permission.CARRY_MEASURES)
    is_signed_by_nobody = role is not None and actor.account_id is None
    if not may or is_signed_by_nobody or measure.competent_commune_id not in actor.commune_ids:
        raise NotCompetentError
    if not reason.strip():
        raise ReasonMissingError
    measure.end_with({"reason": reason})
    at = min(now, measure.ends_at or now)
    _stop(actor, measure, State.CANCELLED, at=max(at, measure.starts_at or at), now=now)
    return measure


@transaction.atomic
def end_measures(*, actor: Actor, now: datetime) -> int:
    """End each measure whose term is over, at its exact end; return how many."""
    actor.require(Permission.KEEP_HOUSE)
    over = Measure.objects.over(now).select_for_update(skip_locked=True, of=("self",)).order_by("ends_at", "id")
    measures = list(over[:ENDED_AT_ONCE])
    for measure in measures:
        _stop(actor, measure, State.ENDED, at=measure.ends_at or now, now=now)
        what = f"Đã hết thời hạn: {kinds.label(measure.kind)}. Hỏi xem còn cần bảo vệ không"
        tell(actor=actor, measure=measure, role=Role.CULTURE_OFFICER, what=what, now=now)
    return len(measures)


def _stop(actor: Actor, measure: Measure, state: State, *, at: datetime, now: datetime) -> None:
    measure.state, measure.stopped_at = state, at
    measure.save(update_fields=["state", "stopped_at", "outcome_sealed"])
    for rule in (kinds.SERVE, kinds.LEAVE_HEALTH):
        duties.lapse_obligation(
            actor=actor, rule=rule, subject=measure.subject, at=at, now=now, proof=f"measures.measure.{state}"
        )
    audit.record(actor, f"measures.measure.{state}", measure, at=now)
