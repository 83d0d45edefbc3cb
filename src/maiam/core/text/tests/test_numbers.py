from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.text.numbers import (
    LARGEST_WHOLE,
    NumberNotReadError,
    read_number,
    read_whole_number,
    write_number,
    write_percent,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12.500", Decimal(12500)),
        ("1.500,25", Decimal("1500.25")),
        ("1000", Decimal(1000)),
        ("1 000 000", Decimal(1_000_000)),
        ("0,5", Decimal("0.5")),
        ("12,5", Decimal("12.5")),
        ("+5", Decimal(5)),
        ("１２", Decimal(12)),
        ("007", Decimal(7)),
    ],
)
def test_numbers_are_read_the_vietnamese_way(typed, number):
    assert read_number(typed) == number


@pytest.mark.parametrize(("typed", "number"), [("1.000", 1000), ("12", 12), ("0", 0), ("2.147.483.647", LARGEST_WHOLE)])
def test_a_count_is_read(typed, number):
    assert read_whole_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["9" * 400, "NaN", "Infinity", "1e999", "²", "1.50", "1,000.5", "", "mười", "1.0000", "1..000", "٣", "1_000"],
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(NumberNotReadError):
        read_number(typed)
    with pytest.raises(NumberNotReadError):
        read_whole_number(typed)


@pytest.mark.parametrize("typed", ["-1", "−1", "– 1", str(2**31), str(2**63), "1,5", "x", "9" * 5000])
def test_a_count_is_whole_and_bounded(typed):
    with pytest.raises(NumberNotReadError):
        read_whole_number(typed)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("1,5", "Nhập số tròn, ví dụ 12."),
        ("x", "Nhập số tròn, ví dụ 12."),
        ("-1", "Nhập số từ 0 trở lên."),
        ("2147483648", "Nhập số không quá 2.147.483.647."),
        ("9" * 400, "Số này lớn quá."),
        ("1,000", "Phần nghìn viết dấu chấm, phần lẻ viết dấu phẩy, ví dụ 1.500,25."),
    ],
)
def test_the_refusal_of_a_count_says_what_to_do(typed, advice):
    with pytest.raises(NumberNotReadError) as refusal:
        read_whole_number(typed)

    assert refusal.value.message.endswith(advice)


@pytest.mark.parametrize("typed", ["1,000", "1,000,000", "1,234,567", "1,500.25"])
def test_english_thousands_are_asked_and_not_read_as_one(typed):
    with pytest.raises(NumberNotReadError, match="Phần nghìn viết dấu chấm"):
        read_number(typed)


@pytest.mark.parametrize("typed", ["1.5", "0.500", "12.50", "3.14159"])
def test_an_english_point_is_asked_and_not_read_as_thousands(typed):
    with pytest.raises(NumberNotReadError, match="Phần lẻ viết dấu phẩy"):
        read_number(typed)


def test_below_zero_is_read_where_it_may_be():
    assert read_number("-3,5", minimum=-10) == Decimal("-3.5")
    assert read_whole_number("−2", minimum=-10) == -2


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_reads_back_as_it_was_written(number):
    assert read_number(write_number(number), minimum=-(10**9)) == number


@given(st.integers(0, LARGEST_WHOLE))
def test_a_count_reads_back_as_it_was_written(number):
    assert read_whole_number(write_number(number)) == number


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_number_or_a_refusal(typed):
    with suppress(NumberNotReadError):
        number = read_number(typed)

        assert number.is_finite()


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        (1234567, None, "1.234.567"),
        (1234.5, None, "1.234,5"),
        (Decimal("1234.50"), 2, "1.234,50"),
        (0.005, None, "0,01"),
        (-0.001, None, "0"),
        (-1234, None, "-1.234"),
        (2.5, 0, "3"),
    ],
)
def test_numbers_are_written_with_points_and_commas(number, places, shown):
    assert write_number(number, places=places) == shown


@pytest.mark.parametrize(("share", "shown"), [(0.125, "12,5%"), (1, "100%"), (1 / 3, "33,3%"), (0, "0%")])
def test_shares_are_written_as_percent(share, shown):
    assert write_percent(share) == shown


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_never_reaches_a_screen(number):
    with pytest.raises(ValueError, match="Not a number"):
        write_number(number)
    with pytest.raises(ValueError, match="Not a number"):
        write_percent(number)
