"""Zones: round each place, its nearest neighbours one after the other, as circles or as ellipses."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numba import njit

from maiam.core.science.scan.places import FloatArray, IntArray, Places
from maiam.core.science.scan.settings import ELLIPSES, Shape

ROWS_AT_ONCE = 128
# Sums that reach a limit but for rounding have reached it.
ROUNDING = 1 + 1e-12


@dataclass(frozen=True, eq=False)
class Zones:
    """Every zone that can be scanned, before limits on its share.

    Units at the very same position are one place and enter a zone together. Places stand in an order in which
    neighbours in space lie close in memory. A row is one centre with one shape; its zones are its first 1, 2, …
    neighbours. Neighbours at the same distance follow each other by their coordinates, as in SaTScan.

    Attributes
    ----------
    places : Places
    place_of_unit : array of shape (n,)
        Which place each unit belongs to.
    order : int32 array of shape (rows, k)
        Places by their distance from the row's centre, the centre first.
    reach : float64 array of shape (rows, k)
        That distance, kilometres; for an ellipse half of the shorter axis.
    length : int64 array of shape (rows,)
        How many neighbours of the row count.
    stretch, angle : float64 arrays of shape (rows,)
        Length over width of the row's shape; direction of its longer axis in radians from the x axis.
    """

    places: Places
    place_of_unit: IntArray
    order: np.ndarray
    reach: FloatArray
    length: IntArray
    stretch: FloatArray
    angle: FloatArray

    @property
    def count(self) -> int:
        """How many places there are."""
        return int(self.place_of_unit.max()) + 1

    def gather(self, by_unit: np.ndarray) -> np.ndarray:
        """Add up rows of units (shape (n, …)) to rows of places."""
        sums = np.zeros((self.count, *by_unit.shape[1:]), dtype=by_unit.dtype)
        if len(sums) == len(by_unit):
            sums[self.place_of_unit] = by_unit
        else:
            np.add.at(sums, self.place_of_unit, by_unit)
        return sums

    def limited(self, share: FloatArray, *, max_share: float, max_km: float | None, max_units: int | None) -> IntArray:
        """Say how many zones of each row keep within the limits: shape (rows,). `share` is by place, summing to 1."""
        most = self.length.copy()
        if max_share < 1:
            _shorten(self.order, share, max_share * ROUNDING, most)
        if max_km is not None:
            most = np.minimum(most, (self.reach <= max_km * ROUNDING).sum(axis=1))
        return np.minimum(most, max_units) if max_units is not None else most


@njit(cache=True, nogil=True)
def _shorten(order: np.ndarray, share: FloatArray, limit: float, most: IntArray) -> None:
    """Lower `most` of each row to the neighbours that together hold no more than `limit`."""
    for row in range(most.size):
        held = 0.0
        for k in range(most[row]):
            held += share[order[row, k]]
            if held > limit:
                most[row] = k
                break


def build_zones(
    places: Places, *, shape: Shape = Shape.CIRCLE, max_units: int | None = None, threads: int | None = None
) -> Zones:
    """Order the neighbours of every place. Costs n^2 log n; keep the answer for as long as no unit moves.

    Parameters
    ----------
    places : Places
    shape : Shape
        ``ellipse`` adds 46 ellipses to each circle (SaTScan's shapes and angles); on a plane only.
    max_units : int or None
        Neighbours kept: half of the places are enough for a share of a half only if places are alike.
    threads : int or None
        None: all processors.

    Raises
    ------
    ValueError
        Ellipses are asked for on the globe.

    References
    ----------
    Kulldorff, Huang, Pickle, Duczmal (2006), An elliptic spatial scan statistic, Statistics in Medicine 25.
    """
    if shape is Shape.ELLIPSE and places.is_globe:
        raise ValueError("Ellipses need positions on a plane (x_km, y_km), not longitude and latitude.")
    points, place_of_unit = _distinct(places)
    is_island = np.zeros(len(points), dtype=bool)
    is_island[[place_of_unit[i] for i, name in enumerate(places.ids) if name in places.islands]] = True
    kept = len(points) if max_units is None else min(max_units, len(points))
    shapes = [(1.0, 0.0)]
    if shape is Shape.ELLIPSE:
        shapes += [(stretch, np.pi * turn / turns) for stretch, turns in ELLIPSES for turn in range(turns)]
    parts = [_row_block(points, is_island, *one, kept=kept, threads=threads) for one in shapes]
    order, straight, length = (np.concatenate([part[i] for part in parts]) for i in range(3))
    per_shape = [np.full(len(points), value) for value, _ in shapes], [np.full(len(points), turn) for _, turn in shapes]
    return Zones(
        places,
        place_of_unit,
        order,
        places.as_km(straight),
        length,
        np.concatenate(per_shape[0]),
        np.concatenate(per_shape[1]),
    )


def _distinct(places: Places) -> tuple[FloatArray, IntArray]:
    """The different positions, those near each other close together, and the position of each unit."""
    points, place_of_unit = np.unique(places.points, axis=0, return_inverse=True)
    along = np.argsort(_curve(points), kind="stable")
    rank = np.empty_like(along)
    rank[along] = np.arange(len(along))
    return points[along], rank[place_of_unit.ravel()]


def _curve(points: FloatArray) -> IntArray:
    """Place on a curve that visits near points one after the other (Morton's)."""
    low, span = points.min(axis=0), np.ptp(points, axis=0).max() or 1.0
    cells = ((points - low) / span * 1023).astype(np.int64)
    key = np.zeros(len(points), dtype=np.int64)
    dimensions = points.shape[1]
    for bit in range(10):
        for axis in range(dimensions):
            key |= ((cells[:, axis] >> bit) & 1) << (bit * dimensions + axis)
    return key


def _row_block(
    points: FloatArray, is_island: np.ndarray, stretch: float, angle: float, *, kept: int, threads: int | None
) -> tuple[np.ndarray, FloatArray, IntArray]:
    shaped = _squeezed(points, stretch, angle) if stretch > 1 else points
    # A stable sort by distance of points that already stand in the order of their coordinates breaks ties by these.
    by_coordinates = np.lexsort(points.T[::-1])
    rank = np.empty_like(by_coordinates)
    rank[by_coordinates] = np.arange(len(rank))
    nearest = partial(_nearest, shaped[by_coordinates], is_island[by_coordinates], kept)
    centres = [rank[first : first + ROWS_AT_ONCE] for first in range(0, len(points), ROWS_AT_ONCE)]
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(nearest, centres))
    found, distance = (np.concatenate([part[i] for part in parts]) for i in range(2))
    length = np.isfinite(distance).sum(axis=1)
    return by_coordinates[found].astype(np.int32), distance, length


def _nearest(points: FloatArray, is_island: np.ndarray, kept: int, centres: IntArray) -> tuple[IntArray, FloatArray]:
    squares = np.zeros((len(centres), len(points)))
    for axis in range(points.shape[1]):
        squares += (points[centres, axis][:, None] - points[:, axis][None, :]) ** 2
    distance = np.sqrt(squares)
    alone = is_island[centres][:, None] | is_island[None, :]
    distance[alone] = np.inf
    distance[np.arange(len(centres)), centres] = 0.0
    order = np.argsort(distance, axis=1, kind="stable")[:, :kept]
    return order, np.take_along_axis(distance, order, axis=1)


def _squeezed(points: FloatArray, stretch: float, angle: float) -> FloatArray:
    """Shrink the plane along `angle`, so that an ellipse of this shape becomes a circle as wide as its width."""
    x, y = points.T
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    return np.stack([along / stretch, across], axis=1)
