"""What a series of Gi* scores amounts to: new, lasting, growing, fading hot spots."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from maiam.core.science.local.neighbours import FloatArray

HOT = 1.96
MOSTLY = 0.9
LEVEL = 0.05


class Category(StrEnum):
    NEW = "new"
    CONSECUTIVE = "consecutive"
    INTENSIFYING = "intensifying"
    PERSISTENT = "persistent"
    DIMINISHING = "diminishing"
    SPORADIC = "sporadic"
    OSCILLATING = "oscillating"
    HISTORICAL = "historical"
    NONE = "none"


def emerging_category(scores: FloatArray) -> list[Category]:
    """Name what each unit's series amounts to.

    Parameters
    ----------
    scores : array of shape (units, bins)
        Gi* scores, oldest first, two bins or more; the last bin is now. A bin is hot from 1.96, cold from -1.96.
        Cold spots: give the scores with their signs turned.

    Raises
    ------
    ValueError
        Another shape, or a score that is not finite.

    Notes
    -----
    The published categories of emerging hot spot analysis (Esri), in our own words: see docs/hotspots.md.
    """
    z = np.asarray(scores, dtype=np.float64)
    if z.ndim != 2 or z.shape[1] < 2 or not np.isfinite(z).all():
        raise ValueError("Scores must be finite, of shape (units, bins), with two bins or more.")
    trend, p = mann_kendall(z)
    return [_category(row, float(trend[i]), float(p[i])) for i, row in enumerate(z)]


def _category(z: FloatArray, trend: float, p: float) -> Category:
    hot = z >= HOT
    if hot.mean() >= MOSTLY:
        return _mostly_hot(bool(hot[-1]), trend, p)
    if not hot[-1]:
        return Category.NONE
    if hot.sum() == 1:
        return Category.NEW
    if (z[:-1] <= -HOT).any():
        return Category.OSCILLATING
    run = int(np.argmin(hot[::-1]))
    return Category.CONSECUTIVE if run == hot.sum() else Category.SPORADIC


def _mostly_hot(is_hot_now: bool, trend: float, p: float) -> Category:
    if not is_hot_now:
        return Category.HISTORICAL
    if p >= LEVEL:
        return Category.PERSISTENT
    return Category.INTENSIFYING if trend > 0 else Category.DIMINISHING


def mann_kendall(series: FloatArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mann-Kendall's S and its two-sided p for series of shape (units, bins), ties counted (Kendall 1975)."""
    x = np.asarray(series, dtype=np.float64)
    n = x.shape[1]
    first, second = np.triu_indices(n, 1)
    s = np.sign(x[:, second] - x[:, first]).sum(axis=1)
    variance = np.empty(len(x))
    for i, row in enumerate(x):
        ties = np.unique(row, return_counts=True)[1]
        variance[i] = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 0, (s - np.sign(s)) / np.sqrt(variance), 0.0)
    return s, 2 * ndtr(-np.abs(z))
