"""Counts to expect of each unit on each day, from its own past."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maiam.core.science.local.rates import empirical_bayes

FloatArray = NDArray[np.float64]
Counts = NDArray[np.int64] | FloatArray

WEEK = 7
YEAR = 365.25
# Fewer days than this show no year.
LEAST_SEASON = 300
SHRINKS = ("eb", "none")
# A weekday is taken to have had so many usual cases more; a season's wave to have this spread on the log scale.
PRIOR_CASES = 20.0
PRIOR_WAVE = 0.2
# Gain in deviance from which a wave is shown: chi-square with two degrees of freedom, 1 %.
SHOWN = 9.21
# Dispersion up to which unit-weeks count as Poisson.
RESTLESS = 1.2


@dataclass(frozen=True, eq=False)
class Expected:
    """What to expect.

    Attributes
    ----------
    counts : float array of shape (units, days)
        Above 0 everywhere.
    dispersion : float
        Variance of unit-weeks over their mean, 1 for Poisson.
    unrest : float
        Variance of a unit's weekly risk about its mean of 1, 0 or more.
    doubt : float array of shape (units,)
        Variance of a unit's true level about the one expected here, over the square of that: a short or restless past
        tells it only roughly.
    """

    counts: FloatArray
    dispersion: float
    unrest: float
    doubt: FloatArray

    @property
    def overdispersion(self) -> float:
        """What a scan should draw with (`ScanSettings.overdispersion`): 0 unless the past is clearly restless."""
        return self.unrest if self.dispersion > RESTLESS else 0.0


def expected_counts(
    y: Counts,
    n: FloatArray | None = None,
    *,
    history_days: int = 365,
    gap_days: int = 28,
    dow: bool = True,
    season: bool = True,
    shrink: str = "eb",
) -> Expected:
    """Expect of each unit its own rate, on each weekday and in each season what all units together show.

    Parameters
    ----------
    y : array of shape (units, days)
        Cases, oldest first; the last column is the last complete day. Shares of cases (after a split) are welcome.
    n : array of shape (units,) or None
        People; units with little past are drawn towards the rate of all people. None: towards the same for each unit.
    history_days, gap_days : int
        The history ends `gap_days` before the end, so that no outbreak feeds its own expectation.
    dow, season : bool
        Weekdays; one wave a year (left out under 300 days of history, and where the past shows none). Both are held
        back by a prior.
    shrink : {"eb", "none"}
        "none" takes each unit's bare rate, but no less than half a case in the history.

    Raises
    ------
    ValueError
        Another shape or name, a negative or missing count, under four weeks of history, a history without cases.

    Notes
    -----
    Rates by Marshall's empirical Bayes (1991, JRSS C 40). Days outside the history are expected as if it went on.
    """
    counts, people = _checked(y, n, shrink)
    days = counts.shape[1]
    past = slice(max(0, days - gap_days - history_days), days - gap_days)
    history = counts[:, past]
    if gap_days < 0 or history.shape[1] < 4 * WEEK or history.sum() <= 0:
        raise ValueError("The history needs four weeks and a case.")
    shape = np.ones(days)
    if dow:
        shape *= _weekdays(history.sum(axis=0), past.start, days)
    if season and history.shape[1] >= LEAST_SEASON:
        shape *= _wave(history.sum(axis=0), shape, past.start, days)
    shape /= shape[past].mean()
    rates, known = _rates(history, people, shrink)
    expected = np.outer(rates, shape)
    dispersion, unrest = _spread(history, expected[:, past])
    restless = unrest if dispersion > RESTLESS else 0.0
    return Expected(expected, dispersion, unrest, (1 + restless * rates * WEEK) / known)


def _checked(y: Counts, n: FloatArray | None, shrink: str) -> tuple[FloatArray, FloatArray]:
    counts = np.asarray(y, dtype=np.float64)
    if counts.ndim != 2 or not np.isfinite(counts).all() or (counts < 0).any():
        raise ValueError("Counts must be 0 or more, of shape (units, days).")
    people = np.ones(len(counts)) if n is None else np.asarray(n, dtype=np.float64)
    if people.shape != (len(counts),) or not np.isfinite(people).all() or (people <= 0).any():
        raise ValueError("Each unit needs people, above 0.")
    if shrink not in SHRINKS:
        raise ValueError(f"There is no shrinkage {shrink}; there are {' and '.join(SHRINKS)}.")
    return counts, people


def _rates(history: FloatArray, people: FloatArray, shrink: str) -> tuple[FloatArray, FloatArray]:
    """Cases a day of each unit, and how many cases they are known from: its own, and those its likes are worth."""
    cases, days = history.sum(axis=1), history.shape[1]
    if shrink == "none":
        return np.maximum(cases, 0.5) / days, np.maximum(cases, 0.5)
    # Marshall's rate of a unit without cases can be 0 where units differ much; nothing is impossible.
    smoothed = empirical_bayes(cases, people)
    mean, variance = float(smoothed.mean), float(smoothed.variance)
    likes = mean**2 / variance if variance > 0 else np.inf
    return np.maximum(smoothed.rate * people, 0.5) / days, np.maximum(cases, 0.5) + likes


def _weekdays(daily: FloatArray, start: int, days: int) -> FloatArray:
    weekday = (start + np.arange(len(daily))) % WEEK
    seen = np.bincount(weekday, weights=daily, minlength=WEEK)
    usual = daily.mean() * np.bincount(weekday, minlength=WEEK)
    factor = (seen + PRIOR_CASES) / (usual + PRIOR_CASES)
    return np.asarray(factor[np.arange(days) % WEEK])


def _wave(daily: FloatArray, shape: FloatArray, start: int, days: int) -> FloatArray:
    """One wave a year by Poisson regression, its two coefficients held near 0 by a normal prior.

    None where the history would show as much by chance: a wave that is not there misleads the days to come.
    """
    angle = 2 * np.pi * np.arange(days) / YEAR
    waves = np.column_stack([np.ones(days), np.sin(angle), np.cos(angle)])
    past = slice(start, start + len(daily))
    design, offset = waves[past], np.log(shape[past])
    held = np.diag([0.0, PRIOR_WAVE**-2, PRIOR_WAVE**-2])
    coefficient = np.array([np.log(daily.sum() / shape[past].sum()), 0.0, 0.0])
    for _ in range(25):
        mean = np.exp(design @ coefficient + offset)
        step = np.linalg.solve((design.T * mean) @ design + held, design.T @ (daily - mean) - held @ coefficient)
        coefficient += step
        if np.abs(step).max() < 1e-9:
            break
    flat = np.exp(offset) * daily.sum() / np.exp(offset).sum()
    mean = np.exp(design @ coefficient + offset)
    gained = 2 * float((daily * np.log(mean / flat) - mean + flat).sum())
    restless = max(1.0, float(((daily - mean) ** 2 / mean).sum()) / (len(daily) - waves.shape[1]))
    return np.asarray(np.exp(waves[:, 1:] @ coefficient[1:])) if gained / restless > SHOWN else np.ones(days)


def _spread(history: FloatArray, expected: FloatArray) -> tuple[float, float]:
    """Dispersion and unrest of unit-weeks; of the seven days a week may begin on, by the one that shows most.

    Nobody knows on which day a risk turned. Weeks cut across its turns would hide a quarter of the unrest.
    """
    ways = [_spread_of_weeks(history[:, first:], expected[:, first:]) for first in range(WEEK)]
    return max(ways, key=lambda way: way[1])


def _spread_of_weeks(history: FloatArray, expected: FloatArray) -> tuple[float, float]:
    """Dispersion and unrest (Pearson's statistic and moments), each unit's own level taken out."""
    weeks = history.shape[1] // WEEK
    whole = slice(0, weeks * WEEK)
    seen, usual = (part[:, whole].reshape(len(part), weeks, WEEK).sum(axis=2) for part in (history, expected))
    own = usual.sum(axis=1, keepdims=True)
    usual = usual * np.where(own > 0, seen.sum(axis=1, keepdims=True) / own, 0)
    known = usual.sum(axis=1) > 0
    seen, usual = seen[known], usual[known]
    freedom = weeks - 1
    squares = (seen - usual) ** 2 * weeks / freedom
    dispersion = float((squares / usual).mean())
    unrest = float((squares - usual).sum() / (usual**2).sum())
    return dispersion, max(0.0, unrest)
