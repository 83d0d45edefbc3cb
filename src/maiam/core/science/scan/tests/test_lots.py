"""Cases are drawn as often as chance would have them."""

import numpy as np
import pytest
from numba import njit
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from maiam.core.science.scan.lots import (
    Doubt,
    deal,
    deal_lanes,
    lots_of_cells,
    lots_of_labels,
    lots_of_permutation,
    lots_of_unrest,
)
from maiam.core.science.scan.streams import begin, binomial, gamma, poisson
from maiam.core.science.scan.vectors import LANES

PLACES, PERIODS, FIRST, DEALS = 5, 28, 14, 6000
RNG = np.random.default_rng(5)
EXPECTED = RNG.gamma(2.0, 0.3, (PLACES, PERIODS))
CASES = 84
EXPECTED *= CASES / EXPECTED.sum()
COUNTS = RNG.poisson(EXPECTED)
QUIET = np.zeros(PLACES)


def dealt(lots, deals=DEALS):
    counts = np.zeros((deals, PLACES, PERIODS - FIRST), dtype=np.int64)
    deal(7, np.arange(deals), lots.arguments(), lots.most, counts)
    return counts


@pytest.mark.parametrize("fixed", [True, False])
@pytest.mark.parametrize("doubt", [Doubt(0.0, QUIET), Doubt(0.5, QUIET), Doubt(0.0, QUIET + 0.2)], ids=str)
def test_every_cell_gets_what_is_expected_of_it(fixed, doubt):
    if doubt.is_none:
        lots = lots_of_cells(EXPECTED, cases=CASES, first=FIRST, fixed=fixed)
    else:
        lots = lots_of_unrest(EXPECTED, cases=CASES, first=FIRST, fixed=fixed, doubt=doubt)

    counts = dealt(lots)

    spread = counts.std(axis=0) / np.sqrt(DEALS)
    assert (np.abs(counts.mean(axis=0) - EXPECTED[:, FIRST:]) < 5 * spread + 0.02).all()


def test_totals_are_binomial_where_they_are_fixed_and_poisson_where_not():
    inside = EXPECTED[:, FIRST:].sum()
    for fixed, law in ((True, stats.binom(CASES, inside / CASES)), (False, stats.poisson(inside))):
        totals = dealt(lots_of_cells(EXPECTED, cases=CASES, first=FIRST, fixed=fixed)).sum(axis=(1, 2))

        assert totals.var() == pytest.approx(law.var(), rel=0.08)
        assert np.mean(totals <= law.ppf(0.1)) == pytest.approx(law.cdf(law.ppf(0.1)), abs=0.02)
        assert np.mean(totals <= law.ppf(0.9)) == pytest.approx(law.cdf(law.ppf(0.9)), abs=0.02)


def test_risks_wander_by_place_and_week_and_levels_by_place():
    week, both = EXPECTED[0, -7:].sum(), EXPECTED[0, FIRST:].sum()

    restless = dealt(lots_of_unrest(EXPECTED, cases=0, first=FIRST, fixed=False, doubt=Doubt(0.5, QUIET)))
    unsure = dealt(lots_of_unrest(EXPECTED, cases=0, first=FIRST, fixed=False, doubt=Doubt(0.0, QUIET + 0.3)))

    assert restless[:, 0, -7:].sum(axis=1).var() == pytest.approx(week + 0.5 * week**2, rel=0.1)
    assert unsure[:, 0].sum(axis=1).var() == pytest.approx(both + 0.3 * both**2, rel=0.1)
    this_week, last_week = restless[:, 0, -7:].sum(axis=1), restless[:, 0, -14:-7].sum(axis=1)
    assert np.corrcoef(this_week, last_week)[0, 1] == pytest.approx(0, abs=0.05)


def test_a_permutation_keeps_the_cases_of_each_day_and_no_unit_has_more_than_its_own():
    counts = dealt(lots_of_permutation(COUNTS, first=FIRST), 500)

    assert_array_equal(counts.sum(axis=1), np.tile(COUNTS.sum(axis=0)[FIRST:], (500, 1)))
    assert (counts.sum(axis=2) <= COUNTS.sum(axis=1)).all()
    assert_allclose(
        counts.sum(axis=2).mean(axis=0), COUNTS.sum(axis=1) * COUNTS[:, FIRST:].sum() / COUNTS.sum(), atol=0.5
    )


def test_labels_go_to_cases_and_controls_alike():
    totals = COUNTS + 2

    counts = dealt(lots_of_labels(totals, cases=30, first=FIRST))

    assert (counts <= totals[:, FIRST:]).all()
    assert_allclose(counts.mean(axis=0), totals[:, FIRST:] * 30 / totals.sum(), atol=0.05)


@pytest.mark.parametrize(
    "lots",
    [
        lots_of_cells(EXPECTED, cases=CASES, first=FIRST, fixed=True),
        lots_of_unrest(EXPECTED, cases=CASES, first=FIRST, fixed=True, doubt=Doubt(0.5, QUIET + 0.1)),
        lots_of_permutation(COUNTS, first=FIRST),
        lots_of_labels(COUNTS + 2, cases=30, first=FIRST),
    ],
    ids=["cells", "unrest", "permutation", "labels"],
)
def test_lanes_hold_the_replicates_they_are_said_to_hold(lots):
    one_by_one = dealt(lots, 40)

    cases, begins, tallest = deal_lanes(7, np.arange(40), lots.arguments(), (PLACES, lots.most))

    side_by_side = np.zeros_like(one_by_one)
    for period in range(PERIODS - FIRST):
        for code in cases[begins[period] : begins[period + 1]]:
            side_by_side[code % LANES, code // LANES, period] += 1
    assert_array_equal(side_by_side, one_by_one)
    assert tallest == one_by_one.sum(axis=2).max()


@njit
def _drawn(n, trials, chance, mean, shape):
    state, found = np.zeros(1, np.uint64), np.empty((3, n))
    begin(state, 3, 1)
    for i in range(n):
        found[0, i] = binomial(state, trials, chance)
        found[1, i] = poisson(state, mean)
        found[2, i] = gamma(state, shape)
    return found


@pytest.mark.parametrize(("trials", "chance", "mean", "shape"), [(3, 0.4, 0.7, 0.3), (900, 0.9, 95.0, 40.0)])
def test_numbers_follow_their_laws(trials, chance, mean, shape):
    found = _drawn(20_000, trials, chance, mean, shape)

    for values, law in zip(found, (stats.binom(trials, chance), stats.poisson(mean), stats.gamma(shape)), strict=True):
        assert values.mean() == pytest.approx(law.mean(), abs=5 * law.std() / np.sqrt(values.size))
        assert values.var() == pytest.approx(law.var(), rel=0.1)
        for part in (0.05, 0.5, 0.95):
            edge = law.ppf(part)
            assert np.mean(values <= edge) == pytest.approx(law.cdf(edge), abs=0.015)
