"""Identity numbers: 9 digits (CMND, until 2024) and 12 digits (CCCD, số định danh).

The 12 digits say where a birth was registered, the century, the sex and the year. They check what people say,
and never replace it: registers hold mistakes, and people live with them.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from maiam.core.text.clean import clean, half_width
from maiam.core.text.refusals import NotReadError

_FILLING = re.compile(r"[\s.\-–]+")
_LETTER_O = re.compile(r"[OoОо]")
_LETTERS_AS_DIGITS = re.compile(r"[0-9OoОо]+")
_FROM_SPREADSHEET = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s*[Ee]\s*\+?[0-9]+")

# Provinces of birth registration before 2025 (Circular 59/2021/TT-BCA, Annex I); 100 and above are other countries.
_PROVINCES = frozenset(
    f"{code:03d}"
    for code in (
        *(
            1,
            2,
            4,
            6,
            8,
            10,
            11,
            12,
            14,
            15,
            17,
            19,
            20,
            22,
            24,
            25,
            26,
            27,
            30,
            31,
            33,
            34,
            35,
            36,
            37,
            38,
            40,
            42,
            44,
        ),
        *(45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87),
        *(89, 91, 92, 93, 94, 95, 96),
    )
)
_FIRST_COUNTRY = "100"
_LAST_COUNTRY = "399"


class IdentityNumberNotReadError(NotReadError):
    """The text is not an identity number."""

    thing = "số định danh"


class IdentityKind(StrEnum):
    CMND = "cmnd"
    CCCD = "cccd"


class SexDigit(StrEnum):
    """The sex an identity number was issued under."""

    MALE = "male"
    FEMALE = "female"


_SEX_WORDS = {SexDigit.MALE: "nam", SexDigit.FEMALE: "nữ"}


@dataclass(frozen=True)
class IdentityNumber:
    """A number as read, and what was mended on the way, to be shown back."""

    digits: str
    kind: IdentityKind
    repairs: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.digits


def read_identity_number(text: str) -> IdentityNumber:
    """Read a number of 9 or 12 digits; mend what is plain and say so. Raises `IdentityNumberNotReadError`."""
    if len(text) == 12 and text.isascii() and text.isdecimal() and text[:3] in _PROVINCES:
        return IdentityNumber(text, IdentityKind.CCCD)
    typed = clean(text)
    if not typed:
        raise IdentityNumberNotReadError("", "Chưa nhập số định danh. Nếu không biết thì để trống.")
    plain = half_width(typed)
    if _FROM_SPREADSHEET.fullmatch(plain):
        raise IdentityNumberNotReadError(
            typed, "Bảng tính đã làm mất các chữ số cuối. Chép lại số từ giấy tờ vào ô kiểu văn bản (Text)."
        )
    compact = _FILLING.sub("", plain)
    if not _LETTERS_AS_DIGITS.fullmatch(compact):
        raise IdentityNumberNotReadError(typed, "Chỉ viết chữ số: 12 số (căn cước), hoặc 9 số (chứng minh cũ).")
    digits = _LETTER_O.sub("0", compact)
    repairs = ("Đã đổi chữ O thành số 0.",) if digits != compact else ()
    return _of_length(typed, digits, repairs)


def _of_length(typed: str, digits: str, repairs: tuple[str, ...]) -> IdentityNumber:
    if len(digits) == 9:
        return IdentityNumber(digits, IdentityKind.CMND, repairs)
    if len(digits) in {10, 11} and not digits.startswith("0") and digits.zfill(12)[:3] in _PROVINCES:
        digits = digits.zfill(12)
        repairs = (*repairs, "Đã thêm lại số 0 bị mất ở đầu.")
    if len(digits) != 12:
        raise IdentityNumberNotReadError(typed, _length_advice(len(digits)))
    if digits[:3] not in _PROVINCES and not _FIRST_COUNTRY <= digits[:3] <= _LAST_COUNTRY:
        raise IdentityNumberNotReadError(typed, f"Không có mã tỉnh {digits[:3]}. Xem lại ba số đầu.")
    return IdentityNumber(digits, IdentityKind.CCCD, repairs)


def _length_advice(length: int) -> str:
    lost = " Có thể số 0 ở đầu đã mất." if length in {8, 10, 11} else ""
    return f"Số này có {length} chữ số; căn cước có 12, chứng minh cũ có 9.{lost}"


def sex_and_century(digits: str) -> tuple[SexDigit, int]:
    """Read the fourth digit of 12: 0 and 1 for men and women of 1900–1999, 2 and 3 of 2000–2099, and so on.

    Raises `ValueError` for a number of 9 digits, which says neither.
    """
    if len(digits) != 12 or not digits.isdecimal():
        raise ValueError("Only a number of 12 digits says sex and century.")
    century, sex = divmod(int(digits[3]), 2)
    return SexDigit.FEMALE if sex else SexDigit.MALE, 1900 + 100 * century


def birth_year(digits: str) -> int:
    """Read the year of birth a 12-digit number was issued for."""
    return sex_and_century(digits)[1] + int(digits[4:6])


def disagreements(digits: str, *, sex: str | None, year_of_birth: int | None) -> list[str]:
    """Say where a number differs from what the person said: to ask about, never to correct by."""
    if len(digits) != 12:
        return []
    issued_sex, issued_year = sex_and_century(digits)[0], birth_year(digits)
    found = []
    if sex in set(SexDigit) and sex != issued_sex:
        found.append(f"Số định danh này cấp cho {_SEX_WORDS[issued_sex]}, khác giới tính đã ghi.")
    if year_of_birth is not None and year_of_birth != issued_year:
        found.append(f"Số định danh này cấp cho người sinh năm {issued_year}, khác năm sinh đã ghi.")
    return found
