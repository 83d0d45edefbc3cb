"""Communes as files write them: by a code or a name of today or of before, without asking a database."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from maiam.contexts.places import facts
from maiam.contexts.places.facts.spelling import bare
from maiam.core.text import fold

FOLDER = Path(facts.__file__).parent


@lru_cache(maxsize=1)
def communes_as_written() -> dict[str, tuple[str, ...]]:
    """Codes of today by how a commune may be written: `68:24631`, `68:xa dak plao`, `68:dak plao`.

    A name stands under the province of today and under the one of its time. Where a name may mean several communes,
    the one that bears it today comes first.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for province, code, name in _of_today():
        for spelling in _spellings(code, name):
            found[f"{province}:{spelling}"][code] = None
    provinces = {code: province for province, code, _ in _of_today()}
    for old_province, code, name, became in _before():
        for spelling in _spellings(code, name):
            for province in {old_province, *(provinces[new] for new in became if new in provinces)}:
                found[f"{province}:{spelling}"] |= dict.fromkeys(became)
    return {spelling: tuple(codes) for spelling, codes in found.items()}


def _spellings(code: str, name: str) -> tuple[str, str, str]:
    return code, fold(name), bare(name)


def _of_today() -> Iterator[tuple[str, str, str]]:
    for unit in _rows("units_2025.csv"):
        if unit["level"] == "commune":
            yield unit["parent_code"], unit["code"], unit["name"]


def _before() -> Iterator[tuple[str, str, str, list[str]]]:
    """Old communes with the province they were in and what they became."""
    became = defaultdict(list)
    for way in _rows("successions_2025.csv"):
        if way["old_level"] == way["new_level"] == "commune":
            became[way["old_code"]].append(way["new_code"])
    units = list(_rows("units_before_2025.csv"))
    above = {(unit["level"], unit["code"]): unit["parent_code"] for unit in units}
    for unit in units:
        if unit["level"] == "commune" and unit["code"] in became:
            yield above.get(("district", unit["parent_code"]), ""), unit["code"], unit["name"], became[unit["code"]]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
