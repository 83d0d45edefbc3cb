"""The units of 30 June 2025 and what each became, by two sources: a table of successions and the resolutions."""

import json
import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maiam.contexts.places.facts.spelling import bare, kind_of, toned

MERGED_ON = "2025-07-01"
# "Phường A, Xã B (phần còn lại …), Xã C (huyện D)": names at the top level, what stands in brackets beside each.
_PREDECESSOR = re.compile(r"([^,()]+?)\s*((?:\([^()]*\)\s*)*)(?:,|$)")
_DISTRICT = re.compile(r"\((?:thuộc )?((?:huyện|quận|thị xã|thành phố) [^()]+)\)", re.IGNORECASE)


@dataclass(frozen=True)
class Old:
    """A unit of before 1 July 2025, from one day to another where they are known."""

    level: str
    code: str
    name: str
    parent_code: str
    valid_from: str = ""
    valid_to: str = MERGED_ON
    is_exact: bool = True

    @property
    def kind(self) -> str:
        return kind_of(self.name)

    @property
    def is_last(self) -> bool:
        return self.valid_to == MERGED_ON


@dataclass(frozen=True)
class Way:
    """What one unit became on a day."""

    old_level: str
    old_code: str
    on: str
    new_level: str
    new_code: str
    kind: str


class LastDay:
    """The units of 30 June 2025 and what each became, by two sources: a table of successions and the resolutions."""

    def __init__(self, packages: Path, facts: list[dict[str, str]]) -> None:
        folder = next(packages.glob("*/vietnamadminunits/data"))
        self.table = json.loads((folder / "converter_2025.json").read_text())
        with sqlite3.connect(folder / "dataset.db") as database:
            database.row_factory = sqlite3.Row
            self.old = {_key(row): row for row in database.execute("SELECT * FROM admin_units_legacy")}
            self.new = {
                (row["provinceKey"], row["wardKey"]): row for row in database.execute("SELECT * FROM admin_units")
            }
        self.facts = {row["code"]: row for row in facts}
        self.codes = self._codes_of_today()
        self.units = list(dict.fromkeys(unit for row in self.old.values() for unit in _units_of(row)))
        self.sources = self._linked()
        self._settle_namesakes()

    def provinces_of_today(self) -> list[tuple[str, str]]:
        return sorted({(row["provinceCode"], row["province"]) for row in self.new.values()})

    def province_ways(self) -> Iterator[Way]:
        new = {row["provinceKey"]: row["provinceCode"] for row in self.new.values()}
        old = {row["provinceKey"]: row["provinceCode"] for row in self.old.values()}
        for key, sources in sorted(self.table["DICT_PROVINCE"].items()):
            kind = "unchanged" if len(sources) == 1 else "merged"
            for source in sources:
                yield Way("province", old[source], MERGED_ON, "province", new[key], kind)

    def commune_ways(self) -> Iterator[Way]:
        successors = Counter(key for keys in self.sources.values() for key in keys)
        for code, keys in sorted(self.sources.items()):
            for key in sorted(keys):
                row = self.old[key]
                kind = "split" if successors[key] > 1 else self._kind(row, code, is_alone=len(keys) == 1)
                old_level, old_code = _identity(row)
                yield Way(old_level, old_code, MERGED_ON, "commune", code, kind)

    def _kind(self, row: sqlite3.Row, code: str, *, is_alone: bool) -> str:
        old_name, new_name = _name(row), self.facts[code]["name"]
        if not is_alone:
            return "merged"
        if bare(old_name) != bare(new_name):
            return "renamed"
        return "unchanged" if kind_of(old_name) == kind_of(new_name) else "upgraded"

    def _codes_of_today(self) -> dict[tuple[str, str], str]:
        """Today's code of each new unit: the source's, or the one of the same name where it differs."""
        named = {(row["province_code"], toned(row["name"])): code for code, row in self.facts.items()}
        return {
            key: row["wardCode"] if row["wardCode"] in self.facts else named[row["provinceCode"], toned(row["ward"])]
            for key, row in self.new.items()
        }

    def _linked(self) -> dict[str, set[str]]:
        sources: dict[str, set[str]] = defaultdict(set)
        for province, wards in self.table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for ward, keys in wards.items():
                sources[self.codes[province, ward]].update(keys)
        for province, divided in self.table["DICT_PROVINCE_WARD_DIVIDED"].items():
            for key, parts in divided.items():
                for part in parts:
                    sources[self.codes[province, part["newWardKey"]]].add(key)
        return sources

    def _settle_namesakes(self) -> None:
        """Keep, of linked units that share a name, only those the resolution means.

        The table links every unit of the new province that bears a name; the resolution names each once.
        """
        for code, keys in self.sources.items():
            named = [
                (name.strip(), _DISTRICT.search(marks))
                for name, marks in _PREDECESSOR.findall(self.facts[code]["predecessors"])
            ]
            wanted = Counter(_alike(name) for name, _ in named)
            linked: dict[str, list[str]] = defaultdict(list)
            for key in sorted(keys):
                linked[_alike(_name(self.old[key]))].append(key)
            doubtful = {name for name, namesakes in linked.items() if 0 < wanted[name] < len(namesakes)}
            around = Counter(
                self.old[key]["districtCode"] for key in keys if _alike(_name(self.old[key])) not in doubtful
            )
            for name, district in named:
                if _alike(name) in doubtful:
                    namesakes = linked[_alike(name)]
                    likeness = Likeness(name, district[1] if district else "", around, self.facts[code])
                    namesakes.remove(likeness.best(namesakes, self.old))
            keys -= {key for name in doubtful for key in linked[name]}


@dataclass(frozen=True)
class Likeness:
    """How well an old unit fits a name in a resolution, beside the others named there."""

    name: str
    district: str
    around: Counter[str]
    new: dict[str, str]

    def best(self, keys: list[str], rows: dict[str, sqlite3.Row]) -> str:
        return max(keys, key=lambda key: self.of(rows[key]))

    def of(self, row: sqlite3.Row) -> tuple[bool, bool, int, float]:
        """The named district first, then the very name, then most fellows from its district, then the nearest."""
        is_there = bool(self.district) and bare(row["district"]) == bare(self.district)
        return is_there, toned(row["ward"]) == toned(self.name), self.around[row["districtCode"]], -self._distance(row)

    def _distance(self, row: sqlite3.Row) -> float:
        if row["wardLat"] is None:
            return math.inf
        return math.hypot(row["wardLat"] - float(self.new["lat"]), row["wardLon"] - float(self.new["lon"]))


def _name(row: sqlite3.Row) -> str:
    """The commune's name; the district's where it had no communes."""
    return str(row["ward"] or row["district"])


def _alike(name: str) -> str:
    return f"{kind_of(name)} {bare(name)}"


def _key(row: sqlite3.Row) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def _identity(row: sqlite3.Row) -> tuple[str, str]:
    """Level and code; an island district without communes is its own unit."""
    return ("commune", row["wardCode"]) if row["wardCode"] else ("district", row["districtCode"])


def _units_of(row: sqlite3.Row) -> Iterator[Old]:
    yield Old("province", row["provinceCode"], row["province"], "")
    yield Old("district", row["districtCode"], row["district"], row["provinceCode"])
    if row["wardCode"]:
        yield Old("commune", row["wardCode"], row["ward"], row["districtCode"])
