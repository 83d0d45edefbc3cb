"""The strongest window of each row, on the data as they were observed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit

from maiam.core.science.scan.likelihood import BERNOULLI, CONDITIONAL, EXPECTATION, bound, expected, statistic
from maiam.core.science.scan.places import FloatArray, IntArray

ROWS_AT_ONCE = 64


@dataclass(frozen=True, eq=False)
class Study:
    """What is scanned, by place. Shapes: `order` (rows, k), `sizes` and `weight` (rows,), the others (places, steps).

    `counts` and `measure` are summed over each window in time; `cases` and `total` are those of the whole study;
    `weight` is what a row's shape is multiplied by. `kind` as in `likelihood`.
    """

    kind: int
    order: np.ndarray
    sizes: IntArray
    weight: FloatArray
    counts: IntArray
    measure: FloatArray
    is_scanned: np.ndarray
    cases: float
    total: float
    high: bool
    low: bool
    min_cases: int


@dataclass(frozen=True, eq=False)
class Best:
    """The best window of each row: `statistic` 0 where there is none. Shapes (rows,)."""

    statistic: FloatArray
    step: IntArray
    size: IntArray


def best_windows(study: Study, threads: int | None = None) -> Best:
    """Find the strongest window of each row; the smaller zone and the earlier step win a tie."""
    rows = len(study.sizes)
    best = Best(np.zeros(rows), np.full(rows, -1, dtype=np.int64), np.zeros(rows, dtype=np.int64))

    zones = (study.order, study.sizes, study.weight)
    sums = (study.counts.astype(np.float64), study.measure, study.is_scanned.astype(np.float64))
    numbers = np.array([study.cases, study.total, float(study.min_cases)])
    flags = np.array([study.high, study.low])
    rules = (study.kind, numbers, flags, bound(study.kind, numbers, flags))

    def part(first: int) -> None:
        last = min(first + ROWS_AT_ONCE, rows)
        _best_of_rows((first, last), zones, sums, rules, (best.statistic, best.step, best.size))

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(part, range(0, rows, ROWS_AT_ONCE)))
    return best


@njit(cache=True, nogil=True)
def _may_be_better(count, amount, is_scanned, bounds, value):
    """Whether the bound of some window exceeds `value`: without branch, division or logarithm, so in vectors."""
    scale, least, a, b, p, q = bounds
    over = np.int64(0)
    for s in range(count.size):
        apart = max(count[s] - scale * amount[s], least)
        m = amount[s]
        over += np.int64(is_scanned[s] * apart * apart * (p + q * m) > value * m * (a + b * m))
    return over > 0


@njit(cache=True, nogil=True)
def _best_of_rows(rows, zones, sums, rules, found):
    order, sizes, weight = zones
    counts, measure, is_scanned = sums
    kind, numbers, flags, bounds = rules
    value, step, size = found
    cases, total, min_cases = numbers
    steps = counts.shape[1]
    count, amount = np.zeros(steps), np.zeros(steps)
    for row in range(rows[0], rows[1]):
        count[:] = 0.0
        amount[:] = 0.0
        for k in range(sizes[row]):
            place = order[row, k]
            for s in range(steps):
                count[s] += counts[place, s]
                amount[s] += measure[place, s]
            if not _may_be_better(count, amount, is_scanned, bounds, value[row] / weight[row]):
                continue
            for s in range(steps):
                c, m = count[s], amount[s]
                apart = c - expected(kind, m, cases, total)
                if not is_scanned[s] or m <= 0 or apart == 0:
                    continue
                if (apart > 0 and not (flags[0] and c >= min_cases)) or (apart < 0 and not flags[1]):
                    continue
                reached = weight[row] * statistic(kind, c, m, cases, total)
                if reached > value[row] * (1 + 1e-12) + 1e-12:
                    value[row], step[row], size[row] = reached, s, k + 1


def best_windows_plain(study: Study) -> Best:
    """Do as `best_windows` does, in numpy, window by window: what the kernel is tested against."""
    rows, steps = len(study.sizes), study.counts.shape[1]
    best = Best(np.zeros(rows), np.full(rows, -1, dtype=np.int64), np.zeros(rows, dtype=np.int64))
    for row in range(rows):
        near = study.order[row, : study.sizes[row]]
        values = statistics_plain(study, study.counts[near].cumsum(axis=0), study.measure[near].cumsum(axis=0))
        if not values.size:
            continue
        values = np.where(study.is_scanned, values, 0) * study.weight[row]
        top = int(np.argmax(values > values.max() - 1e-12))
        best.statistic[row] = values.flat[top]
        if values.flat[top] > 0:
            best.size[row], best.step[row] = top // steps + 1, top % steps
    return best


def xlogy(count: np.ndarray | float, ratio: np.ndarray | float) -> np.ndarray:
    """count * log(ratio), 0 where the count is."""
    count = np.asarray(count, dtype=np.float64)
    return np.asarray(np.where(count > 0, count * np.log(np.where(count > 0, ratio, 1.0)), 0.0))


def statistics_plain(study: Study, count: np.ndarray, measure: np.ndarray) -> FloatArray:
    """Statistic of each window, 0 where it is not of the kind looked for. Shapes alike."""
    base = measure * study.cases / study.total if study.kind == BERNOULLI else measure
    wanted = (study.high & (count > base) & (count >= study.min_cases)) | (study.low & (count < base))
    with np.errstate(divide="ignore", invalid="ignore"):
        values = _plain(study, count, measure)
    return np.where(wanted & (measure > 0), values, 0.0)


def _plain(study: Study, count: np.ndarray, measure: np.ndarray) -> FloatArray:
    if study.kind == EXPECTATION:
        return np.asarray(xlogy(count, count / measure) + measure - count)
    cases, total = study.cases, study.total
    if study.kind == CONDITIONAL:
        outside = np.where(cases - measure > 0, cases - measure, np.nan)
        return np.asarray(
            np.nan_to_num(xlogy(count, count / measure) + xlogy(cases - count, (cases - count) / outside))
        )
    inside = _entropy(count, measure) + _entropy(cases - count, total - measure)
    return np.where(measure < total, inside - _entropy(cases, total), 0.0)


def _entropy(part: np.ndarray | float, whole: np.ndarray | float) -> np.ndarray:
    return np.asarray(xlogy(part, part / whole) + xlogy(whole - part, (whole - part) / whole))
