from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.text.phones import PhoneNotReadError, read_phone, read_phones, write_phone


@pytest.mark.parametrize(
    "typed",
    [
        "0905000111", "0905 000 111", "0905.000.111", "0905-000-111", "(0905) 000 111", "+84 905.000.111",
        "+84 (0) 905 000 111", "0084905000111", "84905000111", "905000111", "０９０５０００１１１", "\u200b0905000111",
    ],
)  # fmt: skip
def test_one_phone_has_one_form(typed):
    assert read_phone(typed) == "+84905000111"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0169 000 1111", "+84390001111"),
        ("+84 1629 000 111", "+84329000111"),
        ("01202000111", "+84702000111"),
        ("0261 3844 444", "+842613844444"),
        ("+855 12 345 678", "+85512345678"),
    ],
)
def test_old_prefixes_landlines_and_neighbours_are_read(typed, number):
    assert read_phone(typed) == number


@pytest.mark.parametrize("typed", ["111", "113", "115", "1022", "18001768", "1800 1768", "1900 969 680"])
def test_a_service_number_is_no_persons(typed):
    with pytest.raises(PhoneNotReadError, match="số tổng đài"):
        read_phone(typed)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("không có", "để trống"),
        ("0905", "Số này có 4 chữ số"),
        ("0905 000 11", "Số này có 9 chữ số"),
        ("01999", "Số này có 5 chữ số"),
        ("0905000111/0912000111", "hơn một số"),
        ("0905000111 (chồng)", "Chỉ viết chữ số"),
        ("9.05E+08", "Chỉ viết chữ số"),
        ("12345678901234", "Số này có 14 chữ số"),
        ("", "Chưa nhập"),
    ],
)
def test_what_is_no_persons_phone_is_refused_with_advice(typed, advice):
    with pytest.raises(PhoneNotReadError) as refusal:
        read_phone(typed)

    assert advice in refusal.value.message


def test_the_second_number_of_a_cell_is_kept():
    assert read_phones("0905 000 111 / 0912000111, 0905.000.111") == ["+84905000111", "+84912000111"]
    assert read_phones(" ") == []


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+84905000111", "0905 000 111"),
        ("+842613844444", "0261 3844 444"),
        ("+842438444444", "024 3844 4444"),
        ("18001768", "1800 1768"),
        ("113", "113"),
        ("+85512345678", "+85512345678"),
    ],
)
def test_a_phone_is_shown_as_people_say_it(number, shown):
    assert write_phone(number) == shown


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_phone_reads_back_as_it_was_shown(dialled):
    number = read_phone(dialled)

    assert read_phone(write_phone(number)) == number
    assert read_phone(number) == number


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_phone_or_a_refusal(typed):
    with suppress(PhoneNotReadError):
        number = read_phone(typed)

        assert number.startswith("+")
