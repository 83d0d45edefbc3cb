"""Dates and times as Vietnamese writes them: day first, always. The only reader and the only writer.

A date may be known by its year or month alone; what is not known stays unknown, never 1 January.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OLDEST_YEAR = 1900
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")

_ABOUT = re.compile(r"^(?:khoảng|chừng|tầm|~)\s*", re.IGNORECASE)
_WORDS = re.compile(r"\b(?:ngày|tháng|năm)\b", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})[/.\- ](\d{4})")
_YEAR = re.compile(r"\d{4}")


class DateNotReadError(ValueError):
    """The text is not a date; the message says what was read and what to do."""


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date as well as it is known."""

    year: int
    month: int | None = None
    day: int | None = None
    is_approximate: bool = False

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def is_exact(self) -> bool:
        return self.day is not None and not self.is_approximate

    def __str__(self) -> str:
        parts = [f"{part:02d}" for part in (self.day, self.month) if part]
        written = "/".join([*parts, str(self.year)])
        return f"khoảng {written}" if self.is_approximate else written


def read_date(text: str, *, today: date) -> PartialDate:
    """Read `25/12/1984`, `25.12.84`, `12/1984`, `1984`, `khoảng 1960`, `1984-12-25`; never swap day and month.

    Two-figure years are taken in the hundred years that end today.

    Raises `DateNotReadError`.
    """
    written = _WORDS.sub(" ", _ascii_digits(unicodedata.normalize("NFC", text)).strip())
    about = bool(_ABOUT.match(written))
    written = re.sub(r"\s*([/.\-])\s*", r"\1", " ".join(_ABOUT.sub("", written).split()))
    found = _parts(written, today)
    if found is None:
        raise DateNotReadError(
            f"Chưa đọc được ngày “{_short(text)}”. Viết ngày/tháng/năm, ví dụ 25/12/1984, hoặc chỉ năm."
        )
    year, month, day = found
    _check(text, year, month, day)
    return PartialDate(year, month, day, about)


def read_exact_date(text: str, *, today: date) -> date:
    """Read a date known to the day.

    Raises `DateNotReadError`.
    """
    known = read_date(text, today=today)
    if not known.is_exact:
        raise DateNotReadError(f"Cần đủ ngày, tháng, năm; “{_short(text)}” còn thiếu. Ví dụ 25/12/2025.")
    return known.earliest


def read_time(text: str) -> time:
    """Read `14:05`, `14h05`, `14 giờ 5`, `2 giờ chiều`.

    Raises `DateNotReadError`.
    """
    written = " ".join(_ascii_digits(unicodedata.normalize("NFC", text)).lower().split())
    written = re.sub(r"\s*giờ\s*", "h", written).replace(" phút", "")
    found = re.fullmatch(r"(\d{1,2})(?:[:h.](\d{1,2})?)?\s*(sáng|trưa|chiều|tối|đêm)?", written)
    if not found:
        raise DateNotReadError(f"Chưa đọc được giờ “{_short(text)}”. Viết như 14:05.")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] in {"chiều", "tối"} and 1 <= hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise DateNotReadError(f"Không có giờ “{_short(text)}”. Giờ từ 00:00 đến 23:59.")
    return time(hour, minute)


def write_date(value: date | PartialDate) -> str:
    """Write `25/12/1984`, as far as it is known."""
    if isinstance(value, PartialDate):
        return str(value)
    local = value.astimezone(VIETNAM) if isinstance(value, datetime) else value
    return f"{local:%d/%m/%Y}"


def write_time(value: datetime) -> str:
    return f"{value.astimezone(VIETNAM):%H:%M}"


def write_datetime(value: datetime) -> str:
    """Write `14:05, Thứ Hai 23/11/2026`."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H:%M}, {WEEKDAYS[local.weekday()]} {local:%d/%m/%Y}"


def write_date_in_words(value: date) -> str:
    """Write `ngày 03 tháng 02 năm 2026`: Decree 30/2020 pads days under 10 and months 1 and 2."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def write_duration(value: timedelta) -> str:
    """Write `3 giờ 20 phút`; whole days above two days, minutes below an hour."""
    minutes = max(int(abs(value).total_seconds()) // 60, 0)
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days >= 2:
        return f"{days} ngày {hours} giờ" if hours else f"{days} ngày"
    hours += days * 24
    if hours and minutes:
        return f"{hours} giờ {minutes} phút"
    return f"{hours} giờ" if hours else f"{minutes} phút"


def _parts(written: str, today: date) -> tuple[int, int | None, int | None] | None:
    if found := _ISO.fullmatch(written):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY.fullmatch(written):
        return _full_year(found[3], today), int(found[2]), int(found[1])
    if found := _MONTH.fullmatch(written):
        return int(found[2]), int(found[1]), None
    return (int(written), None, None) if _YEAR.fullmatch(written) else None


def _full_year(written: str, today: date) -> int:
    if len(written) == 4:
        return int(written)
    this_century = today.year - today.year % 100 + int(written)
    return this_century if this_century <= today.year else this_century - 100


def _check(text: str, year: int, month: int | None, day: int | None) -> None:
    read = f"Chưa đọc được ngày “{_short(text)}”."
    if not OLDEST_YEAR <= year <= 9998:
        raise DateNotReadError(f"{read} Năm phải từ {OLDEST_YEAR} trở đi.")
    if month is not None and not 1 <= month <= 12:
        raise DateNotReadError(f"{read} Không có tháng {month}. Viết ngày trước, tháng sau.")
    if day is not None and month is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise DateNotReadError(f"{read} Tháng {month} không có ngày {day}.")


def _ascii_digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(letter)) if unicodedata.decimal(letter, None) is not None else letter for letter in text
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
