"""The kernel that counts replicates: 128 at once in the lanes of vector registers, one window after the other.

A window's measure is the same in every replicate, so "its statistic reaches the cut" means "its count reaches a whole
number" which is looked up. Zones grow by nearest neighbours, so the count at the end of a block of neighbours, held
against the number for the block's first zone, safely says that nothing in the block can matter.
"""

from typing import Any

import numpy as np
from numba import njit

from maiam.core.science.scan.likelihood import BERNOULLI, bound_factor, expected, statistic

LANES = 128
# Measures are sorted into bins by the bits of a float: 9 of the mantissa, powers of two from 2^-18 to 2^20.
_SHIFT = 14
LOWEST = (127 - 18) << 9
BINS = 38 << 9
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
    """For each bin in use write the least count that reaches the cut from above, and the greatest from below."""
    kind, numbers, wanted = rules
    edges, used = bins
    cases, total, min_cases = numbers
    count = 1.0
    for i in range(used[0], used[1] + 1):
        if not wanted[0]:
            high[i] = NEVER_HIGH
            continue
        measure = edges[i] * _ROUND_DOWN
        while count < NEVER_HIGH and not (
            count >= min_cases
            and count > expected(kind, measure, cases, total)
            and (measure <= 0 or statistic(kind, count, measure, cases, total) >= cut)
        ):
            if count >= cases and kind != 1:
                count = float(NEVER_HIGH)
            else:
                count += 1
        high[i] = np.int32(min(count, float(NEVER_HIGH)))
    if not wanted[1]:
        low[used[0] : used[1] + 1] = NEVER_LOW
        return
    count = 0.0
    for i in range(used[0], used[1] + 1):
        measure = min(edges[i + 1] * _ROUND_UP, total if kind == BERNOULLI else np.inf)
        if kind == 0 and measure >= cases:
            low[i] = np.int32(min(cases, float(NEVER_HIGH)))
            continue
        while count < min(expected(kind, measure, cases, total), float(NEVER_HIGH)) and (
            (kind == BERNOULLI and measure >= total) or statistic(kind, count, measure, cases, total) >= cut
        ):
            count += 1
        low[i] = np.int32(count - 1)


@njit(cache=True, nogil=True)
def _add_8(lanes, near, k, count, high):
    a, b, c, d = near[k], near[k + 1], near[k + 2], near[k + 3]
    e, f, g, h = near[k + 4], near[k + 5], near[k + 6], near[k + 7]
    whole = lanes.dtype.type
    most = whole(-1)
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
        most = max(most, v)
    return most >= high


@njit(cache=True, nogil=True)
def _add_1(lanes, place, count, high, low):
    whole = lanes.dtype.type
    most, least = whole(-1), whole(32767)
    for j in range(LANES):
        v = whole(count[j] + lanes[place, j])
        count[j] = v
        most = max(most, v)
        least = min(least, v)
    return most >= high or least <= low


@njit(cache=True, nogil=True)
def _exact(order, measure, row, size, s):
    amount = 0.0
    for k in range(size):
        amount += measure[order[row, k], s]
    return amount


@njit(cache=True, nogil=True)
def _settle(lanes, at, zones, rules, state):
    """Look closer at a block of zones that may reach some lane's best; `count` is at its last zone."""
    row, first, last, s, amount, weight = at
    order, measure, _, _ = zones
    kind, numbers, wanted = rules
    count, best, high, low = state
    cases, total, min_cases = numbers
    for k in range(first + 1, last):
        amount += measure[order[row, k], s]
    for j in range(LANES):
        if count[j] < high and count[j] > low:
            continue
        c, m = float(count[j]), amount
        for k in range(last - 1, first - 1, -1):
            apart = c - expected(kind, m, cases, total)
            if m > 0 and ((apart > 0 and wanted[0] and c >= min_cases) or (apart < 0 and wanted[1])):
                # The cheap bound first; then the logarithms; then, where it may count, the exact measure.
                bound = weight * apart * apart * bound_factor(kind, m, cases, total)
                if bound > best[j] - NEAR and weight * statistic(kind, c, m, cases, total) > best[j] - NEAR:
                    true = _exact(order, measure, row, k + 1, s)
                    best[j] = max(best[j], weight * statistic(kind, c, true, cases, total))
            place = order[row, k]
            c -= lanes[place, j]
            m -= measure[place, s]


@njit(cache=True, nogil=True)
def _scan_row(lanes, at, zones, rules, state):
    row, size, s, weight = at
    order, _, begins, amounts = zones
    count, best, high, low = state
    count[:] = 0
    near = order[row]
    for block in range(begins.size - 1):
        first, last = begins[block], min(begins[block + 1], size)
        if first >= size:
            break
        spot = bin_of(amounts[block])
        top, bottom = high[spot], low[spot]
        if last - first == 8:
            hit = _add_8(lanes, near, first, count, top)
        else:
            hit = False
            for k in range(first, last):
                hit = _add_1(lanes, near[k], count, top, bottom) or hit
        if hit:
            closer = (row, first, last, s, float(amounts[block]), weight)
            _settle(lanes, closer, zones, rules, (count, best, top, bottom))


@njit(cache=True, nogil=True)
def sweep(lanes, walk, zones, rules, best):
    """Walk over the windows in time; at each, over every `stride`-th row; raise `best`, shape (LANES,).

    `lanes` (whole numbers, (places, LANES)) holds the counts of the window before and is carried on. Windows whose
    statistic is below `floor`, and below what every lane has, are passed over unseen.
    """
    case_place, case_lane, begins_at, added, is_new, is_scanned = walk
    order, sizes, begins, table, measure, levels, level_of_row = zones
    kind, numbers, wanted, edges, used, stride, floor = rules
    high = np.empty((levels.size, BINS), np.int32)
    low = np.empty((levels.size, BINS), np.int32)
    count = np.zeros(LANES, lanes.dtype)
    cut = -1.0
    for s in range(added.size):
        if is_new[s]:
            lanes[:] = 0
        for i in range(begins_at[added[s]], begins_at[added[s] + 1]):
            lanes[case_place[i], case_lane[i]] += lanes.dtype.type(1)
        if not is_scanned[s]:
            continue
        needed = max(floor, best.min())
        if cut < 0 or needed > cut + 0.25:
            cut = needed
            for level in range(levels.size):
                scaled = cut / levels[level]
                fill_numbers((kind, numbers, wanted), scaled, (edges, used), high[level], low[level])
        for row in range(0, sizes.size, stride):
            level = level_of_row[row]
            at = (row, sizes[row], s, levels[level])
            state = (count, best, high[level], low[level])
            _scan_row(lanes, at, (order, measure, begins, table[s, row]), (kind, numbers, wanted), state)
