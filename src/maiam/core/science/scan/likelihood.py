"""The statistic of a window: how much better two risks, inside and outside, explain the counts than one does.

Sources: Kulldorff (1997), A spatial scan statistic, Comm. Statist. Theory Meth. 26(6) (conditional Poisson, Bernoulli);
Kulldorff et al. (2005), PLoS Med 2:e59 (permutation, the same formula); Neill (2009), Int. J. Forecasting 25
(expectation-based Poisson).
"""

import math

from numba import njit

CONDITIONAL, EXPECTATION, BERNOULLI = 0, 1, 2


@njit(cache=True, nogil=True, inline="always")
def _x_log(count: float, rate: float) -> float:
    return count * math.log(rate) if count > 0 else 0.0


@njit(cache=True, nogil=True)
def expected(kind: int, measure: float, cases: float, total: float) -> float:
    """Cases expected in a window of this measure, of `cases` in a study of measure `total`."""
    return measure * cases / total if kind == BERNOULLI else measure


@njit(cache=True, nogil=True)
def statistic(kind: int, observed: float, measure: float, cases: float, total: float) -> float:
    """Log likelihood ratio of a window, 0 or more, whichever side of what is expected it lies on.

    `measure` is what a window is expected to hold (summing to `cases` over the study unless expectation-based), or for
    ``BERNOULLI`` its cases and controls, of `total` in all.
    """
    if kind == EXPECTATION:
        return _x_log(observed, observed / measure) + measure - observed if measure > 0 else 0.0
    if kind == CONDITIONAL:
        inside, outside = measure, cases - measure
        if inside <= 0 or outside <= 0:
            return 0.0
        return _x_log(observed, observed / inside) + _x_log(cases - observed, (cases - observed) / outside)
    outside = total - measure
    if measure <= 0 or outside <= 0:
        return 0.0
    apart = _entropy(observed, measure) + _entropy(cases - observed, outside)
    return apart - _entropy(cases, total)


@njit(cache=True, nogil=True, inline="always")
def _entropy(part: float, whole: float) -> float:
    return _x_log(part, part / whole) + _x_log(whole - part, (whole - part) / whole)


@njit(cache=True, nogil=True)
def bound_factor(kind: int, measure: float, cases: float, total: float) -> float:
    """Factor f with statistic <= f (observed - expected)^2: the divergence never exceeds its chi-square."""
    if kind == EXPECTATION:
        return 1 / measure if measure > 0 else 0.0
    if kind == CONDITIONAL:
        room = measure * (1 - measure / cases)
        return 1 / room if room > 0 else math.inf
    share = cases / total
    room = measure * share * (1 - share) * (1 - measure / total)
    return 1 / room if room > 0 else math.inf
