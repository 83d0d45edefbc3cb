"""How much of a legal time limit is left, as a level and in words. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from maiam.core.text import write_duration

# Shares of the whole time at which a clock turns red and amber; a long clock does so in its last day and its last week.
URGENT = 0.25
SOON = 0.5
URGENT_DAYS = 1
SOON_DAYS = 7


@dataclass(frozen=True)
class TimeLeft:
    """One clock as people see it: `level` is late, urgent, soon or calm; the words say the same."""

    level: str
    words: str


def time_left(due_at: datetime, started_at: datetime, now: datetime) -> TimeLeft:
    """Tell how much time is left until `due_at`; what is over counts from the due moment on."""
    left = due_at - now
    if left < timedelta(0):
        return TimeLeft("late", f"Quá hạn {write_duration(-left)}")
    words = f"còn {write_duration(left)}"
    whole = due_at - started_at
    if left < min(whole * URGENT, timedelta(days=URGENT_DAYS)):
        return TimeLeft("urgent", f"Gấp: {words}")
    if left < min(whole * SOON, timedelta(days=SOON_DAYS)):
        return TimeLeft("soon", f"Sắp đến hạn: {words}")
    return TimeLeft("calm", words.capitalize())
