"""The one reader of dates, and the one writer of dates, times and durations, as Vietnamese people write them.

Day first, always: a month of 25 is refused, never swapped. Moments are shown on the clocks of Vietnam.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from maiam.core.text.clean import clean, half_width
from maiam.core.text.refusals import NotReadError

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

# Nobody alive, and no paper the province works with, is older; and no term it sets runs longer.
FIRST_YEAR = 1900
YEARS_AHEAD = 50
# Of a two-digit year: how far ahead it may still be meant, where a date to come is allowed.
_SHORT_YEARS_AHEAD = 20

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_EXAMPLE = "Viết ngày/tháng/năm, ví dụ 23/11/2026."


class DateNotReadError(NotReadError):
    """The text is not a date. The message says what was read and what to do."""

    thing = "ngày"


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class PartialDate:
    """A date as far as it is known: `1960` stays a year and is never stored as 1 January."""

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("A day needs its month.")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def exact(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def is_exact(self) -> bool:
        return self.precision is Precision.DAY and not self.approximate

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return write_date(self)


# --- reading dates
_ABOUT = re.compile(r"^(?:khoảng|chừng|độ|tầm|ước(?: chừng| khoảng)?|~)\s*", re.IGNORECASE)
_LEADING_WORDS = re.compile(r"^(?:(?:sinh|sn)\s*)?(?:ngày\s*)?", re.IGNORECASE)
_WORDS_BETWEEN = re.compile(r"[\s,]*\b(?:tháng|năm)\b\s*", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[/.\-–]\s*|\s+")

_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})")
_YEAR_MONTH_DAY = re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})/([0-9]{1,2})")
_YEAR = re.compile(r"([0-9]{4})")
_DAY_MONTH = re.compile(r"[0-9]{1,2}/[0-9]{1,2}")


def read_date(text: str, *, today: date, allow_future: bool = False) -> PartialDate:
    """Read a date as far as it is given: `02/03/2024`, `2.3.24`, `12/1984`, `khoảng 1960`, `2024-03-02`.

    A two-digit year is the latest such year that is not to come. Raises `DateNotReadError`.
    """
    typed = clean(text)
    if not typed:
        raise DateNotReadError("", f"Chưa nhập ngày. {_EXAMPLE}")
    plain, approximate = _without_about(half_width(typed))
    latest_year = today.year + (_SHORT_YEARS_AHEAD if allow_future else 0)
    year, month, day = _parts(_slashed(plain), typed, latest_year)
    _check_year(typed, year, today)
    _check_calendar(typed, year, month, day)
    found = PartialDate(year, month, day, approximate)
    if not allow_future and found.earliest > today:
        raise DateNotReadError(typed, f"Ngày này chưa tới. Hôm nay là {write_date(today)}.")
    return found


def read_exact_date(text: str, *, today: date, allow_future: bool = False) -> date:
    """Read a date that must be known to the day. Raises `DateNotReadError`."""
    found = read_date(text, today=today, allow_future=allow_future)
    if not found.is_exact:
        raise DateNotReadError(clean(text), "Ở đây cần đủ ngày, tháng, năm, ví dụ 23/11/2026.")
    return found.earliest


def _without_about(typed: str) -> tuple[str, bool]:
    plain = _ABOUT.sub("", typed)
    return plain, plain != typed


def _slashed(plain: str) -> str:
    """Bring `ngày 3 tháng 2 năm 2026`, `3-2-2026` and `3. 2. 2026` to `3/2/2026`."""
    words_gone = _WORDS_BETWEEN.sub("/", _LEADING_WORDS.sub("", plain)).strip("/ ,.")
    return _SEPARATORS.sub("/", words_gone)


_Parts = tuple[int, int | None, int | None]


def _parts(slashed: str, typed: str, latest_year: int) -> _Parts:
    """Take year, month and day out of the one form that fits."""
    if found := _DAY_MONTH_YEAR.fullmatch(slashed):
        day, month, year = found.groups()
        return _full_year(year, latest_year), int(month), int(day)
    for form, order in _FORMS:
        if found := form.fullmatch(slashed):
            return order(*(int(part) for part in found.groups()))
    if _DAY_MONTH.fullmatch(slashed):
        raise DateNotReadError(typed, "Còn thiếu năm, hoặc năm chưa đủ bốn số. Ví dụ 23/11/2026 hay 11/2026.")
    raise DateNotReadError(typed, f"{_EXAMPLE} Chỉ nhớ năm thì viết năm, ví dụ 1960.")


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., _Parts]], ...] = (
    (_YEAR_MONTH_DAY, lambda year, month, day: (year, month, day)),
    (_MONTH_YEAR, lambda month, year: (year, month, None)),
    (_YEAR_MONTH, lambda year, month: (year, month, None)),
    (_YEAR, lambda year: (year, None, None)),
)


def _full_year(year: str, latest_year: int) -> int:
    if len(year) == 4:
        return int(year)
    this_century = latest_year // 100 * 100 + int(year)
    return this_century if this_century <= latest_year else this_century - 100


def _check_year(typed: str, year: int, today: date) -> None:
    if year < FIRST_YEAR:
        raise DateNotReadError(typed, f"Năm {year} xa quá. Xem lại năm: từ {FIRST_YEAR} trở lại đây.")
    if year > today.year + YEARS_AHEAD:
        raise DateNotReadError(typed, f"Năm {year} xa quá. Xem lại năm.")


def _check_calendar(typed: str, year: int, month: int | None, day: int | None) -> None:
    if month is not None and not 1 <= month <= 12:
        raise DateNotReadError(typed, f"Không có tháng {month}. Viết ngày trước, tháng sau, ví dụ 25/12/1984.")
    if month is not None and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        of_year = f" năm {year}" if (month, day) == (2, 29) else ""
        raise DateNotReadError(typed, f"Tháng {month}{of_year} không có ngày {day}.")


# --- writing
def write_date(day: date | PartialDate) -> str:
    """Write `23/11/2026`; a partial date as far as it is known; a moment by its day in Vietnam."""
    if isinstance(day, PartialDate):
        return _write_partial(day)
    shown = _day_of(day)
    return f"{shown.day:02d}/{shown.month:02d}/{shown.year:04d}"


def write_time(moment: datetime | time) -> str:
    """Write `14:05`; a moment on the clocks of Vietnam."""
    shown = _in_vietnam(moment) if isinstance(moment, datetime) else moment
    return f"{shown:%H:%M}"


def write_datetime(moment: datetime) -> str:
    """Write `14:05, Thứ Hai 23/11/2026`, on the clocks of Vietnam."""
    return f"{write_time(moment)}, {weekday(moment)} {write_date(moment)}"


def weekday(day: date) -> str:
    return _WEEKDAYS[_day_of(day).weekday()]


def write_date_in_words(day: date) -> str:
    """Write `ngày 03 tháng 02 năm 2026` for official papers.

    Decree 30/2020/NĐ-CP, Annex I: days below 10 and the months 1 and 2 take a zero before them.
    """
    shown = _day_of(day)
    month = f"{shown.month:02d}" if shown.month <= 2 else str(shown.month)
    return f"ngày {shown.day:02d} tháng {month} năm {shown.year}"


# Limits of the law run in hours, so hours stay hours up to two days.
HOURS_UP_TO = 48
DAYS, HOURS, MINUTES, UNDER_A_MINUTE = "ngày", "giờ", "phút", "dưới 1 phút"


def write_duration(length: timedelta) -> str:
    """Write a length in its two largest units, rounded down: `3 giờ 20 phút`, `2 ngày 4 giờ`.

    A length has no direction: the caller says `còn` or `quá hạn`.
    """
    minutes = int(abs(length).total_seconds()) // 60
    if minutes == 0:
        return UNDER_A_MINUTE
    hours, minutes = divmod(minutes, 60)
    if hours >= HOURS_UP_TO:
        return _two_units((hours // 24, DAYS), (hours % 24, HOURS))
    return _two_units((hours, HOURS), (minutes, MINUTES))


def _two_units(*amounts: tuple[int, str]) -> str:
    return " ".join(f"{amount} {unit}" for amount, unit in amounts if amount)


def _write_partial(day: PartialDate) -> str:
    known = (f"{part:02d}" for part in (day.day, day.month) if part is not None)
    shown = "/".join((*known, f"{day.year:04d}"))
    return f"khoảng {shown}" if day.approximate else shown


def _day_of(day: date) -> date:
    return _in_vietnam(day).date() if isinstance(day, datetime) else day


def _in_vietnam(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return moment.astimezone(VIETNAM)
