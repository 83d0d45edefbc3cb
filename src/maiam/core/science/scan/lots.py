"""How the cases of a replicate are drawn, when nothing but chance is at work."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numba import njit
from scipy import special

from maiam.core.science.scan.places import FloatArray, IntArray
from maiam.core.science.scan.settings import Model
from maiam.core.science.scan.streams import begin, below, gamma, poisson, uniform

CELLS, PERMUTED, LABELS, UNREST = 0, 1, 2, 3
WEEK = 7


def _none(kind: type) -> np.ndarray:
    return np.zeros(0, dtype=kind)


@dataclass(frozen=True, eq=False)
class Lots:
    """Tables to draw from. Only periods from `first` on are drawn: a prospective scan looks at no others.

    `way` is one of the four above. Cells are (place, period - first), row by row, `periods` of them in a row.
    """

    way: int
    most: int
    periods: int
    chance: FloatArray = field(default_factory=lambda: _none(np.float64))
    other: IntArray = field(default_factory=lambda: _none(np.int64))
    total_low: int = 0
    total_upto: FloatArray = field(default_factory=lambda: _none(np.float64))
    place: IntArray = field(default_factory=lambda: _none(np.int64))
    period: IntArray = field(default_factory=lambda: _none(np.int64))
    cases: int = 0
    fixed: bool = True
    unrest: float = 0.0

    @property
    def whole(self) -> type[np.int16] | type[np.int32]:
        """How wide counts are: sixteen bits are half the work, and hold the cases of all but the largest studies."""
        return np.int16 if self.most < 2**15 else np.int32

    def arguments(self) -> tuple[object, ...]:
        """The tables as the kernel takes them."""
        numbers = np.array([self.way, self.periods, self.total_low, self.cases, self.fixed], dtype=np.int64)
        return numbers, self.chance, self.other, self.total_upto, self.place, self.period, self.unrest


def lots_of_cells(measure: FloatArray, *, cases: int, first: int, fixed: bool) -> Lots:
    """Draw each case into a cell by what the cell expects; `fixed` keeps the total, else it is Poisson.

    `measure` has shape (places, periods) and is what is expected; scaled to `cases` in all when `fixed`.
    """
    inside = np.ascontiguousarray(measure[:, first:])
    mean, total = inside.sum(), measure.sum()
    if fixed:
        low, upto = _upto(lambda k: special.bdtr(k, cases, min(mean / total, 1.0)), mean, cases)
    else:
        low, upto = _upto(lambda k: special.pdtr(k, mean), mean, None)
    chance, other = _alias(inside.ravel() / mean if mean > 0 else np.full(inside.size, 1 / inside.size))
    most = low + len(upto)
    return Lots(CELLS, most, inside.shape[1], chance, other, low, upto)


def lots_of_unrest(measure: FloatArray, *, cases: int, first: int, fixed: bool, unrest: float) -> Lots:
    """Draw as `lots_of_cells`, but let every place's risk wander from week to week with variance `unrest`."""
    places, periods = measure.shape
    weeks = -(-periods // WEEK)
    padded = np.zeros((places, weeks * WEEK))
    padded[:, weeks * WEEK - periods :] = measure
    by_week = padded.reshape(places, weeks, WEEK)
    mean = float(measure.sum())
    most = cases if fixed else int(mean + 40 * np.sqrt(mean * (1 + unrest * WEEK)) + 100)
    shifted = np.array([first + weeks * WEEK - periods], dtype=np.int64)
    return Lots(
        UNREST,
        most,
        periods - first,
        by_week.sum(axis=2).ravel(),
        shifted,
        weeks,
        padded.ravel(),
        cases=cases,
        fixed=fixed,
        unrest=unrest,
    )


def lots_of_permutation(counts: IntArray, *, first: int) -> Lots:
    """Deal the dates out anew among the cases."""
    place = np.repeat(np.arange(counts.shape[0]), counts.sum(axis=1))
    by_period = counts.sum(axis=0)[first:]
    period = np.repeat(np.arange(len(by_period))[::-1], by_period[::-1])
    return Lots(PERMUTED, len(period), len(by_period), place=place, period=period)


def lots_of_labels(totals: IntArray, *, cases: int, first: int) -> Lots:
    """Choose anew which of the cases and controls are the cases."""
    place, period = (np.repeat(index.ravel(), totals.ravel()) for index in np.indices(totals.shape))
    return Lots(LABELS, cases, totals.shape[1] - first, place=place, period=period - first, cases=cases)


def lots_of(model: Model, counts: IntArray, measure: FloatArray, *, first: int, unrest: float) -> Lots:
    """Choose how to draw for a model. Shapes (places, periods); `measure` as in `likelihood`."""
    if model is Model.PERMUTATION:
        return lots_of_permutation(counts, first=first)
    cases = int(counts.sum())
    if model is Model.BERNOULLI:
        return lots_of_labels(measure.astype(np.int64), cases=cases, first=first)
    fixed = model is Model.POISSON
    if unrest > 0:
        return lots_of_unrest(measure, cases=cases, first=first, fixed=fixed, unrest=unrest)
    return lots_of_cells(measure, cases=cases, first=first, fixed=fixed)


def _upto(distribution: Callable[[IntArray], Any], mean: float, most: int | None) -> tuple[int, FloatArray]:
    """The cumulative distribution of a total, from its first to its last value that can happen."""
    reach = 12 * np.sqrt(mean) + 40
    low = max(0, int(mean - reach))
    high = int(mean + reach) if most is None else min(most, int(mean + reach))
    return low, np.asarray(distribution(np.arange(low, high + 1)), dtype=np.float64)


@njit(cache=True, nogil=True)
def _alias(chance):
    """Tables from which one of n is drawn in one step (Vose 1991, IEEE Trans. Software Eng. 17)."""
    n = chance.size
    keep, other = chance * n, np.arange(n)
    small, large = np.empty(n, np.int64), np.empty(n, np.int64)
    smalls = larges = 0
    for i in range(n):
        if keep[i] < 1:
            small[smalls] = i
            smalls += 1
        else:
            large[larges] = i
            larges += 1
    while smalls > 0 and larges > 0:
        smalls -= 1
        i, j = small[smalls], large[larges - 1]
        other[i] = j
        keep[j] -= 1 - keep[i]
        if keep[j] < 1:
            larges -= 1
            small[smalls] = j
            smalls += 1
    for i in range(smalls):
        keep[small[i]] = 1.0
    return keep, other


@njit(cache=True, nogil=True)
def _draw(state, tables, deck, at, when):
    """Draw one replicate: the place and the period of each case, in `at` and `when`. Returns how many cases."""
    way = tables[0][0]
    if way == CELLS:
        return _draw_cells(state, tables, at, when)
    if way == PERMUTED:
        return _draw_permuted(state, tables, deck, at, when)
    if way == LABELS:
        return _draw_labels(state, tables, deck, at, when)
    return _draw_unrest(state, tables, at, when)


@njit(cache=True, nogil=True)
def _draw_cells(state, tables, at, when):
    numbers, chance, other, upto, _, _, _ = tables
    count = numbers[2] + np.searchsorted(upto, uniform(state), side="right")
    count = min(count, at.size)
    periods = numbers[1]
    for i in range(count):
        scaled = uniform(state) * chance.size
        cell = np.int64(scaled)
        if scaled - cell >= chance[cell]:
            cell = other[cell]
        at[i] = cell // periods
        when[i] = cell % periods
    return count


@njit(cache=True, nogil=True)
def _draw_permuted(state, tables, deck, at, when):
    # Deal from the deck without putting back; lay it in order afterwards, so that each replicate finds the same deck.
    place, period = tables[4], tables[5]
    count, cards = period.size, place.size
    for i in range(count):
        j = i + below(state, cards - i)
        deck[i], deck[j] = deck[j], deck[i]
        at[i] = place[deck[i]]
        when[i] = period[i]
    for i in range(cards):
        deck[i] = i
    return count


@njit(cache=True, nogil=True)
def _draw_labels(state, tables, deck, at, when):
    numbers, place, period = tables[0], tables[4], tables[5]
    found, cards = 0, place.size
    for i in range(numbers[3]):
        j = i + below(state, cards - i)
        deck[i], deck[j] = deck[j], deck[i]
        if period[deck[i]] >= 0:
            at[found] = place[deck[i]]
            when[found] = period[deck[i]]
            found += 1
    for i in range(cards):
        deck[i] = i
    return found


@njit(cache=True, nogil=True)
def _draw_unrest(state, tables, at, when):
    # Weekly expectations, each times a gamma of mean 1; then each case to a place and week, and to a day within it.
    numbers, weekly, first, daily, _, _, unrest = tables
    weights = np.empty(weekly.size)
    total = 0.0
    for i in range(weekly.size):
        if weekly[i] > 0:
            total += weekly[i] * gamma(state, 1 / unrest) * unrest
        weights[i] = total
    count = numbers[3] if numbers[4] else min(poisson(state, total), at.size)
    weeks, found = numbers[2], 0
    for _ in range(count):
        cell = min(np.searchsorted(weights, uniform(state) * total, side="right"), weekly.size - 1)
        left, day = uniform(state) * weekly[cell], 0
        while day < WEEK - 1 and left >= daily[cell * WEEK + day]:
            left -= daily[cell * WEEK + day]
            day += 1
        now = (cell % weeks) * WEEK + day - first[0]
        if now >= 0:
            at[found] = cell // weeks
            when[found] = now
            found += 1
    return found


@njit(cache=True, nogil=True)
def deal(seed, replicates, tables, most, counts):
    """Draw replicates into `counts`, shape (replicates, places, periods): for tests and for looking at."""
    state = np.zeros(1, np.uint64)
    at, when, deck = np.empty(most, np.int32), np.empty(most, np.int32), np.arange(tables[4].size)
    for i in range(replicates.size):
        begin(state, seed, replicates[i])
        found = _draw(state, tables, deck, at, when)
        for j in range(found):
            counts[i, at[j], when[j]] += 1


@njit(cache=True, nogil=True)
def deal_lanes(seed, lanes, tables, most):
    """Draw the replicates of a block of lanes (-1 is an empty lane); sort their cases by period.

    Returns the place and lane of each case, and where each period begins among them.
    """
    state = np.zeros(1, np.uint64)
    deck = np.arange(tables[4].size)
    at, when = np.empty((lanes.size, most), np.int32), np.empty((lanes.size, most), np.int32)
    found = np.zeros(lanes.size, np.int64)
    begins = np.zeros(tables[0][1] + 1, np.int64)
    for lane in range(lanes.size):
        if lanes[lane] >= 0:
            begin(state, seed, lanes[lane])
            found[lane] = _draw(state, tables, deck, at[lane], when[lane])
        for j in range(found[lane]):
            begins[when[lane, j] + 1] += 1
    begins = np.cumsum(begins)
    ends = begins[:-1].copy()
    case_place, case_lane = np.empty(begins[-1], np.int32), np.empty(begins[-1], np.int32)
    for lane in range(lanes.size):
        for j in range(found[lane]):
            spot = ends[when[lane, j]]
            case_place[spot] = at[lane, j]
            case_lane[spot] = lane
            ends[when[lane, j]] += 1
    return case_place, case_lane, begins
