"""Has it cooled? A place before and after something was done, held against places like it in the same days."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, chi2
from scipy.stats.contingency import odds_ratio

FloatArray = NDArray[np.float64]
Mask = NDArray[np.bool_]
LEVEL = 0.95


@dataclass(frozen=True)
class Ratio:
    """A ratio of rates with its interval; `high` may be infinite, `value` nan where nothing can be said."""

    value: float
    low: float
    high: float


def cooling(
    inside: tuple[int, int], outside: tuple[int, int], *, dispersion: float = 1.0, level: float = LEVEL
) -> Ratio:
    """Divide the change of a place by the change of places like it (difference in differences of log rates).

    Parameters
    ----------
    inside, outside : (int, int)
        Cases before and after, in the place and in the places it is compared with. Both look at the same days, so
        that how long before and after lasted, season, and a general rise or fall in reporting cancel out.
    dispersion : float
        Variance of counts over their mean, 1 for Poisson; above 1 the interval grows by its root.
    level : float
        Confidence of the interval.

    Returns
    -------
    Ratio
        Below 1: the place fell more than the others did. ``nan`` where a pair is empty: nothing to compare.

    Raises
    ------
    ValueError
        A negative count, a dispersion that is not finite, a level outside (0, 1).

    Notes
    -----
    Given all margins, the cases after, inside, follow Fisher's noncentral hypergeometric law; value and interval are
    conditional and exact, so small counts and zeros need no correction. A place chosen because it was high falls by
    itself (regression to the mean): hold it against its own usual level too (`against_usual`).

    References
    ----------
    Breslow & Day (1980), Statistical Methods in Cancer Research I, ch. 4; McCullagh & Nelder (1989), ch. 6.2.
    """
    counts = np.array([[inside[1], inside[0]], [outside[1], outside[0]]])
    if (counts < 0).any() or not math.isfinite(dispersion) or not 0 < level < 1:
        raise ValueError("Counts are 0 or more, the dispersion is finite, the level lies between 0 and 1.")
    if not (counts.sum(axis=0).all() and counts.sum(axis=1).all()):
        return Ratio(math.nan, 0.0, math.inf)
    found = odds_ratio(counts, kind="conditional")
    bounds = found.confidence_interval(confidence_level=level)
    return _widened(Ratio(float(found.statistic), float(bounds.low), float(bounds.high)), dispersion)


def cooling_alone(
    inside: tuple[int, int], usual: tuple[float, float], *, dispersion: float = 1.0, level: float = LEVEL
) -> Ratio:
    """Divide the change of a place by the change that is usual for it, where nowhere like it has enough cases.

    Parameters
    ----------
    inside : (int, int)
        Cases before and after.
    usual : (float, float)
        What the place usually has in the same days, before and after; above 0.
    dispersion, level : float
        As in `cooling`.

    Returns
    -------
    Ratio
        ``nan`` without a case.

    Raises
    ------
    ValueError
        A negative count, nothing usual.

    Notes
    -----
    Given their sum, the cases after are binomial; the interval is that of Clopper & Pearson (1934), carried over.
    """
    before, after = inside
    if min(inside) < 0 or min(usual) <= 0:
        raise ValueError("Counts are 0 or more, and something must be usual.")
    if before + after == 0:
        return Ratio(math.nan, 0.0, math.inf)
    tail, weight = (1 - level) / 2, usual[0] / usual[1]
    low = float(beta.ppf(tail, after, before + 1)) if after else 0.0
    high = float(beta.ppf(1 - tail, after + 1, before)) if before else 1.0
    value = after / before * weight if before else math.inf
    return _widened(Ratio(value, _odds(low) * weight, _odds(high) * weight), dispersion)


def _odds(chance: float) -> float:
    return chance / (1 - chance) if chance < 1 else math.inf


def against_usual(observed: int, expected: float, *, dispersion: float = 1.0, level: float = LEVEL) -> Ratio:
    """Divide what came by what is usual, with an exact Poisson interval (Garwood 1936), widened as in `cooling`.

    Raises
    ------
    ValueError
        A negative count, or nothing expected.
    """
    if observed < 0 or not expected > 0:
        raise ValueError("Counts are 0 or more, and something must be expected.")
    tail = (1 - level) / 2
    low = chi2.ppf(tail, 2 * observed) / 2 if observed else 0.0
    high = chi2.ppf(1 - tail, 2 * observed + 2) / 2
    return _widened(Ratio(observed / expected, float(low) / expected, float(high) / expected), dispersion)


def comparable(people: FloatArray, usual: FloatArray, inside: Mask, kept_out: Mask, *, most: int = 10) -> list[int]:
    """Choose the places most like those inside, by people and by usual cases.

    Parameters
    ----------
    people, usual : arrays of shape (n,)
        Above 0.
    inside, kept_out : bool arrays of shape (n,)
        The place in question; places that must not be compared with, such as its neighbours, to which violence or
        reporting may have moved.
    most : int

    Returns
    -------
    list of int
        Indices, the most alike first: least distance in log people and log usual cases, each in its own spread.

    Raises
    ------
    ValueError
        Shapes disagree, nobody inside, people or usual cases not above 0.
    """
    facts = np.stack([np.asarray(people, dtype=np.float64), np.asarray(usual, dtype=np.float64)])
    if facts.shape[1:] != np.shape(inside) or np.shape(inside) != np.shape(kept_out) or not np.any(inside):
        raise ValueError("There must be a value for each place, and a place inside.")
    if not (np.isfinite(facts).all() and (facts > 0).all()):
        raise ValueError("People and usual cases must be above 0.")
    logs = np.log(facts)
    spread = logs.std(axis=1, keepdims=True)
    apart = (logs - logs[:, inside].mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)
    distance = np.where(inside | kept_out, np.inf, np.sqrt((apart**2).sum(axis=0)))
    order = np.argsort(distance, kind="stable")[:most]
    return [int(place) for place in order if np.isfinite(distance[place])]


def _widened(found: Ratio, dispersion: float) -> Ratio:
    """Stretch an interval on the log scale by the root of the dispersion; about its own end where the value is 0."""
    stretch = math.sqrt(max(1.0, dispersion))
    if stretch == 1 or math.isnan(found.value):
        return found
    if found.value == 0:
        return Ratio(0.0, 0.0, found.high * stretch)
    middle = found.value if found.value < math.inf else found.low
    low, high = (
        bound if bound in {0.0, math.inf} else middle * (bound / middle) ** stretch for bound in (found.low, found.high)
    )
    return Ratio(found.value, low / stretch if found.value == math.inf else low, high)
