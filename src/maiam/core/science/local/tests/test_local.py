"""Statistics of a unit among its neighbours, held against sums done by hand and deals done one by one."""

from itertools import combinations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from maiam.core.science.local import (
    Category,
    Neighbours,
    emerging_category,
    empirical_bayes,
    false_discovery,
    local_g,
    local_moran,
    mann_kendall,
    moran,
    within_distance,
)
from maiam.core.science.local.moran import _permuted, count_permuted_plain

RNG = np.random.default_rng(12)
XY = RNG.random((25, 2)) * 10
NEAR = within_distance(XY, 3.0)
VALUES = RNG.gamma(2, 1, 25)


def test_gi_star_is_its_formula():
    weights = NEAR.weights.toarray() + np.eye(25)
    n, mean, spread = 25, VALUES.mean(), VALUES.std()
    sums, squares = weights.sum(axis=1), (weights**2).sum(axis=1)
    by_hand = (weights @ VALUES - sums * mean) / (spread * np.sqrt((n * squares - sums**2) / (n - 1)))

    assert_allclose(local_g(VALUES, NEAR), by_hand)


def test_weeks_side_by_side_are_scored_as_one_by_one():
    weeks = RNG.gamma(2, 1, (25, 4))

    assert_allclose(local_g(weeks, NEAR), np.column_stack([local_g(week, NEAR) for week in weeks.T]))


def test_local_morans_sum_to_the_whole():
    weights = NEAR.row_standardised()
    whole = local_moran(VALUES, NEAR).i.sum() / weights.sums.sum()

    assert moran(VALUES, NEAR).i == pytest.approx(whole)


def test_the_kernel_deals_neighbours_as_its_plain_twin():
    z, weights = VALUES - VALUES.mean(), NEAR.row_standardised()
    less, more = count_permuted_plain(z, weights, 40, seed=3)

    assert_allclose(_permuted(z, weights, 40, 3), np.minimum(1, 2 * (1 + np.minimum(less, more)) / 41))


def test_dealt_neighbours_are_as_likely_as_counting_all_of_them_says():
    xy = np.array([[0, 0], [1, 0], [0, 1], [9, 9], [9, 8], [8, 9], [8, 8]], dtype=float)
    near, values = within_distance(xy, 1.1), np.array([4.0, 5, 3, 1, 0, 1, 2])
    reps = 20_000

    found = local_moran(values, near, reps=reps).p_permutation

    weights = near.weights.toarray()
    for i in range(7):
        mates = np.flatnonzero(weights[i])
        others = [j for j in range(7) if j != i]
        sums = np.array([values[list(some)].sum() for some in combinations(others, len(mates))])
        own = values[mates].sum()
        exact = min(1, 2 * min((sums <= own).mean(), (sums >= own).mean()))
        assert found[i] == pytest.approx(exact, abs=0.02)


def test_rates_of_few_people_are_drawn_to_the_whole_and_of_many_hardly():
    cases, people = np.array([3.0, 300, 900, 20]), np.array([100.0, 20_000, 30_000, 1000])
    raw, smooth = cases / people, empirical_bayes(cases, people)

    moved = (smooth.rate - raw) / (smooth.mean - raw)
    assert (np.diff(moved[np.argsort(people)]) < 0).all()
    assert ((moved > 0) & (moved < 1)).all()


def test_false_discoveries_are_adjusted_by_rank():
    assert_allclose(false_discovery(np.array([0.01, 0.04, 0.03, np.nan, 0.5])), [0.04, 0.16 / 3, 0.16 / 3, np.nan, 0.5])


def test_trends_are_found_with_ties_counted():
    s, p = mann_kendall(np.array([[1.0, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1], [3, 1, 2, 3, 1, 2]]))

    assert_array_equal(s, [15, 0, -2])
    assert p[0] == pytest.approx(0.0085, abs=1e-4)
    assert p[1] == 1


@pytest.mark.parametrize(
    ("scores", "category"),
    [
        ([0, 0, 0, 0, 3], Category.NEW),
        ([0, 0, 3, 3, 3], Category.CONSECUTIVE),
        ([3, 0, 3, 0, 3], Category.SPORADIC),
        ([3, -3, 0, 0, 3], Category.OSCILLATING),
        ([2, 3, 2, 3, 2], Category.PERSISTENT),
        ([2, 3, 4, 5, 6], Category.INTENSIFYING),
        ([6, 5, 4, 3, 2], Category.DIMINISHING),
        ([3, 3, 3, 3, 3, 3, 3, 3, 3, 0], Category.HISTORICAL),
        ([3, 3, 0, 0, 0], Category.NONE),
    ],
)
def test_a_series_is_named_by_its_past(scores, category):
    assert emerging_category(np.array([scores], dtype=float)) == [category]


def test_a_unit_is_no_neighbour_of_its_own():
    with pytest.raises(ValueError, match="own neighbour"):
        Neighbours.of_pairs(3, [(0, 0)])


@pytest.mark.parametrize("values", [np.ones(24), np.append(np.ones(24), np.nan)])
def test_a_gap_among_the_values_is_refused(values):
    with pytest.raises(ValueError, match="value"):
        local_g(values, NEAR)
