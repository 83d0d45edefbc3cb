"""Phone numbers of people: read as written anywhere, kept as +84…, shown as 0905 000 111."""

import re

SERVICE_NUMBERS = frozenset({"111", "112", "113", "114", "115"})
_TOLL_NUMBER = re.compile(r"1[89]00\d{4,6}")
# Eleven-figure mobile numbers became ten in 2018 (Ministry of Information and Communications).
_OLD_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


class PhoneNotReadError(ValueError):
    """The text is not a person's phone number; the message says what to do."""


def read_phone(text: str) -> str:
    """Return `+84905000111`.

    Raises `PhoneNotReadError`.
    """
    digits = re.sub(r"[\s.\-()]", "", text)
    if digits in SERVICE_NUMBERS or _TOLL_NUMBER.fullmatch(digits):
        raise PhoneNotReadError(f"{text} là số tổng đài, không phải số của một người.")
    digits = re.sub(r"^(?:\+84|0084|84(?=\d{9}$))", "0", digits)
    digits = _OLD_PREFIXES.get(digits[:4], digits[:4]) + digits[4:] if len(digits) == 11 else digits
    if not re.fullmatch(r"0[235789]\d{8,9}", digits) or (digits[1] != "2" and len(digits) != 10):
        raise PhoneNotReadError(f"Chưa đọc được số điện thoại “{text[:40]}”. Viết như 0905 000 111.")
    return f"+84{digits[1:]}"


def write_phone(number: str) -> str:
    """Write `+84905000111` as `0905 000 111`; anything else as it is."""
    local = f"0{number[3:]}" if number.startswith("+84") else number
    return f"{local[:4]} {local[4:7]} {local[7:]}" if re.fullmatch(r"0\d{9}", local) else local
