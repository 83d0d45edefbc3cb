"""The bare work of a scan's replicates: add the counts of the next neighbour, compare, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import njit

LANES = 128


def count_bare(order: np.ndarray, sizes: np.ndarray, *, steps: int, reps: int, threads: int) -> int:
    """Visit every window of `reps` replicates (in lanes of 128); return how many blocks of windows held a case.

    `order` has shape (rows, k), `sizes` (rows,): the first so many neighbours of each row are its zones.
    """
    lanes = np.random.default_rng(1).integers(0, 2, (int(order.max()) + 1, LANES)).astype(np.int16)
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(lambda _: _visit(order, sizes, lanes, steps), range(-(-reps // LANES))))


@njit(nogil=True, cache=True)
def _visit(order: Any, sizes: Any, lanes: Any, steps: int) -> int:
    count, found = np.zeros(LANES, np.int16), 0
    for _ in range(steps):
        for row in range(sizes.size):
            count[:] = 0
            near = order[row]
            for k in range(0, sizes[row] - 7, 8):
                found += _add_8(lanes, near, k, count)
    return found


@njit(nogil=True, cache=True)
def _add_8(lanes: Any, near: Any, k: int, count: Any) -> int:
    a, b, c, d = near[k], near[k + 1], near[k + 2], near[k + 3]
    e, f, g, h = near[k + 4], near[k + 5], near[k + 6], near[k + 7]
    most = np.int16(-1)
    for j in range(LANES):
        # Each sum is cast: numba widens int16 to int64 otherwise and the vectors are lost.
        v = np.int16(count[j] + lanes[a, j])
        v = np.int16(v + lanes[b, j])
        v = np.int16(v + lanes[c, j])
        v = np.int16(v + lanes[d, j])
        v = np.int16(v + lanes[e, j])
        v = np.int16(v + lanes[f, j])
        v = np.int16(v + lanes[g, j])
        v = np.int16(v + lanes[h, j])
        count[j] = v
        most = max(most, v)
    return 1 if most > 0 else 0
