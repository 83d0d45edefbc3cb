"""Cells around points: the area nearer to one known position than to any other, for maps without boundaries."""

from collections.abc import Iterable
from typing import Any

from shapely import MultiPoint, Point, Polygon, voronoi_polygons
from shapely.geometry import mapping

# Degrees; about 12 km. Cells at the rim reach no farther than this from the outermost points.
RIM = 0.11
DIGITS = 4


def cells_around(points: Iterable[tuple[int, float, float]]) -> dict[int, dict[str, Any]]:
    """Draw for each point (id, longitude, latitude) the area nearer to it than to any other (Voronoi cells)."""
    at = {unit_id: Point(longitude, latitude) for unit_id, longitude, latitude in points}
    if not at:
        return {}
    cloud = MultiPoint(list(at.values()))
    rim = cloud.convex_hull.buffer(RIM)
    cells = list(voronoi_polygons(cloud, extend_to=rim).geoms) if len(at) > 1 else [rim]
    return {unit_id: _round(mapping(_cell_of(point, cells).intersection(rim))) for unit_id, point in at.items()}


def _cell_of(point: Point, cells: list[Polygon]) -> Polygon:
    return next(cell for cell in cells if cell.covers(point))


def _round(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _round(part) for key, part in value.items()}
    return [_round(part) for part in value] if isinstance(value, list | tuple) else value
