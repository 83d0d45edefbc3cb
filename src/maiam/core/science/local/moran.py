"""Moran's I, of the whole and of each unit: do neighbours resemble each other?"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import ndtr

from maiam.core.science.local.getis_ord import checked_values
from maiam.core.science.local.neighbours import FloatArray, Neighbours
from maiam.core.science.local.rates import empirical_bayes
from maiam.core.science.scan.streams import PlainStream, begin, below

# With fewer its variance has no meaning.
FEWEST = 4


@dataclass(frozen=True)
class Moran:
    """Moran's I of the whole; `p_one_sided` for likeness of neighbours, under randomisation."""

    i: float
    expectation: float
    variance: float
    p_one_sided: float


@dataclass(frozen=True, eq=False)
class LocalMoran:
    """Arrays of shape (n,). `quadrant` is "high-high", "low-low", "high-low" or "low-high" (unit, then neighbours).

    `z_conditional` and `p_conditional` hold the unit fixed and shuffle the others; `z_total` and `p_total` shuffle all
    (Anselin 1995). `p_permutation` is two-sided, None without replicates.
    """

    i: FloatArray
    z_conditional: FloatArray
    p_conditional: FloatArray
    z_total: FloatArray
    p_total: FloatArray
    quadrant: NDArray[np.str_]
    p_permutation: FloatArray | None


def moran(values: FloatArray, neighbours: Neighbours) -> Moran:
    """Moran's I with row-standardised weights (Cliff & Ord 1981); errors as in `local_g`, and fewer than four units."""
    x = checked_values(values, neighbours)
    if len(x) < FEWEST:
        raise ValueError(f"Moran's I needs {FEWEST} units or more.")
    weights = neighbours.row_standardised()
    z, n = x - x.mean(), len(x)
    w = weights.weights
    s0 = float(w.sum())
    s1 = float(((w + w.T).power(2)).sum()) / 2
    s2 = float(((w.sum(axis=0) + w.sum(axis=1)) ** 2).sum())
    i = n / s0 * float(z @ weights.lag(z)) / float(z @ z)
    kurtosis = n * float((z**4).sum()) / float(z @ z) ** 2
    mean = -1 / (n - 1)
    first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    variance = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - mean**2
    return Moran(i, mean, variance, float(ndtr((mean - i) / np.sqrt(variance))))


def empirical_bayes_moran(cases: FloatArray, population: FloatArray, neighbours: Neighbours) -> float:
    """Moran's I of rates standardised by what their population lets them wander (Assunção & Reis 1999)."""
    smoothed = empirical_bayes(cases, population)
    variance = smoothed.variance + smoothed.mean / population
    variance = np.where(variance > 0, variance, smoothed.mean / population)
    z = (cases / population - smoothed.mean) / np.sqrt(variance)
    weights = neighbours.row_standardised()
    centred = z - z.mean()
    return float(len(z) / weights.sums.sum() * (centred @ weights.lag(z)) / (centred @ centred))


def local_moran(values: FloatArray, neighbours: Neighbours, *, reps: int = 0, seed: int = 1) -> LocalMoran:
    """Moran's I of each unit, row-standardised weights.

    Parameters
    ----------
    values : array of shape (n,)
    neighbours : Neighbours
    reps, seed : int
        Replicates of a conditional permutation test (0: none): the unit stays, its neighbours are drawn anew.

    Raises
    ------
    ValueError
        As in `local_g`; values without spread.

    References
    ----------
    Anselin (1995), Geogr. Anal. 27(2); Sokal, Oden, Thomson (1998), Geogr. Anal. 30(4).
    """
    x = checked_values(values, neighbours)
    if np.ptp(x) == 0:
        raise ValueError("All values are equal.")
    weights = neighbours.row_standardised()
    n, z = len(x), x - x.mean()
    m2, lag = float(z @ z) / n, weights.lag(z)
    i = z / m2 * lag
    w, w2 = weights.sums, weights.squares
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = -(z**2) * w / ((n - 1) * m2)
        spread = (z / m2) ** 2 * n / (n - 2) * (w2 - w**2 / (n - 1)) * (m2 - z**2 / (n - 1))
        conditional = (i - expected) / np.sqrt(spread)
        total = (i + w / (n - 1)) / np.sqrt(_total_variance(z, m2, w, w2))
    sides = np.where(z > 0, "high", "low"), np.where(lag > 0, "high", "low")
    quadrant = np.array([f"{own}-{near}" for own, near in zip(*sides, strict=True)])
    simulated = _permuted(z, weights, reps, seed) if reps else None
    return LocalMoran(i, conditional, _two_sided(conditional), total, _two_sided(total), quadrant, simulated)


def _total_variance(z: FloatArray, m2: float, w: FloatArray, w2: FloatArray) -> FloatArray:
    n, b2 = len(z), float((z**4).sum()) / len(z) / m2**2
    a, b = (n - b2) / (n - 1), (2 * b2 - n) / ((n - 1) * (n - 2))
    return np.asarray(a * w2 + b * (w**2 - w2) - (w / (n - 1)) ** 2)


def _two_sided(z: FloatArray) -> FloatArray:
    return np.asarray(2 * ndtr(-np.abs(z)))


def _permuted(z: FloatArray, weights: Neighbours, reps: int, seed: int) -> FloatArray:
    below_, above = np.zeros(len(z), np.int64), np.zeros(len(z), np.int64)
    w = weights.weights
    _count_permuted(z, (w.indptr, w.data, weights.lag(z)), reps, seed, (below_, above))
    return np.asarray(np.minimum(1.0, 2 * (1 + np.minimum(below_, above)) / (1 + reps)))


@njit(cache=True, nogil=True)
def _count_permuted(z, rows, reps, seed, found):
    """Count replicates whose lag is no greater, and no less, than the one observed; one stream for each unit."""
    begins, weight, lag = rows
    less, more = found
    n = z.size
    deck = np.arange(n)
    state = np.zeros(1, np.uint64)
    for i in range(n):
        begin(state, seed, i)
        # The unit itself goes to the end of the deck, out of reach.
        deck[i], deck[n - 1] = deck[n - 1], deck[i]
        for _ in range(reps):
            drawn = 0.0
            for k in range(begins[i + 1] - begins[i]):
                j = k + below(state, n - 1 - k)
                deck[k], deck[j] = deck[j], deck[k]
                drawn += weight[begins[i] + k] * z[deck[k]]
            if drawn <= lag[i] + 1e-12:
                less[i] += 1
            if drawn >= lag[i] - 1e-12:
                more[i] += 1
        for k in range(n):
            deck[k] = k


def count_permuted_plain(z: FloatArray, weights: Neighbours, reps: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Do as the kernel does, deal by deal: how many lags are no greater, and no less. What it is tested against."""
    n, lag, w = len(z), weights.lag(z), weights.weights
    less, more = np.zeros(n), np.zeros(n)
    for i in range(n):
        stream, deck = PlainStream(seed, i), np.arange(n)
        deck[[i, n - 1]] = deck[[n - 1, i]]
        weight = w.data[w.indptr[i] : w.indptr[i + 1]]
        for _ in range(reps):
            for k in range(len(weight)):
                j = k + stream.below(n - 1 - k)
                deck[[k, j]] = deck[[j, k]]
            drawn = float(weight @ z[deck[: len(weight)]])
            less[i] += drawn <= lag[i] + 1e-12
            more[i] += drawn >= lag[i] - 1e-12
    return less, more
