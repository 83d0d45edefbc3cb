"""Places, for everyone: what a unit is today, was then and became. Public facts, so no actor is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet

from maiam.contexts.places import rules
from maiam.contexts.places.models import Boundary, Succession, Unit, Village
from maiam.core.science.cells import cells_around
from maiam.core.text.names import fold

MERGED_ON = date(2025, 7, 1)
LEAST_SIMILARITY = 0.45
MOST_FOUND = 12


@dataclass(frozen=True)
class FoundCommune:
    """A commune of today, and by which old name it was found, if by one."""

    unit: Unit
    old_name: str = ""

    @property
    def label(self) -> str:
        home = f"{self.unit.name}, {self.unit.province.name}" if self.unit.province else self.unit.name
        return f"{home} (trước 7/2025: {self.old_name})" if self.old_name else home


def unit(unit_id: int) -> Unit | None:
    return Unit.objects.select_related("parent", "province").filter(id=unit_id).first()


def unit_as_of(code: str, on: date, level: rules.Level = rules.Level.COMMUNE) -> Unit | None:
    """The unit that carried this code on this day."""
    return Unit.objects.filter(_stood_on(on), code=code, level=level).first()


def units_that_became(new: Unit) -> list[Unit]:
    """The old units a unit was made of."""
    return list(Unit.objects.filter(successions__new=new).select_related("parent", "province").order_by("name", "id"))


def units_it_became(old: Unit) -> list[Unit]:
    """The units an old one went to; itself while it stands."""
    if old.is_today:
        return [old]
    return list(Unit.objects.filter(predecessions__old=old).select_related("province").order_by("name", "id"))


def provinces_of_today() -> QuerySet[Unit]:
    return Unit.objects.filter(level=rules.Level.PROVINCE, valid_to__isnull=True).order_by("name")


def province_of(commune: Unit) -> Unit:
    """The province a commune belongs to."""
    return commune.province or commune


def communes_of(province: Unit, on: date | None = None) -> list[Unit]:
    """The communes of a province on a day, districts or not in between; today where no day is given."""
    stood = _stood_on(on) if on else Q(valid_to__isnull=True)
    return list(Unit.objects.filter(stood, province=province, level=rules.Level.COMMUNE).order_by("name", "id"))


def search_communes(text: str, *, limit: int = MOST_FOUND, province_id: int | None = None) -> list[FoundCommune]:
    """Communes of today whose name, or an old name, is like `text`; marks and small slips do not matter."""
    asked = fold(text)[:60]
    if len(asked) < 2:
        return []
    alike = (
        Unit.objects.filter(level=rules.Level.COMMUNE, folded_name__trigram_word_similar=asked)
        .annotate(alike=TrigramWordSimilarity(asked, "folded_name"))
        .filter(alike__gte=LEAST_SIMILARITY)
        .select_related("province", "parent")
    )
    today = alike.filter(valid_to__isnull=True)
    if province_id:
        today = today.filter(province_id=province_id)
    found = {row.id: FoundCommune(row) for row in today.order_by("-alike", "name", "id")[:limit]}
    for old in alike.filter(valid_to__isnull=False).order_by("-alike", "name", "id")[:limit]:
        for row in units_it_became(old):
            if len(found) < limit and province_id in {None, row.province_id}:
                found.setdefault(row.id, FoundCommune(row, old_name=_with_district(old)))
    return list(found.values())


def villages_of(commune_id: int) -> list[Village]:
    """The villages of a commune that stand today."""
    return list(Village.objects.filter(commune_id=commune_id, valid_to__isnull=True).order_by("folded_name", "id"))


def village(village_id: int) -> Village | None:
    return Village.objects.select_related("commune").filter(id=village_id).first()


def totals_on_map(totals: Mapping[int, float], *, on: date) -> rules.CarriedTotals:
    """Totals by unit of any date, on the map of `on`: forward to the units they became, or back to those they came from.

    Backwards a new unit's total is divided evenly among the units it came from, and told as estimated.
    """
    given = Unit.objects.in_bulk(list(totals))
    stays = {unit_id: total for unit_id, total in totals.items() if _stands(given[unit_id], on)}
    moves = {unit_id: total for unit_id, total in totals.items() if unit_id not in stays}
    ends = [given[unit_id].valid_to for unit_id in moves]
    is_forward = any(end is not None and end <= on for end in ends)
    carried = rules.carry_forward(moves, _parts(moves, is_forward=is_forward))
    by_unit = dict(carried.by_unit)
    for unit_id, total in stays.items():
        by_unit[unit_id] = by_unit.get(unit_id, 0) + total
    return rules.CarriedTotals(by_unit, carried.estimated_units, carried.unplaced)


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


def _parts(moves: Mapping[int, float], *, is_forward: bool) -> list[rules.Part]:
    if is_forward:
        ways = Succession.objects.filter(old_id__in=moves).values_list("old_id", "new_id", "share")
        return [rules.Part(*way) for way in ways]
    back = Succession.objects.filter(new_id__in=moves).values_list("new_id", "old_id")
    return [rules.Part(new_id, old_id, None) for new_id, old_id in back]


def _stood_on(on: date) -> Q:
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _stands(row: Unit, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or row.valid_to > on)


def _with_district(old: Unit) -> str:
    return f"{old.name}, {old.parent.name}" if old.parent and old.parent.level == rules.Level.DISTRICT else old.name
