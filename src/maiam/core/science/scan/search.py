"""Scans: retrospective, prospective, and in space alone."""

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from maiam.core.science.scan.clusters import Cluster, Teller, choose
from maiam.core.science.scan.likelihood import BERNOULLI, CONDITIONAL, EXPECTATION
from maiam.core.science.scan.lots import Doubt, lots_of
from maiam.core.science.scan.observed import Study, best_windows
from maiam.core.science.scan.places import FloatArray, IntArray, Places
from maiam.core.science.scan.replicates import Chance, Progress
from maiam.core.science.scan.settings import UNREST, Model, Rates, ScanSettings
from maiam.core.science.scan.windows import Windows, at_any_time, ending_now, shares
from maiam.core.science.scan.zones import Zones, build_zones

KINDS = {
    Model.POISSON: CONDITIONAL,
    Model.PERMUTATION: CONDITIONAL,
    Model.EXPECTATION: EXPECTATION,
    Model.BERNOULLI: BERNOULLI,
}


@dataclass(frozen=True, eq=False)
class ScanResult:
    """What a scan found.

    Attributes
    ----------
    clusters : tuple of Cluster
        Strongest first; no two share a unit. Secondary clusters are held against the maxima of the replicates, which
        is cautious for all but the first.
    maxima : array of shape (replicates,)
        Strongest statistic of each replicate; fewer than asked for when stopped early.
    settings : ScanSettings
    cases : int
    total_expected : float
        Sum of what was expected before it was scaled to the cases; cases and controls for ``bernoulli``.
    seconds : float
    """

    clusters: tuple[Cluster, ...]
    maxima: FloatArray
    settings: ScanSettings
    cases: int
    total_expected: float
    seconds: float


def scan_prospective(
    counts: IntArray,
    places: Places | Zones,
    settings: ScanSettings | None = None,
    *,
    expected: FloatArray | None = None,
    doubt: FloatArray | None = None,
    days_per_period: float = 1.0,
    progress: Progress | None = None,
) -> ScanResult:
    """Look for clusters that are still alive: windows that end with the last column.

    Parameters
    ----------
    counts : int array of shape (units, periods)
        Cases of each unit in each period, oldest first.
    places : Places or Zones
        The units in the rows' order; `Zones` when their geometry is at hand from before.
    settings : ScanSettings or None
    expected : float array of shape (units, periods) or (units,), or None
        What each unit is expected to hold: any measure in proportion for ``poisson`` (counts from its own history, or
        its population), cases in number for ``expectation``, cases plus controls for ``bernoulli``. A vector is spread
        evenly over the periods. None for ``permutation``, which takes it from the margins.
    doubt : float array of shape (units,) or None
        Variance of each unit's true level about what is expected of it, over the square of that (`Expected.doubt`):
        replicates are drawn with levels as uncertain as they are. For the Poisson models.
    days_per_period : float
        For the recurrence interval.
    progress : callable or None
        Told (replicates done, replicates in all).

    Raises
    ------
    ValueError
        Shapes disagree; a count is negative or no whole number; a measure is negative or not finite; cases where
        nothing is expected; fewer than two cases; expected missing, or given for ``permutation``; doubt that is
        negative, or given for another model than Poisson's.

    References
    ----------
    Kulldorff (2001), Prospective time periodic geographical disease surveillance using a scan statistic, JRSS A 164.
    """
    settings = settings or ScanSettings()
    periods = np.asarray(counts).shape[-1]
    windows = ending_now(periods, settings.max_periods or max(1, periods // 2), settings.min_periods)
    return _scan(
        counts, places, settings, windows, expected=expected, doubt=doubt, progress=progress, days=days_per_period
    )


def scan_retrospective(
    counts: IntArray,
    places: Places | Zones,
    settings: ScanSettings | None = None,
    *,
    expected: FloatArray | None = None,
    doubt: FloatArray | None = None,
    progress: Progress | None = None,
) -> ScanResult:
    """Look for clusters at any time. Parameters and errors as in `scan_prospective`.

    References
    ----------
    Kulldorff, Athas, Feuer, Miller, Key (1998), Evaluating cluster alarms, Am. J. Public Health 88.
    """
    settings = settings or ScanSettings()
    periods = np.asarray(counts).shape[-1]
    windows = at_any_time(periods, settings.max_periods or max(1, periods // 2), settings.min_periods)
    return _scan(counts, places, settings, windows, expected=expected, doubt=doubt, progress=progress)


def scan_spatial(
    counts: IntArray,
    places: Places | Zones,
    settings: ScanSettings | None = None,
    *,
    expected: FloatArray | None = None,
    progress: Progress | None = None,
) -> ScanResult:
    """Look for clusters in space alone: `counts` and `expected` of shape (units,) or (units, periods), summed up.

    Errors as in `scan_prospective`, and ``permutation``, which needs time.
    """
    settings = settings or ScanSettings()
    if settings.model is Model.PERMUTATION:
        raise ValueError("The permutation model needs time.")
    counts = np.asarray(counts)
    counts = counts.reshape(counts.shape[0], -1).sum(axis=1, keepdims=True)
    if expected is not None:
        expected = np.asarray(expected, dtype=np.float64)
        expected = expected.reshape(expected.shape[0], -1).sum(axis=1, keepdims=True)
    return _scan(
        counts, places, replace(settings, min_periods=1), ending_now(1, 1), expected=expected, progress=progress
    )


def _scan(
    counts: IntArray,
    places: Places | Zones,
    settings: ScanSettings,
    windows: Windows,
    *,
    expected: FloatArray | None,
    progress: Progress | None,
    doubt: FloatArray | None = None,
    days: float | None = None,
) -> ScanResult:
    began = perf_counter()
    zones = places if isinstance(places, Zones) else build_zones(places, shape=settings.shape, threads=settings.threads)
    counts, measure = _checked(counts, expected, settings.model, len(zones.places.ids))
    total = float(measure.sum())
    beside = Doubt(settings.overdispersion, _level(doubt, measure, zones, settings.model))
    counts, measure = zones.gather(counts), zones.gather(measure)
    if settings.model in {Model.POISSON, Model.PERMUTATION}:
        measure *= counts.sum() / total
    study = _study(counts, measure, zones, windows, settings)
    best = best_windows(study, settings.threads)
    first = int(windows.start.min())
    lots = lots_of(settings.model, counts, measure, first=first, doubt=beside)
    chance = Chance(study, windows, lots, first, settings.seed, settings.threads)
    strongest = float(best.statistic.max(initial=0))
    maxima = chance.maxima(settings.reps, strongest=strongest, stop_after=settings.stop_after, progress=progress)
    teller = Teller(
        study,
        zones,
        windows,
        best,
        maxima,
        is_stopped=len(maxima) < settings.reps,
        has_risk=settings.model is not Model.PERMUTATION,
        days_between=days,
    )
    chosen = choose(study, zones, best, settings.max_clusters)
    clusters = tuple(teller.cluster(rank, row) for rank, row in enumerate(chosen, start=1))
    return ScanResult(clusters, maxima, settings, int(study.cases), total, perf_counter() - began)


def _study(counts: IntArray, measure: FloatArray, zones: Zones, windows: Windows, settings: ScanSettings) -> Study:
    limits = {"max_share": settings.max_share, "max_km": settings.max_km, "max_units": settings.max_units}
    sizes = zones.limited(shares(measure.sum(axis=1)), **limits)  # type: ignore[arg-type]
    widest = max(1, int(sizes.max(initial=0)))
    weight = (4 * zones.stretch / (zones.stretch + 1) ** 2) ** settings.penalty
    return Study(
        kind=KINDS[settings.model],
        order=np.ascontiguousarray(zones.order[:, :widest]),
        sizes=sizes,
        weight=weight,
        counts=windows.sums(counts),
        measure=windows.sums(measure),
        is_scanned=windows.is_scanned,
        cases=float(counts.sum()),
        total=float(measure.sum()),
        high=settings.rates is not Rates.LOW,
        low=settings.rates is not Rates.HIGH,
        min_cases=settings.min_cases,
    )


def _checked(counts: IntArray, expected: FloatArray | None, model: Model, units: int) -> tuple[IntArray, FloatArray]:
    counts = np.asarray(counts)
    if counts.ndim != 2 or counts.shape[0] != units or not counts.shape[1]:
        raise ValueError(f"counts must have shape ({units}, periods).")
    if not np.isfinite(counts).all() or (counts < 0).any() or (counts != np.floor(counts)).any():
        raise ValueError("A count must be a whole number, 0 or more.")
    counts = counts.astype(np.int64)
    if counts.sum() < 2:
        raise ValueError("There are fewer than two cases: nothing to scan.")
    return counts, _measure(counts, expected, model)


def _measure(counts: IntArray, expected: FloatArray | None, model: Model) -> FloatArray:
    if model is Model.PERMUTATION:
        if expected is not None:
            raise ValueError("The permutation model takes no expected counts.")
        margins: FloatArray = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
        return margins
    if expected is None:
        raise ValueError(f"The {model} model needs expected counts, population or controls.")
    expected = _over_periods(np.asarray(expected, dtype=np.float64), counts.shape[1])
    if expected.shape != counts.shape:
        raise ValueError("counts and expected have different shapes.")
    if not np.isfinite(expected).all() or (expected < 0).any():
        raise ValueError("What is expected must be finite, and 0 or more.")
    if (counts[expected == 0] > 0).any():
        raise ValueError("There are cases where nothing is expected.")
    if model is Model.BERNOULLI:
        _refuse_no_controls(counts, expected)
    return expected


def _level(doubt: FloatArray | None, measure: FloatArray, zones: Zones, model: Model) -> FloatArray:
    """The doubt of each place: units at one position err by themselves."""
    if doubt is None:
        return np.zeros(zones.count)
    doubt = np.asarray(doubt, dtype=np.float64)
    if doubt.shape != (len(measure),) or not np.isfinite(doubt).all() or (doubt < 0).any():
        raise ValueError("Doubt must be finite, 0 or more, one number for each unit.")
    if model not in UNREST:
        raise ValueError("Doubt needs a Poisson model.")
    by_unit = measure.sum(axis=1)
    by_place = zones.gather(by_unit)
    return np.asarray(zones.gather(doubt * by_unit**2) / np.maximum(by_place, 1e-300) ** 2)


def _over_periods(expected: FloatArray, periods: int) -> FloatArray:
    return np.repeat(expected[:, None] / periods, periods, axis=1) if expected.ndim == 1 else expected


def _refuse_no_controls(counts: IntArray, totals: FloatArray) -> None:
    if (totals != np.floor(totals)).any() or (totals < counts).any():
        raise ValueError("Cases and controls must be whole numbers, and no fewer than the cases.")
    if totals.sum() == counts.sum():
        raise ValueError("There are no controls.")
