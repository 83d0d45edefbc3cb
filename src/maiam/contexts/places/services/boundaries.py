"""Import the shapes of communes from a GeoJSON file: every feature is checked, all are taken or none."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from shapely import STRtree, make_valid
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from maiam.contexts.places.models import Boundary, Unit
from maiam.contexts.places.rules import Level
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

# Around Vietnam with its islands, in degrees.
WEST, SOUTH, EAST, NORTH = 102.0, 6.5, 118.0, 23.6
MOST_BYTES = 200 * 1024 * 1024
DEEPEST = 8
# A point we know to lie in the commune may stand this far outside its shape (about 5 km: shapes are simplified).
NEAR_DEGREES = 0.05
KM2_PER_DEGREE2 = 111.32 * 110.57
OVERLAP_SHARE = 0.05


class BoundaryRefusedError(DomainError):
    code = "places.boundary_refused"
    message = "Tệp ranh giới chưa dùng được."

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults[:50]))
        self.faults = faults


@dataclass(frozen=True)
class Imported:
    taken: int
    repaired: list[str]


@transaction.atomic
def import_boundaries(*, actor: Actor, text: str, source: str, now: datetime) -> Imported:
    """Check every feature of a GeoJSON text and keep the shapes; none is kept when one is at fault.

    Raises `BoundaryRefusedError`, which lists the faults by feature.
    """
    actor.require(Permission.KEEP_HOUSE)
    features = _features(text)
    communes = {unit.code: unit for unit in Unit.objects.filter(level=Level.COMMUNE, valid_to__isnull=True)}
    checked = list(_checked(features, communes))
    faults = [fault for _, _, fault in checked if fault] + _overlaps(checked)
    if faults:
        raise BoundaryRefusedError(faults)
    repaired = []
    for feature, (code, geometry, _) in zip(features, checked, strict=True):
        if geometry is None:
            continue
        if not shape(feature["geometry"]).is_valid:
            repaired.append(communes[code].name)
        Boundary.objects.update_or_create(
            unit=communes[code], defaults={"geometry": mapping(geometry), "source": source, "imported_at": now}
        )
    audit.record(actor, "places.boundaries.imported", ("places.boundary", ""), at=now)
    return Imported(len(checked), repaired)


def _features(text: str) -> list[dict[str, Any]]:
    if len(text) > MOST_BYTES:
        raise BoundaryRefusedError(["Tệp quá lớn."])
    try:
        told = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BoundaryRefusedError(["Tệp không phải GeoJSON đọc được (có thể bị cắt giữa chừng)."]) from error
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        raise BoundaryRefusedError(["Tệp không có mục “features” nào."])
    return features


def _refuse_constant(constant: str) -> None:
    raise ValueError(constant)


def _checked(features: list[Any], communes: dict[str, Unit]) -> Iterator[tuple[str, BaseGeometry | None, str]]:
    seen: set[str] = set()
    for number, feature in enumerate(features, start=1):
        code = _code(feature)
        where = f"Mục {number} (mã {code or 'không có'})"
        if code not in communes:
            yield code, None, f"{where}: không có xã nào mang mã này hôm nay."
        elif code in seen:
            yield code, None, f"{where}: mã này đã có ở trên."
        else:
            geometry, fault = _shape(feature.get("geometry"), communes[code])
            yield code, geometry, f"{where}: {fault}" if fault else ""
        seen.add(code)


def _code(feature: Any) -> str:
    if not isinstance(feature, dict):
        return ""
    properties = feature.get("properties")
    written = properties.get("code") if isinstance(properties, dict) else None
    return str(written or feature.get("id") or "")[:12]


def _shape(geometry: Any, commune: Unit) -> tuple[BaseGeometry | None, str]:
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return None, "cần một hình Polygon hoặc MultiPolygon."
    numbers = list(_numbers(geometry.get("coordinates"), DEEPEST))
    if not numbers or not all(math.isfinite(number) for number in numbers):
        return None, "tọa độ thiếu hoặc không phải số."
    try:
        drawn = shape(geometry)
    except (ShapelyError, ValueError, TypeError, IndexError):
        return None, "vòng chưa khép kín hoặc thiếu điểm."
    fault = _place_fault(drawn, commune)
    if fault:
        return None, fault
    repaired = _polygons(drawn if drawn.is_valid else make_valid(drawn))
    return (repaired, "") if not repaired.is_empty else (None, "hình không có diện tích.")


def _numbers(coordinates: Any, depth: int) -> Iterator[float]:
    if depth == 0:
        yield math.nan
    elif isinstance(coordinates, list):
        for part in coordinates:
            yield from _numbers(part, depth - 1)
    elif isinstance(coordinates, int | float) and not isinstance(coordinates, bool):
        yield float(coordinates)
    else:
        yield math.nan


def _place_fault(drawn: BaseGeometry, commune: Unit) -> str:
    west, south, east, north = drawn.bounds
    if max(abs(bound) for bound in drawn.bounds) > 1000:
        return "tọa độ tính bằng mét (VN-2000?). Hãy đổi sang kinh độ, vĩ độ (WGS 84)."
    if south >= WEST and north <= EAST and west >= SOUTH and east <= NORTH:
        return "kinh độ và vĩ độ đổi chỗ cho nhau. GeoJSON viết kinh độ trước."
    if not (west >= WEST and east <= EAST and south >= SOUTH and north <= NORTH):
        return "hình nằm ngoài Việt Nam."
    if commune.longitude is not None and commune.latitude is not None:
        around = drawn.buffer(NEAR_DEGREES) if drawn.is_valid else drawn.envelope.buffer(NEAR_DEGREES)
        if not around.covers(shape({"type": "Point", "coordinates": [commune.longitude, commune.latitude]})):
            return f"hình không chứa vị trí đã biết của {commune.name}."
    return ""


def _polygons(drawn: BaseGeometry) -> MultiPolygon:
    """Keep only the parts with an area: repairing a bow tie can leave lines."""
    parts = getattr(drawn, "geoms", [drawn])
    flat = [piece for part in parts for piece in getattr(part, "geoms", [part]) if isinstance(piece, Polygon)]
    return MultiPolygon(flat)


def _overlaps(checked: list[tuple[str, BaseGeometry | None, str]]) -> list[str]:
    """Communes do not share ground; what simplified edges share is let pass."""
    shapes = [(code, geometry) for code, geometry, fault in checked if geometry is not None and not fault]
    if len(shapes) < 2:
        return []
    tree = STRtree([geometry for _, geometry in shapes])
    faults = []
    for first, second in tree.query([geometry for _, geometry in shapes], predicate="overlaps").T:
        if first < second:
            (code, one), (other_code, other) = shapes[first], shapes[second]
            shared = one.intersection(other).area
            if shared > OVERLAP_SHARE * min(one.area, other.area):
                faults.append(f"Mã {code} và mã {other_code} chồng lên nhau {shared * KM2_PER_DEGREE2:.1f} km².")
    return faults
