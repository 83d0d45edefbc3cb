"""Where the clocks and measures of a case lie on one picture of its time. Pure.

Time runs in powers: the first hours, in which the law counts in hours, get as much room as the months that follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log1p
from typing import Final

WIDTH: Final = 1000
NARROWEST: Final = 6
# Closer than this, the words of two marks would run into each other.
CLOSEST: Final = 90
TICKS: Final = (
    (timedelta(hours=1), "1 giờ"),
    (timedelta(hours=12), "12 giờ"),
    (timedelta(days=1), "1 ngày"),
    (timedelta(days=3), "3 ngày"),
    (timedelta(days=14), "14 ngày"),
    (timedelta(days=30), "30 ngày"),
    (timedelta(days=90), "90 ngày"),
    (timedelta(days=365), "1 năm"),
)


@dataclass(frozen=True)
class Mark:
    """One mark of the axis: where, and how long after the first moment, in words."""

    x: int
    words: str

    @property
    def share(self) -> str:
        """Where, as SVG reads a share of the width."""
        return f"{self.x * 100 / WIDTH:g}%"


@dataclass(frozen=True)
class Scale:
    """Places moments between the first and the last of a case, from 0 to `WIDTH`."""

    first: datetime
    last: datetime

    def x(self, moment: datetime) -> int:
        whole = log1p(self._hours(self.last))
        return round(WIDTH * log1p(self._hours(min(moment, self.last))) / whole) if whole else 0

    @property
    def ticks(self) -> list[Mark]:
        """The marks of the axis that fit, counted from the first moment; none within reach of another's words."""
        marks: list[Mark] = []
        for after, words in TICKS:
            mark = Mark(self.x(min(self.first + after, self.last)), words)
            if mark.x - (marks[-1].x if marks else 0) >= CLOSEST and mark.x <= WIDTH - CLOSEST / 2:
                marks.append(mark)
        return marks

    def _hours(self, moment: datetime) -> float:
        return max(0.0, (moment - self.first).total_seconds() / 3600)


@dataclass(frozen=True)
class Bar:
    """One line of the picture: the time given, the time taken beyond it, and where it stands now."""

    x: int
    width: int
    late_x: int
    late_width: int
    mark_x: int


def scale(moments: Sequence[datetime]) -> Scale:
    return Scale(min(moments), max(moments))


def bar(on: Scale, *, started_at: datetime, due_at: datetime, ended_at: datetime) -> Bar:
    """Draw a clock: given from its start until it is due; late from there until it was done, or now."""
    x, due, end = on.x(started_at), on.x(due_at), on.x(ended_at)
    width = max(due - x, NARROWEST)
    late = max(end - due, NARROWEST) if ended_at > due_at else 0
    return Bar(x=x, width=width, late_x=x + width, late_width=late, mark_x=min(max(end, x), WIDTH))
