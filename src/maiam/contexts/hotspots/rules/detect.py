"""The detectors of a morning: each takes a snapshot and gives plain values, the same whenever it is asked again."""

import math
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr
from scipy.stats import nbinom, poisson

from maiam.contexts.hotspots.rules.snapshot import EventRow, IntArray, Snapshot, homes_of
from maiam.core.science.aberration import FarringtonSettings, ears, farrington_flexible
from maiam.core.science.history import as_reported, reported_share
from maiam.core.science.history.expected import RESTLESS
from maiam.core.science.local import emerging_category, empirical_bayes, false_discovery, local_g
from maiam.core.science.near_repeat import Bands, near_repeat
from maiam.core.science.scan import Cluster, Model, Places, ScanSettings, scan_prospective

FloatArray = NDArray[np.float64]
Plain = dict[str, Any]

WEEK, YEAR = 7, 365
SERIES_WEEKS = 12
BAND = 0.95
PER = 100_000
# Fewer points than this have no pattern to speak of.
FEWEST_POINTS = 10
NEAR_KM, NEAR_DAYS = Bands((0.0, 0.001, 2.0, 5.0, 10.0)), Bands((0.0, 7.0, 14.0, 28.0))
UNUSUAL_BASELINE, UNUSUAL_WEEKS = 28, 12
LEAST_SIGMA = 0.5
RARE_DAILY = 1.0
# Streams of chance of their own, for scans of the same morning.
GRAVE_SEED, SHARE_SEED = 1_000_000, 2_000_000


class Stage(StrEnum):
    """The steps of a run, in order."""

    READ = "read"
    SCAN = "scan"
    GRAVE = "grave"
    LOCAL = "local"
    UNITS = "units"
    NEAR = "near"
    SILENT = "silent"
    ALERTS = "alerts"


STAGE_LABELS = {
    Stage.READ: "Đọc số liệu",
    Stage.SCAN: "Quét cụm trong không gian và thời gian",
    Stage.GRAVE: "Quét riêng các vụ nghiêm trọng",
    Stage.LOCAL: "Điểm nóng theo xã và xã lân cận (Gi*)",
    Stage.UNITS: "Bất thường của từng xã",
    Stage.NEAR: "Lặp lại gần",
    Stage.SILENT: "Xã im lặng",
    Stage.ALERTS: "Lập cảnh báo, danh sách hộ có nhiều lần báo",
}


def scan(shot: Snapshot) -> Plain:
    """Clusters still alive, held against what each commune usually has."""
    return _alive(shot, seed=shot.limits.seed + shot.day.toordinal())


def grave(shot: Snapshot) -> Plain:
    """The same of grave events alone; and where their share of all that was told has risen.

    A general rise in reporting raises all counts and leaves the share as it is.
    """
    alone = shot.grave
    if alone.why_too_little:
        return {"why_not": f"Chỉ tính vụ nghiêm trọng: {alone.why_too_little}", "clusters": [], "risen": []}
    seed = shot.limits.seed + shot.day.toordinal()
    return {**_alive(alone, seed=seed + GRAVE_SEED), "risen": _risen(shot, alone, seed=seed + SHARE_SEED)}


def _risen(shot: Snapshot, alone: Snapshot, *, seed: int) -> list[Plain]:
    """Bernoulli: grave events among all events, in windows still alive."""
    told = shot.history.observed
    settings = ScanSettings(
        model=Model.BERNOULLI,
        max_share=_share_scanned(shot, told),
        max_periods=min(shot.limits.max_days, shot.days // 2),
        min_cases=shot.thresholds.least_cases,
        reps=shot.limits.replicates,
        seed=seed,
    )
    result = scan_prospective(alone.history.observed, _places(shot), settings, expected=told.astype(np.float64))
    return [
        {
            "members": sorted(int(name) for name in one.members),
            "first": one.start,
            "last": one.end - 1,
            "grave": one.observed,
            "statistic": one.statistic,
            "rarity_days": one.recurrence_interval,
        }
        for one in result.clusters
        if not one.is_low
    ]


def _alive(shot: Snapshot, *, seed: int) -> Plain:
    limits, expected = shot.limits, shot.expected
    usual = as_reported(expected.counts, _known_by_now(shot))
    settings = ScanSettings(
        max_share=_share_scanned(shot, usual),
        max_periods=min(limits.max_days, shot.days // 2),
        min_cases=shot.thresholds.least_cases,
        overdispersion=expected.overdispersion,
        reps=limits.replicates,
        seed=seed,
    )
    result = scan_prospective(shot.history.observed, _places(shot), settings, expected=usual, doubt=expected.doubt)
    return {
        "dispersion": expected.dispersion,
        "overdispersion": settings.overdispersion,
        "max_share": settings.max_share,
        "cases": result.cases,
        "unplaced": int(shot.history.unplaced.sum()),
        "clusters": [_cluster(shot, one) for one in result.clusters if not one.is_low],
    }


def _known_by_now(shot: Snapshot) -> FloatArray:
    """How much of each of the last days is known."""
    told = np.array([event.told for event in shot.events])
    known = np.array([event.known for event in shot.events])
    return reported_share(told, known, today=shot.days - 1, longest=shot.limits.longest_delay_days)


def _share_scanned(shot: Snapshot, usual: FloatArray | IntArray) -> float:
    """The limit of the house; but no commune so large that it would never be looked at by itself."""
    largest = float((usual.sum(axis=1) / usual.sum()).max())
    return min(1.0, max(shot.limits.max_share_percent / 100, largest * 1.000001))


def _places(shot: Snapshot) -> Places:
    return Places(
        [str(unit.id) for unit in shot.units],
        shot.points,
        islands=frozenset(str(unit.id) for unit in shot.units if unit.is_island),
        outside=frozenset(str(unit.id) for unit in shot.units if unit.is_outside),
    )


def _cluster(shot: Snapshot, found: Cluster) -> Plain:
    members = sorted(int(name) for name in found.members)
    return {
        "centre": int(found.centre),
        "radius_km": round(found.radius_km, 2),
        "statistic": found.statistic,
        "relative_risk": found.relative_risk,
        "p_monte_carlo": found.p_monte_carlo,
        "p_gumbel": found.p_gumbel,
        "rarity_days": found.recurrence_interval,
        **describe(shot, members, found.start, found.end - 1),
    }


def describe(shot: Snapshot, members: list[int], first: int, last: int) -> Plain:
    """What came in these communes on these days, beside what is usual; and the weeks before."""
    rows = [shot.place[unit] for unit in members]
    events = shot.events_in(set(members), first, last)
    usual = shot.expected.counts[rows, first : last + 1].sum(axis=1)
    seen = shot.history.observed[rows, first : last + 1].sum(axis=1)
    dispersion = shot.expected.dispersion
    return {
        "members": members,
        "first": first,
        "last": last,
        "observed": int(seen.sum()),
        "expected": float(usual.sum()),
        "homes": homes_of(events),
        "grave": sum(event.is_grave for event in events),
        "latest": max((event.told for event in events), default=-1),
        "events": [event.id for event in events],
        "communes": [
            {"id": unit, "observed": int(seen[i]), "expected": float(usual[i]), "band": _band(usual[i], dispersion)}
            for i, unit in enumerate(members)
        ],
        "weeks": _weeks(shot, rows, first, last),
        "hints": _hints(shot, events),
    }


def _band(mean: float, dispersion: float) -> list[int]:
    """Where a count lies 95 times of 100."""
    tail = (1 - BAND) / 2
    law = poisson(mean) if dispersion <= RESTLESS else nbinom(mean / (dispersion - 1), 1 / dispersion)
    return [int(law.ppf(tail)), int(law.ppf(1 - tail))]


def _weeks(shot: Snapshot, rows: list[int], first: int, last: int) -> list[Plain]:
    """The last twelve weeks of these communes together, oldest first; and what of each lies in the days told of."""
    inside = np.zeros(shot.days, dtype=bool)
    inside[first : last + 1] = True
    weeks = []
    for back in range(min(SERIES_WEEKS, shot.days // WEEK) - 1, -1, -1):
        end = shot.days - back * WEEK
        days = slice(end - WEEK, end)
        usual = float(shot.expected.counts[rows, days].sum())
        seen = shot.history.observed[rows, days].sum(axis=0)
        weeks.append(
            {
                "first": end - WEEK,
                "observed": int(seen.sum()),
                "inside": int(seen[inside[days]].sum()),
                "expected": usual,
                "band": _band(usual, shot.expected.dispersion),
            }
        )
    return weeks


def _hints(shot: Snapshot, events: list[EventRow]) -> Plain:
    """What in the rows themselves may explain a rise, apart from violence."""
    if not events:
        return {"late": 0, "same_day": 0, "channel": "", "channel_share": 0.0, "channel_usual": 0.0}
    late = sum(event.known - event.told > 1 for event in events)
    entered = [event.known for event in events]
    same_day = max(entered.count(day) for day in entered) if len({event.told for event in events}) > 2 else 0
    channels = [event.channel for event in events]
    channel = max(sorted(set(channels)), key=channels.count)
    before = [event.channel for event in shot.events if event.told < shot.days - shot.limits.gap_days]
    return {
        "late": late,
        "same_day": same_day,
        "channel": channel,
        "channel_share": channels.count(channel) / len(channels),
        "channel_usual": before.count(channel) / len(before) if before else 0.0,
    }


def local(shot: Snapshot) -> Plain:
    """Gi* of each commune among its neighbours, bin after bin; and smoothed rates of the year."""
    ends = _bin_ends(shot)
    counts = np.stack([shot.history.observed[:, end - shot.limits.bin_days : end].sum(axis=1) for end in ends], axis=1)
    rates = np.stack([_smoothed(counts[:, i], shot.people) for i in range(len(ends))], axis=1)
    z = np.nan_to_num(local_g(rates, shot.near), nan=0.0)
    q = np.nan_to_num(false_discovery(2 * ndtr(-np.abs(z[:, -1]))), nan=1.0)
    categories = emerging_category(z) if len(ends) > 1 else []
    year = shot.history.observed[:, -YEAR:].sum(axis=1)
    near = shot.near.with_self().lag(counts.astype(np.float64))
    return {
        "ends": [int(end) for end in ends],
        "units": [
            {
                "id": unit.id,
                "z": [round(float(one), 6) for one in z[i]],
                "q": round(float(q[i]), 6),
                "counts": [int(one) for one in counts[i]],
                "near": [int(one) for one in near[i]],
                "category": str(categories[i]) if categories else "none",
                "year": int(year[i]),
                "rate": round(float(_smoothed(year, shot.people)[i]) * PER * YEAR / min(YEAR, shot.days), 4),
            }
            for i, unit in enumerate(shot.units)
        ],
    }


def _bin_ends(shot: Snapshot) -> list[int]:
    limits = shot.limits
    most = (shot.days - limits.bin_days) // limits.step_days + 1
    return [shot.days - back * limits.step_days for back in range(min(limits.bins, most) - 1, -1, -1)]


def _smoothed(cases: NDArray[np.int64], people: FloatArray) -> FloatArray:
    return empirical_bayes(cases.astype(np.float64), people).rate


def units(shot: Snapshot) -> Plain:
    """Communes whose last day, or last week, departs from their own past."""
    observed = shot.history.observed
    found: dict[int, Plain] = {}
    for row in _unusual_days(shot):
        found[row] = _unusual(shot, row, 1, "ears_c2")
    weekly, how = _unusual_weeks(shot)
    for row in weekly:
        found[row] = _unusual(shot, row, WEEK, how)
    return {"weekly_by": how, "looked_at": int((observed.sum(axis=1) > 0).sum()), "found": list(found.values())}


def _unusual_days(shot: Snapshot) -> list[int]:
    observed = shot.history.observed
    if shot.days <= UNUSUAL_BASELINE + 2:
        return []
    alpha = shot.limits.unit_day_alpha_ppm / 1e6
    last = ears(observed, "C2", first=shot.days - 1, baseline=UNUSUAL_BASELINE, alpha=alpha, min_sigma=LEAST_SIGMA)
    is_rare = observed.mean(axis=1) < RARE_DAILY
    return [int(row) for row in np.flatnonzero(last.alarm[:, 0] & is_rare)]


def _unusual_weeks(shot: Snapshot) -> tuple[list[int], str]:
    """By the same season of years past where there are three; by the weeks just before until then."""
    weeks = shot.days // WEEK
    series = shot.history.observed[:, shot.days - weeks * WEEK :].reshape(len(shot.units), weeks, WEEK).sum(axis=2)
    alpha = shot.limits.unit_week_alpha_ppm / 1e6
    farrington = FarringtonSettings(alpha=alpha)
    if weeks > farrington.earliest:
        return [int(row) for row in np.flatnonzero(farrington_flexible(series, farrington).alarm[:, 0])], "farrington"
    if weeks <= UNUSUAL_WEEKS + 2:
        return [], "none"
    last = ears(series, "C2", first=weeks - 1, baseline=UNUSUAL_WEEKS, alpha=alpha, min_sigma=LEAST_SIGMA)
    return [int(row) for row in np.flatnonzero(last.alarm[:, 0])], "ears_c2_weekly"


def _unusual(shot: Snapshot, row: int, days: int, how: str) -> Plain:
    unit = shot.units[row].id
    return {"centre": unit, "how": how, **describe(shot, [unit], shot.days - days, shot.days - 1)}


def near(shot: Snapshot) -> Plain:
    """Pairs of events close in space and time, where the village is known."""
    points = [event for event in shot.events if event.x_km is not None]
    if len(points) < FEWEST_POINTS:
        return {
            "points": len(points),
            "why_not": f"Chưa đủ {FEWEST_POINTS} vụ ở thôn có trên bản đồ.",
        }
    xy = np.array([[event.x_km, event.y_km] for event in points], dtype=np.float64)
    days = np.array([event.told for event in points], dtype=np.float64)
    homes = [event.household for event in points]
    found = near_repeat(
        xy,
        days,
        NEAR_KM,
        NEAR_DAYS,
        metric="euclidean",
        household=homes,
        reps=shot.limits.replicates,
        seed=shot.limits.seed,
    )
    return {
        "points": len(points),
        "space": NEAR_KM.labels,
        "time": NEAR_DAYS.labels,
        "pairs": found.pairs.tolist(),
        "expected": [[round(float(one), 4) for one in row] for row in found.expected],
        "p": [[round(float(one), 6) for one in row] for row in found.p],
    }


def silent(shot: Snapshot) -> Plain:
    """Communes that had nothing for long, where the province's rate would give some: people may not dare to tell."""
    days = min(shot.thresholds.silent_days, shot.days)
    seen = shot.history.observed[:, -days:].sum(axis=1)
    rate = float(seen.sum()) / float(shot.people.sum())
    usual = shot.people * rate
    rows = [
        {"id": unit.id, "days": days, "usual": round(float(usual[i]), 2), "chance": round(math.exp(-usual[i]), 6)}
        for i, unit in enumerate(shot.units)
        if seen[i] == 0 and usual[i] >= shot.thresholds.silent_expected and not unit.is_outside
    ]
    return {"days": days, "found": sorted(rows, key=lambda row: (-row["usual"], row["id"]))}


DETECTORS: dict[Stage, Callable[[Snapshot], Plain]] = {
    Stage.SCAN: scan,
    Stage.GRAVE: grave,
    Stage.LOCAL: local,
    Stage.UNITS: units,
    Stage.NEAR: near,
    Stage.SILENT: silent,
}
