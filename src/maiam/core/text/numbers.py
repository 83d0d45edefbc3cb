"""The one reader and the one writer of numbers: a dot between thousands, a comma before the parts of one."""

import re
from decimal import ROUND_HALF_UP, Decimal

from maiam.core.text.clean import clean, half_width
from maiam.core.text.refusals import NotReadError

# What an integer column of the database holds.
LARGEST_WHOLE = 2**31 - 1
LARGEST = Decimal(10) ** 15

_MINUS = str.maketrans({"−": "-", "–": "-"})
_SIGNED = re.compile(r"([+-]?)\s?(.*)")
_WHOLE = re.compile(r"[0-9]{1,18}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,5}|[1-9][0-9]{0,2}(?: [0-9]{3}){1,5}")
_TOO_LONG = re.compile(r"[0-9. ]{19,}(?:,[0-9]*)?")
_ENGLISH_DECIMALS = re.compile(r"[0-9]+\.[0-9]{1,2}|[0-9]+\.[0-9]{4,}|0\.[0-9]{3}")
_ENGLISH_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,000)+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_PLACES = re.compile(r"[0-9]{1,6}")

_WHOLE_EXAMPLE = "Nhập số tròn, ví dụ 12."
_EXAMPLE = "Nhập số, ví dụ 1.500 hoặc 12,5."


class NumberNotReadError(NotReadError):
    """The text is not a number, or not one this place takes."""

    thing = "số"


def read_whole_number(text: str, *, minimum: int = 0, maximum: int = LARGEST_WHOLE) -> int:
    """Read `1000` or `1.000`. Raises `NumberNotReadError`; below zero only when `minimum` is."""
    typed, sign, digits = _split(text, _WHOLE_EXAMPLE)
    if not _WHOLE.fullmatch(digits):
        raise NumberNotReadError(typed, _whole_advice(digits))
    number = sign * int(_joined(digits))
    _check_span(typed, Decimal(number), Decimal(minimum), Decimal(maximum))
    return number


def read_number(text: str, *, minimum: Decimal | int = 0, maximum: Decimal | int = LARGEST) -> Decimal:
    """Read `1.500,25`. Raises `NumberNotReadError`; below zero only when `minimum` is."""
    typed, sign, digits = _split(text, _EXAMPLE)
    whole, comma, places = digits.partition(",")
    readable = _WHOLE.fullmatch(whole) and (not comma or _PLACES.fullmatch(places))
    if not readable or _ENGLISH_THOUSANDS.fullmatch(digits):
        raise NumberNotReadError(typed, _advice(digits, _EXAMPLE))
    number = sign * Decimal(f"{_joined(whole)}.{places or '0'}")
    _check_span(typed, number, Decimal(minimum), Decimal(maximum))
    return number.normalize() + 0


def _split(text: str, example: str) -> tuple[str, int, str]:
    typed = clean(text)
    if not typed:
        raise NumberNotReadError("", f"Chưa nhập số. {example}")
    found = _SIGNED.fullmatch(half_width(typed).translate(_MINUS))
    sign, digits = found.groups() if found else ("", typed)
    return typed, -1 if sign == "-" else 1, digits


def _joined(digits: str) -> str:
    return digits.replace(".", "").replace(" ", "")


def _whole_advice(digits: str) -> str:
    whole, comma, places = digits.partition(",")
    if comma and _WHOLE.fullmatch(whole) and _PLACES.fullmatch(places) and not _ENGLISH_THOUSANDS.fullmatch(digits):
        return _WHOLE_EXAMPLE
    if _ENGLISH_DECIMALS.fullmatch(digits):
        return _WHOLE_EXAMPLE
    return _advice(digits, _WHOLE_EXAMPLE)


def _advice(digits: str, example: str) -> str:
    if _TOO_LONG.fullmatch(digits):
        return "Số này lớn quá."
    if _ENGLISH_THOUSANDS.fullmatch(digits):
        return "Phần nghìn viết dấu chấm, phần lẻ viết dấu phẩy, ví dụ 1.500,25."
    if _ENGLISH_DECIMALS.fullmatch(digits):
        return "Phần lẻ viết dấu phẩy, ví dụ 1,5."
    return example


def _check_span(typed: str, number: Decimal, minimum: Decimal, maximum: Decimal) -> None:
    if number < minimum:
        raise NumberNotReadError(typed, f"Nhập số từ {write_number(minimum)} trở lên.")
    if number > maximum:
        raise NumberNotReadError(typed, f"Nhập số không quá {write_number(maximum)}.")


def write_number(number: float | Decimal, *, places: int | None = None) -> str:
    """Write `1.234,5`; without `places`, at most two and no empty ones. Halves round away from zero."""
    exact = Decimal(str(number))
    if not exact.is_finite():
        raise ValueError("Not a number anyone can read.")
    rounded = exact.quantize(Decimal(1).scaleb(-(2 if places is None else places)), ROUND_HALF_UP) + 0
    shown = f"{rounded:,f}"
    if places is None and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.translate(_VIETNAMESE)


_VIETNAMESE = str.maketrans({",": ".", ".": ","})


def write_percent(share: float | Decimal, *, places: int | None = None) -> str:
    """Write a share of one: 0.125 as `12,5%`; without `places`, at most one."""
    percent = Decimal(str(share)) * 100
    if places is None and percent.is_finite():
        percent = percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{write_number(percent, places=places)}%"
