"""From when on something is told: set by the province, within bounds; and the limits of the scan, set by the house."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Thresholds:
    """What the province may set.

    A finding is told red from `red_days` on: so many days pass between two such by chance alone; amber from
    `amber_days`. Both need `least_cases` from `least_households` homes, `least_ratio` times what is usual, and a report
    in the last `touching_days`. An alert without a sign for `close_after_days` is closed. A commune is silent that for
    `silent_days` had none where the province's rate would give `silent_expected`.
    """

    red_days: int = 365
    amber_days: int = 100
    least_cases: int = 3
    least_households: int = 2
    least_ratio_percent: int = 200
    touching_days: int = 3
    close_after_days: int = 14
    silent_days: int = 90
    silent_expected: int = 3

    @property
    def least_ratio(self) -> float:
        return self.least_ratio_percent / 100

    def as_plain(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Thresholds":
        return cls(**{name: int(plain[name]) for name in BOUNDS if name in plain})


# Below the lower bound an alert would name a family, or ring each week; above the upper one nothing is ever told.
BOUNDS: dict[str, tuple[int, int]] = {
    "red_days": (30, 3_650),
    "amber_days": (14, 3_650),
    "least_cases": (3, 30),
    "least_households": (2, 20),
    "least_ratio_percent": (110, 1_000),
    "touching_days": (1, 28),
    "close_after_days": (3, 90),
    "silent_days": (28, 365),
    "silent_expected": (2, 50),
}


def out_of_bounds(wanted: Thresholds) -> set[str]:
    """The thresholds that may not be set so."""
    return {name for name, (low, high) in BOUNDS.items() if not low <= getattr(wanted, name) <= high}


@dataclass(frozen=True)
class ScanLimits:
    """How far a morning's run looks (docs/decisions/hotspots.md)."""

    history_days: int = 365
    gap_days: int = 28
    max_days: int = 28
    max_share_percent: int = 10
    replicates: int = 999
    seed: int = 195
    longest_delay_days: int = 14
    bins: int = 12
    bin_days: int = 28
    step_days: int = 7
    # Expected false alarms of the detectors of single units: one a month for a province of about 124.
    unit_day_alpha_ppm: int = 270
    unit_week_alpha_ppm: int = 1_900

    @property
    def study_days(self) -> int:
        return self.history_days + self.gap_days

    def as_plain(self) -> dict[str, int]:
        return asdict(self)
