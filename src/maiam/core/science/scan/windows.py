"""Windows of time as a walk: each step adds one period, or begins anew."""

from dataclasses import dataclass

import numpy as np

from maiam.core.science.scan.places import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Windows:
    """Windows in the order in which they grow. Step s covers periods ``start[s] <= t < end[s]``.

    Attributes
    ----------
    start, end : int64 arrays of shape (steps,)
    added : int64 array of shape (steps,)
        The period by which step s is longer than the one before.
    is_new : bool array of shape (steps,)
        The step begins from nothing.
    is_scanned : bool array of shape (steps,)
        False for steps that are shorter than the shortest window.
    """

    start: IntArray
    end: IntArray
    added: IntArray
    is_new: np.ndarray
    is_scanned: np.ndarray

    def sums(self, by_period: np.ndarray) -> np.ndarray:
        """Sum shape (places, periods) over each window: shape (places, steps)."""
        first = int(self.start.min())
        edges = np.zeros((by_period.shape[0], by_period.shape[1] - first + 1), dtype=by_period.dtype)
        np.cumsum(by_period[:, first:], axis=1, out=edges[:, 1:])
        sums = edges[:, self.end - first] - edges[:, self.start - first]
        return np.maximum(sums, 0) if by_period.dtype.kind == "f" else sums


def ending_now(periods: int, longest: int, shortest: int = 1) -> Windows:
    """Windows that end with the last period."""
    start = periods - 1 - np.arange(min(longest, periods))
    return _windows(start, np.full_like(start, periods), start, start == periods - 1, shortest)


def at_any_time(periods: int, longest: int, shortest: int = 1) -> Windows:
    """Every window up to a length."""
    start, added = np.array(
        [(a, b) for a in range(periods) for b in range(a, min(a + longest, periods))], dtype=np.int64
    ).T
    return _windows(start, added + 1, added, start == added, shortest)


def _windows(start: IntArray, end: IntArray, added: IntArray, is_new: np.ndarray, shortest: int) -> Windows:
    return Windows(start, end, added, is_new, end - start >= shortest)


def shares(by_place: FloatArray) -> FloatArray:
    """Each place's part of the whole; even where the whole is nothing."""
    total = by_place.sum()
    return by_place / total if total > 0 else np.full(by_place.shape, 1 / by_place.size)
