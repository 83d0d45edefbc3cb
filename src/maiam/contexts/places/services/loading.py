"""Load the tables of facts. Loading twice changes nothing; a newer table updates figures and adds rows."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from maiam.contexts.places import facts
from maiam.contexts.places.models import Succession, Unit
from maiam.contexts.places.queries import MERGED_ON
from maiam.contexts.places.rules import Level
from maiam.core.text.names import fold
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

FOLDER = Path(facts.__file__).parent
KEPT_FRESH = ("name", "folded_name", "kind", "population", "area_km2", "latitude", "longitude")
BATCH = 2_000

# How one row is told from another: the era it stood in, its level and code; where it has no code, its name and the
# unit above it.
Key = tuple[bool, str, str, str, str]


@dataclass(frozen=True)
class Loaded:
    """What a load found and changed."""

    units: int
    successions: int
    changed: int
    known: int
    standing: int
    without_successor: list[str]

    @property
    def share_known(self) -> float:
        return self.known / self.standing


@transaction.atomic
def load_facts(*, actor: Actor, now: datetime) -> Loaded:
    """Bring units and successions to what the tables say."""
    actor.require(Permission.KEEP_HOUSE)
    old, new = list(_read("units_before_2025.csv")), list(_read("units_2025.csv"))
    changed = _load_units(old, is_today=False) + _load_units(new, is_today=True)
    ways = list(_read("successions_2025.csv"))
    changed += _load_successions(ways)
    if changed:
        audit.record(actor, "places.facts.loaded", ("places.unit", ""), at=now)
    return _told(old, new, ways, changed)


def _load_units(rows: list[dict[str, str]], *, is_today: bool) -> int:
    known = {_key_of(unit): unit for unit in Unit.objects.filter(valid_to__isnull=is_today).select_related("parent")}
    changed = 0
    for level in Level:
        wanted = [row for row in rows if row["level"] == level]
        parents = {unit.code: unit for unit in known.values() if unit.code and unit.level != Level.COMMUNE}
        fresh = [_unit(row, parents, is_today=is_today) for row in wanted if _key(row, is_today=is_today) not in known]
        Unit.objects.bulk_create(fresh, batch_size=BATCH)
        known |= {_key_of(unit): unit for unit in fresh}
        changed += len(fresh) + _refresh(wanted, known, is_today=is_today)
    return changed


def _refresh(rows: list[dict[str, str]], known: dict[Key, Unit], *, is_today: bool) -> int:
    stale = []
    for row in rows:
        unit, facts = known[_key(row, is_today=is_today)], _facts(row)
        if any(getattr(unit, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(unit, name, value)
            stale.append(unit)
    Unit.objects.bulk_update(stale, KEPT_FRESH, batch_size=BATCH)
    return len(stale)


def _unit(row: dict[str, str], parents: dict[str, Unit], *, is_today: bool) -> Unit:
    parent = parents.get(row["parent_code"])
    province = parent.parent if parent is not None and parent.level == Level.DISTRICT else parent
    return Unit(
        level=row["level"],
        code=row["code"],
        parent=parent,
        province=province,
        valid_from=MERGED_ON if is_today else None,
        valid_to=None if is_today else MERGED_ON,
        **_facts(row),
    )


def _facts(row: dict[str, str]) -> dict[str, str | float | int | None]:
    named: dict[str, str | float | int | None] = {
        "name": row["name"],
        "folded_name": fold(row["name"]),
        "kind": row["kind"],
    }
    if "population" not in row:
        return named
    return named | {
        "population": int(row["population"]) if row["population"] else None,
        "area_km2": float(row["area_km2"]) if row["area_km2"] else None,
        "latitude": float(row["latitude"]) if row["latitude"] else None,
        "longitude": float(row["longitude"]) if row["longitude"] else None,
    }


def _load_successions(rows: list[dict[str, str]]) -> int:
    old = {_key_of(unit)[2:]: unit for unit in Unit.objects.filter(valid_to__isnull=False).select_related("parent")}
    new = {unit.code: unit for unit in Unit.objects.filter(valid_to__isnull=True, level=Level.COMMUNE)}
    known = set(Succession.objects.values_list("old_id", "new_id"))
    ways = [
        Succession(
            old=old[_name_of_unit(row["old_code"], row["old_name"], row["old_parent_code"])],
            new=new[row["new_code"]],
            kind=row["kind"],
            on=MERGED_ON,
        )
        for row in rows
    ]
    for way in ways:
        way.share = None if way.kind == "split" else 1.0
    fresh = [way for way in ways if (way.old_id, way.new_id) not in known]
    Succession.objects.bulk_create(fresh, batch_size=BATCH)
    return len(fresh)


def _key(row: dict[str, str], *, is_today: bool) -> Key:
    return is_today, row["level"], *_name_of_unit(row["code"], row["name"], row["parent_code"])


def _key_of(unit: Unit) -> Key:
    parent_code = unit.parent.code if unit.parent else ""
    return unit.is_today, unit.level, *_name_of_unit(unit.code, unit.name, parent_code)


def _name_of_unit(code: str, name: str, parent_code: str) -> tuple[str, str, str]:
    return (code, "", "") if code else ("", fold(name), parent_code)


def _told(old: list[dict[str, str]], new: list[dict[str, str]], ways: list[dict[str, str]], changed: int) -> Loaded:
    standing = [row for row in old if row.get("in_force_2025_06_30")]
    known = {_name_of_unit(way["old_code"], way["old_name"], way["old_parent_code"]) for way in ways}
    lost = [row["name"] for row in standing if _name_of_unit(row["code"], row["name"], row["parent_code"]) not in known]
    return Loaded(len(old) + len(new), len(ways), changed, len(standing) - len(lost), len(standing), lost)


def _read(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(newline="") as file:
        yield from csv.DictReader(file)
