"""The strongest windows of data in which only chance is at work: what the observed cluster is held against."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from maiam.core.science.scan import lanes as kernel
from maiam.core.science.scan.lots import Lots, deal, deal_lanes
from maiam.core.science.scan.observed import ROWS_AT_ONCE, Study, statistics_plain
from maiam.core.science.scan.places import FloatArray, IntArray
from maiam.core.science.scan.windows import Windows

LANES = kernel.LANES
AT_ONCE = 8 * LANES
TABLE_BYTES = 256 * 2**20
# What a first look takes: every so many-th row, and a floor below which it does not look closely.
LOOK_ROWS = 48
LOOK_FLOOR = 2.0
TIE = 1e-6

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Chance:
    """A study, its windows in time, and how to draw cases by chance. `first` is the earliest period drawn."""

    study: Study
    windows: Windows
    lots: Lots
    first: int
    seed: int
    threads: int | None = None

    def maxima(
        self, reps: int, *, strongest: float, stop_after: int | None = None, progress: Progress | None = None
    ) -> FloatArray:
        """Return the strongest statistic of each replicate: shape (reps,), fewer when stopped.

        Stops after the batch in which the `stop_after`-th replicate reached `strongest`. `progress` is told how many
        replicates of how many are done.
        """
        found = np.zeros(reps)
        tables = _Tables(self)
        with ThreadPoolExecutor(self.threads) as pool:
            for begin in range(0, reps, AT_ONCE):
                numbers = np.arange(begin, min(begin + AT_ONCE, reps))
                found[numbers] = self._batch(numbers, tables, pool)
                if progress:
                    progress(int(numbers[-1]) + 1, reps)
                reached = np.count_nonzero(found[: numbers[-1] + 1] >= strongest - TIE)
                if stop_after is not None and reached >= stop_after:
                    return self._cut_short(found[: numbers[-1] + 1], strongest, stop_after)
        return found

    @staticmethod
    def _cut_short(found: FloatArray, strongest: float, stop_after: int) -> FloatArray:
        """End with the replicate that decided (Besag and Clifford 1991), whatever the size of a batch."""
        return found[: np.flatnonzero(found >= strongest - TIE)[stop_after - 1] + 1]

    def _batch(self, numbers: IntArray, tables: "_Tables", pool: ThreadPoolExecutor) -> FloatArray:
        best = np.zeros(len(numbers))
        stride = max(1, len(self.study.sizes) // LOOK_ROWS)
        if stride > 1:
            # A first look at few rows gives each replicate a floor; alike floors then share their lanes.
            best = self._swept(numbers, best, tables, pool, stride=stride, floor=LOOK_FLOOR)
        by_floor = np.argsort(best, kind="stable")
        best[by_floor] = self._swept(numbers[by_floor], best[by_floor], tables, pool, stride=1, floor=0.0)
        return best

    def _swept(
        self,
        numbers: IntArray,
        best: FloatArray,
        tables: "_Tables",
        pool: ThreadPoolExecutor,
        *,
        stride: int,
        floor: float,
    ) -> FloatArray:
        blocks = [_Block.of(self, numbers[i : i + LANES], best[i : i + LANES]) for i in range(0, len(numbers), LANES)]
        for part in tables.parts(pool):
            list(pool.map(lambda block, part=part: block.sweep(part, stride=stride, floor=floor), blocks))
            if stride > 1:
                break
        return np.concatenate([block.best[: block.used] for block in blocks])


@dataclass(frozen=True, eq=False)
class _Part:
    """Windows first <= s < last, with what each block of zones measures in them."""

    tables: "_Tables"
    first: int
    last: int
    table: np.ndarray
    measure: FloatArray
    bins: IntArray


class _Tables:
    """Made once for all replicates. Long walks over time are cut into parts that fit into memory."""

    def __init__(self, chance: Chance) -> None:
        self.chance, study = chance, chance.study
        self.begins = _blocks(study.order.shape[1], by_one=study.low)
        self.levels, self.level_of_row = np.unique(study.weight, return_inverse=True)
        self.numbers = np.array([study.cases, study.total, float(study.min_cases)])
        self.wanted = np.array([study.high, study.low])
        self.edges = kernel.edges_of_bins()
        rows, blocks = len(study.sizes), len(self.begins) - 1
        self._steps = max(1, TABLE_BYTES // max(1, 4 * rows * blocks))
        self._only: _Part | None = None

    def parts(self, pool: ThreadPoolExecutor) -> Iterator[_Part]:
        steps = self.chance.study.measure.shape[1]
        if steps <= self._steps:
            self._only = self._only or self._part(0, steps, pool)
            yield self._only
            return
        for first in range(0, steps, self._steps):
            yield self._part(first, min(first + self._steps, steps), pool)

    def _part(self, first: int, last: int, pool: ThreadPoolExecutor) -> _Part:
        study = self.chance.study
        measure = np.ascontiguousarray(study.measure[:, first:last])
        rows, blocks = len(study.sizes), len(self.begins) - 1
        table = np.zeros((last - first, rows, blocks), dtype=np.float32)

        def fill(row: int) -> None:
            rows_now = (row, min(row + ROWS_AT_ONCE, rows))
            kernel.tabulate(rows_now, (study.order, study.sizes, self.begins), measure, table)

        list(pool.map(fill, range(0, rows, ROWS_AT_ONCE)))
        used = np.array([kernel.bin_of(0.0), kernel.bin_of(float(table.max(initial=0)))], dtype=np.int64)
        return _Part(self, first, last, table, measure, used)


@dataclass(frozen=True, eq=False)
class _Block:
    """128 replicates side by side. Empty lanes count as settled: their best is infinite."""

    chance: Chance
    cases: tuple[np.ndarray, np.ndarray, np.ndarray]
    lanes: np.ndarray
    best: FloatArray
    used: int

    @classmethod
    def of(cls, chance: Chance, numbers: IntArray, floors: FloatArray) -> "_Block":
        which = np.full(LANES, -1, dtype=np.int64)
        which[: len(numbers)] = numbers
        best = np.full(LANES, np.inf)
        best[: len(numbers)] = floors
        # Sixteen bits are half the work of thirty-two, and hold the cases of all but the largest studies.
        whole = np.int16 if chance.lots.most < 2**15 else np.int32
        cases = deal_lanes(chance.seed, which, chance.lots.arguments(), chance.lots.most)
        return cls(chance, cases, np.zeros((len(chance.study.measure), LANES), dtype=whole), best, len(numbers))

    def sweep(self, part: _Part, *, stride: int, floor: float) -> None:
        study, windows, tables = self.chance.study, self.chance.windows, part.tables
        at = slice(part.first, part.last)
        walk = (windows.added[at] - self.chance.first, windows.is_new[at], windows.is_scanned[at])
        rows = (study.order, study.sizes, tables.begins)
        zones = (*rows, part.table, part.measure, tables.levels, tables.level_of_row)
        rules = (study.kind, tables.numbers, tables.wanted, tables.edges, part.bins, stride, floor)
        kernel.sweep(self.lanes, (*self.cases, *walk), zones, rules, self.best)


def _blocks(neighbours: int, *, by_one: bool) -> IntArray:
    """Where blocks of neighbours begin: one by one at first, where each neighbour changes much; then up to eight."""
    begins = [0]
    while begins[-1] < neighbours:
        begins.append(begins[-1] + (1 if by_one else min(8, max(1, begins[-1] // 8))))
    return np.array(begins, dtype=np.int64)


def maxima_plain(chance: Chance, reps: int) -> FloatArray:
    """Do as `Chance.maxima` does, in numpy, replicate by replicate: what the kernel is tested against."""
    study, windows = chance.study, chance.windows
    counts = np.zeros((reps, len(study.measure), chance.lots.periods), dtype=np.int64)
    deal(chance.seed, np.arange(reps), chance.lots.arguments(), chance.lots.most, counts)
    shifted = replace(windows, start=windows.start - chance.first, end=windows.end - chance.first)
    best = np.zeros(reps)
    for r in range(reps):
        summed = shifted.sums(counts[r])
        for row in range(len(study.sizes)):
            near = study.order[row, : study.sizes[row]]
            values = statistics_plain(study, summed[near].cumsum(axis=0), study.measure[near].cumsum(axis=0))
            values = np.where(study.is_scanned, values, 0) * study.weight[row]
            best[r] = max(best[r], values.max(initial=0))
    return best
