"""Series, events, scores and neighbours, as the other commands of `maiam hotspots` take them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from maiam.core.science.files.calendar import read_moment
from maiam.core.science.files.table import FileRefusedError, Table, number_reader, read_table
from maiam.core.science.files.units import Units, degrees, names_of
from maiam.core.science.local.neighbours import Neighbours
from maiam.core.science.scan.places import EARTH_RADIUS_KM, FloatArray

POSITIONS = (("x_m", "y_m", 1.0), ("x_km", "y_km", 1000.0), ("x", "y", 1.0))
METRES_PER_RADIAN = 1000 * EARTH_RADIUS_KM


@dataclass(frozen=True, eq=False)
class Series:
    """Counts of shape (series, times) with the names of both."""

    names: list[str]
    times: list[str]
    counts: FloatArray


def read_series(file: Path) -> Series:
    """Read `t, observed` (one series, in order) or `unit, d1, d2, …`. Raises `FileRefusedError`."""
    table = read_table(file)
    if not table.has("unit"):
        table.required("t")
        times = names_of(table, "t")
        table.refuse_repeated(times, "t")
        _refuse_disorder(table, times)
        observed = table.required("observed", "n", "cases", "count")
        return Series(["series"], times, np.array([table.numbers(observed, least=0, whole=True)]))
    names, times, counts = read_matrix(table, "unit", least=0, whole=True)
    return Series(names, times, counts)


def _refuse_disorder(table: Table, times: list[str]) -> None:
    try:
        order = [float(time) for time in times]
    except ValueError:
        order = [float(read_moment(time).number) for time in times if _is_moment(time)]
        if len(order) != len(times):
            return
    table.refuse_if(
        [
            table.fault(row, f"t {times[row - 2]} does not come after {times[row - 3]}")
            for row in range(3, len(order) + 2)
            if order[row - 2] <= order[row - 3]
        ]
    )


def _is_moment(text: str) -> bool:
    try:
        read_moment(text)
    except ValueError:
        return False
    return True


def read_matrix(
    table: Table, name: str, *, least: float | None = None, whole: bool = False
) -> tuple[list[str], list[str], FloatArray]:
    """Read a column of names, each once, and numbers in all others. Raises `FileRefusedError`."""
    names = names_of(table, name)
    table.refuse_repeated(names, name)
    columns = [one for one in table.header if one != name]
    if not columns:
        raise FileRefusedError([f"{table.file}: no column beside {name}."])
    read = number_reader(least=least, whole=whole)
    faults, numbers = [], np.zeros((len(names), len(columns)))
    for row, cells in table.numbered():
        for at, column in enumerate(columns):
            try:
                numbers[row - 2, at] = read(cells[table.index[column]])
            except ValueError as error:
                faults.append(table.fault(row, f"{column} {error}"))
    table.refuse_if(faults)
    return names, columns, numbers


@dataclass(frozen=True, eq=False)
class Events:
    """Positions of shape (n, 2) in metres, times of shape (n,) in days, households where told."""

    xy: FloatArray
    times: FloatArray
    days: list[date] | None
    household: list[str] | None


def read_events(file: Path) -> Events:
    """Read `x_m, y_m` (or `x_km, y_km`, `x, y`, `lon, lat`) with `date` or `t`, and `household` where told.

    Raises `FileRefusedError`.
    """
    table = read_table(file)
    xy = _metres(table)
    when = table.required("date", "t", "day")
    days = table.read(when, _day) if when == "date" else None
    times = [float(day.toordinal()) for day in days] if days else table.numbers(when)
    if len(times) < 2:
        raise FileRefusedError([f"{file}: fewer than two events."])
    household = table.column("household") if table.has("household") else None
    return Events(xy, np.array(times), days, household)


def _metres(table: Table) -> FloatArray:
    named = next((one for one in POSITIONS if table.has(one[0]) and table.has(one[1])), None)
    if named is not None:
        east, north, scale = named
        return scale * np.array([table.numbers(east), table.numbers(north)]).T
    if not (table.has("lon") and table.has("lat")):
        raise FileRefusedError(
            [f"{table.file}: no columns x_m and y_m, nor lon and lat; it has {', '.join(table.header)}."]
        )
    # A plane that touches the globe among the events: true to a part in a thousand over a province.
    longitude, latitude = np.radians([table.read("lon", degrees(180)), table.read("lat", degrees(90))])
    around = np.cos(latitude.mean())
    return METRES_PER_RADIAN * np.stack([around * (longitude - longitude.mean()), latitude - latitude.mean()], axis=1)


def _day(text: str) -> date:
    moment = read_moment(text)
    if moment.period != "day":
        raise ValueError(f"{text!r} is no day (yyyy-mm-dd)")
    return date.fromordinal(moment.number)


def read_neighbours(file: Path, units: Units) -> Neighbours:
    """Read pairs `unit, neighbour`, each direction by itself. Raises `FileRefusedError`."""
    table = read_table(file)
    table.required("unit")
    table.required("neighbour")
    pairs = list(zip(table.read("unit", units.known), table.read("neighbour", units.known), strict=True))
    table.refuse_repeated(list(zip(table.column("unit"), table.column("neighbour"), strict=True)), "pair")
    table.refuse_if(
        [table.fault(row, "a unit is its own neighbour") for row, (a, b) in enumerate(pairs, start=2) if a == b]
    )
    return Neighbours.of_pairs(len(units.places.ids), pairs)


def plain(values: Any) -> Any:
    """Arrays as lists for JSON, in which what is not finite is null."""
    if isinstance(values, np.ndarray):
        return plain(values.tolist())
    if isinstance(values, list | tuple):
        return [plain(one) for one in values]
    if isinstance(values, dict):
        return {name: plain(one) for name, one in values.items()}
    return None if isinstance(values, float) and not math.isfinite(values) else values


def edges(text: str) -> tuple[float, ...]:
    """Edges of bands, "0,1,101,inf"; ValueError when they are no rising numbers."""
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError(f"{text!r} are no edges (0,1,101,inf)") from error
    if any(math.isnan(edge) for edge in found):
        raise ValueError(f"{text!r} are no edges (0,1,101,inf)")
    return found


def by_name(names: Sequence[str], **columns: Any) -> list[dict[str, Any]]:
    """Columns as rows, one a unit."""
    lists = {column: plain(values) for column, values in columns.items() if values is not None}
    return [{"unit": name} | {column: values[at] for column, values in lists.items()} for at, name in enumerate(names)]
