"""The year of the family report and its parts: divided in one way alone, so that no span is the rest of others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTHS = 12
# Circular 07/2017/TT-BVHTTDL Art. 3(2): the registers run from 1 December to 1 December.
FIRST_MONTH = 12


class SpanKind(StrEnum):
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"


_LENGTHS = {SpanKind.YEAR: 12, SpanKind.HALF: 6, SpanKind.QUARTER: 3, SpanKind.MONTH: 1}
_LABELS = {SpanKind.YEAR: "Cả năm", SpanKind.HALF: "Nửa năm", SpanKind.QUARTER: "Quý", SpanKind.MONTH: "Tháng"}


@dataclass(frozen=True)
class Span:
    """A part of the reporting year: `length` months from the `first`, counted from 0."""

    kind: SpanKind
    number: int
    first: int
    length: int
    label: str

    @property
    def code(self) -> str:
        return self.kind.value if self.kind is SpanKind.YEAR else f"{self.kind.value}-{self.number}"

    def holds(self, month: int) -> bool:
        return self.first <= month < self.first + self.length


def reporting_year(day: date) -> int:
    """The reporting year a day belongs to, named after the year in which it ends."""
    return day.year + (day.month >= FIRST_MONTH)


def last_set_day(today: date) -> date:
    """The last day of a month that is over."""
    return today.replace(day=1) - timedelta(days=1)


def set_day(day: date, today: date) -> date:
    """The day a table of `day` is told of: the last end of a month by then that is over."""
    return min(last_set_day(day + timedelta(days=1)), last_set_day(today))


def last_day_of(year: int) -> date:
    """The last day of a reporting year."""
    return months_of(year)[-1] - timedelta(days=1)


def months_of(year: int) -> list[date]:
    """The first days of its months, and the first day after it."""
    return [date(year - 1, FIRST_MONTH, 1), *(date(year, month, 1) for month in range(1, MONTHS + 1))]


def spans_of(year: int) -> list[Span]:
    """The year, its halves, its quarters, its months."""
    return list(_spans(months_of(year)))


def _spans(months: list[date]) -> Iterator[Span]:
    for kind, length in _LENGTHS.items():
        for number, first in enumerate(range(0, MONTHS, length), start=1):
            last = months[first + length - 1]
            if kind is SpanKind.YEAR:
                label = f"{_LABELS[kind]} {last.year}"
            elif kind is SpanKind.MONTH:
                label = f"{_LABELS[kind]} {last.month}/{last.year}"
            else:
                begins, ends = f"{months[first].month}/{months[first].year}", f"{last.month}/{last.year}"
                label = f"{_LABELS[kind]} {number} ({begins}–{ends})"
            yield Span(kind, number, first, length, label)
