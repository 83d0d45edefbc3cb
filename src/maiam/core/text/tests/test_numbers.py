from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.text.identity_numbers import IdentityNumberNotReadError, contradictions, read_identity_number, told
from maiam.core.text.numbers import NumberNotReadError, read_number, read_whole_number, write_number, write_percent
from maiam.core.text.phones import PhoneNotReadError, read_phone, write_phone


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.500", 12500), ("1.500,25", Decimal("1500.25")), ("1000", 1000), ("-3,5", Decimal("-3.5")), ("１２", 12)],
)
def test_numbers_are_read_the_vietnamese_way(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["9" * 400, "NaN", "1e999", "²", "1.50", "1,000.5", "", "mười", "1.0000"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NumberNotReadError):
        read_number(text)


@pytest.mark.parametrize("text", ["-1", str(2**31), "1,5", "x"])
def test_a_count_is_whole_and_bounded(text):
    with pytest.raises(NumberNotReadError):
        read_whole_number(text)


def test_the_refusal_of_a_count_gives_an_example():
    with pytest.raises(NumberNotReadError, match="Nhập số tròn, ví dụ 12"):
        read_whole_number("1,5")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_written_reads_back(value):
    assert read_number(write_number(value, 2)) == value


def test_numbers_and_shares_are_written_with_points_and_commas():
    assert (write_number(1234567), write_number(1234.5), write_percent(0.125)) == ("1.234.567", "1.234,5", "12,5%")


@pytest.mark.parametrize("text", ["0905 000 111", "+84 905.000.111", "0084905000111", "84905000111", "0905-000-111"])
def test_one_phone_has_one_form(text):
    assert read_phone(text) == "+84905000111"


def test_an_old_prefix_becomes_the_new_one():
    assert read_phone("0169 000 1111") == "+84390001111"


@pytest.mark.parametrize("text", ["113", "111", "18001768", "không có", "0905", "12345678901234", ""])
def test_what_is_no_persons_phone_is_refused(text):
    with pytest.raises(PhoneNotReadError):
        read_phone(text)


def test_a_phone_is_shown_in_groups():
    assert write_phone("+84905000111") == "0905 000 111"


@pytest.mark.parametrize(
    ("text", "number"),
    [("067 184 000 123", "067184000123"), ("O67184OOO123", "067184000123"), ("245000111", "245000111")],
)
def test_identity_numbers_are_read(text, number):
    assert read_identity_number(text) == number


@pytest.mark.parametrize("text", ["6.7E+10", "67184000123", "24500011", "12", "abc", "967184000123"])
def test_broken_identity_numbers_are_refused_with_a_cure(text):
    with pytest.raises(IdentityNumberNotReadError):
        read_identity_number(text)


def test_a_number_tells_sex_and_year():
    says = told("067184000123")

    assert says is not None
    assert (says.is_woman, says.birth_year, says.province_code) == (True, 1984, "067")


def test_contradictions_are_told_not_corrected():
    assert contradictions("067184000123", is_woman=False, birth_year=1985) == [
        "Số định danh cho biết giới tính nữ.",
        "Số định danh cho biết năm sinh 1984.",
    ]
