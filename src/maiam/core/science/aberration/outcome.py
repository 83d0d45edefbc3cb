"""What a detector says of many series at some moments."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Counts = NDArray[np.int64] | FloatArray


@dataclass(frozen=True, eq=False)
class Outcome:
    """Arrays of shape (series, moments); `nan` where nothing can be said.

    Attributes
    ----------
    moments : int array of shape (moments,)
        Columns of the series, from 0.
    upper : array
        The count above which there is an alarm.
    expected : array
    alarm : bool array
    score : array
        (observed - expected) / (upper - expected); above 1 is an alarm. For CUSUM the cumulative sum.
    """

    moments: NDArray[np.int64]
    upper: FloatArray
    expected: FloatArray
    alarm: NDArray[np.bool_]
    score: FloatArray


def checked(series: Counts) -> FloatArray:
    """Counts of shape (series, times) as floats; a single series becomes one row.

    Raises ValueError for a count that is negative or not finite, or another shape.
    """
    counts = np.atleast_2d(np.asarray(series, dtype=np.float64))
    if counts.ndim != 2 or not np.isfinite(counts).all() or (counts < 0).any():
        raise ValueError("Series must be counts, 0 or more, of shape (series, times).")
    return counts


def exceedance(observed: FloatArray, expected: FloatArray, upper: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((observed - expected) / (upper - expected))
