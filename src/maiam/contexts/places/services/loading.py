"""Load the tables of facts. Loading twice changes nothing; a newer table corrects what it says otherwise."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from maiam.contexts.places import facts
from maiam.contexts.places.models import Succession, Unit
from maiam.contexts.places.rules import MERGED_ON, Level, SuccessionKind
from maiam.core.text.names import fold
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

FOLDER = Path(facts.__file__).parent
BATCH = 2_000

Row = dict[str, str]
# A unit is told from another by its level, its code and the day it ended: codes live on in other units.
Key = tuple[str, str, date | None]


@dataclass(frozen=True)
class Loaded:
    """What a load found and changed."""

    units: int
    successions: int
    neighbours: int
    changed: int
    known: int
    standing: int
    without_successor: list[str]

    @property
    def share_known(self) -> float:
        return self.known / self.standing


@transaction.atomic
def load_facts(*, actor: Actor, now: datetime) -> Loaded:
    """Bring units, successions and neighbours to what the tables say."""
    actor.require(Permission.KEEP_HOUSE)
    rows = [*_read("units_before_2025.csv"), *_read("units_2025.csv")]
    ways, pairs = list(_read("successions_2025.csv")), list(_read("neighbours_2025.csv"))
    units = Units()
    changed = sum(units.load([row for row in rows if row["level"] == level]) for level in Level)
    changed += _load_successions(ways, units) + _load_neighbours(pairs, units)
    if changed:
        audit.record(actor, "places.facts.loaded", ("places.unit", ""), at=now)
    return _told(units, ways, pairs, changed)


class Units:
    """The units as they stand in the database, found by key; loading a level adds to them."""

    def __init__(self) -> None:
        self.by_key: dict[Key, Unit] = {}
        self._versions: dict[tuple[str, str], list[Unit]] = {}
        for unit in Unit.objects.all():
            self._keep(unit)

    def load(self, rows: list[Row]) -> int:
        """Add and correct the units of one level; those above it are already there, to be parents."""
        fresh, stale = [], []
        for row in rows:
            key, facts_of_unit = _key(row), self._facts(row)
            unit = self.by_key.get(key)
            if unit is None:
                fresh.append(Unit(level=key[0], code=key[1], valid_to=key[2], **facts_of_unit))
            elif any(getattr(unit, name) != value for name, value in facts_of_unit.items()):
                vars(unit).update(facts_of_unit)
                stale.append(unit)
        if stale:
            Unit.objects.bulk_update(stale, [name.removesuffix("_id") for name in facts_of_unit], batch_size=BATCH)
        for unit in Unit.objects.bulk_create(fresh, batch_size=BATCH):
            self._keep(unit)
        return len(fresh) + len(stale)

    def standing(self, level: str, code: str, on: date) -> Unit | None:
        """The unit that carried this code on this day."""
        versions = self._versions.get((level, code), [])
        return next((unit for unit in versions if unit.stood_on(on)), None)

    def _keep(self, unit: Unit) -> None:
        self.by_key[unit.level, unit.code, unit.valid_to] = unit
        self._versions.setdefault((unit.level, unit.code), []).append(unit)

    def _facts(self, row: Row) -> dict[str, Any]:
        parent = self._parent(row)
        is_in_district = parent is not None and parent.level == Level.DISTRICT
        return {
            "kind": row["kind"],
            "name": row["name"],
            "folded_name": fold(row["name"]),
            "parent_id": parent and parent.id,
            "province_id": parent.parent_id if parent and is_in_district else parent and parent.id,
            "valid_from": _day(row["valid_from"]) if "valid_to" in row else MERGED_ON,
            "dates_are_exact": row.get("is_exact") != "",
            "population": int(row.get("population") or 0) or None,
            "area_km2": _figure(row, "area_km2"),
            "latitude": _figure(row, "latitude"),
            "longitude": _figure(row, "longitude"),
        }

    def _parent(self, row: Row) -> Unit | None:
        """The unit above it on its last day."""
        end = _key(row)[2]
        on = end - timedelta(days=1) if end else MERGED_ON
        above = Level.DISTRICT if row["level"] == Level.COMMUNE and end else Level.PROVINCE
        return self.standing(above, row["parent_code"], on)


def _load_successions(rows: list[Row], units: Units) -> int:
    known = {(way.old_id, way.new_id): way for way in Succession.objects.all()}
    fresh, stale = [], []
    for row in rows:
        on = date.fromisoformat(row["on"])
        old = units.by_key[row["old_level"], row["old_code"], on]
        new = units.standing(row["new_level"], row["new_code"], on)
        # Nobody published what part of a split unit went where; all others went whole.
        share = None if row["kind"] == SuccessionKind.SPLIT else 1.0
        way = known.get((old.id, new.id)) if new else None
        if way is None:
            fresh.append(Succession(old=old, new=new, kind=row["kind"], share=share, on=on))
        elif (way.kind, way.share, way.on) != (row["kind"], share, on):
            way.kind, way.share, way.on = row["kind"], share, on
            stale.append(way)
    Succession.objects.bulk_create(fresh, batch_size=BATCH)
    Succession.objects.bulk_update(stale, ["kind", "share", "on"], batch_size=BATCH)
    return len(fresh) + len(stale)


def _load_neighbours(rows: list[Row], units: Units) -> int:
    link = Unit.neighbours.through
    known = set(link.objects.values_list("from_unit_id", "to_unit_id"))
    pairs = [tuple(units.by_key[Level.COMMUNE, row[side], None].id for side in ("code_a", "code_b")) for row in rows]
    both_ways = [*pairs, *((other, one) for one, other in pairs)]
    fresh = [link(from_unit_id=one, to_unit_id=other) for one, other in both_ways if (one, other) not in known]
    link.objects.bulk_create(fresh, batch_size=BATCH)
    return len(fresh)


def _told(units: Units, ways: list[Row], pairs: list[Row], changed: int) -> Loaded:
    standing = {key: unit for key, unit in units.by_key.items() if key[0] == Level.COMMUNE and key[2] == MERGED_ON}
    known = {(way["old_level"], way["old_code"], date.fromisoformat(way["on"])) for way in ways}
    lost = sorted(unit.name for key, unit in standing.items() if key not in known)
    return Loaded(
        units=len(units.by_key),
        successions=len(ways),
        neighbours=len(pairs),
        changed=changed,
        known=len(standing) - len(lost),
        standing=len(standing),
        without_successor=lost,
    )


def _key(row: Row) -> Key:
    return row["level"], row["code"], _day(row.get("valid_to", ""))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _figure(row: Row, name: str) -> float | None:
    return float(row[name]) if row.get(name) else None


def _read(name: str) -> Iterator[Row]:
    with (FOLDER / name).open(newline="") as file:
        yield from csv.DictReader(file)
