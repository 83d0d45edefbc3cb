"""The kernel that counts replicates: 128 at once in the lanes of vector registers, one window after the other.

A window's measure is the same in every replicate, so "its statistic reaches the cut" means "its count reaches a whole
number" which is looked up, for each lane by the cut it has come to. Zones grow by nearest neighbours, so the count at
the end of a block of neighbours, held against the number for the block's first zone, safely says that nothing in the
block can matter.
"""

from typing import Any

import numpy as np
from numba import njit

from maiam.core.science.scan.likelihood import BERNOULLI, expected, statistic

LANES = 128
# Measures are sorted into bins by the bits of a float: 6 of the mantissa, powers of two from 2^-18 to 2^20. Finer bins
# would spare a few needless closer looks, and cost more to fill whenever a lane's cut rises.
_SHIFT = 17
LOWEST = (127 - 18) << 6
BINS = 38 << 6
# Statistics for which numbers are at hand: a lane goes by the highest that it has reached.
CUTS = np.concatenate([[0.0], np.arange(0.5, 12, 0.5), np.arange(12.0, 25.0)])
# A float32 may round up; a bin's number must never be too high.
_ROUND_DOWN = 1 - 3e-7
_ROUND_UP = 1 + 3e-7
NEVER_HIGH, NEVER_LOW = 2**31 - 1, -1
NEAR = 1e-4


@njit(cache=True, nogil=True, inline="always")
def bin_of(measure):
    """The bin of a measure."""
    found = (np.int64(np.float32(measure).view(np.int32)) >> _SHIFT) - LOWEST
    return min(max(found, 0), BINS - 1)


@njit(cache=True, nogil=True)
def edges_of_bins() -> Any:
    """The lowest measure of each bin, and at the end the highest of the last. The first bin begins at 0."""
    edges = np.empty(BINS + 1)
    for i in range(BINS + 1):
        edges[i] = np.int32((i + LOWEST) << _SHIFT).view(np.float32)
    edges[0] = 0.0
    edges[BINS] = np.inf
    return edges


@njit(cache=True, nogil=True)
def tabulate(rows, zones, measure, table):
    """Write for rows (first, last) what the first zone of each block measures, shape (steps, rows, blocks)."""
    order, sizes, begins = zones
    steps, blocks = measure.shape[1], begins.size - 1
    amount = np.empty(steps)
    for row in range(rows[0], rows[1]):
        amount[:] = 0.0
        block = 0
        for k in range(sizes[row]):
            place = order[row, k]
            for s in range(steps):
                amount[s] += measure[place, s]
            if block < blocks and k == begins[block]:
                for s in range(steps):
                    table[s, row, block] = amount[s]
                block += 1


@njit(cache=True, nogil=True)
def fill_numbers(rules, cut, bins, high, low):
    """Write for each slot the least count that reaches the cut from above, and the greatest that does from below.

    Slot 0 is the first bin, where a measure may be 0; the others are the bins from `used[0]` to `used[1]`.
    """
    kind, numbers, wanted = rules
    edges, used = bins
    cases, total, min_cases = numbers
    high[:], low[:] = NEVER_HIGH, NEVER_LOW
    count = 1.0
    for slot in range(high.size):
        if not wanted[0]:
            break
        measure = edges[used[0] + slot - 1 if slot else 0] * _ROUND_DOWN
        while count < NEVER_HIGH and not (
            count >= min_cases
            and count > expected(kind, measure, cases, total)
            and (measure <= 0 or statistic(kind, count, measure, cases, total) >= cut)
        ):
            if count >= cases and kind != 1:
                count = float(NEVER_HIGH)
            else:
                count += 1
        high[slot] = np.int32(min(count, float(NEVER_HIGH)))
    count = 0.0
    for slot in range(low.size):
        if not wanted[1]:
            break
        edge = edges[used[0] + slot if slot else 1] * _ROUND_UP
        measure = min(edge, total if kind == BERNOULLI else np.inf)
        if kind == 0 and measure >= cases:
            low[slot] = np.int32(min(cases, float(NEVER_HIGH)))
            continue
        while count < min(expected(kind, measure, cases, total), float(NEVER_HIGH)) and (
            (kind == BERNOULLI and measure >= total) or statistic(kind, count, measure, cases, total) >= cut
        ):
            count += 1
        low[slot] = np.int32(count - 1)


@njit(cache=True, nogil=True)
def _raise(best, levels, numbers, reached, limits):
    """Bring each lane's limits, shapes (levels, slots, LANES), up to the best it has."""
    cuts, highs, lows, both = numbers
    high, low = limits
    for level in range(levels.size):
        for j in range(LANES):
            at = reached[level, j]
            while at + 1 < cuts.size and best[j] >= cuts[at + 1] * levels[level]:
                at += 1
            if best[j] == np.inf:
                at = cuts.size
            if at == reached[level, j]:
                continue
            reached[level, j] = at
            for slot in range(high.shape[1]):
                high[level, slot, j] = highs[at, slot]
            for slot in range(low.shape[1] if both else 0):
                low[level, slot, j] = lows[at, slot]


@njit(cache=True, nogil=True)
def _add_8(lanes, near, k, count, limit):
    a, b, c, d = near[k], near[k + 1], near[k + 2], near[k + 3]
    e, f, g, h = near[k + 4], near[k + 5], near[k + 6], near[k + 7]
    whole = lanes.dtype.type
    over = whole(-1)
    for j in range(LANES):
        # Each sum is cast: numba widens int16 to int64 otherwise and the vectors are lost.
        v = whole(count[j] + lanes[a, j])
        v = whole(v + lanes[b, j])
        v = whole(v + lanes[c, j])
        v = whole(v + lanes[d, j])
        v = whole(v + lanes[e, j])
        v = whole(v + lanes[f, j])
        v = whole(v + lanes[g, j])
        v = whole(v + lanes[h, j])
        count[j] = v
        over = max(over, whole(v - limit[j]))
    return over >= 0


@njit(cache=True, nogil=True)
def _add_4(lanes, near, k, count, limit):
    a, b, c, d = near[k], near[k + 1], near[k + 2], near[k + 3]
    whole = lanes.dtype.type
    over = whole(-1)
    for j in range(LANES):
        v = whole(count[j] + lanes[a, j])
        v = whole(v + lanes[b, j])
        v = whole(v + lanes[c, j])
        v = whole(v + lanes[d, j])
        count[j] = v
        over = max(over, whole(v - limit[j]))
    return over >= 0


@njit(cache=True, nogil=True)
def _add_1(lanes, place, count, limit):
    whole = lanes.dtype.type
    over = whole(-1)
    for j in range(LANES):
        v = whole(count[j] + lanes[place, j])
        count[j] = v
        over = max(over, whole(v - limit[j]))
    return over >= 0


@njit(cache=True, nogil=True)
def _is_low(count, limit):
    whole = count.dtype.type
    under = whole(-1)
    for j in range(LANES):
        under = max(under, whole(limit[j] - count[j]))
    return under >= 0


@njit(cache=True, nogil=True)
def _exact(order, measure, row, size, s):
    amount = 0.0
    for k in range(size):
        amount += measure[order[row, k], s]
    return amount


@njit(cache=True, nogil=True)
def _settle(lanes, at, zones, rules, state):
    """Look closer at a block of zones that may reach some lane's best; `count` is at its last zone. Says if it did."""
    row, first, last, s, amount, weight, base = at
    order, measure, _, _ = zones
    kind, numbers, wanted = rules
    count, best, high, low, amounts, slots = state
    cases, total, min_cases = numbers
    is_better = False
    for k in range(first, last):
        amount += measure[order[row, k], s] if k > first else 0.0
        amounts[k - first], slots[k - first] = amount, max(bin_of(amount) - base, 0)
    for j in range(LANES):
        if count[j] < high[slots[0], j] and not (wanted[1] and count[j] <= low[slots[0], j]):
            continue
        c = count[j]
        for k in range(last - 1, first - 1, -1):
            # The zone's own number first; then the logarithms; then, where it may count, the exact measure.
            slot = slots[k - first]
            if c >= high[slot, j] or (wanted[1] and c <= low[slot, j]):
                m = amounts[k - first]
                apart = c - expected(kind, m, cases, total)
                is_wanted = (apart > 0 and wanted[0] and c >= min_cases) or (apart < 0 and wanted[1])
                if m > 0 and is_wanted and weight * statistic(kind, float(c), m, cases, total) > best[j] - NEAR:
                    true = _exact(order, measure, row, k + 1, s)
                    reached = weight * statistic(kind, float(c), true, cases, total)
                    is_better = is_better or reached > best[j]
                    best[j] = max(best[j], reached)
            c -= lanes[order[row, k], j]
    return is_better


@njit(cache=True, nogil=True)
def _scan_row(lanes, at, zones, rules, state):
    row, size, s, weight, base = at
    order, _, begins, amounts = zones
    count, best, high, low, own, slots = state
    is_low_wanted = rules[2][1]
    is_better = False
    count[:] = 0
    near = order[row]
    for block in range(begins.size - 1):
        first, last = begins[block], min(begins[block + 1], size)
        if first >= size:
            break
        slot = max(bin_of(amounts[block]) - base, 0)
        limit = high[slot]
        if last - first == 8:
            hit = _add_8(lanes, near, first, count, limit)
        elif last - first == 4:
            hit = _add_4(lanes, near, first, count, limit)
        else:
            hit = False
            for k in range(first, last):
                hit = _add_1(lanes, near[k], count, limit) or hit
        if is_low_wanted:
            hit = _is_low(count, low[slot]) or hit
        if hit:
            closer = (row, first, last, s, float(amounts[block]), weight, base)
            is_better = _settle(lanes, closer, zones, rules, (count, best, high, low, own, slots)) or is_better
    return is_better


@njit(cache=True, nogil=True)
def sweep(lanes, walk, zones, rules, best):
    """Walk over the windows in time; at each, over every row; raise `best`, shape (LANES,).

    `lanes` (whole numbers, (places, LANES)) holds the counts of the window before and is carried on. Windows whose
    statistic is below what a lane has are passed over unseen.
    """
    case_place, case_lane, begins_at, added, is_new, is_scanned = walk
    order, sizes, begins, table, measure, levels, level_of_row = zones
    kind, numbers, wanted, base, cuts, highs, lows = rules
    high = np.empty((levels.size, highs.shape[1], LANES), lanes.dtype)
    low = np.empty((levels.size, highs.shape[1] if wanted[1] else 1, LANES), lanes.dtype)
    reached = np.full((levels.size, LANES), -1)
    at_hand = (cuts, highs, lows, wanted[1])
    count = np.zeros(LANES, lanes.dtype)
    own, slots = np.zeros(8), np.zeros(8, np.int64)
    _raise(best, levels, at_hand, reached, (high, low))
    for s in range(added.size):
        if is_new[s]:
            lanes[:] = 0
        for i in range(begins_at[added[s]], begins_at[added[s] + 1]):
            lanes[case_place[i], case_lane[i]] += lanes.dtype.type(1)
        if not is_scanned[s]:
            continue
        for row in range(sizes.size):
            level = level_of_row[row]
            at = (row, sizes[row], s, levels[level], base)
            state = (count, best, high[level], low[level], own, slots)
            near = (order, measure, begins, table[s, row])
            if _scan_row(lanes, at, near, (kind, numbers, wanted), state):
                _raise(best, levels, at_hand, reached, (high, low))
