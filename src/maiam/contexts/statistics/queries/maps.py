"""The two maps a table may be drawn on, and what part of each recorded unit lies in each of their units."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

import numpy as np
from django.conf import settings

from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.contexts.places.rules import MERGED_ON, Level
from maiam.core.science.linked_tables import Weights
from maiam.platform.access import Actor
from maiam.platform.errors import NotFoundError


class Map(StrEnum):
    TODAY = "today"
    BEFORE = "before"
    RECORDED = "recorded"


MAP_LABELS = {Map.TODAY: "Địa giới hiện nay", Map.BEFORE: "Địa giới trước 1/7/2025"}
LAST_DAY_BEFORE = MERGED_ON - timedelta(days=1)

# The whole province on a map; other keys are ids of units.
WHOLE = 0
Key = tuple[Map, int]


@dataclass(frozen=True)
class Reach:
    """Where an actor's tables begin: the province, or one commune of it."""

    province: Unit
    communes: list[Unit]
    is_whole: bool

    @property
    def root_name(self) -> str:
        return self.province.name if self.is_whole else ", ".join(unit.name for unit in self.communes)


def reach_of(actor: Actor) -> Reach:
    """The province an actor belongs to and their communes in it. Raises `NotFoundError` for a post without a place."""
    communes = list(Unit.objects.filter(id__in=actor.commune_ids).select_related("province").order_by("name", "id"))
    if not communes:
        raise NotFoundError
    province = places.province_of(communes[0])
    every = {unit.id for unit in places.communes_of(province)}
    return Reach(province, communes, is_whole=every <= set(actor.commune_ids))


def province_kept() -> Unit | None:
    """The province this house is kept for."""
    return places.provinces_of_today().filter(code=settings.PROVINCE_CODE).first()


@dataclass(frozen=True)
class Atlas:
    """Every group of recorded units whose sums may be told, on both maps at once: they protect each other."""

    sources: list[int]
    keys: list[Key]
    weights: Weights
    units: dict[int, Unit]
    children: dict[Key, list[int]]

    def row(self, key: Key) -> int:
        return self.keys.index(key)

    def communes(self, on_map: Map) -> list[int]:
        """Rows of the finest units of a map; they alone are rounded, all others are their sums."""
        return [
            row for row, (where, unit_id) in enumerate(self.keys)
            if where is on_map and unit_id != WHOLE and self.units[unit_id].level == Level.COMMUNE
        ]  # fmt: skip


def atlas(sources: Iterable[int], reach: Reach, today: date) -> Atlas:
    """Lay the units rows were recorded in on the map of today and on that of before the merger of July 2025."""
    units_of_today = {unit.id for unit in places.communes_of(reach.province)}
    recorded = sorted({*sources, *units_of_today})
    sheet = _Sheet(recorded)
    for on_map, day in ((Map.TODAY, today), (Map.BEFORE, LAST_DAY_BEFORE)):
        sheet.draws(on_map, places.shares_on_map(recorded, on=day), reach)
    for column, source in enumerate(recorded):
        # What is still recorded in a unit of before stands in no line of its own, and is protected all the same.
        if source not in units_of_today:
            sheet.weights[Map.RECORDED, source][column] = 1.0
    keys, units = sorted(sheet.weights), sheet.units
    named = {key: sorted(below, key=lambda one: (units[one].name, one)) for key, below in sheet.children.items()}
    return Atlas(recorded, keys, np.array([sheet.weights[key] for key in keys]), units, named)


class _Sheet:
    """The atlas while it is drawn."""

    def __init__(self, recorded: list[int]) -> None:
        self.recorded = recorded
        self.weights: dict[Key, Weights] = defaultdict(lambda: np.zeros(len(recorded)))
        self.units: dict[int, Unit] = {}
        self.children: dict[Key, dict[int, None]] = defaultdict(dict)

    def draws(self, on_map: Map, shares: places.Shares, reach: Reach) -> None:
        self.units |= _with_those_above({unit_id for parts in shares.by_unit.values() for unit_id in parts})
        for column, source in enumerate(self.recorded):
            for unit_id, share in shares.by_unit[source].items():
                chain = _chain(self.units, unit_id, on_map, reach)
                for key in chain:
                    self.weights[key][column] += share
                for below, key in pairwise(chain):
                    self.children[key][below[1]] = None


def _chain(units: dict[int, Unit], unit_id: int, on_map: Map, reach: Reach) -> list[Key]:
    """A unit and those above it on its map, up to the whole; what lies in another province of today is in no whole."""
    found: list[Key] = []
    unit: Unit | None = units[unit_id]
    while unit is not None:
        found.append((on_map, unit.id))
        unit = units.get(unit.parent_id or 0)
    is_ours = on_map is Map.BEFORE or found[-1][1] == reach.province.id
    return [*found, (on_map, WHOLE)] if is_ours else found


def _with_those_above(unit_ids: set[int]) -> dict[int, Unit]:
    found: dict[int, Unit] = {}
    wanted = unit_ids
    while wanted:
        rows = Unit.objects.in_bulk(list(wanted))
        found |= rows
        wanted = {row.parent_id for row in rows.values() if row.parent_id} - found.keys()
    return found
