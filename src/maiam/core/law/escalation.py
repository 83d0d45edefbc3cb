"""The ladder of a duty: as its time runs out, who is told next. The shares are the province's (house_limits.yaml)."""

from dataclasses import dataclass
from datetime import datetime

from maiam.core.law.codes.house import Told, escalation_ladder

__all__ = ["Step", "Told", "steps", "steps_due"]


@dataclass(frozen=True)
class Step:
    """One rung: at this moment, this share of the time is gone and these are told."""

    share: float
    at: datetime
    label: str
    tells: tuple[Told, ...]


def steps(started_at: datetime, due_at: datetime, remind_at: datetime) -> list[Step]:
    """Lay out the rungs of a duty, the earliest first.

    Shares are of the time until the duty counts as late: for "at once", of the province's tolerance.
    """
    late_after = max(due_at, remind_at)
    whole = late_after - started_at
    return [Step(rung.share, started_at + whole * rung.share, rung.vi, rung.tells) for rung in escalation_ladder()]


def steps_due(ladder: list[Step], *, now: datetime, after_share: float = 0) -> list[Step]:
    """Return the rungs above `after_share` whose moment has come."""
    return [step for step in ladder if step.share > after_share and step.at <= now]
