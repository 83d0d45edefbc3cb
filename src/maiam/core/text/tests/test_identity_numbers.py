from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.text.identity_numbers import (
    IdentityKind,
    IdentityNumberNotReadError,
    SexDigit,
    birth_year,
    disagreements,
    read_identity_number,
    sex_and_century,
)


@pytest.mark.parametrize(
    ("typed", "digits", "kind"),
    [
        ("067184000123", "067184000123", IdentityKind.CCCD),
        ("067 184 000 123", "067184000123", IdentityKind.CCCD),
        ("０６７１８４０００１２３", "067184000123", IdentityKind.CCCD),
        ("245000111", "245000111", IdentityKind.CMND),
        ("116190000123", "116190000123", IdentityKind.CCCD),
    ],
)
def test_numbers_are_read_without_repair(typed, digits, kind):
    number = read_identity_number(typed)

    assert (number.digits, number.kind, number.repairs) == (digits, kind, ())
    assert str(number) == digits


@pytest.mark.parametrize(
    ("typed", "digits", "told"),
    [
        ("O67184OOO123", "067184000123", "Đã đổi chữ O thành số 0."),
        ("67184000123", "067184000123", "Đã thêm lại số 0 bị mất ở đầu."),
        ("1190000123", "001190000123", "Đã thêm lại số 0 bị mất ở đầu."),
    ],
)
def test_a_repair_is_always_told(typed, digits, told):
    number = read_identity_number(typed)

    assert number.digits == digits
    assert number.repairs == (told,)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("6.7E+10", "ô kiểu văn bản"),
        ("6,7184E+10", "ô kiểu văn bản"),
        ("24500011", "Có thể số 0 ở đầu đã mất."),
        ("06718400012", "Có thể số 0 ở đầu đã mất."),
        ("12", "Số này có 2 chữ số"),
        ("abc", "Chỉ viết chữ số"),
        ("967184000123", "Không có mã tỉnh 967."),
        ("003184000123", "Không có mã tỉnh 003."),
        ("", "để trống"),
        ("1" * 400, "Số này có 400 chữ số"),
    ],
)
def test_broken_numbers_are_refused_with_a_cure(typed, advice):
    with pytest.raises(IdentityNumberNotReadError) as refusal:
        read_identity_number(typed)

    assert advice in refusal.value.message


@pytest.mark.parametrize(
    ("digits", "sex", "year"),
    [
        ("067084000123", SexDigit.MALE, 1984),
        ("067184000123", SexDigit.FEMALE, 1984),
        ("067210000123", SexDigit.MALE, 2010),
        ("067310000123", SexDigit.FEMALE, 2010),
    ],
)
def test_twelve_digits_say_sex_and_year(digits, sex, year):
    assert sex_and_century(digits) == (sex, year // 100 * 100)
    assert birth_year(digits) == year


def test_nine_digits_say_neither():
    with pytest.raises(ValueError, match="12 digits"):
        sex_and_century("245000111")
    assert disagreements("245000111", sex="male", year_of_birth=1950) == []


def test_where_number_and_person_differ_somebody_asks():
    assert disagreements("067184000123", sex="male", year_of_birth=1985) == [
        "Số định danh này cấp cho nữ, khác giới tính đã ghi.",
        "Số định danh này cấp cho người sinh năm 1984, khác năm sinh đã ghi.",
    ]


@pytest.mark.parametrize(("sex", "year"), [("female", 1984), (None, None), ("other", 1984)])
def test_where_nothing_differs_nobody_asks(sex, year):
    assert disagreements("067184000123", sex=sex, year_of_birth=year) == []


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_number_or_a_refusal(typed):
    with suppress(IdentityNumberNotReadError):
        number = read_identity_number(typed)

        assert len(number.digits) in {9, 12}
