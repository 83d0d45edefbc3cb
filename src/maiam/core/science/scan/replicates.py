"""The strongest windows of data in which only chance is at work: what the observed cluster is held against."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from maiam.core.science.scan import lanes as kernel
from maiam.core.science.scan.lots import Lots, deal, deal_lanes
from maiam.core.science.scan.observed import ROWS_AT_ONCE, Study, statistics_plain
from maiam.core.science.scan.places import FloatArray, IntArray
from maiam.core.science.scan.windows import Windows

LANES = kernel.LANES
AT_ONCE = 8 * LANES
TABLE_BYTES = 256 * 2**20
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
        deal = partial(_Block.of, self)
        blocks = list(pool.map(deal, [numbers[i : i + LANES] for i in range(0, len(numbers), LANES)]))
        for part in tables.parts(pool):
            list(pool.map(lambda block, part=part: block.sweep(part), blocks))
        return np.concatenate([block.best[: block.used] for block in blocks])


@dataclass(frozen=True, eq=False)
class _Part:
    """Windows first <= s < last, with what each block of zones measures in them."""

    tables: "_Tables"
    first: int
    last: int
    table: np.ndarray
    measure: FloatArray
    base: int
    highs: np.ndarray
    lows: np.ndarray


class _Tables:
    """Made once for all replicates. Long walks over time are cut into parts that fit into memory."""

    def __init__(self, chance: Chance) -> None:
        self.chance, study = chance, chance.study
        self.begins = _blocks(study.order.shape[1], by_one=study.low)
        self.levels, self.level_of_row = np.unique(study.weight, return_inverse=True)
        self.numbers = np.array([study.cases, study.total, float(study.min_cases)])
        self.wanted = np.array([study.high, study.low])
        self.edges = kernel.edges_of_bins()
        self.whole = chance.lots.whole
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
        # No sum is less than its least part, or (but for rounding) more than all there is.
        least, most = float(measure[measure > 0].min(initial=np.inf)), float(measure.sum(axis=0).max()) * (1 + 1e-6)
        used = np.array([kernel.bin_of(min(least, most)), kernel.bin_of(most)], dtype=np.int64)
        highs, lows = self._numbers(used, pool)
        return _Part(self, first, last, table, measure, int(used[0]) - 1, highs, lows)

    def _numbers(self, used: IntArray, pool: ThreadPoolExecutor) -> tuple[np.ndarray, np.ndarray]:
        """Numbers for each cut, and behind the last those that nothing reaches; as wide as the lanes."""
        most = np.iinfo(self.whole).max
        highs, lows = (np.full((len(kernel.CUTS) + 1, used[1] - used[0] + 2), no, np.int32) for no in (most, -1))
        rules, bins = (self.chance.study.kind, self.numbers, self.wanted), (self.edges, used)

        def fill(k: int) -> None:
            kernel.fill_numbers(rules, float(kernel.CUTS[k]), bins, highs[k], lows[k])

        list(pool.map(fill, range(len(kernel.CUTS))))
        return tuple(np.minimum(table, most).astype(self.whole) for table in (highs, lows))  # type: ignore[return-value]


@dataclass(frozen=True, eq=False)
class _Block:
    """128 replicates side by side. Empty lanes count as settled: their best is infinite."""

    chance: Chance
    cases: tuple[np.ndarray, np.ndarray, np.ndarray]
    lanes: np.ndarray
    best: FloatArray
    used: int

    @classmethod
    def of(cls, chance: Chance, numbers: IntArray) -> "_Block":
        which = np.full(LANES, -1, dtype=np.int64)
        which[: len(numbers)] = numbers
        best = np.full(LANES, np.inf)
        best[: len(numbers)] = 0.0
        cases = deal_lanes(chance.seed, which, chance.lots.arguments(), chance.lots.most)
        return cls(
            chance, cases, np.zeros((len(chance.study.measure), LANES), dtype=chance.lots.whole), best, len(numbers)
        )

    def sweep(self, part: _Part) -> None:
        study, windows, tables = self.chance.study, self.chance.windows, part.tables
        at = slice(part.first, part.last)
        walk = (windows.added[at] - self.chance.first, windows.is_new[at], windows.is_scanned[at])
        rows = (study.order, study.sizes, tables.begins)
        zones = (*rows, part.table, part.measure, tables.levels, tables.level_of_row)
        rules = (study.kind, tables.numbers, tables.wanted, part.base, kernel.CUTS, part.highs, part.lows)
        kernel.sweep(self.lanes, (*self.cases, *walk), zones, rules, self.best)


def _blocks(neighbours: int, *, by_one: bool) -> IntArray:
    """Where blocks of neighbours begin: one by one at first, where each changes much; then by fours, and by eights."""
    begins = [0]
    while begins[-1] < neighbours:
        at = begins[-1]
        begins.append(at + (1 if by_one or at < 12 else 4 if at < 24 else 8))
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
