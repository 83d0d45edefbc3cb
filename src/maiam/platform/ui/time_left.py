"""How much of a legal time limit is left, as a level and in words. Pure.

A page that stays open goes on counting by the same words and moments: `words_for_script` and `Turns` carry them there.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from maiam.core.text import dates, write_duration

# Shares of the whole time at which a clock turns red and amber; a long clock does so in its last day and its last week.
URGENT = 0.25
SOON = 0.5
URGENT_DAYS = 1
SOON_DAYS = 7
WORDS = {"calm": "Còn {}", "soon": "Sắp đến hạn: còn {}", "urgent": "Gấp: còn {}", "late": "Quá hạn {}"}


@dataclass(frozen=True)
class TimeLeft:
    """One clock as people see it: `level` is late, urgent, soon or calm; the words say the same."""

    level: str
    words: str


@dataclass(frozen=True)
class Turns:
    """The moments after which a clock is soon, then urgently, due."""

    soon_after: datetime
    urgent_after: datetime


def turns(due_at: datetime, started_at: datetime) -> Turns:
    whole = due_at - started_at
    return Turns(
        soon_after=due_at - min(whole * SOON, timedelta(days=SOON_DAYS)),
        urgent_after=due_at - min(whole * URGENT, timedelta(days=URGENT_DAYS)),
    )


def time_left(due_at: datetime, started_at: datetime, now: datetime) -> TimeLeft:
    """Tell how much time is left until `due_at`; what is over counts from the due moment on."""
    level = _level(due_at, turns(due_at, started_at), now)
    return TimeLeft(level, WORDS[level].format(write_duration(due_at - now)))


def _level(due_at: datetime, turn: Turns, now: datetime) -> str:
    if now > due_at:
        return "late"
    if now > turn.urgent_after:
        return "urgent"
    return "soon" if now > turn.soon_after else "calm"


def words_for_script() -> str:
    """The words and the units of durations, as JSON."""
    units = {"days": dates.DAYS, "hours": dates.HOURS, "minutes": dates.MINUTES, "none": dates.UNDER_A_MINUTE}
    return json.dumps({"levels": WORDS, "units": units, "hoursUpTo": dates.HOURS_UP_TO}, ensure_ascii=False)
