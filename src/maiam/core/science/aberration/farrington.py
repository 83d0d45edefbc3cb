"""Farrington's flexible algorithm: this week against the same season of years past, past outbreaks weighed down."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from maiam.core.science.aberration.outcome import Counts, FloatArray, Outcome, checked
from maiam.core.science.aberration.regression import Fits, fit

METHODS = ("nb", "muan", "delta")
SERIES_AT_ONCE = 128


@dataclass(frozen=True)
class FarringtonSettings:
    """Parameters of the algorithm.

    Parameters
    ----------
    years : int
        How many years back.
    half_window : int
        Weeks on either side of the same week in the years past.
    periods : int
        Seasons into which a year falls; 1: no seasons, and only the windows are used.
    weight_threshold : float
        Anscombe residual above which a past count is weighed down.
    past_left_out : int
        Last weeks that take no part.
    alpha : float
        One-sided chance of an alarm.
    trend : bool
        Fit a trend where three years are there and it predicts no more than was ever seen.
    trend_p : float
        Keep the trend only when its p-value is below this; 1: always.
    method : {"nb", "muan", "delta"}
        Upper bound: negative binomial at the mean; at the mean's own upper limit; or on the 2/3-power scale.
    few : (int, int)
        Fewer than so many cases in so many last weeks: no alarm.
    weeks_a_year : int
    """

    years: int = 3
    half_window: int = 3
    periods: int = 10
    weight_threshold: float = 2.58
    past_left_out: int = 26
    alpha: float = 0.01
    trend: bool = True
    trend_p: float = 1.0
    method: str = "nb"
    few: tuple[int, int] = (5, 4)
    weeks_a_year: int = 52

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise ValueError(f"There is no method {self.method}; there are {', '.join(METHODS)}.")
        if not 0 < self.alpha < 1 or min(self.years, self.periods, self.few[1]) < 1 or self.half_window < 0:
            raise ValueError("alpha lies between 0 and 1; years, periods and weeks are 1 or more.")

    @property
    def earliest(self) -> int:
        """The first column that has enough past."""
        return self.years * self.weeks_a_year + self.half_window


def farrington_flexible(
    weekly: Counts, settings: FarringtonSettings | None = None, *, first: int | None = None
) -> Outcome:
    """Predict each week from its season in years past, and say whether it exceeds what that allows.

    Parameters
    ----------
    weekly : array of shape (series, weeks) or (weeks,)
    settings : FarringtonSettings or None
    first : int or None
        First column looked at; None: the last only.

    Raises
    ------
    ValueError
        Too short a past.

    References
    ----------
    Farrington et al. (1996), JRSS A 159; Noufaily et al. (2013), Stat. Med. 32; Salmon et al. (2016), J. Stat.
    Softw. 70(10), whose package `surveillance` it follows.
    """
    settings = settings or FarringtonSettings()
    counts = checked(weekly)
    first = counts.shape[1] - 1 if first is None else first
    if not settings.earliest <= first < counts.shape[1]:
        raise ValueError(f"{settings.years} years back need {settings.earliest} weeks before the first looked at.")
    moments = np.arange(first, counts.shape[1])
    # Few series at a time stay in the processor's cache, and leave work for each of its cores.
    parts = [counts[at : at + SERIES_AT_ONCE] for at in range(0, len(counts), SERIES_AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        tasks = [[pool.submit(_week, part, int(week), settings) for part in parts] for week in moments]
        columns = [[task.result() for task in row] for row in tasks]
    upper, expected, score = (
        np.stack([np.concatenate([part[i] for part in row]) for row in columns], axis=1) for i in range(3)
    )
    with np.errstate(invalid="ignore"):
        alarm = (counts[:, moments] > upper) & (counts[:, moments] > 0)
    return Outcome(moments, upper, expected, alarm, score)


def _week(counts: FloatArray, week: int, settings: FarringtonSettings) -> tuple[FloatArray, FloatArray, FloatArray]:
    when, season = _reference(week, settings)
    past = counts[:, when]
    kept = np.unique(season)
    seasons = (season[:, None] == kept[kept != settings.periods]).astype(np.float64)
    flat = np.column_stack([np.ones(len(when)), seasons])
    now = np.concatenate([[1.0], np.zeros(seasons.shape[1])])
    predicted = _predict(past, flat, now, settings)
    if settings.trend and settings.years >= 3:
        # Time is centred for the sake of numbers; neither fit nor prediction knows.
        middle = when.mean()
        steep = np.column_stack([flat, (when - middle) / settings.weeks_a_year])
        trended = _predict(past, steep, np.append(now, (week - middle) / settings.weeks_a_year), settings)
        is_kept = trended.is_fit & (trended.trend_p < settings.trend_p) & (trended.mean <= past.max(axis=1))
        predicted = trended.where(is_kept, predicted)
    observed = counts[:, week]
    upper = _upper(predicted, settings)
    enough = counts[:, max(0, week - settings.few[1] + 1) : week + 1].sum(axis=1) >= settings.few[0]
    upper = np.where(enough & predicted.is_fit, upper, np.nan)
    expected = np.where(np.isnan(upper), np.nan, predicted.mean)
    with np.errstate(divide="ignore", invalid="ignore"):
        return upper, expected, (observed - expected) / (upper - expected)


@dataclass(frozen=True, eq=False)
class _Predicted:
    """This week as predicted, for each series: on the scale of counts, and of logarithms. Shapes (series,)."""

    mean: FloatArray
    error: FloatArray
    dispersion: FloatArray
    trend_p: FloatArray
    is_fit: np.ndarray

    def where(self, chosen: np.ndarray, other: "_Predicted") -> "_Predicted":
        names = ("mean", "error", "dispersion", "trend_p", "is_fit")
        return _Predicted(*(np.where(chosen, getattr(self, name), getattr(other, name)) for name in names))


def _predict(past: FloatArray, design: FloatArray, now: FloatArray, settings: FarringtonSettings) -> _Predicted:
    rows, p = design.shape
    plain = fit(past, design)
    weight = _weights(past, plain, settings.weight_threshold)
    final = fit(past, design, weight)
    with np.errstate(over="ignore"):
        mean = np.exp(final.coefficient @ now)
    # The reference package scales errors by squared working residuals under the outbreak weights alone.
    scale = (weight * ((past - final.mean) / final.mean) ** 2).sum(axis=1) / (rows - p)
    variance = np.einsum("p,spq,q->s", now, final.inverse, now) * scale
    with np.errstate(divide="ignore", invalid="ignore"):
        t = final.coefficient[:, -1] / np.sqrt(final.inverse[:, -1, -1] * scale)
        trend_p = 2 * special.stdtr(rows - p, -np.abs(t))
    dispersion = np.maximum(final.dispersion, 1)
    return _Predicted(mean, np.sqrt(np.maximum(variance, 0)), dispersion, trend_p, plain.converged & final.converged)


def _weights(past: FloatArray, plain: Fits, threshold: float) -> FloatArray:
    phi = np.maximum(plain.dispersion, 1)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = 1.5 * (past ** (2 / 3) * plain.mean ** (-1 / 6) - np.sqrt(plain.mean))
        residual = np.nan_to_num(raw / np.sqrt(phi * (1 - plain.hat)))
        down = np.where(residual > threshold, residual**-2.0, 1.0)
    return np.asarray(down * (past.shape[1] / down.sum(axis=1, keepdims=True)))


def _upper(predicted: _Predicted, settings: FarringtonSettings) -> FloatArray:
    mean, z = predicted.mean, special.ndtri(1 - settings.alpha)
    if settings.method == "delta":
        # On the scale of counts the error is that of the logarithm times the mean.
        tau = predicted.dispersion + (predicted.error * mean) ** 2 / mean
        spread = np.sqrt(4 / 9 * mean ** (1 / 3) * tau)
        return np.asarray((mean ** (2 / 3) + z * spread) ** 1.5)
    if settings.method == "muan":
        with np.errstate(over="ignore"):
            mean = mean * np.exp(z * predicted.error)
    return _quantile(mean, predicted.dispersion, 1 - settings.alpha)


def _quantile(mean: FloatArray, dispersion: FloatArray, chance: float) -> FloatArray:
    """Smallest count whose negative binomial (Poisson at dispersion 1) distribution reaches `chance`."""
    found = np.full(mean.shape, np.nan)
    usable = np.isfinite(mean) & (mean < 1e9)
    low, high = np.full(mean.shape, -1.0), np.ceil(mean + 10 * np.sqrt(mean * dispersion) + 20)
    while usable.any():
        short = usable & (_upto(high, mean, dispersion) < chance)
        if not short.any():
            break
        high = np.where(short, 2 * high, high)
    while (usable & (high - low > 1)).any():
        middle = np.floor((low + high) / 2)
        reached = _upto(middle, mean, dispersion) >= chance
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    found[usable] = high[usable]
    return found


def _upto(count: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    count = np.maximum(count, 0)
    over = np.where(dispersion > 1, dispersion, 2.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        negative = special.betainc(np.maximum(mean / (over - 1), 1e-300), count + 1, 1 / over)
    return np.asarray(np.where(dispersion > 1, negative, special.pdtr(count, mean)))


def _reference(week: int, settings: FarringtonSettings) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Past weeks that take part, and their seasons; the season of this week is `periods`."""
    season = np.zeros(week + 1, dtype=np.int64)
    half, periods = settings.half_window, settings.periods
    season[max(0, week - half) : week + 1] = periods
    for year in range(1, settings.years + 1):
        same = week - year * settings.weeks_a_year
        season[same - half : same + half + 1] = periods
        if periods > 1:
            between = settings.weeks_a_year - 2 * half - 1
            length, rest = divmod(between, periods - 1)
            lengths = [length + (at < rest) for at in range(periods - 1)]
            start = same + half + 1
            season[start : start + between] = np.repeat(np.arange(1, periods), lengths)
    season[week - settings.past_left_out :] = 0
    when = np.flatnonzero(season)
    return when, season[when]
