"""A day of birth as somebody typed it, in columns to compare. A slip of the pen must not cost the rest of the table.

What is no day is kept as far as it goes: the year of `00/00/1975`, day and month in their places in `1984-25-12`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from maiam.core.text import NotReadError, read_date

_FILLER = (1, 1)
_MONTHS, _DAYS = range(1, 13), range(1, 32)
_YEAR_FIRST = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?:\D.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})\D{1,3}(\d{1,2})\D{1,3}(\d{4})(?:\D.*)?")
_A_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Birth:
    """What is known of a birth: nothing, the year, the month, or the day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def is_full(self) -> bool:
        return self.day is not None

    @property
    def is_filler(self) -> bool:
        return (self.month, self.day) == _FILLER


def birth_columns(dob_text: pa.Array, today: date) -> dict[str, pa.Array]:
    """The columns that births are compared by, one row per text."""
    coded = pc.dictionary_encode(dob_text)
    births = [read_birth(text, today) for text in coded.dictionary.to_pylist()]

    def column(value: Callable[[Birth], Any], kind: pa.DataType) -> pa.Array:
        return pa.array([value(birth) for birth in births], kind).take(coded.indices)

    return {
        "birth_year": column(lambda birth: birth.year, pa.int32()),
        "birth_month": column(lambda birth: birth.month, pa.int32()),
        "birth_day": column(lambda birth: birth.day, pa.int32()),
        "birth": column(
            lambda birth: _written(birth.year, birth.month, birth.day) if birth.is_full else None, pa.string()
        ),
        "birth_swapped": column(_swapped, pa.string()),
        "birth_is_vague": column(lambda birth: not birth.is_full or birth.is_filler, pa.bool_()),
    }


def read_birth(text: str, today: date) -> Birth:
    """Read a birth as `./maiam link` takes it: ISO, dd/mm/yyyy, mm/yyyy or yyyy; else what can be made of it."""
    if not text:
        return Birth()
    try:
        found = read_date(text, today=today)
    except NotReadError:
        return _as_far_as_it_goes(text.strip())
    return Birth(found.year, found.month, found.day)


def is_birth(text: str, today: date) -> bool:
    """Whether a text is a day, month or year somebody living can be born in."""
    try:
        read_date(text, today=today)
    except NotReadError:
        return False
    return True


def _as_far_as_it_goes(text: str) -> Birth:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _YEAR_LAST.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        years = _A_YEAR.findall(text)
        return Birth(int(years[0])) if len(years) == 1 else Birth()
    if month in _MONTHS and day in _DAYS:
        return Birth(year, month, day)
    if day in _MONTHS and month in _DAYS:
        return Birth(year, day, month)
    return Birth(year, month) if month in _MONTHS else Birth(year)


def _written(year: int | None, month: int | None, day: int | None) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}"


def _swapped(birth: Birth) -> str | None:
    if not birth.is_full or birth.is_filler or (birth.day or 0) > 12:
        return None
    return _written(birth.year, birth.day, birth.month)
