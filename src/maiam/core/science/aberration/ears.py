"""EARS C1, C2 and C3: the last few counts against the few before them."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.special import ndtri

from maiam.core.science.aberration.outcome import Counts, FloatArray, Outcome, checked, exceedance

GAPS = {"C1": 0, "C2": 2, "C3": 2}
ALPHA = {"C1": 0.001, "C2": 0.001, "C3": 0.025}
LAGS = 2


def ears(
    series: Counts,
    method: str = "C1",
    *,
    first: int | None = None,
    baseline: int = 7,
    alpha: float | None = None,
    min_sigma: float = 0.0,
) -> Outcome:
    """Hold each count against the mean and spread of the `baseline` counts before it.

    Parameters
    ----------
    series : array of shape (series, times) or (times,)
    method : {"C1", "C2", "C3"}
        C1 looks at the counts just before; C2 leaves a gap of two; C3 adds up what C2 exceeded in the two before.
    first : int or None
        First column looked at; None: the first with enough past.
    baseline : int
        3 or more.
    alpha : float or None
        One-sided chance of an alarm on normal data; None: 0.001, for C3 0.025.
    min_sigma : float
        Spread a baseline is taken to have at least; 0.5 suits units with hardly a case.

    Raises
    ------
    ValueError
        Another method; a baseline under 3; too short a past; an alpha outside (0, 1); a negative spread.

    References
    ----------
    Hutwagner et al. (2003), J. Urban Health 80(2 Suppl 1); Salmon, Schumacher, Höhle (2016), J. Stat. Softw. 70(10).
    """
    counts = checked(series)
    if method not in GAPS:
        raise ValueError(f"There is no method {method}; there are C1, C2 and C3.")
    chance = ALPHA[method] if alpha is None else alpha
    if baseline < 3 or min_sigma < 0 or not 0 < chance < 1:
        raise ValueError("A baseline has 3 counts or more, a spread is 0 or more, alpha lies between 0 and 1.")
    earliest = baseline + GAPS[method] + (LAGS if method == "C3" else 0)
    first = earliest if first is None else first
    if not earliest <= first < counts.shape[1]:
        raise ValueError(f"{method} needs {earliest} counts before the first it looks at.")
    moments = np.arange(first, counts.shape[1])
    start = first - (LAGS if method == "C3" else 0)
    mean, sigma = _past(counts, start, baseline, GAPS[method], min_sigma)
    observed = counts[:, moments]
    if method == "C3":
        upper, mean = _c3(counts[:, start:], mean, sigma, ndtri(1 - chance)), mean[:, LAGS:]
    else:
        upper = mean + ndtri(1 - chance) * sigma
    with np.errstate(invalid="ignore"):
        alarm = observed > upper
    return Outcome(moments, upper, mean, alarm, exceedance(observed, mean, upper))


def _past(counts: FloatArray, start: int, baseline: int, gap: int, min_sigma: float) -> tuple[FloatArray, FloatArray]:
    past = sliding_window_view(counts, baseline, axis=1)[:, start - gap - baseline : counts.shape[1] - gap - baseline]
    return past.mean(axis=2), np.maximum(past.std(axis=2, ddof=1), min_sigma)


def _c3(counts: FloatArray, mean: FloatArray, sigma: FloatArray, z: float) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        excess = np.maximum(0, (counts - mean) / sigma - 1)
        before = excess[:, :-LAGS] + excess[:, 1:-1]
        return np.maximum(0, counts[:, LAGS:] + sigma[:, LAGS:] * (z - before))
