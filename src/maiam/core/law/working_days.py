"""Working days: Monday to Friday without the days off of Labour Code 2019, Art. 112 (public_holidays.yaml)."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from maiam.core.law.codes.reading import Entry, parse, read
from maiam.core.law.lunar import solar_date, tet

_DAY = timedelta(days=1)
_SATURDAY = 5
_TET_NAME = "Tết Nguyên đán"
_IN_LIEU = "Nghỉ bù"
_NATIONAL_DAY = (9, 2)

Side = Literal["before", "after"]


class FixedDay(Entry):
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    vi: str


class TetDays(Entry):
    days: int
    days_before: int
    days_before_in: Mapping[int, int]


class Neighbour(Entry):
    since: int
    side: Side
    side_in: Mapping[int, Side]


class Exchange(Entry):
    free: date
    worked: date


class PublicHolidays(Entry):
    schema_version: int
    confirmed: bool
    solar: tuple[FixedDay, ...]
    lunar: tuple[FixedDay, ...]
    tet: TetDays
    national_day_neighbour: Neighbour
    exchanged: tuple[Exchange, ...]


@cache
def _rules() -> PublicHolidays:
    return parse(PublicHolidays, dict(read("public_holidays")), "public_holidays.yaml")


def is_working_day(day: date) -> bool:
    if day in _worked_instead(day.year):
        return True
    return not _is_weekend(day) and day not in public_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`; `day` itself is not counted."""
    for _ in range(count):
        day += _DAY
        while not is_working_day(day):
            day += _DAY
    return day


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Return the days off of a year and their names, days in lieu included."""
    named = dict(sorted(_named_days(year).items()))
    named |= {exchange.free: _IN_LIEU for exchange in _rules().exchanged if exchange.free.year == year}
    for holiday in sorted(named):
        if _is_weekend(holiday):
            named[_next_free_of_names(holiday, named)] = _IN_LIEU
    return MappingProxyType(dict(sorted(named.items())))


def _named_days(year: int) -> dict[date, str]:
    rules = _rules()
    named = {date(year, fixed.month, fixed.day): fixed.vi for fixed in rules.solar}
    named |= {solar_date(year, fixed.month, fixed.day): fixed.vi for fixed in rules.lunar}
    named |= dict.fromkeys(_tet_days(year), _TET_NAME)
    return named | _neighbour_of_national_day(year)


def _tet_days(year: int) -> list[date]:
    rule = _rules().tet
    first = tet(year) - _DAY * rule.days_before_in.get(year, rule.days_before)
    return [first + _DAY * passed for passed in range(rule.days)]


def _neighbour_of_national_day(year: int) -> dict[date, str]:
    rule = _rules().national_day_neighbour
    if year < rule.since:
        return {}
    step = _DAY if rule.side_in.get(year, rule.side) == "after" else -_DAY
    return {date(year, *_NATIONAL_DAY) + step: "Quốc khánh"}


def _next_free_of_names(holiday: date, named: Mapping[date, str]) -> date:
    """A holiday on a weekend is made good on the next working day (Labour Code 2019, Art. 111(3))."""
    day = holiday + _DAY
    while _is_weekend(day) or day in named:
        day += _DAY
    return day


def _worked_instead(year: int) -> frozenset[date]:
    return frozenset(exchange.worked for exchange in _rules().exchanged if exchange.worked.year == year)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY
