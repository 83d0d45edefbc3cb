"""Pairs close in space and time, counted one by one; households that are reported again."""

from datetime import date, timedelta

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from maiam.core.science.near_repeat import Bands, interaction, near_repeat, repeat_households
from maiam.core.science.near_repeat.knox import _close_pairs, _codes, _count, _permuted, dealt_plain

RNG = np.random.default_rng(8)
N = 60
XY = RNG.integers(0, 40, (N, 2)).astype(float) * 10
DAYS = RNG.integers(0, 50, N).astype(float)
BANDS = [
    (Bands((0, 50, 100)), Bands((0, 7, 14))),
    (Bands((0, 50, 100), closed_right=True), Bands((0, 7, 14), closed_right=True)),
    (Bands((0, 50, np.inf)), Bands((0, 7, np.inf))),
]


def by_hand(space, time, days):
    def band(bands, value):
        for k in range(len(bands)):
            low, high = bands.edges[k], bands.edges[k + 1]
            if (low < value <= high or (k == 0 and value == low)) if bands.closed_right else low <= value < high:
                return k
        return None

    table = np.zeros((len(space), len(time)), dtype=int)
    for i in range(N):
        for j in range(i):
            at, when = band(space, np.abs(XY[i] - XY[j]).sum()), band(time, abs(days[i] - days[j]))
            if at is not None and when is not None:
                table[at, when] += 1
    return table


@pytest.mark.parametrize(("space", "time"), BANDS)
def test_pairs_are_those_counted_by_hand(space, time):
    assert_array_equal(near_repeat(XY, DAYS, space, time, reps=0).pairs, by_hand(space, time, DAYS))


@pytest.mark.parametrize(("space", "time"), BANDS)
def test_the_kernel_counts_deals_as_its_plain_twin(space, time):
    close = _close_pairs(XY, _codes(None, N), space, 1.0)
    pairs = _count(DAYS, close, space, time)
    sums, reached = _permuted(DAYS, close, pairs, space=space, time=time, reps=60, seed=5, threads=2, progress=None)

    tables = np.array([_count(dealt_plain(DAYS, 5, r), close, space, time) for r in range(60)])
    assert_array_equal(sums, tables.sum(axis=0))
    assert_array_equal(reached, (tables >= pairs).sum(axis=0))


def test_threads_change_nothing_and_neither_does_the_test_change_its_data():
    xy, days = XY.copy(), DAYS.copy()
    one, two = (near_repeat(xy, days, *BANDS[0], reps=120, threads=threads) for threads in (1, 2))

    assert_array_equal(one.p, two.p)
    assert_array_equal(days, DAYS)
    assert_array_equal(xy, XY)


def test_events_of_one_household_are_at_one_place():
    table = near_repeat(
        np.array([[0.0, 0], [900, 0], [0, 900]]), np.array([0.0, 1, 2]), *BANDS[0], household=["h", "h", ""], reps=0
    )

    assert_array_equal(table.pairs, [[1, 0], [0, 0]])


def test_bands_are_labelled_by_what_they_hold():
    assert BANDS[0][0].labels == ["[0, 50)", "[50, 100)"]
    assert BANDS[1][0].labels == ["[0, 50]", "(50, 100]"]


def test_infection_is_told_from_chance():
    spread = XY + RNG.normal(0, 3, XY.shape)
    again = interaction(np.vstack([XY, spread]), np.append(DAYS, DAYS + 1), delta=15, tau=2, reps=199)
    chance = interaction(XY, DAYS, delta=15, tau=2, reps=199)

    assert again.p_knox <= 0.01
    assert chance.p_knox > 0.01
    assert_allclose(again.knox_observed.sum(), 120 * 119 / 2)


TODAY = date(2025, 12, 31)


def reports(name, *ago, severity=None):
    return [(name, TODAY - timedelta(days=days), severity) for days in ago]


def test_households_come_by_how_likely_they_are_to_be_reported_again():
    found = repeat_households(
        [*reports("calm", 300, 200), *reports("often", 60, 30, 10, 3), *reports("once", 5)], TODAY
    )

    assert [one.household for one in found] == ["often", "calm"]
    assert found[0].gap_trend < 0
    assert 0 < found[1].hazard < found[0].hazard < 1


def test_a_visit_is_due_within_half_the_usual_gap_and_a_month_at_most():
    soon, late = repeat_households([*reports("a", 20, 10, 0), *reports("b", 350, 100)], TODAY)

    assert soon.due_on == TODAY + timedelta(days=5)
    assert late.due_on == late.last_on + timedelta(days=30)


def test_reports_outside_the_window_do_not_count():
    assert repeat_households([*reports("a", 400, 3), *reports("b", -2, 3)], TODAY) == []
