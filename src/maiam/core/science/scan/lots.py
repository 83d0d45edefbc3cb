"""How the cases of a replicate are drawn, when nothing but chance is at work."""

from dataclasses import dataclass, field

import numpy as np
from numba import njit

from maiam.core.science.scan.places import FloatArray, IntArray
from maiam.core.science.scan.settings import Model
from maiam.core.science.scan.streams import begin, below, binomial, gamma, poisson, uniform, word
from maiam.core.science.scan.vectors import LANES

CELLS, PERMUTED, LABELS, UNREST = 0, 1, 2, 3
WEEK = 7


def _none(kind: type) -> np.ndarray:
    return np.zeros(0, dtype=kind)


@dataclass(frozen=True, eq=False)
class Lots:
    """Tables to draw from. Only periods from `first` on are drawn: a prospective scan looks at no others.

    `way` is one of the four above.
    """

    way: int
    most: int
    periods: int
    chance: FloatArray = field(default_factory=lambda: _none(np.float64))
    other: np.ndarray = field(default_factory=lambda: _none(np.uint64))
    weeks: int = 0
    daily: FloatArray = field(default_factory=lambda: _none(np.float64))
    place: IntArray = field(default_factory=lambda: _none(np.int64))
    period: IntArray = field(default_factory=lambda: _none(np.int64))
    cases: int = 0
    fixed: bool = True
    scale: tuple[float, float] = (0.0, 0.0)
    level: FloatArray = field(default_factory=lambda: np.zeros((2, 0)))

    def arguments(self) -> tuple[object, ...]:
        """The tables as the kernel takes them."""
        numbers = np.array([self.way, self.periods, self.weeks, self.cases, self.fixed], dtype=np.int64)
        return numbers, self.chance, self.other, self.daily, self.place, self.period, self.scale, self.level


def lots_of_cells(measure: FloatArray, *, cases: int, first: int, fixed: bool) -> Lots:
    """Draw each case into a cell by what the cell expects; `fixed` keeps the total, else it is Poisson.

    `measure` has shape (places, periods) and is what is expected; scaled to `cases` in all when `fixed`.
    """
    inside = np.ascontiguousarray(measure[:, first:].T)
    mean, total = float(inside.sum()), measure.sum()
    most = int(mean + 12 * np.sqrt(mean)) + 40
    by_period = inside.sum(axis=1)
    left = by_period[::-1].cumsum()[::-1]
    of_left = np.divide(by_period, left, out=np.ones_like(left), where=left > 0)
    return Lots(
        CELLS,
        min(most, cases) if fixed else most,
        len(inside),
        of_left,
        _aliases(inside),
        cases=cases,
        fixed=fixed,
        scale=(min(mean / total, 1.0) if total > 0 else 0.0, mean),
    )


@dataclass(frozen=True, eq=False)
class Doubt:
    """What chance does beside Poisson's: risks that wander from week to week, levels that are not quite known.

    `unrest` is the variance of a place's weekly risk about 1; `level` (shape (places,)) that of its whole level.
    """

    unrest: float
    level: FloatArray

    @property
    def is_none(self) -> bool:
        return self.unrest <= 0 and not (self.level > 0).any()


def lots_of_unrest(measure: FloatArray, *, cases: int, first: int, fixed: bool, doubt: Doubt) -> Lots:
    """Draw as `lots_of_cells`, but let every place's risk wander, and its level be what it may.

    Weeks are counted back from the end. Those that end before `first` are drawn in one: many of them hardly wander.
    """
    places, periods = measure.shape
    weeks = -(-(periods - first) // WEEK)
    padded = np.zeros((places, weeks * WEEK))
    begin = max(0, periods - weeks * WEEK)
    padded[:, weeks * WEEK - (periods - begin) :] = measure[:, begin:]
    by_week, outside = padded.reshape(places, weeks, WEEK).sum(axis=2), measure[:, :begin]
    mean, total = float(by_week.sum()), float(outside.sum())
    most = int(
        mean + 40 * np.sqrt(mean * (1 + doubt.unrest * WEEK) + (doubt.level * by_week.sum(axis=1) ** 2).sum()) + 100
    )
    before = _squares_of_weeks(outside) / total**2 if total > 0 else 0.0
    return Lots(
        UNREST,
        min(cases, most) if fixed else most,
        periods - first,
        by_week.ravel(),
        np.array([weeks * WEEK - (periods - first)], dtype=np.uint64),
        weeks,
        padded.ravel(),
        cases=cases,
        fixed=fixed,
        scale=(doubt.unrest, doubt.unrest * before),
        level=np.stack([doubt.level, outside.sum(axis=1)]),
    )


def _squares_of_weeks(measure: FloatArray) -> float:
    """Sum of squares of weekly sums, weeks counted back from the end."""
    weeks = np.add.reduceat(measure, np.arange(measure.shape[1] % WEEK, measure.shape[1], WEEK), axis=1)
    return float((weeks**2).sum())


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


def lots_of(model: Model, counts: IntArray, measure: FloatArray, *, first: int, doubt: Doubt) -> Lots:
    """Choose how to draw for a model. Shapes (places, periods); `measure` as in `likelihood`."""
    if model is Model.PERMUTATION:
        return lots_of_permutation(counts, first=first)
    cases = int(counts.sum())
    if model is Model.BERNOULLI:
        return lots_of_labels(measure.astype(np.int64), cases=cases, first=first)
    fixed = model is Model.POISSON
    if not doubt.is_none:
        return lots_of_unrest(measure, cases=cases, first=first, fixed=fixed, doubt=doubt)
    return lots_of_cells(measure, cases=cases, first=first, fixed=fixed)


@njit(cache=True, nogil=True)
def _aliases(weights):
    """Tables for each row of weights, one behind the other."""
    packed = np.empty(weights.size, np.uint64)
    for row in range(len(weights)):
        packed[row * weights.shape[1] : (row + 1) * weights.shape[1]] = _alias(weights[row])
    return packed


@njit(cache=True, nogil=True)
def _alias(weight):
    """Tables from which one of n is drawn in one step (Vose 1991, IEEE Trans. Software Eng. 17).

    Each holds the other to go to in its lower half, and in its upper half up to where to stay, in parts of 2^32.
    """
    n = weight.size
    total = weight.sum()
    keep, other = weight * (n / total) if total > 0 else np.ones(n), np.arange(n)
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
    # What is left over of the small ones is rounding: each stays with itself.
    packed = np.empty(n, np.uint64)
    for i in range(n):
        packed[i] = (np.uint64(min(keep[i], 1.0) * (2.0**32 - 1)) << np.uint64(32)) | np.uint64(other[i])
    return packed


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
    # How many in all, how many of them in each period, and then the place of each.
    numbers, of_left, other, _, _, _, scale, _ = tables
    count = binomial(state, numbers[3], scale[0]) if numbers[4] else poisson(state, scale[1])
    count = min(count, at.size)
    periods = numbers[1]
    places = np.uint64(other.size // periods)
    low = np.uint64(2**32 - 1)
    found = 0
    for period in range(periods):
        now = binomial(state, count - found, of_left[period])
        begin_at = np.uint64(period) * places
        for i in range(found, found + now):
            bits = word(state)
            cell = ((bits >> np.uint64(32)) * places) >> np.uint64(32)
            entry = other[begin_at + cell]
            at[i] = cell if (bits & low) < (entry >> np.uint64(32)) else entry & low
            when[i] = period
        found += now
    return found


@njit(cache=True, nogil=True)
def _draw_permuted(state, tables, deck, at, when):
    # Deal from the deck without putting back; then undo the dealing, so that each replicate finds the same deck.
    place, period = tables[4], tables[5]
    count, cards = period.size, place.size
    for i in range(count):
        j = i + below(state, cards - i)
        deck[i], deck[j] = deck[j], deck[i]
        at[i] = place[deck[i]]
        when[i] = j
    for i in range(count - 1, -1, -1):
        j = when[i]
        deck[i], deck[j] = deck[j], deck[i]
        when[i] = period[i]
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


@njit(cache=True, nogil=True, inline="always")
def _about_one(state, variance):
    return gamma(state, 1 / variance) * variance if variance > 0 else 1.0


@njit(cache=True, nogil=True)
def _draw_unrest(state, tables, at, when):
    # Weekly expectations, each times what its place and week happen to be; then how many cases fall within, as many of
    # all as the weeks before leave; then each case to a place and week, and to a day within it.
    numbers, weekly, shift, daily, _, _, scale, level = tables
    weeks, early, weights = numbers[2], np.int64(shift[0]), np.empty(weekly.size)
    inside = outside = 0.0
    for place in range(level.shape[1]):
        height = _about_one(state, level[0, place])
        outside += height * level[1, place]
        for i in range(place * weeks, (place + 1) * weeks):
            if weekly[i] > 0:
                inside += height * weekly[i] * _about_one(state, scale[0])
            weights[i] = inside
    if inside <= 0:
        return 0
    if numbers[4]:
        outside *= _about_one(state, scale[1])
        count = binomial(state, numbers[3], inside / (inside + outside))
    else:
        count = poisson(state, inside)
    found = 0
    for _ in range(min(count, at.size)):
        cell = min(np.searchsorted(weights, uniform(state) * inside, side="right"), weekly.size - 1)
        left, day = uniform(state) * weekly[cell], 0
        while day < WEEK - 1 and left >= daily[cell * WEEK + day]:
            left -= daily[cell * WEEK + day]
            day += 1
        now = (cell % weeks) * WEEK + day - early
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
def deal_lanes(seed, replicates, tables, size):
    """Draw the replicates of a block of lanes and sort their cases by period.

    Returns for each case its place and lane (place * LANES + lane); where each period begins among them; the most
    cases of one place and lane.
    """
    places, most = size
    state = np.zeros(1, np.uint64)
    deck = np.arange(tables[4].size)
    at, when = np.empty((replicates.size, most), np.int32), np.empty((replicates.size, most), np.int32)
    found = np.zeros(replicates.size, np.int64)
    begins = np.zeros(tables[0][1] + 1, np.int64)
    for lane in range(replicates.size):
        begin(state, seed, replicates[lane])
        found[lane] = _draw(state, tables, deck, at[lane], when[lane])
        for j in range(found[lane]):
            begins[when[lane, j] + 1] += 1
    begins = np.cumsum(begins)
    ends = begins[:-1].copy()
    cases, tallest = np.empty(begins[-1], np.int32), 0
    tally = np.zeros(places * LANES, np.int32)
    for lane in range(replicates.size):
        for j in range(found[lane]):
            spot = ends[when[lane, j]]
            code = at[lane, j] * LANES + lane
            cases[spot] = code
            tally[code] += 1
            tallest = max(tallest, tally[code])
            ends[when[lane, j]] = spot + 1
    return cases, begins, tallest
