"""Banded Knox counts: pairs of events by how far apart they lie in space and in time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from maiam.core.science.scan.streams import PlainStream, begin, below

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
REPS_AT_ONCE = 50
Side = Literal["left", "right"]
METRICS = {"manhattan": 1.0, "euclidean": 2.0}


@dataclass(frozen=True)
class Bands:
    """Edges of bands, rising; the last may be infinite. Each band holds its lower edge, and not its upper one.

    `closed_right` turns that round ("up to 200 m", "up to 3 days"); the first band then holds both its edges.
    """

    edges: tuple[float, ...]
    closed_right: bool = False

    def __post_init__(self) -> None:
        if len(self.edges) < 2 or any(not low < high for low, high in zip(self.edges, self.edges[1:], strict=False)):
            raise ValueError("Bands need two edges or more, each above the one before.")

    def __len__(self) -> int:
        return len(self.edges) - 1

    def place(self, distance: FloatArray) -> IntArray:
        """The band of each distance; -1 below the first, len(bands) beyond the last."""
        side: Side = "left" if self.closed_right else "right"
        band = np.searchsorted(np.array(self.edges), distance, side=side) - 1
        return np.where(distance == self.edges[0], 0, band) if self.closed_right else band

    @property
    def labels(self) -> list[str]:
        pairs = zip(self.edges, self.edges[1:], strict=False)
        names = [f"({low:g}, {high:g}]" if self.closed_right else f"[{low:g}, {high:g})" for low, high in pairs]
        return [f"[{names[0][1:]}", *names[1:]] if self.closed_right else names


@dataclass(frozen=True, eq=False)
class NearRepeat:
    """Tables of shape (space bands, time bands).

    `expected` and `p` come from permuting the dates: the mean of the replicates, and the chance of as many pairs or
    more. `ratio` is pairs over expected, ``nan`` where none are expected.
    """

    pairs: IntArray
    expected: FloatArray
    ratio: FloatArray
    p: FloatArray
    space: Bands
    time: Bands
    reps: int


def near_repeat(
    xy: FloatArray,
    days: FloatArray,
    space: Bands,
    time: Bands,
    *,
    metric: str = "manhattan",
    household: Sequence[str] | None = None,
    reps: int = 999,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NearRepeat:
    """Count pairs of events by band, and hold the counts against events whose dates are dealt out anew.

    Parameters
    ----------
    xy : array of shape (n, 2)
        Positions, in the unit of `space` (metres). Not changed, nor are `days`.
    days : array of shape (n,)
        When each happened, in the unit of `time`.
    metric : {"manhattan", "euclidean"}
    household : sequence of n str or None
        Events of the same household are 0 apart, wherever they were noted; "" is no household.
    reps, seed, threads : int
        The same seed gives the same answer on any number of threads.

    Raises
    ------
    ValueError
        Shapes disagree, fewer than two events, a gap, another metric.

    References
    ----------
    Knox (1964), Appl. Stat. 13; Johnson et al. (2007), J. Quant. Criminol. 23. The bands are what their labels say: the
    Near Repeat Calculator 1.3 counts [a-1, b) under the label a to b.
    """
    xy, days = np.array(xy, dtype=np.float64), np.array(days, dtype=np.float64)
    if xy.shape != (len(days), 2) or len(days) < 2 or not (np.isfinite(xy).all() and np.isfinite(days).all()):
        raise ValueError("Two events or more need finite positions of shape (n, 2) and times of shape (n,).")
    if metric not in METRICS:
        raise ValueError(f"There is no metric {metric}; there are {' and '.join(METRICS)}.")
    codes = _codes(household, len(days))
    first, second, band = _close_pairs(xy, codes, space, METRICS[metric])
    pairs = _count(days, (first, second, band), space, time)
    sums, reached = _permuted(
        days,
        (first, second, band),
        pairs,
        space=space,
        time=time,
        reps=reps,
        seed=seed,
        threads=threads,
        progress=progress,
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = sums / reps if reps else np.full(pairs.shape, np.nan)
        p = (1 + reached) / (1 + reps) if reps else np.full(pairs.shape, np.nan)
        return NearRepeat(pairs, expected, pairs / expected, p, space, time, reps)


def _codes(household: Sequence[str] | None, n: int) -> IntArray:
    if household is None:
        return -1 - np.arange(n)
    if len(household) != n:
        raise ValueError("There must be a household, or none, for each event.")
    codes = np.unique(np.array(household, dtype=object).astype(str), return_inverse=True)[1].astype(np.int64)
    return np.where([bool(name) for name in household], codes, -1 - np.arange(n))


def _reach(bands: Bands) -> float:
    """Farthest edge that has to be looked at: what lies in an endless last band is all the rest."""
    return bands.edges[-2] if np.isinf(bands.edges[-1]) else bands.edges[-1]


def _close_pairs(xy: FloatArray, codes: IntArray, space: Bands, power: float) -> tuple[IntArray, IntArray, IntArray]:
    near = cKDTree(xy).query_pairs(_reach(space) * (1 + 1e-12), p=power, output_type="ndarray").astype(np.int64)
    near = near[codes[near[:, 0]] != codes[near[:, 1]]] if len(near) else near.reshape(0, 2)
    apart = np.abs(xy[near[:, 0]] - xy[near[:, 1]])
    distance = apart.sum(axis=1) if power == 1 else np.sqrt((apart**2).sum(axis=1))
    same = _same_household(codes)
    pairs = np.concatenate([near, same])
    band = np.concatenate([space.place(distance), space.place(np.zeros(len(same)))])
    last = len(space) - 1 if np.isinf(space.edges[-1]) else len(space)
    kept = (band >= 0) & (band < last)
    return pairs[kept, 0], pairs[kept, 1], band[kept]


def _same_household(codes: IntArray) -> IntArray:
    order = np.argsort(codes, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)
    pairs = [np.stack(np.triu_indices(len(group), 1)).T for group in groups if len(group) > 1]
    found = [np.sort(group[pair], axis=1) for group, pair in zip([g for g in groups if len(g) > 1], pairs, strict=True)]
    return np.concatenate(found) if found else np.zeros((0, 2), dtype=np.int64)


def _all_by_time(days: FloatArray, time: Bands) -> IntArray:
    """Pairs in each band of time, wherever they lie: the same however the dates are dealt out."""
    order = np.sort(days)
    side: Side = "right" if time.closed_right else "left"
    upto = []
    for edge in time.edges:
        if np.isinf(edge):
            upto.append(len(days) * (len(days) - 1) // 2)
            continue
        last = np.searchsorted(order, order + edge, side=side)
        upto.append(int(np.maximum(last - np.arange(len(days)) - 1, 0).sum()))
    if time.closed_right and time.edges[0] <= 0:
        upto[0] = 0
    edges = np.array(upto, dtype=np.int64)
    return edges[1:] - edges[:-1]


def _count(days: FloatArray, close: tuple[IntArray, IntArray, IntArray], space: Bands, time: Bands) -> IntArray:
    """The table, in plain numpy: what the kernel is tested against too."""
    first, second, band = close
    when = time.place(np.abs(days[first] - days[second]))
    inside = (when >= 0) & (when < len(time))
    table = np.zeros((len(space), len(time)), dtype=np.int64)
    np.add.at(table, (band[inside], when[inside]), 1)
    if np.isinf(space.edges[-1]) and space.edges[0] <= 0:
        table[-1] = _all_by_time(days, time) - table[:-1].sum(axis=0)
    return table


def _permuted(
    days: FloatArray,
    close: tuple[IntArray, IntArray, IntArray],
    pairs: IntArray,
    *,
    space: Bands,
    time: Bands,
    reps: int,
    seed: int,
    threads: int | None,
    progress: Callable[[int, int], None] | None,
) -> tuple[FloatArray, FloatArray]:
    sums, reached = np.zeros(pairs.shape), np.zeros(pairs.shape)
    by_time = _all_by_time(days, time)
    edges = np.array(time.edges)

    def batch(begins: int) -> IntArray:
        tables = np.zeros((min(REPS_AT_ONCE, reps - begins), *pairs.shape), dtype=np.int64)
        _deal_and_count(days, close, (edges, time.closed_right), (seed, begins), tables)
        return tables

    with ThreadPoolExecutor(threads) as pool:
        for done, tables in enumerate(pool.map(batch, range(0, reps, REPS_AT_ONCE)), start=1):
            if np.isinf(space.edges[-1]) and space.edges[0] <= 0:
                tables[:, -1] = by_time - tables[:, :-1].sum(axis=1)
            sums += tables.sum(axis=0)
            reached += (tables >= pairs).sum(axis=0)
            if progress:
                progress(min(done * REPS_AT_ONCE, reps), reps)
    return sums, reached


def dealt_plain(days: FloatArray, seed: int, replicate: int) -> FloatArray:
    """Deal the dates as the kernel does: with `_count`, what it is tested against."""
    dealt, stream = np.array(days, dtype=np.float64), PlainStream(seed, replicate)
    for i in range(len(dealt) - 1):
        j = i + stream.below(len(dealt) - i)
        dealt[[i, j]] = dealt[[j, i]]
    return dealt


@njit(cache=True, nogil=True)
def _deal_and_count(days, close, bands_of_time, stream, tables):
    """Count `tables`, shape (replicates, space bands, time bands), each on a deal of its own stream."""
    first, second, band = close
    edges, closed_right = bands_of_time
    state = np.zeros(1, np.uint64)
    n, bands = days.size, edges.size - 1
    dealt = np.empty(n)
    for r in range(tables.shape[0]):
        begin(state, stream[0], stream[1] + r)
        dealt[:] = days
        for i in range(n - 1):
            j = i + below(state, n - i)
            dealt[i], dealt[j] = dealt[j], dealt[i]
        for pair in range(first.size):
            apart = abs(dealt[first[pair]] - dealt[second[pair]])
            if closed_right and apart == edges[0]:
                tables[r, band[pair], 0] += 1
                continue
            for k in range(bands):
                if closed_right:
                    if edges[k] < apart <= edges[k + 1]:
                        tables[r, band[pair], k] += 1
                        break
                elif edges[k] <= apart < edges[k + 1]:
                    tables[r, band[pair], k] += 1
                    break
