"""The one reader of times of day, on 24 hours; what people say (2h chiều) is read where it can mean one thing."""

import re
from collections.abc import Mapping
from datetime import time

from maiam.core.text.clean import clean, half_width
from maiam.core.text.refusals import NotReadError


class TimeNotReadError(NotReadError):
    """The text is not a time of day, or may mean two."""

    thing = "giờ"


_CLOCK = re.compile(
    r"([0-9]{1,2})\s*(?::|h|g|giờ)\s*(rưỡi|[0-9]{1,2})?\s*(?:phút|p|ph)?(?::([0-9]{2}))?\s*(sáng|trưa|chiều|tối|đêm)?",
    re.IGNORECASE,
)
# What an hour said with a part of the day is on a 24-hour clock. Midnight belongs to two days, so it is asked.
_HOURS_OF: Mapping[str, Mapping[int, int]] = {
    "sáng": {hour: hour for hour in range(1, 12)},
    "trưa": {10: 10, 11: 11, 12: 12, 1: 13, 13: 13},
    "chiều": {hour: hour + 12 for hour in range(1, 7)} | {hour: hour for hour in range(13, 19)},
    "tối": {hour: hour + 12 for hour in range(5, 12)} | {hour: hour for hour in range(17, 24)},
    "đêm": {hour: hour + 12 for hour in range(9, 12)} | {hour: hour for hour in (*range(1, 5), *range(21, 24))},
}


def read_time(text: str) -> time:
    """Read `14:05`, `14h05`, `14 giờ 5 phút`, `2h chiều`. Raises `TimeNotReadError`."""
    typed = clean(text)
    if not typed:
        raise TimeNotReadError("", "Chưa nhập giờ. Viết giờ:phút, ví dụ 14:05.")
    found = _CLOCK.fullmatch(half_width(typed))
    if found is None:
        raise TimeNotReadError(typed, "Viết giờ:phút, ví dụ 14:05.")
    hour, minute, second, part_of_day = found.groups()
    minutes = 30 if minute and minute.lower() == "rưỡi" else int(minute or 0)
    return _time(typed, (_hour(typed, int(hour), part_of_day), minutes, int(second or 0)))


def _hour(typed: str, hour: int, part_of_day: str | None) -> int:
    if part_of_day is None:
        return hour
    try:
        return _HOURS_OF[part_of_day.lower()][hour]
    except KeyError:
        advice = f"Không rõ {hour} giờ {part_of_day.lower()} là mấy giờ. Viết theo 24 giờ, ví dụ 14:05 hoặc 00:30."
        raise TimeNotReadError(typed, advice) from None


def _time(typed: str, parts: tuple[int, int, int]) -> time:
    hour, minute, second = parts
    if hour == 24 and not minute:
        raise TimeNotReadError(typed, "24 giờ là 00:00 của ngày hôm sau. Viết 00:00 và ngày hôm sau.")
    if hour > 23:
        raise TimeNotReadError(typed, f"Một ngày không có {hour} giờ.")
    if minute > 59 or second > 59:
        raise TimeNotReadError(typed, f"Một giờ không có {minute} phút." if minute > 59 else "Giây từ 00 đến 59.")
    return time(hour, minute, second)
