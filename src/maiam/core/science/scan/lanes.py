"""The kernel that counts replicates: 128 at once in the lanes of vector registers, one window after the other.

A window's measure is the same in every replicate, so "its statistic reaches the cut" means "its count reaches a whole
number" which is looked up, for each lane by the cut it has come to. Zones grow by nearest neighbours, so the count at
the end of a block of neighbours, held against the number for the block's first zone, safely says that nothing in the
block can matter.
"""

import math
from typing import Any

import numpy as np
from numba import njit

from maiam.core.science.scan.likelihood import BERNOULLI, CONDITIONAL, EXPECTATION, expected, statistic
from maiam.core.science.scan.places import FloatArray, IntArray
from maiam.core.science.scan.vectors import LANES, WIDEST, grow

# Zones looked at one by one at the head of a row: so many for each 1 that a place measures, and at least so many.
SINGLES, LEAST_SINGLES = 16, 8
# Lanes passed over at once where none is of interest.
GROUP = 16
# Measures are sorted into slots: below 1 sixteen to each power of two, above it sixteen to each 1 of the square root,
# which is an eighth of Poisson's standard deviation. Finer ones would spare few closer looks, and cost more to fill.
_SHIFT = 19
LOWEST = (127 - 8) << 4
SMALL = 8 << 4
PER_ROOT = 16.0
# Statistics for which numbers are at hand: a lane goes by the highest that it has reached.
CUTS = np.concatenate([np.arange(0, 4, 0.25), np.arange(4, 12, 0.125), np.arange(12, 33, 1.0)])
# The edge of a slot may be rounded; its number must never be too high.
_ROUND_DOWN = 1 - 3e-7
_ROUND_UP = 1 + 3e-7
NEVER_HIGH, NEVER_LOW = 2**31 - 1, -1
NEAR = 1e-4


@njit(cache=True, nogil=True)
def slot_of(measure):
    """The slot of a measure."""
    if measure < 1:
        return max((np.int64(np.float32(measure).view(np.int32)) >> _SHIFT) - LOWEST, 0)
    return SMALL + np.int64(PER_ROOT * (math.sqrt(measure) - 1))


@njit(cache=True, nogil=True)
def edges_of_slots(most: float) -> Any:
    """The lowest measure of each slot up to that of the measure `most`, and the highest of the last. The first is 0."""
    slots = slot_of(most) + 1
    edges = np.empty(slots + 1)
    for i in range(slots + 1):
        if i < SMALL:
            edges[i] = np.int32((i + LOWEST) << _SHIFT).view(np.float32)
        else:
            edges[i] = (1 + (i - SMALL) / PER_ROOT) ** 2
    edges[0] = 0.0
    return edges


def ends_of(per_place: FloatArray, *, by_one: bool) -> IntArray:
    """Up to which neighbour the blocks of a row hold one zone, two, and four: shape (steps, 3).

    `per_place` is what a place measures on average, shape (steps,). A block must grow by much less than the distance
    between what is expected and what is looked for, so its width may rise with the square root of its place in the
    row over that average.
    """
    if by_one:
        return np.full((len(per_place), 3), NEVER_HIGH, dtype=np.int64)
    first = np.maximum(LEAST_SINGLES, np.ceil(SINGLES * per_place / 8) * 8).astype(np.int64)
    return np.stack([first, 4 * first, 16 * first], axis=1)


@njit(cache=True, nogil=True, inline="always")
def _width(k, ends, size):
    if k < ends[0]:
        return 1
    width = 2 if k < ends[1] else 4 if k < ends[2] else 8
    return width if k + width <= size else 1


@njit(cache=True, nogil=True)
def count_blocks(ends, size):
    """How many blocks a row of `size` zones has, at the step where it has most."""
    most = 0
    for s in range(len(ends)):
        k = blocks = 0
        while k < size:
            k += _width(k, ends[s], size)
            blocks += 1
        most = max(most, blocks)
    return most


@njit(cache=True, nogil=True)
def tabulate(rows, zones, by_step, table):
    """Write for rows (first, last) the slot of each block's first zone: shape (steps, rows, blocks).

    `by_step` is the measure, shape (steps, places).
    """
    order, sizes, ends = zones
    for row in range(rows[0], rows[1]):
        for s in range(len(by_step)):
            amount, block, start = 0.0, 0, 0
            for k in range(sizes[row]):
                amount += by_step[s, order[row, k]]
                if k == start:
                    table[s, row, block] = slot_of(amount)
                    block += 1
                    start += _width(k, ends[s], sizes[row])


@njit(cache=True, nogil=True)
def fill_numbers(rules, cuts, edges, high, low):
    """Write for each cut and slot the least count that reaches it from above, and the greatest that does from below.

    Shapes (cuts,), (slots + 1,), (cuts, slots).
    """
    for at in range(cuts.size):
        _fill_numbers(rules, cuts[at], edges, high[at], low[at])


@njit(cache=True, nogil=True)
def _fill_numbers(rules, cut, edges, high, low):
    kind, numbers, wanted = rules
    cases, total, min_cases = numbers
    high[:], low[:] = NEVER_HIGH, NEVER_LOW
    count = 1.0
    for slot in range(high.size if wanted[0] else 0):
        measure = edges[slot] * _ROUND_DOWN
        while count < NEVER_HIGH and not (
            count >= min_cases
            and count > expected(kind, measure, cases, total)
            and (measure <= 0 or statistic(kind, count, measure, cases, total) >= cut)
        ):
            count = float(NEVER_HIGH) if count >= cases and kind != EXPECTATION else count + 1
        high[slot] = np.int32(count)
    count = 0.0
    for slot in range(low.size if wanted[1] else 0):
        measure = edges[slot + 1] * _ROUND_UP
        if kind == CONDITIONAL and measure >= cases:
            low[slot] = np.int32(min(cases, float(NEVER_HIGH)))
            continue
        measure = min(measure, total) if kind == BERNOULLI else measure
        while count < min(expected(kind, measure, cases, total), float(NEVER_HIGH)) and (
            (kind == BERNOULLI and measure >= total) or statistic(kind, count, measure, cases, total) >= cut
        ):
            count += 1
        low[slot] = np.int32(count - 1)


@njit(cache=True, nogil=True)
def _raise(lane, best, limits, at_hand):
    """Bring a lane's limits, shapes (levels, slots, LANES), up to the best it has."""
    reached, high, low = limits
    levels, cuts, table_high, table_low, both = at_hand
    for level in range(levels.size):
        at = reached[level, lane]
        while at + 1 < cuts.size and best >= cuts[at + 1] * levels[level]:
            at += 1
        if best == np.inf:
            at = cuts.size
        if at == reached[level, lane]:
            continue
        reached[level, lane] = at
        for slot in range(high.shape[1]):
            high[level, slot, lane] = table_high[at, slot]
        for slot in range(low.shape[1] if both else 0):
            low[level, slot, lane] = table_low[at, slot]


@njit(cache=True, nogil=True)
def _is_quiet(count, group, high, low, both):
    whole = count.dtype.type
    over = whole(-1)
    for j in range(group, group + GROUP):
        over = max(over, whole(count[j] - high[j]))
    for j in range(group, group + GROUP if both else group):
        over = max(over, whole(low[j] - count[j]))
    return over < 0


@njit(cache=True, nogil=True)
def _exact(order, measure, row, size, s):
    amount = 0.0
    for k in range(size):
        amount += measure[order[row, k], s]
    return amount


@njit(cache=True, nogil=True)
def _settle(lanes, at, zones, rules, state):
    """Look closer at a block of zones, of which some lane reached the number; `count` is at its last zone."""
    row, s, first, last, level, slot = at
    order, measure, edges = zones
    kind, numbers, wanted = rules
    best, count, amounts, limits, at_hand = state
    cases, total, min_cases = numbers
    weight, edge, both = at_hand[0][level], edges[slot] * _ROUND_DOWN, wanted[1]
    high, low = limits[1][level, slot], limits[2][level, slot if both else 0]
    is_known = False
    for group in range(0, LANES, GROUP):
        if _is_quiet(count, group, high, low, both):
            continue
        for j in range(group, group + GROUP):
            c, before = count[j], best[j]
            is_high = c >= high[j]
            if not is_high and not (both and c <= low[j]):
                continue
            # What the count would be worth in the smallest zone of all with this number.
            if is_high and edge > 0 and weight * statistic(kind, float(c), edge, cases, total) < before - NEAR:
                continue
            if not is_known:
                amounts[0] = _exact(order, measure, row, first + 1, s)
                for k in range(first + 1, last):
                    amounts[k - first] = amounts[k - first - 1] + measure[order[row, k], s]
                is_known = True
            for k in range(last - 1, first - 1, -1):
                here = lanes[order[row, k], j]
                # A zone with no case more than the one before is worth less than that, unless few are looked for.
                if here > 0 or both:
                    m = amounts[k - first]
                    apart = c - expected(kind, m, cases, total)
                    is_wanted = (apart > 0 and wanted[0] and c >= min_cases) or (apart < 0 and both)
                    if m > 0 and is_wanted:
                        best[j] = max(best[j], weight * statistic(kind, float(c), m, cases, total))
                c -= here
            if best[j] > before:
                _raise(j, best[j], limits, at_hand)


@njit(cache=True, nogil=True)
def sweep(lanes, walk, zones, rules, state):
    """Walk over the windows in time; at each, over the rows (first, last, step); raise `best`, shape (LANES,).

    `lanes` (whole numbers, (places, LANES)) holds the counts of the window before and is carried on. Windows whose
    statistic is below what a lane has, or below `floor`, are passed over unseen.
    """
    best, floor = state
    cases, begins_at, added, is_new, is_scanned = walk
    rows, order, sizes, ends, table, measure, levels, level_of_row = zones
    kind, numbers, wanted, edges, cuts, table_high, table_low = rules
    both = wanted[1]
    whole = table_high.dtype.type
    high = np.empty((levels.size, table_high.shape[1], LANES), table_high.dtype)
    low = np.empty((levels.size, table_high.shape[1] if both else 1, LANES), table_high.dtype)
    limits = (np.full((levels.size, LANES), -1), high, low)
    at_hand = (levels, cuts, table_high, table_low, both)
    for lane in range(LANES):
        _raise(lane, max(best[lane], floor), limits, at_hand)
    count = np.zeros(LANES, table_high.dtype)
    state = (best, count, np.zeros(WIDEST), limits, at_hand)
    closer = (order, measure, edges)
    without = (lanes, order, table, high)
    with_low = (lanes, order, table, high, low)
    flat = lanes.reshape(-1)
    for s in range(added.size):
        if is_new[s]:
            flat[:] = lanes.dtype.type(0)
        for i in range(begins_at[added[s]], begins_at[added[s] + 1]):
            flat[cases[i]] += lanes.dtype.type(1)
        for row in range(rows[0], rows[1] if is_scanned[s] else rows[0], rows[2]):
            level = level_of_row[row]
            size = sizes[row]
            count[:] = whole(0)
            k = block = 0
            while True:
                at = (s, row, level, k, block, ends[s, 0], ends[s, 1], ends[s, 2], size)
                stop: Any = grow(with_low, count, at) if both else grow(without, count, at)  # type: ignore[call-arg]
                if stop < 0:
                    break
                block, began, k = stop >> 48, (stop >> 24) & (2**24 - 1), stop & (2**24 - 1)
                slot = np.int64(table[s, row, block])
                _settle(lanes, (row, s, began, k, level, slot), closer, (kind, numbers, wanted), state)
                block += 1
