"""The strongest windows of data in which only chance is at work: what the observed cluster is held against."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from maiam.core.science.scan import lanes as kernel
from maiam.core.science.scan.lots import Lots, deal, deal_lanes
from maiam.core.science.scan.observed import ROWS_AT_ONCE, Study, statistics_plain
from maiam.core.science.scan.places import FloatArray, IntArray
from maiam.core.science.scan.vectors import LANES
from maiam.core.science.scan.windows import Windows

AT_ONCE = 8 * LANES
TABLE_BYTES = 256 * 2**20
TIE = 1e-6
CUTS_AT_ONCE = 26
# One of so many rows is scanned first, of few rows and of many, for a floor from which each lane goes on.
PILOT_STEP, PILOT_STEP_OF_MANY, MANY_ROWS = 8, 16, 1000
# Replicates whose best among those rows may lie below the floor.
BELOW_FLOOR = 0.2

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
        with Workers(self.threads) as workers:
            sweeps = _Sweeps(self, workers)
            for begin in range(0, reps, AT_ONCE):
                numbers = np.arange(begin, min(begin + AT_ONCE, reps))
                found[numbers] = sweeps.maxima(numbers)
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


class Workers(ThreadPoolExecutor):
    """As many threads as asked for, else as many as there are processors."""

    def __init__(self, threads: int | None) -> None:
        self.count = threads or os.cpu_count() or 1
        super().__init__(self.count)


@dataclass(frozen=True, eq=False)
class _Part:
    """Windows first <= s < last, and the slot of each block of zones in them."""

    first: int
    last: int
    table: np.ndarray
    measure: FloatArray


class _Sweeps:
    """What is made once for all replicates. Long walks over time are cut into parts that fit into memory."""

    def __init__(self, chance: Chance, workers: Workers) -> None:
        self.chance, self.workers, study = chance, workers, chance.study
        self.levels, self.level_of_row = np.unique(study.weight, return_inverse=True)
        self.numbers = np.array([study.cases, study.total, float(study.min_cases)])
        self.wanted = np.array([study.high, study.low])
        # Sixteen bits hold the cases of all but the largest studies.
        self.whole = np.int16 if chance.lots.most < 2**15 else np.int32
        self.rows = len(study.sizes)
        self.ends = kernel.ends_of(study.measure.mean(axis=0), by_one=study.low)
        self.blocks = max((kernel.count_blocks(self.ends, size) for size in np.unique(study.sizes)), default=0)
        # No sum is (but for rounding) more than all there is.
        self.edges = kernel.edges_of_slots(float(study.measure.sum(axis=0).max()) * (1 + 1e-6))
        self.highs, self.lows = self._numbers()
        self._steps = max(1, TABLE_BYTES // max(1, 2 * self.rows * self.blocks))
        self._first_part: _Part | None = None
        self._floor: float | None = None

    def maxima(self, numbers: IntArray) -> FloatArray:
        """Return the strongest statistic of these replicates."""
        groups = [numbers[i : i + LANES] for i in range(0, len(numbers), LANES)]
        blocks = list(self.workers.map(partial(_Block.of, self.chance), groups))
        if self.rows > PILOT_STEP**2:
            self._pilot(blocks)
        self._sweep(blocks)
        return np.concatenate([block.best for block in blocks])

    def _pilot(self, blocks: list["_Block"]) -> None:
        """Scan some rows, so that the others can be held against what these reach.

        The first block ever shows what nearly all reach; the others need not climb that far step by step.
        """
        step = PILOT_STEP if self.rows < MANY_ROWS else PILOT_STEP_OF_MANY
        if self._floor is None:
            self._sweep(blocks[:1], step=step)
            self._floor = float(np.quantile(blocks[0].best, BELOW_FLOOR))
            blocks = blocks[1:]
        self._sweep(blocks, step=step, floor=self._floor)

    def _sweep(self, blocks: list["_Block"], *, step: int = 1, floor: float = 0.0) -> None:
        """Raise the best of each block by one of `step` rows; by the first part of the windows only, if by some rows.

        A best below `floor` is then no more than a bound.
        """
        if not blocks:
            return
        shares = -(-2 * self.workers.count // len(blocks))
        size = step * max(1, -(-self.rows // (step * shares)))
        ranges = [(first, min(first + size, self.rows), step) for first in range(0, self.rows, size)]
        tasks = [_Task.of(block, rows, self.whole) for block in blocks for rows in ranges]
        for part in self._parts(only_first=step > 1):
            list(self.workers.map(partial(self._run, part, floor), tasks))
        for task in tasks:
            np.maximum(task.block.best, task.best[: task.block.best.size], out=task.block.best)

    def _run(self, part: _Part, floor: float, task: "_Task") -> None:
        study, windows = self.chance.study, self.chance.windows
        at = slice(part.first, part.last)
        walk = (*task.block.cases, windows.added[at] - self.chance.first, windows.is_new[at], windows.is_scanned[at])
        rows = (task.rows, study.order, study.sizes, self.ends[at])
        zones = (*rows, part.table, part.measure, self.levels, self.level_of_row)
        rules = (study.kind, self.numbers, self.wanted, self.edges, kernel.CUTS, self.highs, self.lows)
        kernel.sweep(task.lanes, walk, zones, rules, (task.best, floor))

    def _parts(self, *, only_first: bool) -> Iterator[_Part]:
        steps = self.chance.study.measure.shape[1]
        for first in range(0, steps, self._steps):
            if first == 0:
                self._first_part = self._first_part or self._part(0, min(self._steps, steps))
            yield (
                self._first_part
                if first == 0 and self._first_part
                else self._part(first, min(first + self._steps, steps))
            )
            if only_first:
                return

    def _part(self, first: int, last: int) -> _Part:
        study = self.chance.study
        measure = np.ascontiguousarray(study.measure[:, first:last])
        table = np.zeros((last - first, self.rows, self.blocks), dtype=np.uint16)
        zones, by_step = (study.order, study.sizes, self.ends[first:last]), np.ascontiguousarray(measure.T)

        def fill(row: int) -> None:
            kernel.tabulate((row, min(row + ROWS_AT_ONCE, self.rows)), zones, by_step, table)

        list(self.workers.map(fill, range(0, self.rows, ROWS_AT_ONCE)))
        return _Part(first, last, table, measure)

    def _numbers(self) -> tuple[np.ndarray, np.ndarray]:
        """Numbers for each cut and slot, and behind the last those that nothing reaches; as wide as the lanes."""
        most = np.iinfo(self.whole).max
        shape = (len(kernel.CUTS) + 1, len(self.edges) - 1)
        highs, lows = np.full(shape, most, np.int32), np.full(shape, -1, np.int32)
        rules = (self.chance.study.kind, self.numbers, self.wanted)

        def fill(cuts: slice) -> None:
            kernel.fill_numbers(rules, kernel.CUTS[cuts], self.edges, highs[cuts], lows[cuts])

        list(self.workers.map(fill, [slice(k, k + CUTS_AT_ONCE) for k in range(0, len(kernel.CUTS), CUTS_AT_ONCE)]))
        return np.minimum(highs, most).astype(self.whole), np.minimum(lows, most).astype(self.whole)


@dataclass(frozen=True, eq=False)
class _Block:
    """Up to 128 replicates side by side: their cases by period, and the best known of each, shape (used,).

    `tallest` is the most cases that a place has in one of them.
    """

    chance: Chance
    cases: tuple[np.ndarray, ...]
    best: FloatArray
    tallest: int

    @classmethod
    def of(cls, chance: Chance, numbers: IntArray) -> "_Block":
        size = (len(chance.study.measure), chance.lots.most)
        *cases, tallest = deal_lanes(chance.seed, numbers, chance.lots.arguments(), size)
        return cls(chance, tuple(cases), np.zeros(len(numbers)), tallest)


@dataclass(frozen=True, eq=False)
class _Task:
    """Some rows of a block: what one thread does in one go. Empty lanes count as settled: their best is infinite."""

    block: _Block
    rows: tuple[int, int, int]
    lanes: np.ndarray
    best: FloatArray

    @classmethod
    def of(cls, block: _Block, rows: tuple[int, int, int], whole: type[np.signedinteger]) -> "_Task":
        best = np.full(LANES, np.inf)
        best[: block.best.size] = block.best
        narrow = np.uint8 if block.tallest < 2**8 and whole is np.int16 else whole
        return cls(block, rows, np.zeros((len(block.chance.study.measure), LANES), dtype=narrow), best)


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
