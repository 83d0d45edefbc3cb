"""Births as lists write them: dates of every form, years alone, serial numbers of Excel, ages with tuổi mụ."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from maiam.core.text import DateNotReadError, PartialDate, clean, fold, half_width, read_date
from maiam.core.text.dates import FIRST_YEAR

_SERIAL = re.compile(r"[1-9][0-9]{4}")
_EXCEL_DAY_ZERO = date(1899, 12, 30)
# What Excel makes of a year typed into a cell of dates: 1960 is the day 1960 after its day zero.
_YEAR_AS_DAY = (date(1905, 3, 14), date(1905, 8, 1))
_PLAIN = re.compile(r"(?:(0?[1-9]|[12][0-9]|3[01])/(0?[1-9]|1[0-2])/)?([12][0-9]{3})")
_AGE = re.compile(r"([0-9]{1,3})(?:[.,]0)?")
_LUNAR = re.compile(r"\bmu\b|am lich|\bam\b|tuoi ta")
_OLDEST = 120


@dataclass(frozen=True)
class ReadBirth:
    """A birth, and what was done to read it (in words, empty where nothing was)."""

    birth: PartialDate
    repair: str = ""


def read_birth(text: str, *, today: date, first_january_is_filler: bool = False) -> ReadBirth:
    """Read a cell of births. Raises `DateNotReadError`."""
    if plain := _plain_birth(text, today):
        return _doubted(plain, first_january_is_filler)
    typed = half_width(clean(text))
    if _SERIAL.fullmatch(typed):
        day = _EXCEL_DAY_ZERO + timedelta(days=int(typed))
        return ReadBirth(PartialDate.exact(day), f"Excel ghi ngày thành số {typed}; đọc là {day:%d/%m/%Y}.")
    found = read_date(_tidied(typed), today=today)
    return _doubted(found, first_january_is_filler)


def _plain_birth(text: str, today: date) -> PartialDate | None:
    """What most cells hold, 23/11/1985 or 1985, read at once; whatever is odd about it goes the long way."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    day, month, year = found.groups()
    try:
        read = PartialDate(int(year), int(month), int(day)) if day else PartialDate(int(year))
    except ValueError:
        return None
    return read if read.year >= FIRST_YEAR and read.earliest <= today else None


def _tidied(typed: str) -> str:
    """Take away what surrounds a date: a time of midnight, `sn`, brackets, unknown days written as 00."""
    plain = re.sub(r"\s+0?0:00(?::00)?$", "", typed).strip("()[]'` ")
    plain = re.sub(r"^(?:s\.?n\.?|sinh năm|năm sinh|năm)\s*:?\s*(?=[0-9])", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r"^(?:00|0|\?{1,2}|\.{2,}|xx?|-{2,})[/.\-](?=(?:[0-9?.x]{1,3}[/.\-])?[0-9]{4}$)", "", plain)
    return re.sub(r"^(?:00|0|\?{1,2}|\.{2,}|xx?|-{2,})[/.\-](?=[0-9]{4}$)", "", plain)


def _doubted(found: PartialDate, first_january_is_filler: bool) -> ReadBirth:
    if found.is_exact and _YEAR_AS_DAY[0] <= found.earliest <= _YEAR_AS_DAY[1]:
        year = (found.earliest - _EXCEL_DAY_ZERO).days
        if 1900 <= year <= 2030:
            return ReadBirth(PartialDate(year), f"Excel đổi năm {year} thành ngày {found}; đọc là năm {year}.")
    if first_january_is_filler and found.is_exact and (found.day, found.month) == (1, 1):
        year_only = PartialDate(found.year, approximate=found.approximate)
        return ReadBirth(year_only, f"01/01 trong tệp này là điền cho đủ; chỉ lấy năm {found.year}.")
    return ReadBirth(found)


def read_age(text: str, *, on: date) -> ReadBirth:
    """Read an age as an approximate year; tuổi mụ counts the womb, so it is one more. Raises `DateNotReadError`."""
    typed = half_width(clean(text))
    found = _AGE.search(typed)
    if found is None or int(found[1]) > _OLDEST or "thang" in fold(typed):
        raise DateNotReadError(typed, "Ghi tuổi bằng số, ví dụ 45, hoặc ghi năm sinh.")
    is_lunar = _LUNAR.search(fold(typed)) is not None
    year = on.year - int(found[1]) + is_lunar
    how = "tuổi mụ" if is_lunar else "tuổi"
    return ReadBirth(PartialDate(year, approximate=True), f"Từ {how} {found[1]}: sinh khoảng {year}.")


def birth_of_parts(day: str, month: str, year: str, *, today: date) -> ReadBirth:
    """Read a birth from three columns, of which the first two may be empty. Raises `DateNotReadError`."""
    known = [part for part in (clean(day), clean(month), clean(year)) if part and part not in {"0", "00"}]
    return ReadBirth(read_date("/".join(known), today=today))


def is_first_january(text: str) -> bool:
    return re.match(r"0?1[/.\-]0?1[/.\-](?:[0-9]{2}){1,2}\b", clean(text)) is not None
