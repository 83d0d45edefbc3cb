"""Where the units lie: on a plane in kilometres, or on the globe."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

# Mean radius that SaTScan uses for distances along the globe, km.
EARTH_RADIUS_KM = 6367.0

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Places:
    """The units of a scan.

    Parameters
    ----------
    ids : sequence of n str
        Each once.
    xy : array of shape (n, 2)
        ``x, y`` in kilometres on a plane, or ``longitude, latitude`` in degrees when `is_globe`.
    islands : frozenset of str
        Units that stand alone: never in a zone with others.
    outside : frozenset of str
        Units beyond the border: they take part, but a cluster that lies wholly among them is not told.

    Raises
    ------
    ValueError
        No unit, an id twice, a position missing or not finite, a latitude or longitude that does not exist, an island
        or outsider that is no unit.
    """

    ids: Sequence[str]
    xy: FloatArray
    is_globe: bool = False
    islands: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not len(self.ids):
            raise ValueError("There is no unit.")
        if len(set(self.ids)) != len(self.ids):
            raise ValueError("A unit stands twice.")
        if self.xy.shape != (len(self.ids), 2) or not np.isfinite(self.xy).all():
            raise ValueError("Each unit needs a finite position of two numbers.")
        if self.is_globe and (np.abs(self.xy) > (180, 90)).any():
            raise ValueError("A longitude lies beyond 180 or a latitude beyond 90 degrees.")
        if unknown := (self.islands | self.outside) - set(self.ids):
            raise ValueError(f"No unit {min(unknown)}.")

    @cached_property
    def points(self) -> FloatArray:
        """Positions between which straight lines keep the order of distances: shape (n, 2), or (n, 3) on the globe."""
        if not self.is_globe:
            return np.ascontiguousarray(self.xy, dtype=np.float64)
        longitude, latitude = np.radians(self.xy).T
        around = np.cos(latitude)
        unit = np.stack([around * np.cos(longitude), around * np.sin(longitude), np.sin(latitude)], axis=1)
        return EARTH_RADIUS_KM * unit

    def as_km(self, straight: FloatArray) -> FloatArray:
        """Turn straight-line distances between `points` into distances along the ground, kilometres."""
        if not self.is_globe:
            return straight
        return 2 * EARTH_RADIUS_KM * np.arcsin(np.clip(straight / (2 * EARTH_RADIUS_KM), 0, 1))
