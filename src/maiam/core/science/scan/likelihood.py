"""The statistic of a window: how much better two risks, inside and outside, explain the counts than one does.

Sources: Kulldorff (1997), A spatial scan statistic, Comm. Statist. Theory Meth. 26(6) (conditional Poisson, Bernoulli);
Kulldorff et al. (2005), PLoS Med 2:e59 (permutation, the same formula); Neill (2009), Int. J. Forecasting 25
(expectation-based Poisson).
"""

import math

import numpy as np
from numba import njit

from maiam.core.science.scan.places import FloatArray

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


def bound(kind: int, numbers: FloatArray, flags: np.ndarray) -> tuple[float, float, float, float, float, float]:
    """Numbers (scale, least, a, b, p, q) by which no statistic exceeds a quotient without logarithms.

    With d = max(observed - scale * measure, least) it is at most d^2 (p + q measure) / (measure (a + b measure)): the
    chi-square, which a divergence never exceeds, and about half of it where only high rates are looked for:
    (1 + u) log(1 + u) - u <= u^2 / 2 for u >= 0, and (1 - v) log(1 - v) + v <= v^2.
    """
    cases, total = float(numbers[0]), float(numbers[1])
    only_high = not flags[1]
    least = 0.0 if only_high else -math.inf
    if kind == EXPECTATION:
        return 1.0, least, 1.0, 0.0, 0.5 if only_high else 1.0, 0.0
    if kind == CONDITIONAL:
        return (1.0, least, 1.0, -1 / cases, *((0.5, 0.5 / cases) if only_high else (1.0, 0.0)))
    share = cases / total
    room = share * (1 - share)
    return share, least, room, -room / total, 1.0, 0.0
