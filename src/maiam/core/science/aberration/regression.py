"""Quasi-Poisson regressions of many series on one design, all at once."""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit

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
    counts = np.ascontiguousarray(counts, dtype=np.float64)
    weight = np.ones_like(counts) if weight is None else np.ascontiguousarray(weight)
    series, (n, p) = len(counts), design.shape
    # Seasons are columns of 0 and 1: a row of the design holds three numbers or so.
    filled = int((design != 0).sum(axis=1).max())
    column = np.argsort(design == 0, axis=1, kind="stable")[:, :filled]
    value = np.take_along_axis(design, column, axis=1)
    mean, hat, coefficient = np.empty((series, n)), np.empty((series, n)), np.empty((series, p))
    inverse, converged, solved = np.empty((series, p, p)), np.empty(series, np.bool_), np.empty(series, np.bool_)
    _fit_each((counts, weight), (column, value), (mean, coefficient, inverse, hat), (converged, solved))
    with np.errstate(divide="ignore", invalid="ignore"):
        dispersion = (weight * (counts - mean) ** 2 / mean).sum(axis=1) / (n - p)
    found = Fits(mean, coefficient, inverse, hat, weight, dispersion, converged)
    return found if solved.all() else fit_plain(counts, design, weight)


@njit(cache=True, nogil=True)
def _fit_each(given, design, found, flags):
    counts, weights = given
    column, value = design
    means, coefficients, inverses, hats = found
    n, p = counts.shape[1], coefficients.shape[1]
    linear, working, normal, right = np.empty(n), np.empty(n), np.empty((p, p)), np.empty(p)
    for series in range(len(counts)):
        y, weight, mean, beta = counts[series], weights[series], means[series], coefficients[series]
        inverse = inverses[series]
        for i in range(n):
            mean[i] = y[i] + 0.1
            linear[i] = math.log(mean[i])
        before, is_done, is_solved = np.inf, False, True
        for _ in range(MOST_STEPS):
            normal[:], right[:] = 0.0, 0.0
            for i in range(n):
                working[i] = weight[i] * mean[i]
                pull = working[i] * (linear[i] + (y[i] - mean[i]) / mean[i])
                for a in range(column.shape[1]):
                    right[column[i, a]] += value[i, a] * pull
                    for b in range(column.shape[1]):
                        normal[column[i, a], column[i, b]] += working[i] * value[i, a] * value[i, b]
            is_solved = _invert(normal, inverse)
            if not is_solved:
                break
            for a in range(p):
                beta[a] = 0.0
                for b in range(p):
                    beta[a] += inverse[a, b] * right[b]
            now = 0.0
            for i in range(n):
                linear[i] = 0.0
                for a in range(column.shape[1]):
                    linear[i] += value[i, a] * beta[column[i, a]]
                mean[i] = math.exp(min(max(linear[i], -700.0), 700.0))
                log = y[i] * math.log(y[i] / mean[i]) if y[i] > 0 else 0.0
                now += 2 * weight[i] * (log - (y[i] - mean[i]))
            is_done = abs(now - before) < TOLERANCE * (abs(now) + 0.1)
            before = now
            if is_done:
                break
        flags[0][series], flags[1][series] = is_done, is_solved
        for i in range(n):
            hat = 0.0
            for a in range(column.shape[1]):
                for b in range(column.shape[1]):
                    hat += value[i, a] * value[i, b] * inverse[column[i, a], column[i, b]]
            hats[series, i] = working[i] * hat


@njit(cache=True, nogil=True)
def _invert(matrix, inverse):
    """Invert by Gauss and Jordan, the largest pivot first; `matrix` is used up. False when there is none."""
    p = len(matrix)
    inverse[:] = 0.0
    for i in range(p):
        inverse[i, i] = 1.0
    for i in range(p):
        pivot = i
        for row in range(i + 1, p):
            if abs(matrix[row, i]) > abs(matrix[pivot, i]):
                pivot = row
        if not abs(matrix[pivot, i]) > 0:
            return False
        for k in range(p):
            matrix[i, k], matrix[pivot, k] = matrix[pivot, k], matrix[i, k]
            inverse[i, k], inverse[pivot, k] = inverse[pivot, k], inverse[i, k]
        scale = 1 / matrix[i, i]
        for k in range(p):
            matrix[i, k] *= scale
            inverse[i, k] *= scale
        for row in range(p):
            factor = matrix[row, i]
            if row != i and factor != 0:
                for k in range(p):
                    matrix[row, k] -= factor * matrix[i, k]
                    inverse[row, k] -= factor * inverse[i, k]
    return True


def fit_plain(counts: FloatArray, design: FloatArray, weight: FloatArray | None = None) -> Fits:
    """Do as `fit` does, in numpy, all series at once: what the kernel is tested against."""
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
