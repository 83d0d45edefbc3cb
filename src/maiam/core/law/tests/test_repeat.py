"""Art. 32 at its edges: two acts in 12 months, a fine and then again, of age on the day; and the law before it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.law.regimes import Regime
from maiam.core.law.repeat import PastAct, least_age, of_age, repeat_or_fined, repeated, went_on_after_a_fine
from maiam.core.text import VIETNAM, PartialDate

SECOND = timedelta(seconds=1)
FIRST = datetime(2025, 2, 28, 23, 30, tzinfo=VIETNAM)


def act(
    at: datetime, *, until: datetime | None = None, confirmed: bool = True, fined_on: date | None = None
) -> PastAct:
    return PastAct(at, until or at, "Xã Đắk Mil", confirmed, fined_on)


def test_the_twelfth_month_to_the_second_still_counts_and_one_second_more_does_not():
    edge = FIRST.replace(year=2026)

    assert repeated([act(FIRST), act(edge)]) is True
    assert repeated([act(FIRST), act(edge + SECOND)]) is False


def test_the_window_runs_across_midnight_and_tet():
    tet_eve = datetime(2026, 2, 16, 23, 59, 59, tzinfo=VIETNAM)

    assert repeated([act(tet_eve), act(tet_eve + SECOND)]) is True


def test_acts_of_two_communes_count_together():
    elsewhere = PastAct(FIRST + timedelta(days=30), FIRST + timedelta(days=30), "Xã Đắk Wil", True)

    found = repeat_or_fined([act(FIRST), elsewhere])

    assert found.holds is True
    assert any("Xã Đắk Wil" in source for source in found.sources)


def test_what_is_not_confirmed_or_was_fined_is_no_second_time():
    later = FIRST + timedelta(days=10)

    assert repeated([act(FIRST), act(later, confirmed=False)]) is False
    assert repeated([act(FIRST), act(later, fined_on=later.date())]) is False
    assert repeat_or_fined([act(FIRST), act(later, confirmed=False)]).holds is False


def test_a_date_known_only_in_part_leaves_it_open():
    spring = act(datetime(2026, 2, 1, tzinfo=VIETNAM), until=datetime(2026, 3, 31, tzinfo=VIETNAM))

    assert repeated([act(FIRST), spring]) is None
    assert repeat_or_fined([act(FIRST), spring]).holds is None


def test_a_fine_and_then_again_is_enough_on_the_day_after_it():
    fined = act(FIRST, fined_on=date(2025, 3, 10))

    assert went_on_after_a_fine([fined, act(datetime(2025, 3, 11, tzinfo=VIETNAM))]) is True
    assert went_on_after_a_fine([fined, act(datetime(2025, 3, 10, 23, 59, tzinfo=VIETNAM))]) is False
    assert repeat_or_fined([fined, act(FIRST + timedelta(days=900))]).holds is True


@pytest.mark.parametrize(
    ("happened", "born", "holds"),
    [
        (datetime(2026, 5, 1, tzinfo=VIETNAM), PartialDate(2008, 5, 1), True),
        (datetime(2026, 4, 30, 23, 59, 59, tzinfo=VIETNAM), PartialDate(2008, 5, 1), False),
        (datetime(2026, 5, 1, tzinfo=VIETNAM), PartialDate(2008), None),
        (datetime(2026, 5, 1, tzinfo=VIETNAM), None, None),
        # The last second of the Law of 2007, whose age was 16, and the first of today's.
        (datetime(2023, 6, 30, 23, 59, 59, tzinfo=VIETNAM), PartialDate(2006, 1, 1), True),
        (datetime(2023, 7, 1, tzinfo=VIETNAM), PartialDate(2006, 1, 1), False),
    ],
)
def test_age_is_that_of_the_day_of_the_act_and_of_its_law(happened, born, holds):
    assert of_age([act(happened)], born).holds is holds


def test_each_law_has_its_age():
    assert (least_age(Regime.LAW_2007), least_age(Regime.LAW_2022)) == (16, 18)


@given(st.lists(st.integers(0, 3 * 365 * 24), min_size=2, max_size=6))
def test_another_act_never_closes_what_was_open(hours):
    acts = [act(FIRST + timedelta(hours=after)) for after in hours]

    if repeated(acts[:-1]):
        assert repeated(acts)
    assert repeated(acts) == repeated(list(reversed(acts)))
