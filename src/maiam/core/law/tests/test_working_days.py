from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.law.lunar import solar_date, tet, tet_eve
from maiam.core.law.working_days import add_working_days, is_working_day, public_holidays

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("year", "first_day"),
    [
        (1985, date(1985, 1, 21)),  # a month before China's, for the new moon fell after midnight in Beijing
        (2007, date(2007, 2, 17)),  # a day before China's
        (2020, date(2020, 1, 25)),
        (2021, date(2021, 2, 12)),
        (2022, date(2022, 2, 1)),
        (2023, date(2023, 1, 22)),
        (2024, date(2024, 2, 10)),
        (2025, date(2025, 1, 29)),
        (2026, date(2026, 2, 17)),
        (2027, date(2027, 2, 6)),
        (2028, date(2028, 1, 26)),
        (2029, date(2029, 2, 13)),
        (2030, date(2030, 2, 2)),  # a day before China's
    ],
)
def test_tet_is_that_of_the_vietnamese_calendar(year, first_day):
    assert tet(year) == first_day


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2020, date(2020, 4, 2)),
        (2021, date(2021, 4, 21)),
        (2022, date(2022, 4, 10)),
        (2023, date(2023, 4, 29)),  # after a leap second month
        (2024, date(2024, 4, 18)),
        (2025, date(2025, 4, 7)),
        (2026, date(2026, 4, 26)),
    ],
)
def test_the_day_of_the_hung_kings_is_the_tenth_of_the_third_month(year, day):
    assert solar_date(year, 3, 10) == day


def test_the_last_months_belong_to_the_lunar_year_that_ends():
    assert solar_date(2024, 12, 29) == tet_eve(2025)
    assert solar_date(2025, 11, 1) == date(2025, 12, 20)


@given(st.integers(1950, 2090))
def test_a_lunar_year_has_twelve_or_thirteen_months(year):
    assert (tet(year + 1) - tet(year)).days in {353, 354, 355, 383, 384, 385}
    assert date(year, 1, 20) <= tet(year) <= date(year, 2, 21)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 2, 16),
        date(2026, 2, 20),
        date(2026, 4, 27),  # for the Hùng Kings' day on a Sunday
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 9, 1),
        date(2026, 9, 2),
        date(2023, 1, 26),
        date(2022, 1, 3),
        date(2023, 5, 3),
    ],
)
def test_holidays_are_no_working_days(day):
    assert day in public_holidays(day.year)
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 2, 13), date(2026, 2, 23), date(2026, 8, 22)])
def test_other_days_and_a_saturday_worked_in_exchange_are_working_days(day):
    assert is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 22)])
def test_weekends_are_no_working_days(day):
    assert not is_working_day(day)


def test_five_working_days_over_tet_take_two_weeks():
    assert add_working_days(date(2026, 2, 12), 5) == date(2026, 2, 26)


@given(days, st.integers(1, 30))
def test_the_last_day_is_a_working_day_and_the_count_is_right(day, count):
    last = add_working_days(day, count)
    between = (date.fromordinal(each) for each in range(day.toordinal() + 1, last.toordinal() + 1))

    assert is_working_day(last)
    assert sum(map(is_working_day, between)) == count


@given(st.integers(2021, 2050))
def test_a_year_has_its_eleven_holidays(year):
    named = [name for name in public_holidays(year).values() if name != "Nghỉ bù"]

    assert 10 <= len(named) <= 11  # two may fall on one day, as the Hùng Kings' and 30 April
