"""History read again on the map of today."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from maiam.core.science.history import Became, changed_since, reread

DAY = date(2025, 7, 1)


def test_the_cases_of_merged_units_are_those_of_the_unit_they_became():
    read = reread(
        np.array([[1, 2], [3, 4], [5, 6]]),
        ["a", "b", "c"],
        ["n", "c"],
        [Became("a", "n", DAY), Became("b", "n", DAY, 1.0)],
    )

    assert_array_equal(read.observed, [[4, 6], [5, 6]])
    assert_array_equal(read.shared, read.observed)
    assert not read.unplaced.any()


def test_a_split_goes_by_share_into_what_is_expected_and_never_into_what_was_observed():
    read = reread(np.array([[4, 8]]), ["a"], ["n", "m"], [Became("a", "n", DAY, 0.75), Became("a", "m", DAY)])

    assert_allclose(read.shared, [[3, 6], [1, 2]])
    assert not read.observed.any()
    assert_array_equal(read.unplaced, [4, 8])


def test_chains_are_followed_to_their_end():
    chain = [
        Became("b", "c", DAY, 1.0),
        Became("a", "b", date(2019, 1, 1)),
        Became("c", "d", DAY, 0.5),
        Became("c", "e", DAY, 0.5),
    ]

    assert_allclose(reread(np.array([[8]]), ["a"], ["d", "e"], chain).shared, [[4], [4]])


def test_parts_that_meet_again_are_whole_again():
    ways = [Became("a", "n", DAY, 0.3), Became("a", "m", DAY, 0.7), Became("n", "z", DAY), Became("m", "z", DAY)]

    assert_array_equal(reread(np.array([[5]]), ["a"], ["z"], ways).observed, [[5]])


def test_units_of_unknown_fate_are_told_apart_and_not_lost():
    read = reread(np.array([[2], [3]]), ["gone", "here"], ["here"], [])

    assert_array_equal(read.observed, [[3]])
    assert_array_equal(read.unplaced, [2])


def test_a_circle_is_refused():
    with pytest.raises(ValueError, match="circle"):
        reread(np.array([[1]]), ["a"], ["z"], [Became("a", "b", DAY), Became("b", "a", DAY)])


def test_units_that_changed_lately_are_known():
    ways = [Became("a", "n", DAY), Became("b", "m", date(2024, 1, 1)), Became("c", "c", DAY)]

    assert changed_since(ways, date(2025, 6, 20)) == {"n"}


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4), st.lists(st.floats(0.01, 1), min_size=4, max_size=4))
def test_no_case_is_lost_or_made(cases, shares):
    ways = [Became(f"o{i}", f"n{i % 2}", DAY, share) for i, share in enumerate(shares)]
    ways += [Became("o0", "n1", DAY)]

    read = reread(np.array(cases)[:, None], [f"o{i}" for i in range(4)], ["n0", "n1"], ways)

    assert read.observed.sum() + read.unplaced.sum() == sum(cases)
    assert read.shared.sum() == pytest.approx(sum(cases))
