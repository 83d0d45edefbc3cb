"""Time limits of the law as clocks: how long, when due, when late. Every figure stands in deadlines.yaml.

Hours and days run day and night, holidays too; months run by the calendar; only what the law counts in working
days waits for offices to open. "At once" is due the moment it starts.
"""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Final, TypeAlias

from maiam.core.law.citations import in_vietnamese
from maiam.core.law.codes.deadlines import Deadline, deadlines, is_house_rule
from maiam.core.law.codes.house import at_once_tolerance
from maiam.core.law.codes.reading import Confirmed
from maiam.core.law.working_days import add_working_days
from maiam.core.text.dates import VIETNAM

_LAST_SECOND = time(23, 59, 59)


class UnknownTimeLimitError(LookupError):
    """No row of deadlines.yaml has this code, or the row is a calendar date and not a length of time."""


class Immediate(Enum):
    """The law says "at once": no length of time at all."""

    IMMEDIATE = "immediate"


IMMEDIATE: Final = Immediate.IMMEDIATE


class Agreed(Enum):
    """No length either: whoever gives the task names the day."""

    AGREED = "agreed"


AGREED: Final = Agreed.AGREED


@dataclass(frozen=True)
class Months:
    count: int


@dataclass(frozen=True)
class WorkingDays:
    count: int


Limit: TypeAlias = timedelta | Months | WorkingDays | Immediate | Agreed


@dataclass(frozen=True)
class TimeLimit:
    """One time limit: a row of deadlines.yaml, ready to start clocks."""

    code: str
    event: str
    limit: Limit
    who: str
    article: str
    regime: str
    confirmed: Confirmed
    in_words: str
    source: tuple[str, ...] = ()

    @property
    def duration(self) -> timedelta:
        """The limit as a fixed length. Raises `TypeError` where the calendar decides how long it is."""
        if isinstance(self.limit, timedelta):
            return self.limit
        raise TypeError(f"{self.code} ({self.in_words}) has no fixed length.")

    @property
    def is_immediate(self) -> bool:
        return self.limit is IMMEDIATE

    @property
    def is_agreed(self) -> bool:
        return self.limit is AGREED

    @property
    def is_confirmed(self) -> bool:
        """False also where only a part was compared with the original text."""
        return self.confirmed is True

    @property
    def is_doubtful_law(self) -> bool:
        """Said to be law, and not compared with its text. What the province set itself claims to be none."""
        return not self.is_confirmed and not is_house_rule(self.code)


_LENGTHS: Mapping[str, tuple[Callable[[int], Limit], str]] = {
    "hour": (lambda count: timedelta(hours=count), "{} giờ"),
    "day": (lambda count: timedelta(days=count), "{} ngày"),
    "working_day": (WorkingDays, "{} ngày làm việc"),
    "month": (Months, "{} tháng"),
    "year": (lambda count: Months(12 * count), "{} năm"),
    "immediate": (lambda _: IMMEDIATE, "ngay lập tức"),
    "agreed": (lambda _: AGREED, "theo ngày đã hẹn"),
}


def time_limit(code: str) -> TimeLimit:
    """Return the limit with this code of deadlines.yaml. Raises `UnknownTimeLimitError`."""
    try:
        return time_limits()[code]
    except KeyError:
        raise UnknownTimeLimitError(code) from None


@cache
def time_limits() -> Mapping[str, TimeLimit]:
    """Every limit that is a length of time, by code; yearly dates such as "before 5 December" are not."""
    lengths = (row for row in deadlines().values() if row.unit in _LENGTHS)
    return MappingProxyType({row.code: _time_limit(row) for row in lengths})


def due_at(limit: TimeLimit, started_at: datetime, agreed: datetime | None = None) -> datetime:
    """Return the last moment at which the duty is still done in time; `agreed` where the limit leaves it to people."""
    if started_at.tzinfo is None:
        raise ValueError("A clock starts at a moment with its time zone.")
    length = limit.limit
    if length is AGREED:
        return _agreed(limit, started_at, agreed)
    if length is IMMEDIATE:
        return started_at
    if isinstance(length, timedelta):
        return started_at + length
    if isinstance(length, Months):
        return months_after(started_at, length.count)
    return _end_of_working_day(started_at, length.count)


def _agreed(limit: TimeLimit, started_at: datetime, agreed: datetime | None) -> datetime:
    if agreed is None or agreed < started_at:
        raise ValueError(f"{limit.code} needs a moment that was agreed, not before it starts.")
    return agreed


def remind_at(limit: TimeLimit, started_at: datetime, agreed: datetime | None = None) -> datetime:
    """Return the moment after which the duty counts as late.

    For "at once" this is the province's own tolerance (house_limits.yaml), not law; for all others, when it is due.
    """
    due = due_at(limit, started_at, agreed)
    return due + at_once_tolerance() if limit.is_immediate else due


def _time_limit(row: Deadline) -> TimeLimit:
    length, words = _LENGTHS[row.unit]
    count = int(row.limit)
    return TimeLimit(
        code=row.code,
        event=row.event,
        limit=length(count),
        who=row.who,
        article=in_vietnamese(row.legal),
        regime=row.regime,
        confirmed=row.confirmed,
        in_words=words.format(count),
        source=row.source,
    )


def months_after(started_at: datetime, count: int) -> datetime:
    """Go to the same day and hour `count` months on, or to that month's last day (Civil Code 2015, Art. 148(4))."""
    local = started_at.astimezone(VIETNAM)
    years, month = divmod(local.month - 1 + count, 12)
    year, month = local.year + years, month + 1
    return local.replace(year=year, month=month, day=min(local.day, calendar.monthrange(year, month)[1]))


def _end_of_working_day(started_at: datetime, count: int) -> datetime:
    """The first day is not counted; the last runs to its end (Civil Code 2015, Arts 147-148)."""
    last_day = add_working_days(started_at.astimezone(VIETNAM).date(), count)
    return datetime.combine(last_day, _LAST_SECOND, VIETNAM)
