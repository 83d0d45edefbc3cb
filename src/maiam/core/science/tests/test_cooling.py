"""Has it cooled: against R's fisher.test, recovered truths, and what must not matter."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from maiam.core.science.cooling import against_usual, comparable, cooling, cooling_alone

SMALL = st.integers(1, 40)
few = settings(max_examples=25, deadline=None)


def test_the_answer_is_that_of_fishers_exact_test():
    """R 4: fisher.test(matrix(c(3, 1, 1, 3), 2)) prints 6.408309 (0.2117329, 621.9337505), roots found coarsely."""
    found = cooling((1, 3), (3, 1))

    assert_allclose([found.value, found.low], [6.408309, 0.2117329], rtol=2e-5)
    assert_allclose(found.high, 621.9337505, rtol=0.01)


def test_the_bounds_are_where_the_tails_are_two_and_a_half_in_a_hundred():
    """Said from the law itself, by hand: chances of the corner of a 2 x 2 table given its margins."""
    found = cooling((9, 4), (30, 41))
    cells, row, column, total = np.arange(14), 45, 13, 84
    ways = [math.comb(row, k) * math.comb(total - row, column - k) for k in cells]

    def chances(odds: float) -> np.ndarray:
        told = np.array([way * odds**k for way, k in zip(ways, cells, strict=True)])
        return told / told.sum()

    assert_allclose(chances(found.value) @ cells, 4, rtol=1e-6)
    assert_allclose(chances(found.low)[4:].sum(), 0.025, rtol=1e-6)
    assert_allclose(chances(found.high)[:5].sum(), 0.025, rtol=1e-6)


def test_a_usual_year_of_ten_has_garwoods_interval():
    found = against_usual(10, 10.0)

    assert_allclose([found.low, found.high], [0.4795389, 1.8390356], rtol=1e-6)


def test_a_place_that_fell_to_nothing_has_an_upper_bound():
    found = cooling((12, 0), (40, 38))

    assert found.value == 0
    assert found.low == 0
    assert 0 < found.high < 1


def test_alone_the_interval_is_that_of_clopper_and_pearson():
    """R 4: binom.test(3, 12) prints 0.05486064 to 0.57185846; equal usual counts turn chances into odds."""
    found = cooling_alone((9, 3), (1.0, 1.0))

    assert_allclose(found.value, 1 / 3)
    assert_allclose([found.low / (1 + found.low), found.high / (1 + found.high)], [0.05486064, 0.57185846], rtol=1e-6)


@given(SMALL, SMALL, st.floats(0.1, 20), st.floats(0.1, 20))
def test_alone_it_goes_by_what_is_usual(before, after, usual, later):
    plain, weighed = cooling_alone((before, after), (1.0, 1.0)), cooling_alone((before, after), (usual, later))

    assert_allclose([weighed.low, weighed.high], [plain.low * usual / later, plain.high * usual / later], rtol=1e-9)


def test_where_nothing_happened_nothing_is_said():
    assert math.isnan(cooling((0, 0), (5, 5)).value)
    assert math.isnan(cooling((4, 2), (0, 0)).value)


@few
@given(SMALL, SMALL, SMALL, SMALL)
def test_turning_before_and_after_round_turns_the_ratio_over(a, b, c, d):
    there, back = cooling((a, b), (c, d)), cooling((b, a), (d, c))

    assert_allclose(there.value * back.value, 1, rtol=1e-4)
    assert_allclose(there.low * back.high, 1, rtol=1e-3)


@few
@given(SMALL, SMALL, SMALL, SMALL, st.floats(1.0, 6.0))
def test_restless_counts_never_make_it_surer(a, b, c, d, dispersion):
    calm, restless = cooling((a, b), (c, d)), cooling((a, b), (c, d), dispersion=dispersion)

    assert restless.low <= calm.low * (1 + 1e-9)
    assert restless.high >= calm.high * (1 - 1e-9)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(195)
    truth, held = 0.5, 0
    for _ in range(150):
        inside = rng.poisson(12), rng.poisson(12 * truth)
        outside = rng.poisson(60), rng.poisson(60)
        found = cooling((int(inside[0]), int(inside[1])), (int(outside[0]), int(outside[1])))
        held += found.low <= truth <= found.high

    assert held / 150 >= 0.93


def test_communes_alike_are_compared_and_neighbours_are_not():
    people = np.array([10.0, 11.0, 10.5, 80.0, 9.0])
    usual = np.array([2.0, 2.1, 2.0, 20.0, 1.8])
    inside = np.array([True, False, False, False, False])
    beside = np.array([False, False, True, False, False])

    assert comparable(people, usual, inside, beside, most=2) == [1, 4]


@given(st.floats(0.1, 50))
def test_the_unit_of_people_does_not_matter(scale):
    rng = np.random.default_rng(3)
    people, usual = rng.uniform(1, 9, 12), rng.uniform(1, 9, 12)
    inside = np.arange(12) < 2
    nobody = np.zeros(12, dtype=bool)

    assert comparable(people * scale, usual, inside, nobody) == comparable(people, usual, inside, nobody)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        cooling((-1, 2), (3, 4))
    with pytest.raises(ValueError, match="expected"):
        against_usual(3, 0.0)
    with pytest.raises(ValueError, match="inside"):
        comparable(np.ones(3), np.ones(3), np.zeros(3, dtype=bool), np.zeros(3, dtype=bool))
