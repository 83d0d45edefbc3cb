from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.text.dates import (
    FIRST_YEAR,
    DateNotReadError,
    PartialDate,
    Precision,
    read_date,
    read_exact_date,
    write_date,
    write_date_in_words,
    write_datetime,
    write_duration,
    write_time,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("02/03/2024", PartialDate(2024, 3, 2)),
        ("01/02/2024", PartialDate(2024, 2, 1)),
        ("2/3/24", PartialDate(2024, 3, 2)),
        ("25.12.1984", PartialDate(1984, 12, 25)),
        ("25-12-84", PartialDate(1984, 12, 25)),
        ("3. 2. 2026", PartialDate(2026, 2, 3)),
        ("02 03 2024", PartialDate(2024, 3, 2)),
        (" 29 / 02 / 2024 ", PartialDate(2024, 2, 29)),
        ("1984-12-25", PartialDate(1984, 12, 25)),
        ("ngày 3 tháng 2 năm 2026", PartialDate(2026, 2, 3)),
        ("Ngày 03 tháng 02 năm 2026", PartialDate(2026, 2, 3)),
        ("２５／１２／１９８４", PartialDate(1984, 12, 25)),
        ("25/12/1984\u200b", PartialDate(1984, 12, 25)),
    ],
)
def test_a_date_is_read_day_first(typed, expected):
    assert read_date(typed, today=TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1984", PartialDate(1984)),
        ("năm 1984", PartialDate(1984)),
        ("sinh năm 1984", PartialDate(1984)),
        ("12/1984", PartialDate(1984, 12)),
        ("tháng 12 năm 1984", PartialDate(1984, 12)),
        ("1984-12", PartialDate(1984, 12)),
        ("khoảng 1960", PartialDate(1960, approximate=True)),
        ("~1960", PartialDate(1960, approximate=True)),
        ("chừng tháng 6/1960", PartialDate(1960, 6, approximate=True)),
    ],
)
def test_what_is_not_known_stays_unknown(typed, expected):
    assert read_date(typed, today=TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("31/02/1985", "Tháng 2 không có ngày 31."),
        ("29/02/2023", "Tháng 2 năm 2023 không có ngày 29."),
        ("12/25/1984", "Không có tháng 25. Viết ngày trước, tháng sau, ví dụ 25/12/1984."),
        ("00/01/2000", "Tháng 1 không có ngày 0."),
        ("31/12/1084", "Năm 1084 xa quá."),
        ("0000", "Năm 0 xa quá."),
        ("01/01/9999", "Năm 9999 xa quá."),
        ("24/11/2026", "Ngày này chưa tới. Hôm nay là 23/11/2026."),
        ("2027", "Ngày này chưa tới."),
        ("2/3", "Còn thiếu năm"),
        ("hôm qua", "Viết ngày/tháng/năm, ví dụ 23/11/2026."),
        ("²/1/2000", "Viết ngày/tháng/năm"),
        ("1/2/3/4", "Viết ngày/tháng/năm"),
        ("30681", "Viết ngày/tháng/năm"),
        ("mùng 3 tháng 2 âm lịch", "Viết ngày/tháng/năm"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason_and_never_swapped(typed, reason):
    with pytest.raises(DateNotReadError) as refusal:
        read_date(typed, today=TODAY)

    assert f"Chưa đọc được ngày “{typed}”." in refusal.value.message
    assert reason in refusal.value.message


def test_the_refusal_reads_as_the_style_book_has_it():
    with pytest.raises(DateNotReadError) as refusal:
        read_date("31/02/1985", today=TODAY)

    assert str(refusal.value) == "Chưa đọc được ngày “31/02/1985”. Tháng 2 không có ngày 31."


def test_an_empty_box_is_told_so():
    with pytest.raises(DateNotReadError, match="Chưa nhập ngày"):
        read_date(" \u200b", today=TODAY)


def test_a_long_text_is_not_thrown_back_whole():
    with pytest.raises(DateNotReadError) as refusal:
        read_date("9" * 5000, today=TODAY)

    assert len(refusal.value.message) < 200


def test_an_order_may_end_on_a_day_to_come():
    assert read_exact_date("26/11/2026", today=TODAY, allow_future=True) == date(2026, 11, 26)
    assert read_exact_date("2/1/27", today=TODAY, allow_future=True) == date(2027, 1, 2)


def test_a_short_year_of_birth_is_in_the_past():
    assert read_date("2/1/27", today=TODAY) == PartialDate(1927, 1, 2)


@pytest.mark.parametrize("typed", ["1984", "12/1984", "khoảng 25/12/1984"])
def test_a_date_known_in_part_is_not_exact(typed):
    with pytest.raises(DateNotReadError, match="cần đủ ngày, tháng, năm"):
        read_exact_date(typed, today=TODAY)


@pytest.mark.parametrize(
    ("known", "earliest", "latest", "precision"),
    [
        (PartialDate(1984), date(1984, 1, 1), date(1984, 12, 31), Precision.YEAR),
        (PartialDate(2024, 2), date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        (PartialDate(2024, 2, 3), date(2024, 2, 3), date(2024, 2, 3), Precision.DAY),
    ],
)
def test_a_partial_date_spans_the_days_it_may_be(known, earliest, latest, precision):
    assert (known.earliest, known.latest, known.precision) == (earliest, latest, precision)


@pytest.mark.parametrize("parts", [(2023, 2, 29), (2023, None, 5), (2023, 13, None), (0, None, None)])
def test_an_impossible_date_cannot_be_made(parts):
    with pytest.raises(ValueError):  # noqa: PT011 - the words are for developers
        PartialDate(*parts)


partial_dates = st.one_of(
    st.dates(date(FIRST_YEAR, 1, 1), TODAY).map(PartialDate.exact),
    st.dates(date(FIRST_YEAR, 1, 1), TODAY).map(lambda day: PartialDate(day.year, day.month)),
    st.builds(PartialDate, st.integers(FIRST_YEAR, TODAY.year), approximate=st.booleans()),
)


@given(partial_dates)
def test_a_date_reads_back_as_it_was_written(known):
    assert read_date(write_date(known), today=TODAY) == known
    assert known.earliest <= known.latest


@given(st.dates(date(FIRST_YEAR, 1, 1), TODAY))
def test_words_of_official_papers_read_back(day):
    assert read_exact_date(write_date_in_words(day), today=TODAY) == day


@given(st.text())
def test_any_text_is_a_date_or_a_refusal(typed):
    with suppress(DateNotReadError):
        found = read_date(typed.encode(errors="replace").decode(), today=TODAY)

        assert found.earliest <= TODAY


def test_moments_are_shown_on_the_clocks_of_vietnam():
    moment = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)

    assert write_datetime(moment) == "14:05, Thứ Hai 23/11/2026"
    assert write_time(moment) == "14:05"


def test_an_evening_in_greenwich_is_the_next_day_in_vietnam():
    moment = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)

    assert write_datetime(moment) == "00:00, Thứ Sáu 01/01/2027"
    assert write_date(moment) == "01/01/2027"
    assert write_date_in_words(moment) == "ngày 01 tháng 01 năm 2027"


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        write_datetime(datetime(2026, 11, 23, 7, 5))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 3), "ngày 03 tháng 02 năm 2026"),
        (date(2026, 3, 13), "ngày 13 tháng 3 năm 2026"),
        (date(2026, 12, 9), "ngày 09 tháng 12 năm 2026"),
    ],
)
def test_official_papers_pad_small_days_and_the_first_two_months(day, words):
    assert write_date_in_words(day) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(hours=3, minutes=20, seconds=59), "3 giờ 20 phút"),
        (timedelta(minutes=59), "59 phút"),
        (timedelta(hours=12), "12 giờ"),
        (timedelta(hours=30), "30 giờ"),
        (timedelta(days=3), "3 ngày"),
        (timedelta(days=2, hours=4, minutes=50), "2 ngày 4 giờ"),
        (timedelta(seconds=20), "dưới 1 phút"),
        (timedelta(0), "dưới 1 phút"),
        (-timedelta(hours=1), "1 giờ"),
    ],
)
def test_lengths_of_time_are_short_words(length, words):
    assert write_duration(length) == words
