"""Clusters: the strongest windows that share no place."""

from dataclasses import dataclass

import numpy as np

from maiam.core.science.scan.likelihood import BERNOULLI
from maiam.core.science.scan.observed import Best, Study
from maiam.core.science.scan.significance import Significance, significance
from maiam.core.science.scan.windows import Windows
from maiam.core.science.scan.zones import Zones

LEAST = 1e-3


@dataclass(frozen=True)
class Cluster:
    """One cluster. Windows cover columns ``start <= t < end`` of the counts.

    `radius_km` reaches from the centre to the farthest member; an ellipse has half axes `minor_km` and `major_km`, the
    longer at `angle_degrees` from the x axis. `relative_risk` is the risk inside over the risk outside, None where
    nothing is left outside or margins are fixed (permutation).
    """

    rank: int
    centre: str
    members: tuple[str, ...]
    start: int
    end: int
    observed: int
    expected: float
    relative_risk: float | None
    statistic: float
    p_monte_carlo: float | None
    p_gumbel: float | None
    recurrence_interval: float | None
    radius_km: float
    minor_km: float
    major_km: float
    angle_degrees: float
    is_low: bool

    @property
    def ratio(self) -> float:
        """Observed over expected."""
        return self.observed / self.expected if self.expected > 0 else np.inf


def choose(study: Study, zones: Zones, best: Best, most: int) -> list[int]:
    """Rows of the clusters to tell, strongest first, none with a place of a stronger one."""
    statistic = np.round(best.statistic, 9)
    chosen: list[int] = []
    taken = np.zeros(zones.count, dtype=bool)
    outside = np.array([name in zones.places.outside for name in zones.places.ids])
    is_inside = zones.gather((~outside).astype(np.int64)) > 0
    for row in np.lexsort((study.order[:, 0], best.size, -statistic)):
        if best.statistic[row] < LEAST or len(chosen) == most:
            break
        members = study.order[row, : best.size[row]]
        if not taken[members].any() and is_inside[members].any():
            taken[members] = True
            chosen.append(int(row))
    return chosen


@dataclass(frozen=True, eq=False)
class Teller:
    """Puts a row's best window into words and numbers."""

    study: Study
    zones: Zones
    windows: Windows
    best: Best
    maxima: np.ndarray
    is_stopped: bool
    has_risk: bool
    days_between: float | None

    def cluster(self, rank: int, row: int) -> Cluster:
        study, zones, size, step = self.study, self.zones, int(self.best.size[row]), int(self.best.step[row])
        members = study.order[row, :size]
        observed = int(study.counts[members, step].sum())
        measure = float(study.measure[members, step].sum())
        expected = measure * study.cases / study.total if study.kind == BERNOULLI else measure
        found = significance(float(self.best.statistic[row]), self.maxima, is_stopped=self.is_stopped)
        names = np.array(zones.places.ids, dtype=object)
        reach, stretch = float(zones.reach[row, size - 1]), float(zones.stretch[row])
        return Cluster(
            rank=rank,
            centre=str(names[zones.place_of_unit == members[0]][0]),
            members=tuple(sorted(str(name) for name in names[np.isin(zones.place_of_unit, members)])),
            start=int(self.windows.start[step]),
            end=int(self.windows.end[step]),
            observed=observed,
            expected=expected,
            relative_risk=self._relative_risk(observed, measure, expected),
            statistic=float(self.best.statistic[row]),
            p_monte_carlo=found.monte_carlo,
            p_gumbel=found.gumbel,
            recurrence_interval=self._recurrence(found),
            radius_km=reach if stretch == 1 else self._farthest_km(members),
            minor_km=reach,
            major_km=reach * stretch,
            angle_degrees=float(np.degrees(zones.angle[row])),
            is_low=observed < expected,
        )

    def _relative_risk(self, observed: int, measure: float, expected: float) -> float | None:
        study = self.study
        outside, rest = study.cases - observed, study.cases - expected
        if study.kind == BERNOULLI:
            rest = (study.total - measure) * study.cases / study.total
        if not self.has_risk or expected <= 0 or outside <= 0 or rest <= 0:
            return None
        return (observed / expected) / (outside / rest)

    def _recurrence(self, found: Significance) -> float | None:
        return None if self.days_between is None else found.recurrence_interval(self.days_between)

    def _farthest_km(self, members: np.ndarray) -> float:
        points = np.array([self.zones.places.points[self.zones.place_of_unit == place][0] for place in members])
        straight = np.sqrt(((points - points[0]) ** 2).sum(axis=1))
        return float(self.zones.places.as_km(straight).max())
