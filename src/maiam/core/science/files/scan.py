"""A scan of files: what `maiam hotspots scan` reads, runs and writes."""

import math
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from maiam.core.science.files.calendar import DAYS_IN, Calendar, Period
from maiam.core.science.files.counts import PERIODS_AT_MOST, CountsFile, read_counts
from maiam.core.science.files.table import FileRefusedError
from maiam.core.science.files.units import Units, read_units
from maiam.core.science.history import expected_counts
from maiam.core.science.scan.clusters import Cluster
from maiam.core.science.scan.places import FloatArray, IntArray
from maiam.core.science.scan.replicates import Progress
from maiam.core.science.scan.search import ScanResult, scan_prospective, scan_retrospective, scan_spatial
from maiam.core.science.scan.settings import UNREST, Model, ScanSettings

ANALYSES = ("prospective", "retrospective", "spatial")
CASES = ("n", "cases", "count", "observed")
CONTROLS = ("controls", "n", "count")
EXPECTED = ("expected", "n")
CASES_AT_MOST = 5_000_000
OWN_PAST = "own past"


@dataclass(frozen=True)
class ScanFiles:
    """Where a scan's data lie. Cases and controls default to columns of the units."""

    units: Path
    cases: Path | None = None
    controls: Path | None = None
    expected: Path | None = None


@dataclass(frozen=True, eq=False)
class ScanInput:
    """Files made into arrays. `counts` and `measure` have shape (units, periods), (units,) or None for `measure`.

    `base` names what the measure comes from; `doubt` is what `scan_prospective` takes.
    """

    units: Units
    counts: IntArray
    measure: FloatArray | None
    calendar: Calendar | None
    base: str
    doubt: FloatArray | None = None


def read_input(
    files: ScanFiles, analysis: str, model: Model, *, start: date | None, end: date | None, by_own_past: bool = False
) -> ScanInput:
    """Read the files of a scan; with `by_own_past`, `own_past` is to say what is expected.

    Raises `FileRefusedError`.
    """
    if start and end and start > end:
        raise FileRefusedError([f"--start {start} lies after --end {end}."])
    units = read_units(files.units)
    cases = _cases_file(files, units)
    expected = read_counts(files.expected, units, *EXPECTED, whole=False) if files.expected else None
    controls = read_counts(files.controls, units, *CONTROLS, whole=True) if files.controls else None
    calendar = _calendar([cases, expected, controls], start, end)
    if analysis != "spatial" and (cases is None or cases.is_timeless):
        raise FileRefusedError([f"{files.cases or files.units}: a {analysis} scan needs cases with dates."])
    if analysis == "spatial" and model is Model.PERMUTATION:
        raise FileRefusedError(["The permutation model needs time: choose prospective or retrospective."])
    counts = _laid(cases, units, calendar, "cases", whole=True)
    measure, base = None, OWN_PAST
    if not by_own_past:
        measure, base = _measure(units, counts, expected=expected, controls=controls, model=model, calendar=calendar)
    _refuse_impossible(files, units, counts, measure)
    return ScanInput(units, counts.astype(np.int64), measure, calendar, base)


def _cases_file(files: ScanFiles, units: Units) -> CountsFile | None:
    if files.cases is not None:
        return read_counts(files.cases, units, *CASES, whole=True)
    if not units.table.has("cases"):
        raise FileRefusedError([f"{files.units}: no column cases, and no --cases file is named."])
    return None


def _calendar(files: list[CountsFile | None], start: date | None, end: date | None) -> Calendar | None:
    """The study: as the cases say, but no shorter than what is expected says."""
    dated = [file for file in files if file is not None and file.moments]
    if dated:
        moments = [moment for file in dated for moment in file.moments or []]
        calendar = Calendar.over(moments, start, end)
        if len(calendar) > PERIODS_AT_MOST:
            raise FileRefusedError([f"The study spans {len(calendar):,} periods, more than {PERIODS_AT_MOST:,}."])
        return calendar
    wide = next((file for file in files if file is not None and file.matrix is not None), None)
    return wide.calendar(start, end) if wide else None


def _laid(file: CountsFile | None, units: Units, calendar: Calendar | None, column: str, *, whole: bool) -> FloatArray:
    if file is None:
        return units.column(column, whole=whole)
    return file.spread(len(units.places.ids), calendar, complete=False)


def _measure(
    units: Units,
    counts: FloatArray,
    *,
    expected: CountsFile | None,
    controls: CountsFile | None,
    model: Model,
    calendar: Calendar | None,
) -> tuple[FloatArray | None, str]:
    if model is Model.PERMUTATION:
        return None, "margins"
    if model is Model.BERNOULLI:
        if controls is None and not units.table.has("controls"):
            raise FileRefusedError([f"{units.table.file}: no column controls, and no --controls file is named."])
        return _with_controls(counts, _laid(controls, units, calendar, "controls", whole=True)), "controls"
    if expected is not None:
        told = expected.spread(len(units.places.ids), calendar, complete=True)
        return _over_time(told, counts, calendar), "expected"
    for name in ("population", "expected"):
        if units.table.has(name):
            return _over_time(units.column(name), counts, calendar), name
    raise FileRefusedError([f"{units.table.file}: no column population or expected, and no --expected file is named."])


def _with_controls(counts: FloatArray, controls: FloatArray) -> FloatArray:
    if counts.ndim != controls.ndim:
        raise FileRefusedError(["Cases and controls must both have dates, or neither."])
    return counts + controls


def _over_time(measure: FloatArray, counts: FloatArray, calendar: Calendar | None) -> FloatArray:
    """Spread a vector of units over the periods by their length."""
    if measure.ndim == counts.ndim or calendar is None:
        return measure
    if counts.ndim == 1:
        return np.asarray(measure.sum(axis=1))
    lengths: FloatArray = np.array(calendar.lengths(), dtype=np.float64)
    spread: FloatArray = np.outer(measure, lengths / lengths.sum())
    return spread


def _refuse_impossible(files: ScanFiles, units: Units, counts: FloatArray, measure: FloatArray | None) -> None:
    if counts.sum() < 2:
        raise FileRefusedError([f"{files.cases or files.units}: fewer than two cases: nothing to scan."])
    if counts.sum() > CASES_AT_MOST:
        told = f"{counts.sum():,.0f} cases in all, where a scan takes at most {CASES_AT_MOST:,}"
        raise FileRefusedError([f"{files.cases or files.units}: {told}."])
    if measure is None:
        return
    if (counts.sum(axis=-1) if counts.ndim > 1 else counts).sum() and measure.sum() <= 0:
        raise FileRefusedError(["Nothing is expected anywhere: all amounts are 0."])
    bare = np.argwhere((measure == 0) & (counts > 0))
    if bare.size:
        names = sorted({units.places.ids[int(one[0])] for one in bare})
        raise FileRefusedError([f"{files.units}: unit {name} has cases where nothing is expected." for name in names])


def own_past(read: ScanInput, analysis: str, settings: ScanSettings) -> tuple[ScanInput, ScanSettings]:
    """Expect of each unit what its own past says, and draw with the unrest it shows.

    The past is the study but for the longest window. Raises ValueError.
    """
    if analysis != "prospective" or settings.model not in UNREST:
        raise ValueError("Only a prospective scan of a Poisson model has a past to go by.")
    if read.calendar is None or read.calendar.period is not Period.DAY or settings.max_periods is None:
        raise ValueError("Units' own past needs cases by day.")
    people = read.units.column("population") if read.units.table.has("population") else None
    base = expected_counts(read.counts, people, history_days=len(read.calendar), gap_days=settings.max_periods)
    unrest = settings.overdispersion or base.overdispersion
    return replace(read, measure=base.counts, doubt=base.doubt), replace(settings, overdispersion=unrest)


def run(read: ScanInput, analysis: str, settings: ScanSettings, progress: Progress | None = None) -> ScanResult:
    """Scan what was read."""
    if analysis == "spatial":
        return scan_spatial(read.counts, read.units.places, settings, expected=read.measure, progress=progress)
    if analysis == "retrospective":
        return scan_retrospective(read.counts, read.units.places, settings, expected=read.measure, progress=progress)
    days = DAYS_IN[read.calendar.period] if read.calendar else 1.0
    return scan_prospective(
        read.counts, read.units.places, settings, expected=read.measure, doubt=read.doubt, days_per_period=days,
        progress=progress,
    )  # fmt: skip


def as_json(read: ScanInput, analysis: str, result: ScanResult) -> dict[str, Any]:
    """The answer as plain values: clusters, settings, seconds."""
    calendar = read.calendar
    settings = {name: value for name, value in asdict(result.settings).items() if name != "threads"}
    settings |= {
        "analysis": analysis,
        "base": read.base,
        "start": calendar.start_of(0) if calendar else None,
        "end": calendar.end_of(len(calendar) - 1) if calendar else None,
        "time_unit": str(calendar.period) if calendar and analysis != "spatial" else None,
        "periods": len(calendar) if calendar and analysis != "spatial" else 1,
    }
    return {
        "analysis": analysis,
        "model": str(result.settings.model),
        "clusters": [_cluster(one, read, analysis) for one in result.clusters],
        "total_cases": result.cases,
        "locations": len(read.units.places.ids),
        "replicates_run": len(result.maxima),
        "settings": settings,
        "seconds": round(result.seconds, 4),
    }


def _cluster(found: Cluster, read: ScanInput, analysis: str) -> dict[str, Any]:
    calendar, at = read.calendar, read.units.places.xy[read.units.index[found.centre]]
    names = ("lon", "lat") if read.units.places.is_globe else ("x_km", "y_km")
    first, last = (0, len(calendar) - 1) if calendar and analysis == "spatial" else (found.start, found.end - 1)
    cluster: dict[str, Any] = {
        "rank": found.rank,
        "rates": "low" if found.is_low else "high",
        "centre": found.centre,
        "centre_position": dict(zip(names, at.tolist(), strict=True)),
        "members": list(found.members),
        "radius_km": found.radius_km,
        "start": calendar.start_of(first) if calendar else None,
        "end": calendar.end_of(last) if calendar else None,
        "observed": found.observed,
        "expected": found.expected,
        "obs_over_exp": _finite(found.ratio),
        "relative_risk": found.relative_risk,
        "statistic": found.statistic,
        "p_monte_carlo": found.p_monte_carlo,
        "p_gumbel": found.p_gumbel,
        "recurrence_interval_days": found.recurrence_interval,
    }
    if found.major_km > found.minor_km:
        axes = {"minor_km": found.minor_km, "major_km": found.major_km, "angle_degrees": found.angle_degrees}
        cluster["ellipse"] = axes
    return cluster


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def within_days(
    settings: ScanSettings, read: ScanInput, analysis: str, max_days: int | None, min_days: int
) -> ScanSettings:
    """Turn limits in days into periods of the study; by default a window may last half of it. Raises ValueError."""
    if (max_days is not None and max_days < 1) or min_days < 1:
        raise ValueError("Windows last one day or more.")
    if analysis == "spatial" or read.calendar is None:
        return settings
    periods = len(read.calendar)
    longest = read.calendar.periods_within(max_days) if max_days else max(1, periods // 2)
    shortest = read.calendar.periods_within(min_days) if min_days > 1 else 1
    return replace(settings, max_periods=min(longest, periods), min_periods=shortest)
