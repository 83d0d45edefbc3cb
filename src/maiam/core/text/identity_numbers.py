"""Identity numbers: 12 figures now (số định danh), 9 before (CMND). They can check a sex and a year, never replace them."""

import re
from dataclasses import dataclass


class IdentityNumberNotReadError(ValueError):
    """The text is not an identity number; the message says what went wrong and how to cure it."""


@dataclass(frozen=True)
class Told:
    """What a 12-figure number says of its holder: sex, year of birth, province of registration (before 2025)."""

    is_woman: bool
    birth_year: int
    province_code: str


def read_identity_number(text: str) -> str:
    """Return 9 or 12 figures; the letter O is read as zero.

    Raises `IdentityNumberNotReadError`.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if re.fullmatch(r"\d+[.,]?\d*[eE]\+?\d+", text.strip()):
        raise IdentityNumberNotReadError("Số bị Excel rút gọn (có chữ E). Định dạng ô thành văn bản rồi nhập lại.")
    digits = digits.replace("O", "0").replace("o", "0")
    if re.fullmatch(r"\d{8}|\d{11}", digits):
        raise IdentityNumberNotReadError(
            f"Số có {len(digits)} chữ số, có thể mất số 0 ở đầu. Số đúng có 9 hoặc 12 chữ số."
        )
    if not re.fullmatch(r"\d{9}|\d{12}", digits):
        raise IdentityNumberNotReadError("Số định danh có 12 chữ số, chứng minh nhân dân cũ có 9 chữ số.")
    if len(digits) == 12 and not digits.startswith("0"):
        raise IdentityNumberNotReadError("Ba số đầu của số định danh là mã tỉnh, từ 001 đến 096.")
    return digits


def told(number: str) -> Told | None:
    """What a 12-figure number says; None for a 9-figure one, which says nothing."""
    if len(number) != 12:
        return None
    century_and_sex = int(number[3])
    return Told(
        is_woman=century_and_sex % 2 == 1,
        birth_year=1900 + century_and_sex // 2 * 100 + int(number[4:6]),
        province_code=number[:3],
    )


def contradictions(number: str, *, is_woman: bool | None, birth_year: int | None) -> list[str]:
    """In words, where the number and what was typed disagree: to be asked, not corrected."""
    says = told(number)
    if says is None:
        return []
    found = []
    if is_woman is not None and is_woman != says.is_woman:
        found.append(f"Số định danh cho biết giới tính {'nữ' if says.is_woman else 'nam'}.")
    if birth_year is not None and birth_year != says.birth_year:
        found.append(f"Số định danh cho biết năm sinh {says.birth_year}.")
    return found
