"""The table of units: where each lies, and what stands beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maiam.core.science.files.table import FileRefusedError, Table, number_reader, read_table
from maiam.core.science.scan.places import FloatArray, Places

KM_PER_M = 1e-3


@dataclass(frozen=True, eq=False)
class Units:
    """Units in the file's order. `index` finds a unit's row by its id."""

    table: Table
    places: Places
    index: dict[str, int]

    def known(self, name: str) -> int:
        """The row of a unit; ValueError when there is none."""
        if name not in self.index:
            raise ValueError(f"{name!r} is not among the units" if name else "is empty")
        return self.index[name]

    def column(self, name: str, *, whole: bool = False) -> FloatArray:
        """A column of amounts, 0 or more. Raises `FileRefusedError`."""
        return np.array(self.table.numbers(name, least=0, whole=whole))


def read_units(file: Path) -> Units:
    """Read `unit` with `x_km, y_km` (or `x_m, y_m`, or `x, y` in any unit), or with `lon, lat`.

    Optional columns: `island` (1: stands alone), `outside` (1: beyond the border). Raises `FileRefusedError`.
    """
    table = read_table(file)
    ids = names_of(table, "unit")
    table.refuse_repeated(ids, "unit")
    xy, is_globe = _positions(table)
    flagged = {
        name: frozenset(one for one, flag in zip(ids, table.read(name, _flag), strict=True) if flag)
        for name in ("island", "outside")
        if table.has(name)
    }
    places = Places(
        ids, xy, is_globe, islands=flagged.get("island", frozenset()), outside=flagged.get("outside", frozenset())
    )
    return Units(table, places, {name: at for at, name in enumerate(ids)})


def names_of(table: Table, column: str) -> list[str]:
    """A column of ids, none empty. Raises `FileRefusedError`."""
    table.required(column)
    return table.read(column, _name)


def _name(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    return text


def _flag(text: str) -> bool:
    if text not in {"", "0", "1"}:
        raise ValueError(f"{text!r} is neither 0 nor 1")
    return text == "1"


def _positions(table: Table) -> tuple[FloatArray, bool]:
    for east, north, scale in (("x_km", "y_km", 1.0), ("x_m", "y_m", KM_PER_M), ("x", "y", 1.0)):
        if table.has(east) and table.has(north):
            return scale * np.array([table.numbers(east), table.numbers(north)]).T, False
    if not (table.has("lon") and table.has("lat")):
        raise FileRefusedError(
            [f"{table.file}: no columns x_km and y_km, nor lon and lat; it has {', '.join(table.header)}."]
        )
    return np.array([table.read("lon", degrees(180)), table.read("lat", degrees(90))]).T, True


def degrees(most: float) -> Callable[[str], float]:
    """A reader of longitudes or latitudes, no farther from 0 than `most`."""
    read = number_reader()

    def reader(text: str) -> float:
        if abs(value := read(text)) > most:
            raise ValueError(f"{text} lies beyond {most:g} degrees")
        return value

    return reader
