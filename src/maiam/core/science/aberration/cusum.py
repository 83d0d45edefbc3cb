"""Cumulative sums of standardised counts: small rises that last."""

import numpy as np

from maiam.core.science.aberration.outcome import Counts, FloatArray, Outcome, checked

STANDARDS = ("rossi", "standard")


def cusum(
    series: Counts,
    *,
    first: int,
    k: float = 1.04,
    h: float = 2.26,
    m: float | FloatArray | None = None,
    standard: str = "rossi",
) -> Outcome:
    """Add up by how much each standardised count exceeds `k`; alarm from `h` on.

    Parameters
    ----------
    series : array of shape (series, times) or (times,)
    first : int
        First column looked at, 1 or more.
    k, h : float
        Reference value and decision limit, in standard deviations.
    m : float, array of shape (series,), or None
        Expected count; None: the mean of all counts before `first`.
    standard : {"rossi", "standard"}
        Rossi's transformation, or (x - m) / sqrt(m).

    Raises
    ------
    ValueError
        Another standard; `first` outside the series; an expected count that is 0 or less.

    References
    ----------
    Rossi, Lampugnani, Marchi (1999), An approximate CUSUM procedure for surveillance of health events, Stat. Med. 18.
    """
    counts = checked(series)
    if standard not in STANDARDS or not 0 < first < counts.shape[1]:
        raise ValueError("The standard is rossi or standard, and first lies within the series, after its first count.")
    mean = counts[:, :first].mean(axis=1) if m is None else np.broadcast_to(np.asarray(m, float), len(counts)).copy()
    if m is not None and (mean <= 0).any():
        raise ValueError("An expected count must be above 0.")
    mean = np.where(mean > 0, mean, np.nan)[:, None]
    observed, root = counts[:, first:], np.sqrt(mean)
    if standard == "rossi":
        steps = (observed - 3 * mean + 2 * np.sqrt(observed * mean)) / (2 * root)
    else:
        steps = (observed - mean) / root
    sums = np.zeros((len(counts), observed.shape[1] + 1))
    for t in range(observed.shape[1]):
        sums[:, t + 1] = np.maximum(0, sums[:, t] + steps[:, t] - k)
    room = h + k - sums[:, :-1]
    upper = np.nan_to_num(np.maximum(0, _as_count(room, mean, standard)), nan=0.0)
    moments = np.arange(first, counts.shape[1])
    with np.errstate(invalid="ignore"):
        alarm = sums[:, 1:] >= h
    return Outcome(moments, upper, np.broadcast_to(mean, observed.shape), alarm, sums[:, 1:])


def _as_count(room: FloatArray, mean: FloatArray, standard: str) -> FloatArray:
    """The count that would fill the room left."""
    root = np.sqrt(mean)
    if standard == "standard":
        return np.asarray(np.ceil(root * room + mean))
    with np.errstate(invalid="ignore"):
        return np.asarray(2 * room * root + 5 * mean - 2 * np.sqrt(4 * mean**2 + 2 * mean * root * room))
