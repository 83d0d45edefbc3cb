"""Periods of a study: days, months or years between two dates, or bare columns without a date."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")


class Period(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


DAYS_IN = {Period.DAY: 1.0, Period.MONTH: 365.25 / 12, Period.YEAR: 365.25}


@dataclass(frozen=True)
class Moment:
    """A date as it was written: `number` counts periods from year 0, month 0 or the first day."""

    period: Period
    number: int


def read_moment(text: str) -> Moment:
    """Read yyyy, yyyy-mm or yyyy-mm-dd (or with slashes); ValueError when it is none."""
    found = DATE.fullmatch(text)
    if not found:
        raise ValueError("is empty" if not text else f"{text!r} is no date (yyyy-mm-dd, yyyy-mm or yyyy)")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        whole = date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise ValueError(f"{text!r} is no date of the calendar") from error
    return moment_of(whole, Period.DAY if day else Period.MONTH if month else Period.YEAR)


def moment_of(day: date, period: Period) -> Moment:
    """The period in which a day lies."""
    if period is Period.DAY:
        return Moment(period, day.toordinal())
    return Moment(period, day.year if period is Period.YEAR else day.year * 12 + day.month - 1)


@dataclass(frozen=True)
class Calendar:
    """The periods of a study, `first` to `last` numbers; without dates, `labels` name the columns."""

    period: Period
    first: int
    last: int
    labels: tuple[str, ...] = ()

    @classmethod
    def over(cls, moments: Sequence[Moment], start: date | None, end: date | None) -> "Calendar":
        """The calendar from `start` to `end`, where not given from the first to the last of the moments."""
        period = moments[0].period
        numbers = [moment.number for moment in moments]
        first = moment_of(start, period).number if start else min(numbers)
        last = moment_of(end, period).number if end else max(numbers)
        return cls(period, first, last)

    def __len__(self) -> int:
        return self.last - self.first + 1

    def place(self, moment: Moment, text: str) -> int:
        """The column of a moment; ValueError when it lies outside or is written in another kind of period."""
        if moment.period is not self.period:
            raise ValueError(f"{text!r} is a {moment.period} where the study counts by {self.period}")
        if not self.first <= moment.number <= self.last:
            raise ValueError(f"{text!r} lies outside the study ({self.start_of(0)} to {self.end_of(len(self) - 1)})")
        return moment.number - self.first

    def start_of(self, column: int) -> str:
        """First day of a period, as yyyy-mm-dd; the column's name where it has no date."""
        return self.labels[column] if self.labels else self._first_day(self.first + column).isoformat()

    def end_of(self, column: int) -> str:
        """Last day of a period."""
        if self.labels:
            return self.labels[column]
        return (self._first_day(self.first + column + 1) - timedelta(days=1)).isoformat()

    def _first_day(self, number: int) -> date:
        if self.period is Period.DAY:
            return date.fromordinal(number)
        return date(number, 1, 1) if self.period is Period.YEAR else date(number // 12, number % 12 + 1, 1)

    def lengths(self) -> list[int]:
        """Days in each period."""
        if self.period is Period.DAY or self.labels:
            return [1] * len(self)
        numbers = range(self.first, self.last + 1)
        if self.period is Period.YEAR:
            return [366 if calendar.isleap(year) else 365 for year in numbers]
        return [calendar.monthrange(number // 12, number % 12 + 1)[1] for number in numbers]

    def periods_within(self, days: int) -> int:
        """How many periods fit into so many days; days fewer than one period are taken to count periods."""
        whole = int((days + 0.5) / DAYS_IN[self.period])
        return whole or days


def undated(labels: Sequence[str], start: date | None, end: date | None) -> Calendar:
    """Days for columns that are merely numbered: from `start`, or up to `end`, or without a date."""
    if start:
        return Calendar(Period.DAY, start.toordinal(), start.toordinal() + len(labels) - 1)
    if end:
        return Calendar(Period.DAY, end.toordinal() - len(labels) + 1, end.toordinal())
    return Calendar(Period.DAY, 1, len(labels), tuple(labels))
