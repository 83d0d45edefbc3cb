"""What is hidden cannot be told from what is shown: audited by linear programs, as an outsider with every table may."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from maiam.core.science.linked_tables import Swap, protect, within
from maiam.core.science.suppression import SMALLEST_SHOWN


def _with_total(size: int) -> np.ndarray:
    return np.vstack([np.eye(size), np.ones(size)])


def _spans(counts, units, categories, hidden) -> dict[tuple[int, int], float]:
    """How wide an outsider's knowledge of every hidden sum is, given all the sums that are shown."""
    rows = np.einsum("gn,km->gknm", units, categories).reshape(-1, counts.size)
    shown = rows[~hidden.ravel()]
    values = shown @ counts.ravel()
    found = {}
    for place in np.flatnonzero(hidden.ravel()):
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * rows[place], A_eq=shown if len(shown) else None, b_eq=values if len(shown) else None
            )
            ends.append(np.inf if answer.status == 3 else sign * answer.fun)
        found[divmod(int(place), len(categories))] = np.inf if np.inf in ends else ends[1] - ends[0]
    return found


def _check(counts, units, categories):
    done = protect(counts, units, categories)
    sums = units @ counts @ categories.T
    small = (sums > 1e-9) & (sums < SMALLEST_SHOWN - 1e-9)
    assert not (small & ~done.hidden).any()
    spans = _spans(counts, units, categories, done.hidden)
    for group, kind in np.argwhere(small):
        assert spans[group, kind] >= SMALLEST_SHOWN - 1e-4, (group, kind, spans[group, kind])
    return done


def test_nothing_small_hides_nothing():
    done = protect(np.array([[5, 9], [0, 70]]), _with_total(2), _with_total(2))

    assert not done.hidden.any()
    assert done.swaps == ()


def test_a_small_count_takes_a_rectangle_and_leaves_every_total():
    done = protect(np.array([[3, 60, 20], [40, 50, 9], [7, 30, 80]]), _with_total(3), _with_total(3))

    assert done.hidden[0, 0]
    assert done.hidden.sum() == 4
    assert not done.hidden[3].any()
    assert not done.hidden[:, 3].any()


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        protect(np.array([[-1, 4]]), np.eye(1), np.eye(2))


def test_groups_of_other_units_are_refused():
    with pytest.raises(ValueError, match="other units"):
        protect(np.array([[1, 4]]), np.eye(2), np.eye(2))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_outsider_narrows_a_small_count_in_a_table_with_totals(rows):
    counts = np.array(rows)

    _check(counts, _with_total(len(counts)), _with_total(3))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 15), min_size=4, max_size=4), min_size=6, max_size=6),
    st.lists(st.integers(0, 2), min_size=6, max_size=6),
)
def test_two_maps_and_two_spans_of_time_together_give_nothing_away(rows, old_unit):
    counts = np.array(rows)
    today = np.kron(np.eye(3), np.ones((1, 2)))
    before = np.array([[float(unit == number) for unit in old_unit] for number in range(3)])
    units = np.vstack([np.eye(6), today, before, np.ones(6)])
    spans = np.vstack([np.eye(4), [[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]]])

    _check(counts, units, spans)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 15), min_size=3, max_size=3), min_size=4, max_size=4), st.floats(0.1, 0.9))
def test_a_commune_that_was_split_gives_no_part_away(rows, share):
    counts = np.array(rows)
    split = np.array([[1, 0, 0, 0], [0, 1, share, 0], [0, 0, 1 - share, 1]])

    _check(counts, np.vstack([np.eye(4), split, np.ones(4)]), _with_total(3))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=6, max_size=6))
def test_villages_hide_what_their_commune_hides(rows):
    villages = np.array(rows).reshape(2, 3, 3)
    communes = villages.sum(axis=1)
    above = protect(communes, _with_total(2), _with_total(3))
    inside = [
        protect(
            villages[number],
            _with_total(3),
            _with_total(3),
            given=[part for swap in above.swaps for part in within(swap, number, villages[number])],
        )
        for number in range(2)
    ]

    units = np.vstack([np.eye(6), np.kron(np.eye(2), np.ones((1, 3))), np.ones(6)])
    hidden = np.vstack([*(part.hidden[:3] for part in inside), *(part.hidden[3:] for part in inside), above.hidden[2:]])
    assert not (above.hidden[:2] & ~hidden[6:8]).any()
    counts = villages.reshape(6, 3)
    spans = _spans(counts, units, _with_total(3), hidden)
    sums = units @ counts @ _with_total(3).T
    for group, kind in np.argwhere((sums > 0) & (sums < SMALLEST_SHOWN)):
        assert spans[group, kind] >= SMALLEST_SHOWN - 1e-4


def test_a_swap_elsewhere_asks_nothing_of_a_unit():
    assert within(Swap(((0, 0),), ((1, 0),), 3, 3), 2, np.array([[1, 2]])) == []


# --- reference cases: data/evaluation of the shared folder beside the house
SHARED = Path(os.environ.get("MAIAM_SHARED") or Path(__file__).resolve().parents[5].parent / "shared")
FOLDER = SHARED / "data" / "evaluation"


def _reference(case: str) -> tuple[dict, list[dict[str, str]]]:
    if not FOLDER.exists():
        pytest.skip("the reference cases (../shared/data/evaluation) are not here")
    with (FOLDER / case / "data.csv").open(encoding="utf-8", newline="") as file:
        return json.loads((FOLDER / case / "expected.json").read_text())["expected"], list(csv.DictReader(file))


def _table(rows: list[dict[str, str]], by: str, across: str) -> tuple[np.ndarray, list[str], list[str]]:
    ups, acrosses = (list(dict.fromkeys(row[name] for row in rows)) for name in (by, across))
    counts = np.zeros((len(ups), len(acrosses)), dtype=np.int64)
    for row in rows:
        counts[ups.index(row[by]), acrosses.index(row[across])] = int(row["count"])
    return counts, ups, acrosses


def test_the_best_pattern_of_the_table_of_clusters_is_found():
    expected, rows = _reference("suppression_threshold_table")
    counts, clusters, kinds = _table(rows, "cluster", "kind")

    done = _check(counts, _with_total(len(clusters)), _with_total(len(kinds)))

    hidden = {(clusters[row], kinds[column]) for row, column in np.argwhere(done.hidden)}
    assert hidden == {tuple(cell) for cell in [*expected["primary"], *expected["best_solutions"][0]]}


def test_the_auditor_of_these_tests_computes_the_cell_that_can_be_computed():
    expected, rows = _reference("suppression_recomputable")
    counts, ups, acrosses = _table(rows, "row", "column")
    hidden = np.zeros((len(ups) + 1, len(acrosses) + 1), dtype=bool)
    for row in rows:
        hidden[ups.index(row["row"]), acrosses.index(row["column"])] = row["suppressed"] == "1"

    spans = _spans(counts, _with_total(len(ups)), _with_total(len(acrosses)), hidden)

    cell = tuple(expected["cell_that_can_be_computed"])
    found = {(ups[row], acrosses[column]): span for (row, column), span in spans.items()}
    assert found[cell] == pytest.approx(0)
    for told in expected["intervals"]:
        assert found[tuple(told["cell"])] == pytest.approx(told["upper"] - told["lower"], abs=1e-6)


def test_months_each_safe_alone_stay_safe_beside_their_quarter():
    expected, rows = _reference("suppression_over_time")
    months = [row for row in rows if row["period"] != "quarter" and row["unit"] != "total"]
    counts, periods, units = _table(months, "period", "unit")

    done = _check(counts.T, _with_total(len(units)), _with_total(len(periods)))

    for period, unit in expected["primary"]:
        assert done.hidden[units.index(unit), periods.index(period)]
