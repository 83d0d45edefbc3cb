import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.science.suppression import SMALLEST_SHOWN, hidden_cells, is_total_safe


def test_counts_of_one_to_four_are_hidden_and_zero_is_not():
    assert hidden_cells(np.array([0, 1, 4, 5, 90])).tolist() == [False, True, True, False, False]


def test_a_lone_small_count_takes_the_next_smallest_with_it():
    assert hidden_cells(np.array([3, 60, 7, 20])).tolist() == [True, False, True, False]


def test_nothing_small_hides_nothing():
    assert not hidden_cells(np.array([0, 5, 8])).any()


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        hidden_cells(np.array([-1, 4]))


def test_a_lone_small_count_among_zeros_makes_the_total_unsafe():
    counts = np.array([0, 2, 0])

    assert not is_total_safe(counts, hidden_cells(counts))


@given(st.lists(st.integers(0, 40), max_size=30))
def test_no_subtraction_from_a_safe_total_brings_a_small_count_back(counts):
    counts = np.array(counts, dtype=np.int64)
    hidden = hidden_cells(counts)

    assert not ((counts > 0) & (counts < SMALLEST_SHOWN) & ~hidden).any()
    if hidden.any() and is_total_safe(counts, hidden):
        derived = counts.sum() - counts[~hidden].sum()
        assert hidden.sum() >= 2
        assert derived >= SMALLEST_SHOWN
