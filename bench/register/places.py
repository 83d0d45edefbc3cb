"""Where the made-up people live: the real communes of a province, with the names these had before July 2025."""

import csv
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from launcher.paths import ROOT

FACTS = ROOT / "src" / "maiam" / "contexts" / "places" / "facts"
# The province of the plan first; the others so that ten times its people live in ten provinces.
PROVINCES = ("68", "66", "52", "75", "80", "40", "38", "22", "25", "46")
VILLAGES_IN_COMMUNE = 12
SMALL_COMMUNE = 8000


@dataclass(frozen=True)
class Province:
    """Communes of today with the share of people each has, and the old names that led to each."""

    code: str
    commune_codes: pa.Array
    commune_names: pa.Array
    shares: np.ndarray
    old_names: list[list[str]]
    birth_codes: np.ndarray


@lru_cache
def province(code: str) -> Province:
    today = [unit for unit in _rows("units_2025.csv") if unit["level"] == "commune" and unit["parent_code"] == code]
    people = np.array([float(unit["population"] or SMALL_COMMUNE) for unit in today])
    earlier = _earlier_names()
    return Province(
        code=code,
        commune_codes=pa.array([unit["code"] for unit in today]),
        commune_names=pa.array([unit["name"] for unit in today]),
        shares=people / people.sum(),
        old_names=[sorted(earlier.get(unit["code"], {unit["name"]})) for unit in today],
        birth_codes=np.array(sorted({int(old) for old in _old_provinces(code)})),
    )


def village_name(number: int) -> str:
    return f"{'Bon' if number % 4 == 3 else 'Thôn'} {number + 1}"


def _earlier_names() -> dict[str, set[str]]:
    names = {unit["code"]: unit["name"] for unit in _rows("units_before_2025.csv") if unit["level"] == "commune"}
    found: dict[str, set[str]] = {}
    for link in _rows("successions_2025.csv"):
        if link["new_level"] == "commune" and link["old_code"] in names:
            found.setdefault(link["new_code"], set()).add(names[link["old_code"]])
    return found


def _old_provinces(code: str) -> list[str]:
    """The provinces it was made of: their codes stand at the head of identity numbers for ever."""
    links = _rows("successions_2025.csv")
    olds = [link["old_code"] for link in links if link["new_level"] == "province" and link["new_code"] == code]
    return olds or [code]


@lru_cache
def _rows(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
