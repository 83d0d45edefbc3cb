"""Import the shapes of communes from a GeoJSON file: every feature is checked, all are taken or none."""

import json
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from shapely import STRtree, force_2d, make_valid
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Point, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from maiam.contexts.places.models import Boundary, Unit
from maiam.contexts.places.rules import Level
from maiam.core.text.numbers import write_number
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

# Around Vietnam with its islands, in degrees.
WEST, SOUTH, EAST, NORTH = 102.0, 6.5, 118.0, 23.6
MOST_BYTES = 200 * 1024 * 1024
DEEPEST = 8
FARTHEST = 1e9
CODE_LETTERS = 5
# A point we know to lie in the commune may stand this far outside its shape (about 5 km: shapes are simplified).
NEAR_DEGREES = 0.05
KM_PER_DEGREE = 111.0
OVERLAP_SHARE = 0.05
NO_SHAPE = MultiPolygon()
BATCH = 200


class BoundaryRefusedError(DomainError):
    code = "places.boundary_refused"
    message = "Tệp ranh giới chưa dùng được."

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults[:50]))
        self.faults = faults


@dataclass(frozen=True)
class Imported:
    """How many shapes were taken, and the communes whose shape had to be repaired (a bow tie, say)."""

    taken: int
    repaired: list[str]


@dataclass(frozen=True)
class Checked:
    """One feature looked at: its shape, or what is wrong with it."""

    code: str
    geometry: MultiPolygon = NO_SHAPE
    is_repaired: bool = False
    fault: str = ""


@transaction.atomic
def import_boundaries(
    *, actor: Actor, text: str, source: str, now: datetime, leave_out: Collection[str] = ()
) -> Imported:
    """Check every feature of a GeoJSON text and keep the shapes; none is kept when one is at fault.

    Communes whose codes are in `leave_out` stay as they are: a fault of one need not hold up a whole country.
    Raises `BoundaryRefusedError`, which lists the faults by feature.
    """
    actor.require(Permission.KEEP_HOUSE)
    checked, communes = _checked(text, leave_out)
    faults = [found.fault for found in checked if found.fault] + _overlaps(checked, communes)
    if faults:
        raise BoundaryRefusedError(faults)
    kept = [
        Boundary(unit=communes[found.code], geometry=mapping(found.geometry), source=source, imported_at=now)
        for found in checked
    ]
    Boundary.objects.bulk_create(
        kept,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["geometry", "source", "imported_at"],
    )
    audit.record(actor, "places.boundaries.imported", ("places.boundary", ""), at=now)
    return Imported(len(checked), [communes[found.code].name for found in checked if found.is_repaired])


def _checked(text: str, leave_out: Collection[str]) -> tuple[list[Checked], dict[str, Unit]]:
    features = _features(text)
    today = Unit.objects.filter(level=Level.COMMUNE, valid_to__isnull=True).select_related("province")
    communes = {unit.code: unit for unit in today}
    seen: set[str] = set()
    checked = []
    for number, feature in enumerate(features, start=1):
        code = _code(feature)
        if code in leave_out:
            continue
        where = f"Mục {number} (mã {code or 'không có'})"
        if code not in communes:
            checked.append(Checked(code, fault=f"{where}: không có xã nào mang mã này hôm nay."))
        elif code in seen:
            checked.append(Checked(code, fault=f"{where}: mã này đã có ở trên."))
        else:
            checked.append(_drawn(feature.get("geometry"), communes[code], where))
        seen.add(code)
    return checked, communes


def _features(text: str) -> list[dict[str, Any]]:
    if len(text) > MOST_BYTES:
        raise BoundaryRefusedError(["Tệp quá lớn."])
    try:
        told = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BoundaryRefusedError(["Tệp không phải GeoJSON đọc được (có thể bị cắt giữa chừng)."]) from error
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        raise BoundaryRefusedError(["Tệp không có mục “features” nào."])
    return features


def _no_number(_constant: str) -> float:
    """`NaN` and `Infinity` are no JSON; the feature that holds one is named later."""
    return math.nan


def _code(feature: Any) -> str:
    if not isinstance(feature, dict):
        return ""
    properties = feature.get("properties")
    written = properties.get("code") if isinstance(properties, dict) else None
    told = str(written or feature.get("id") or "")[:12]
    # Spreadsheets and some tools lose the zeros in front.
    return told.zfill(CODE_LETTERS) if told.isascii() and told.isdigit() else told


def _drawn(geometry: Any, commune: Unit, where: str) -> Checked:
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return Checked(commune.code, fault=f"{where}: cần một hình Polygon hoặc MultiPolygon.")
    numbers = list(_numbers(geometry.get("coordinates"), DEEPEST))
    if not numbers or not all(math.isfinite(number) for number in numbers):
        return Checked(commune.code, fault=f"{where}: tọa độ thiếu hoặc không phải số.")
    try:
        drawn = force_2d(shape(geometry))
    except (ShapelyError, ValueError, TypeError, IndexError):
        return Checked(commune.code, fault=f"{where}: vòng chưa khép kín hoặc thiếu điểm.")
    fault = _place_fault(drawn, commune)
    polygons = _polygons(drawn)
    if not fault and polygons.is_empty:
        fault = "hình không có diện tích, hoặc các vòng cắt nhau không sửa được."
    if fault:
        return Checked(commune.code, fault=f"{where}: {fault}")
    return Checked(commune.code, polygons, is_repaired=not drawn.is_valid)


def _numbers(coordinates: Any, depth: int) -> Iterator[float]:
    if depth == 0:
        yield math.nan
    elif isinstance(coordinates, list):
        for part in coordinates:
            yield from _numbers(part, depth - 1)
    elif isinstance(coordinates, int | float) and not isinstance(coordinates, bool):
        # A number of four hundred digits is read as a whole number, and no float holds it.
        yield float(coordinates) if abs(coordinates) < FARTHEST else math.inf
    else:
        yield math.nan


def _place_fault(drawn: BaseGeometry, commune: Unit) -> str:
    west, south, east, north = drawn.bounds
    if max(abs(bound) for bound in drawn.bounds) > 1000:
        return "tọa độ tính bằng mét (VN-2000?). Hãy đổi sang kinh độ, vĩ độ (WGS 84)."
    if max(abs(bound) for bound in drawn.bounds) < 1:
        return "tọa độ bằng 0 hoặc gần 0: có lẽ phần này chưa được đo."
    if south >= WEST and north <= EAST and west >= SOUTH and east <= NORTH:
        return "kinh độ và vĩ độ đổi chỗ cho nhau. GeoJSON viết kinh độ trước."
    if not (west >= WEST and east <= EAST and south >= SOUTH and north <= NORTH):
        return "hình nằm ngoài Việt Nam."
    if commune.longitude is not None and commune.latitude is not None:
        extent = drawn if drawn.is_valid else drawn.envelope
        if extent.distance(Point(commune.longitude, commune.latitude)) > NEAR_DEGREES:
            home = f", {commune.province.name}" if commune.province else ""
            return f"hình không chứa vị trí đã biết của {commune.name}{home}: nhầm mã hay nhầm tỉnh?"
    return ""


def _polygons(drawn: BaseGeometry) -> MultiPolygon:
    """The parts with an area, repaired where rings cross; nothing where that cannot be done."""
    try:
        # The other method keeps lines that repairing leaves, and fails on some rings that touch themselves.
        whole = drawn if drawn.is_valid else make_valid(drawn, method="structure", keep_collapsed=False)
    except ShapelyError:
        return NO_SHAPE
    parts = getattr(whole, "geoms", [whole])
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])


def _overlaps(checked: list[Checked], communes: dict[str, Unit]) -> list[str]:
    """Communes do not share ground, in the file or with those kept before; what simplified edges share is let pass."""
    drawn = {found.code: found.geometry for found in checked if not found.fault}
    if not drawn:
        return []
    kept = Boundary.objects.exclude(unit__code__in=drawn).select_related("unit")
    everyone = drawn | {boundary.unit.code: shape(boundary.geometry) for boundary in kept}
    codes, shapes = list(everyone), list(everyone.values())
    tree = STRtree(shapes)
    faults = []
    for first, second in tree.query(shapes[: len(drawn)], predicate="intersects").T:
        if first < second:
            one, other = shapes[first], shapes[second]
            shared = one.intersection(other).area
            if shared > OVERLAP_SHARE * min(one.area, other.area):
                names = [f"{communes[codes[index]].name} (mã {codes[index]})" for index in (first, second)]
                faults.append(f"{names[0]} và {names[1]} chồng lên nhau {_in_km2(shared, one)} km².")
    return faults


def _in_km2(area: float, near: BaseGeometry) -> str:
    """An area in square degrees, told in km²: a degree of longitude shrinks towards the north."""
    km2 = area * KM_PER_DEGREE**2 * math.cos(math.radians(near.centroid.y))
    return write_number(km2, places=1)
