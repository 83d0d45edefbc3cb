"""Quasi-Poisson regressions of many series on one design, all at once."""

from dataclasses import dataclass

import numpy as np

from maiam.core.science.aberration.outcome import FloatArray

MOST_STEPS = 25
TOLERANCE = 1e-8


@dataclass(frozen=True, eq=False)
class Fits:
    """Fits of `series` regressions with p coefficients on n rows.

    `mean`, `hat` and `weight` have shape (series, n); `coefficient` (series, p); `inverse`, the unscaled covariance,
    (series, p, p); `dispersion` and `converged` (series,).
    """

    mean: FloatArray
    coefficient: FloatArray
    inverse: FloatArray
    hat: FloatArray
    weight: FloatArray
    dispersion: FloatArray
    converged: np.ndarray


def fit(counts: FloatArray, design: FloatArray, weight: FloatArray | None = None) -> Fits:
    """Fit log(mean) = design @ coefficient by iterated weighted least squares, as R's glm does.

    Parameters
    ----------
    counts : array of shape (series, n)
    design : array of shape (n, p), of full rank
    weight : array of shape (series, n) or None

    Notes
    -----
    A series stops by itself when its deviance moves by less than 1e-8 of its size, or after 25 steps: a coefficient
    that runs off to minus infinity (only zeros in a season) then stands where R leaves it.
    """
    weight = np.ones_like(counts) if weight is None else weight
    n, p = design.shape
    products = (design[:, :, None] * design[:, None, :]).reshape(n, p * p)
    mean = counts + 0.1
    linear = np.log(mean)
    coefficient = np.zeros((len(counts), p))
    deviance = np.full(len(counts), np.inf)
    active = np.ones(len(counts), dtype=bool)
    working = weight * mean
    for _ in range(MOST_STEPS):
        at = np.flatnonzero(active)
        working[at] = weight[at] * mean[at]
        target = linear[at] + (counts[at] - mean[at]) / mean[at]
        normal = (working[at] @ products).reshape(-1, p, p)
        solved = _solve(normal, (working[at] * target) @ design)
        coefficient[at], linear[at] = solved, solved @ design.T
        mean[at] = np.exp(np.clip(linear[at], -700, 700))
        new = _deviance(counts[at], mean[at], weight[at])
        active[at] = np.abs(new - deviance[at]) >= TOLERANCE * (np.abs(new) + 0.1)
        deviance[at] = new
        if not active.any():
            break
    inverse = _inverse((working @ products).reshape(-1, p, p))
    hat = working * np.einsum("np,spq,nq->sn", design, inverse, design, optimize=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        dispersion = (weight * (counts - mean) ** 2 / mean).sum(axis=1) / (n - p)
    return Fits(mean, coefficient, inverse, hat, weight, dispersion, ~active)


def _solve(normal: FloatArray, right: FloatArray) -> FloatArray:
    try:
        return np.asarray(np.linalg.solve(normal, right[:, :, None])[:, :, 0])
    except np.linalg.LinAlgError:
        return np.asarray((np.linalg.pinv(normal, hermitian=True) @ right[:, :, None])[:, :, 0])


def _inverse(normal: FloatArray) -> FloatArray:
    try:
        return np.asarray(np.linalg.inv(normal), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.pinv(normal, hermitian=True), dtype=np.float64)


def _deviance(counts: FloatArray, mean: FloatArray, weight: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(counts > 0, counts * np.log(counts / mean), 0)
    return np.asarray(2 * (weight * (logs - (counts - mean))).sum(axis=1))
