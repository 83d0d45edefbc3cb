from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.text.dates import (
    DateNotReadError,
    PartialDate,
    read_date,
    read_exact_date,
    read_time,
    write_date,
    write_date_in_words,
    write_datetime,
    write_duration,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02/03/2024", PartialDate(2024, 3, 2)),
        ("2/3/24", PartialDate(2024, 3, 2)),
        ("25.12.1984", PartialDate(1984, 12, 25)),
        ("25-12-84", PartialDate(1984, 12, 25)),
        ("1984-12-25", PartialDate(1984, 12, 25)),
        ("1984", PartialDate(1984)),
        ("12/1984", PartialDate(1984, 12)),
        ("khoảng 1960", PartialDate(1960, is_approximate=True)),
        ("ngày 3 tháng 2 năm 2026", PartialDate(2026, 2, 3)),
        ("２５/１２/１９８４", PartialDate(1984, 12, 25)),
        (" 29 / 02 / 2024 ", PartialDate(2024, 2, 29)),
    ],
)
def test_a_date_is_read_day_first(text, expected):
    assert read_date(text, today=TODAY) == expected


@pytest.mark.parametrize(
    "text", ["31/02/1985", "29/02/2023", "12/25/1984", "31/12/1084", "01/01/9999", "", "hôm qua", "1/2/3/4", "²/1/2000"]
)
def test_what_is_no_date_is_refused_and_never_swapped(text):
    with pytest.raises(DateNotReadError):
        read_date(text, today=TODAY)


def test_the_refusal_says_what_was_read_and_why():
    with pytest.raises(DateNotReadError, match="“31/02/1985”. Tháng 2 không có ngày 31."):
        read_date("31/02/1985", today=TODAY)


def test_a_year_alone_is_not_an_exact_date():
    with pytest.raises(DateNotReadError, match="đủ ngày"):
        read_exact_date("1984", today=TODAY)


def test_a_year_alone_spans_its_days():
    known = PartialDate(1984)

    assert (known.earliest, known.latest) == (date(1984, 1, 1), date(1984, 12, 31))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_what_is_written_reads_back(day):
    assert read_exact_date(write_date(day), today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:05", time(14, 5)),
        ("14h05", time(14, 5)),
        ("14h", time(14)),
        ("2 giờ chiều", time(14)),
        ("7 giờ 30 sáng", time(7, 30)),
    ],
)
def test_a_time_is_read(text, expected):
    assert read_time(text) == expected


@pytest.mark.parametrize("text", ["25:61", "24:00", "trưa", ""])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(DateNotReadError):
        read_time(text)


def test_moments_are_written_in_vietnam_time():
    assert write_datetime(datetime(2026, 11, 23, 7, 5, tzinfo=UTC)) == "14:05, Thứ Hai 23/11/2026"


def test_official_papers_pad_small_days_and_the_first_two_months():
    assert write_date_in_words(date(2026, 2, 3)) == "ngày 03 tháng 02 năm 2026"
    assert write_date_in_words(date(2026, 3, 13)) == "ngày 13 tháng 3 năm 2026"


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(hours=3, minutes=20), "3 giờ 20 phút"),
        (timedelta(minutes=59), "59 phút"),
        (timedelta(hours=30), "30 giờ"),
        (timedelta(days=3), "3 ngày"),
        (timedelta(seconds=20), "0 phút"),
    ],
)
def test_durations_are_short_words(duration, words):
    assert write_duration(duration) == words
