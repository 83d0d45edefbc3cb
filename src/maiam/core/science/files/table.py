"""A CSV file as an analyst sends it, and what is said of it when it cannot be used."""

import csv
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

MOST_FAULTS_TOLD = 20
# Larger numbers are slips: nothing here counts more, lies farther off, or is measured in so much.
MOST_COUNTED, MOST_MEASURED = 1_000_000_000, 1e15
# What a number looks like: Python's own reader would let 1_000 and digits of other scripts pass.
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
WITH_COMMA = re.compile(r"[+-]?[\d.]*,[\d.,]+", re.ASCII)
DELIMITERS = (";", "\t")
SPREADSHEET = b"PK"
# Columns that mean something are known in capitals too; others keep the letters they came with.
_PLACES = ("unit", "x_km", "y_km", "x_m", "y_m", "x", "y", "lon", "lat", "island", "outside", "neighbour", "id")
_TIMES = ("date", "day", "month", "year", "t")
_AMOUNTS = ("n", "cases", "count", "observed", "controls", "expected", "population", "household")
KNOWN = frozenset((*_PLACES, *_TIMES, *_AMOUNTS))

Value = TypeVar("Value")


class FileRefusedError(Exception):
    """A file cannot be used. `faults` says why, one sentence each, with file and row (the header is row 1)."""

    def __init__(self, faults: Sequence[str]) -> None:
        left = len(faults) - MOST_FAULTS_TOLD
        told = list(faults[:MOST_FAULTS_TOLD]) + ([f"... and {left} more."] if left > 0 else [])
        super().__init__("\n".join(told))
        self.faults = told


@dataclass(frozen=True)
class Table:
    """The cells of a file, as text without the blanks around it."""

    file: Path
    header: list[str]
    rows: list[list[str]]

    @cached_property
    def index(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.header)}

    def has(self, name: str) -> bool:
        return name in self.index

    def first_of(self, *names: str) -> str | None:
        """Which of these columns the file has, the first named first."""
        return next((name for name in names if name in self.index), None)

    def required(self, *names: str) -> str:
        """Which of these columns the file has, or refuse it."""
        found = self.first_of(*names)
        if found is None:
            wanted = " or ".join(names)
            raise FileRefusedError([f"{self.file}: no column {wanted}; it has {', '.join(self.header)}."])
        return found

    def column(self, name: str) -> list[str]:
        at = self.index[name]
        return [row[at] for row in self.rows]

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with the number a spreadsheet gives them."""
        return enumerate(self.rows, start=2)

    def numbers(self, name: str, *, least: float | None = None, whole: bool = False) -> list[float]:
        """Read a column of numbers, or refuse the file."""
        return self.read(name, number_reader(least=least, whole=whole))

    def read(self, name: str, reader: Callable[[str], Value]) -> list[Value]:
        """Read a column by a function that raises ValueError with a reason, or refuse the file with every fault."""
        values: list[Value] = []
        faults = []
        for row, text in enumerate(self.column(name), start=2):
            try:
                values.append(reader(text))
            except ValueError as error:
                faults.append(self.fault(row, f"{name} {error}"))
        self.refuse_if(faults)
        return values

    def fault(self, row: int, reason: str) -> str:
        return f"{self.file}: row {row}: {reason}."

    def refuse_if(self, faults: Sequence[str]) -> None:
        if faults:
            raise FileRefusedError(faults)

    def refuse_repeated(self, keys: Iterable[object], what: str) -> None:
        """Refuse the file when a key stands twice."""
        seen: dict[object, int] = {}
        faults = []
        for row, key in enumerate(keys, start=2):
            if key in seen:
                shown = " ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
                faults.append(self.fault(row, f"{what} {shown} stands twice; first in row {seen[key]}"))
            seen.setdefault(key, row)
        self.refuse_if(faults)


def number_reader(*, least: float | None = None, whole: bool = False) -> Callable[[str], float]:
    """A reader of finite numbers; its ValueErrors say what is wrong."""

    def read(text: str) -> float:
        value = _number(text)
        if least is not None and value < least:
            raise ValueError(f"{text} is negative" if least == 0 else f"{text} is less than {least:g}")
        if whole and value != math.floor(value):
            raise ValueError(f"{text} is no whole number")
        if abs(value) > (most := MOST_COUNTED if whole else MOST_MEASURED):
            raise ValueError(f"{text} is too large: at most {most:,.0f}")
        return value

    return read


def _number(text: str) -> float:
    if NUMBER.fullmatch(text) and math.isfinite(value := float(text)):
        return value
    if not text:
        raise ValueError("is empty")
    if WITH_COMMA.fullmatch(text):
        raise ValueError(f"{text!r} is no number: decimals take a point, thousands nothing")
    # nan, inf, and what is too large to be held.
    is_endless = NUMBER.fullmatch(text) or text.lower().strip("+-") in {"nan", "inf", "infinity"}
    raise ValueError(f"{text!r} is no {'finite ' if is_endless else ''}number")


def read_table(file: Path) -> Table:
    """Read a file of UTF-8 text with a header and at least one row; cells parted by commas, semicolons or tabs.

    Raises `FileRefusedError`.
    """
    rows = _rows(file)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise FileRefusedError([f"{file}: is empty."])
    header = [name.lower() if name.lower() in KNOWN else name for name in rows[0]]
    body = rows[1:]
    table = Table(file, header, body)
    if repeated := sorted({name for name in header if header.count(name) > 1}):
        raise FileRefusedError([f"{file}: row 1: the column {name} stands more than once." for name in repeated])
    if not body:
        raise FileRefusedError([f"{file}: has a header and no row."])
    table.refuse_if(
        [
            table.fault(row, f"has {len(cells)} cells where the header has {len(header)}" if any(cells) else "is blank")
            for row, cells in table.numbered()
            if len(cells) != len(header)
        ]
    )
    return table


def _rows(file: Path) -> list[list[str]]:
    try:
        if file.open("rb").read(len(SPREADSHEET)) == SPREADSHEET:
            raise FileRefusedError([f"{file}: is a spreadsheet; save it as CSV (UTF-8) first."])
        with file.open(encoding="utf-8-sig", newline="") as lines:
            head = lines.readline()
            parted_by = next((one for one in DELIMITERS if one in head and "," not in head), ",")
            lines.seek(0)
            return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=parted_by, strict=True)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileRefusedError([f"{file}: {_why_unread(error)}."]) from error


def _why_unread(error: OSError | UnicodeDecodeError | csv.Error) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, UnicodeDecodeError):
        return "is no UTF-8 text; save it as CSV (UTF-8)"
    if isinstance(error, OSError):
        return f"cannot be read: {(error.strerror or str(error)).lower()}"
    return f"cannot be read as CSV: {error}; look for a quotation mark that is not closed"
