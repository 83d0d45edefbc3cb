"""Telephone numbers: stored as +84…, shown as people say them."""

import re

from maiam.core.text.clean import clean, half_width
from maiam.core.text.refusals import NotReadError

_EXAMPLE = "Viết đủ số, ví dụ 0905 000 111."
_NOTHING_KNOWN = "Nếu không có số điện thoại thì để trống."

_FILLING = re.compile(r"[\s.\-–()]+")
_SEVERAL = re.compile(r"\s*(?:[,;/\n|]|\bvà\b|\bhoặc\b)\s*")
_DIGITS = re.compile(r"\+?[0-9]+")

_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_OLD_MOBILE = re.compile(r"01[0-9]{9}")
_ABROAD = re.compile(r"\+[1-9][0-9]{7,14}")
_SERVICE = re.compile(r"1[0-9]{2,4}|1[89]00[0-9]{4,6}")
_LOST_ZERO = re.compile(r"[35789][0-9]{8}")

# The change from 11 to 10 digits of September 2018 (plan of the Ministry of Information and Communications).
_NEW_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038",
    "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


class PhoneNotReadError(NotReadError):
    """The text is not one person's telephone number."""

    thing = "số điện thoại"


def read_phone(text: str) -> str:
    """Read one person's number as `+84905000111`. Raises `PhoneNotReadError`."""
    typed = clean(text)
    if not typed:
        raise PhoneNotReadError("", f"Chưa nhập số điện thoại. {_EXAMPLE}")
    dialled = _FILLING.sub("", half_width(typed))
    if not _DIGITS.fullmatch(dialled):
        raise PhoneNotReadError(typed, _advice_on_words(typed))
    return _international(typed, _national(dialled))


def read_phones(text: str) -> list[str]:
    """Read every number of a cell that may hold several, in order, each once. Raises `PhoneNotReadError`."""
    if _MOBILE.fullmatch(text):
        return [f"+84{text[1:]}"]
    numbers = (read_phone(part) for part in _SEVERAL.split(text) if clean(part))
    return list(dict.fromkeys(numbers))


def write_phone(number: str) -> str:
    """Write a stored number as people say it: `0905 000 111`, `0261 3844 444`, `1800 1768`, `113`."""
    local = f"0{number[3:]}" if number.startswith("+84") else number
    if _MOBILE.fullmatch(local):
        return f"{local[:4]} {local[4:7]} {local[7:]}"
    if _LANDLINE.fullmatch(local):
        area = 3 if local.startswith(("024", "028")) else 4
        return f"{local[:area]} {local[area : area + 4]} {local[area + 4 :]}"
    if _SERVICE.fullmatch(local) and len(local) > 5:
        return f"{local[:4]} {local[4:]}"
    return number


def _national(dialled: str) -> str:
    """Bring +84, 0084, a zero a spreadsheet dropped and the prefixes before 2018 to one national form."""
    number = re.sub(r"^00(?=[1-9])", "+", dialled)
    number = re.sub(r"^(?:\+84|84(?=[0-9]{9,10}$))0?", "0", number)
    if _LOST_ZERO.fullmatch(number):
        number = f"0{number}"
    if _OLD_MOBILE.fullmatch(number):
        return _NEW_PREFIXES.get(number[:4], number[:4]) + number[4:]
    return number


def _international(typed: str, number: str) -> str:
    if _SERVICE.fullmatch(number):
        raise PhoneNotReadError(typed, "Đây là số tổng đài, không phải số của một người.")
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return f"+84{number[1:]}"
    if _ABROAD.fullmatch(number) and not number.startswith("+84"):
        return number
    digits = len(number.lstrip("+"))
    raise PhoneNotReadError(typed, f"Số này có {digits} chữ số; số di động có 10, bắt đầu bằng 0. {_EXAMPLE}")


def _advice_on_words(typed: str) -> str:
    parts = [part for part in _SEVERAL.split(half_width(typed)) if part]
    if len(parts) > 1 and all(_DIGITS.fullmatch(_FILLING.sub("", part)) for part in parts):
        return "Ở đây có hơn một số. Mỗi ô viết một số."
    if not any(letter.isdecimal() for letter in typed):
        return f"{_NOTHING_KNOWN} {_EXAMPLE}"
    return f"Chỉ viết chữ số. {_EXAMPLE}"
