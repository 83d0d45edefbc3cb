"""Rates of small populations, drawn towards what is usual; and what remains of many tests at once."""

from dataclasses import dataclass

import numpy as np

from maiam.core.science.local.neighbours import FloatArray, Neighbours


@dataclass(frozen=True, eq=False)
class Rates:
    """Smoothed `rate` of shape (n,), and the prior's mean and variance (arrays of shape (n,) when local)."""

    rate: FloatArray
    mean: float | FloatArray
    variance: float | FloatArray


def empirical_bayes(cases: FloatArray, population: FloatArray) -> Rates:
    """Draw each rate towards that of all units, the more the fewer people it rests on.

    Parameters
    ----------
    cases, population : arrays of shape (n,)
        Cases 0 or more; people (or births, households) above 0.

    Raises
    ------
    ValueError
        Shapes disagree, a negative count, nobody to count among.

    References
    ----------
    Marshall (1991), Mapping disease and mortality rates using empirical Bayes estimators, JRSS C 40(2).
    """
    x, n = _checked(cases, population)
    mean = float(x.sum() / n.sum())
    raw = x / n
    variance = float((n * (raw - mean) ** 2).sum() / n.sum() - mean / n.mean())
    if variance <= 0:
        return Rates(np.full(len(x), mean), mean, variance)
    return Rates(mean + variance * (raw - mean) / (variance + mean / n), mean, variance)


def empirical_bayes_local(cases: FloatArray, population: FloatArray, neighbours: Neighbours) -> Rates:
    """Draw each rate towards that of its neighbourhood, itself included. Parameters and errors as above."""
    x, n = _checked(cases, population)
    near = neighbours.with_self()
    people, count = near.lag(n), near.sums
    mean = near.lag(x) / people
    raw = x / n
    # As in spdep, each neighbour's rate is held against the mean of its own neighbourhood.
    spread = near.lag(n * (raw - mean) ** 2) / people
    variance = np.maximum(0.0, spread - mean / (people / count))
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = mean + (raw - mean) * variance / (variance + mean / n)
    return Rates(np.where(mean > 0, rate, 0.0), mean, variance)


def false_discovery(p: FloatArray) -> FloatArray:
    """Adjust p-values of shape (n,) so that those under q hold no more than q false ones (Benjamini & Hochberg 1995).

    ``nan`` stays ``nan`` and counts for nothing.
    """
    p = np.asarray(p, dtype=np.float64)
    told = np.flatnonzero(np.isfinite(p))
    order = told[np.argsort(p[told])[::-1]]
    rank = np.arange(len(order), 0, -1)
    adjusted = np.full(p.shape, np.nan)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(p[order] * len(order) / rank))
    return adjusted


def _checked(cases: FloatArray, population: FloatArray) -> tuple[FloatArray, FloatArray]:
    x, n = np.asarray(cases, dtype=np.float64), np.asarray(population, dtype=np.float64)
    if x.shape != n.shape or x.ndim != 1 or not len(x):
        raise ValueError("Cases and population must be two lists of the same length.")
    if not (np.isfinite(x).all() and np.isfinite(n).all()) or (x < 0).any() or (n <= 0).any():
        raise ValueError("Cases must be 0 or more, and people above 0.")
    return x, n
