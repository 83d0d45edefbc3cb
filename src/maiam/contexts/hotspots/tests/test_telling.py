"""No count that is hidden can be had from those that are shown, whoever reads them."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from maiam.contexts.hotspots.rules.telling import (
    WeekCounts,
    shown_pair,
    told_counts,
    told_measure,
    told_weeks,
)
from maiam.core.science.suppression import SMALLEST_SHOWN

WEEK, MANY = 7, 1_000
COUNTS = st.integers(0, 9)


def bounds(rows, values, weights):
    """The least and the most a sum may be, for whoever knows the sums of some rows and that cells are counted."""
    known = LinearConstraint(np.array(rows, dtype=float), values, values) if rows else ()
    found = [
        milp(sign * weights, constraints=known, integrality=np.ones(len(weights)), bounds=Bounds(0, MANY))
        for sign in (1, -1)
    ]
    return round(found[0].fun), round(-found[1].fun)


@given(st.lists(COUNTS, min_size=1, max_size=6), st.data())
@settings(max_examples=60, deadline=None)
def test_no_hidden_commune_can_be_solved_from_the_total_and_the_others(counts, data):
    counted = dict(enumerate(counts))
    own = data.draw(st.sets(st.sampled_from(range(len(counts)))))
    opened = {commune: counts[commune] for commune in own}

    told = told_counts(counted, opened)

    others = [commune for commune in counted if commune not in own]
    rows = [[float(one == commune) for one in others] for commune in others if told.communes[commune] is not None]
    values = [counts[commune] for commune in others if told.communes[commune] is not None]
    if told.total is not None:
        rows.append([1.0] * len(others))
        values.append(told.total - sum(opened.values()))
    for place, commune in enumerate(others):
        if told.communes[commune] is None:
            low, high = bounds(rows, values, np.eye(len(others))[place])
            assert high - low >= SMALLEST_SHOWN - 1


@given(st.lists(COUNTS, min_size=1, max_size=6))
def test_only_small_counts_and_what_guards_them_are_hidden(counts):
    told = told_counts(dict(enumerate(counts)), {})

    if all(count == 0 or count >= SMALLEST_SHOWN for count in counts):
        assert list(told.communes.values()) == counts
        assert told.total == sum(counts)
    assert (told.total is None) == (0 < sum(counts) < SMALLEST_SHOWN)


def test_who_opens_the_records_of_one_commune_is_not_told_the_rest_by_the_total():
    told = told_counts({1: 6, 2: 2}, {1: 6})

    assert told.total is None
    assert told.communes == {1: 6, 2: None}
    assert told.least == 7


def test_a_record_closed_to_somebody_is_in_no_number_they_are_told():
    told = told_counts({1: 7, 2: 6}, {1: 6})

    assert (told.total, told.communes) == (12, {1: 6, 2: 6})
    assert not told.is_exact


@dataclass(frozen=True)
class Days:
    """Some weeks of days, and which of them an alert is about."""

    counts: list[int]
    first: int
    last: int

    def weeks(self):
        for start in range(0, len(self.counts), WEEK):
            days = range(start, start + WEEK)
            inside = [day for day in days if self.first <= day <= self.last]
            yield WeekCounts(
                sum(self.counts[day] for day in days), sum(self.counts[day] for day in inside), bool(inside)
            )


@st.composite
def days(draw):
    how_many = draw(st.integers(1, 4)) * WEEK
    counts = draw(st.lists(st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3, 6]), min_size=how_many, max_size=how_many))
    last = draw(st.integers(how_many - 3, how_many - 1))
    return Days(counts, draw(st.integers(max(0, last - 27), last)), last)


@given(days())
@settings(max_examples=150, deadline=None)
def test_weeks_beside_the_total_of_an_alert_tell_no_small_part_of_a_week(told_of):
    weeks = list(told_of.weeks())
    total = sum(week.inside for week in weeks)
    is_told = total >= SMALLEST_SHOWN

    shown = told_weeks(weeks, is_total_told=is_told)

    parts = [(number, is_in) for number in range(len(weeks)) for is_in in (True, False) if _has(told_of, number, is_in)]
    rows, values = [], []
    for number, observed in enumerate(shown):
        if observed is not None:
            rows.append([float(part[0] == number) for part in parts])
            values.append(observed)
    if is_told:
        rows.append([float(part[1]) for part in parts])
        values.append(total)
    for place, (number, is_in) in enumerate(parts):
        count = weeks[number].inside if is_in else weeks[number].outside
        low, high = bounds(rows, values, np.eye(len(parts))[place])
        assert high - low >= SMALLEST_SHOWN - 1 or not 0 < count < SMALLEST_SHOWN


def _has(told_of, number, is_in):
    """Whether a week has days of this kind: a part without a day is no part."""
    inside = [told_of.first <= day <= told_of.last for day in range(number * WEEK, number * WEEK + WEEK)]
    return is_in in inside


def test_a_run_of_before_says_not_what_of_a_week_lies_in_the_days_so_such_weeks_are_not_told():
    weeks = [WeekCounts(9, None, is_touched=False), WeekCounts(12, None, is_touched=True)]

    assert told_weeks(weeks, is_total_told=True) == [9, None]


SMALL = st.integers(1, SMALLEST_SHOWN - 1)


@pytest.mark.parametrize("hidden", [0, 1])
@given(one=SMALL, other=SMALL, rest=st.tuples(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS))
def test_a_measure_looks_the_same_whatever_the_hidden_count_is(hidden, one, other, rest):
    def told(count):
        inside = (count, rest[0]) if hidden == 0 else (rest[0], count)
        return told_measure(shown_pair(inside), rest[1:3], rest[3:5], is_exact=shown_pair(inside) == inside)

    assert told(one) == told(other)
    assert not told(one).shows_change
    assert hidden == 0 or not told(one).shows_level


@given(one=SMALL, other=SMALL, inside=st.tuples(COUNTS, COUNTS))
def test_communes_compared_with_are_told_by_no_ratio(one, other, inside):
    told, again = (told_measure(inside, (0, 0), (20, count), is_exact=True) for count in (one, other))

    assert told == again
    assert not told.shows_change
