"""Dates and moments as official papers write them, and the gaps for those written by hand."""

from collections.abc import Iterable
from datetime import date, datetime

from maiam.core.papers.missing import ByHand
from maiam.core.text.dates import VIETNAM, write_date_in_words

DATE_BY_HAND = "ngày ....... tháng ....... năm ..........."
MOMENT_BY_HAND = f"....... giờ ....... phút, {DATE_BY_HAND}"


def date_in_words(day: date | None) -> str:
    """Write the day as the decree wants it, or the gap for it."""
    return DATE_BY_HAND if day is None else write_date_in_words(day)


def moment_in_words(moment: datetime) -> str:
    """Write "14 giờ 05 phút ngày 03 tháng 02 năm 2026", on Vietnamese clocks."""
    local = moment.astimezone(VIETNAM)
    return f"{local:%H} giờ {local:%M} phút {write_date_in_words(local.date())}"


def day_of(moment: datetime | ByHand) -> date | None:
    """Return the Vietnamese day of a moment, or None when the day is to be written by hand."""
    return None if isinstance(moment, ByHand) else moment.astimezone(VIETNAM).date()


def known(number: int | ByHand) -> int | None:
    """Return a number, or None when it is to be written by hand."""
    return None if isinstance(number, ByHand) else number


def punctuated(items: Iterable[str]) -> tuple[str, ...]:
    """End each item of a list as the decree wants it: ";" after each, "." after the last."""
    *others, last = items
    return (*(f"{item};" for item in others), f"{last}.")


def sentence(text: str) -> str:
    """Close typed words with one full stop."""
    return f"{text.strip().rstrip('.;, ')}."
