"""Shapes for the map: boundaries somebody imported; until then, cells around known positions, told as approximate."""

from functools import lru_cache
from typing import Any

from maiam.contexts.places.models import Boundary, Unit
from maiam.contexts.places.queries.units import communes_of
from maiam.core.science.cells import cells_around


def map_geometry(province: Unit) -> dict[str, Any]:
    """The communes of a province as GeoJSON; cells drawn around known points where no boundary was imported."""
    communes = communes_of(province)
    boundaries = dict(Boundary.objects.filter(unit__in=communes).values_list("unit_id", "geometry"))
    points = tuple((row.id, row.longitude, row.latitude) for row in communes if row.longitude is not None)
    cells = _cells(points) if len(boundaries) < len(communes) else {}
    features = [
        {
            "type": "Feature",
            "id": row.id,
            "properties": {"name": row.name, "approximate": row.id not in boundaries},
            "geometry": boundaries.get(row.id) or cells.get(row.id),
        }
        for row in communes
    ]
    return {"type": "FeatureCollection", "features": features}


@lru_cache(maxsize=8)
def _cells(points: tuple[tuple[int, float, float], ...]) -> dict[int, dict[str, Any]]:
    return cells_around(points)
