"""Counts of units over time, long (`unit, date, n`), wide (`unit, d1, d2, …`) or without time (`unit, n`)."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from maiam.core.science.files.calendar import Calendar, Moment, read_moment, undated
from maiam.core.science.files.table import FileRefusedError, Table, number_reader, read_table
from maiam.core.science.files.units import Units
from maiam.core.science.scan.places import FloatArray

WHEN = ("date", "day", "month", "year")
NUMBERED = re.compile(r"[A-Za-z]{0,6}_?0*(\d+)")
PERIODS_AT_MOST = 20_000


@dataclass(frozen=True, eq=False)
class CountsFile:
    """A file of amounts, before it is known which period of the study each belongs to.

    Of long files `unit`, `amount` and (unless there is no time) `moments` run along the rows; of wide ones `matrix`
    holds a row for each row of the file.
    """

    table: Table
    unit: list[int]
    moments: list[Moment] | None
    amount: list[float]
    matrix: FloatArray | None
    columns: list[str]
    when: str = ""

    @property
    def is_timeless(self) -> bool:
        return self.moments is None and self.matrix is None

    @property
    def is_dated(self) -> bool:
        return self.moments is not None

    def calendar(self, start: date | None, end: date | None) -> Calendar | None:
        """The study this file would make by itself."""
        if self.moments:
            return Calendar.over(self.moments, start, end)
        return undated(self.columns, start, end) if self.matrix is not None else None

    def spread(self, units: int, calendar: Calendar | None, *, complete: bool) -> FloatArray:
        """Lay the amounts out, shape (units, periods), or (units,) without time.

        `complete`: every unit and period must be named, once. Otherwise what is not named is 0, and a unit and date
        may stand more than once where each row is one case. Raises `FileRefusedError`.
        """
        if self.matrix is not None:
            return self._laid_out(units, calendar)
        if self.moments is None or calendar is None:
            return self._without_time(units, complete=complete)
        columns = self._columns(calendar)
        self._refuse_repeated(list(zip(self.unit, columns, strict=True)), complete=complete)
        spread = np.full((units, len(calendar)), np.nan if complete else 0.0)
        if complete:
            spread[self.unit, columns] = self.amount
            self._refuse_gaps(spread, calendar)
        else:
            np.add.at(spread, (self.unit, columns), self.amount)
        return spread

    def _columns(self, calendar: Calendar) -> list[int]:
        texts, columns, faults = self.table.column(self.when), [], []
        for row, (moment, text) in enumerate(zip(self.moments or [], texts, strict=True), start=2):
            try:
                columns.append(calendar.place(moment, text))
            except ValueError as error:
                faults.append(self.table.fault(row, f"{self.when} {error}"))
        self.table.refuse_if(faults)
        return columns

    def _without_time(self, units: int, *, complete: bool) -> FloatArray:
        self._refuse_repeated(list(self.unit), complete=complete)
        spread = np.zeros(units)
        np.add.at(spread, self.unit, self.amount)
        if complete and len(missing := sorted(set(range(units)) - set(self.unit))):
            raise FileRefusedError([f"{self.table.file}: {len(missing)} units of the study have no row."])
        return spread

    def _laid_out(self, units: int, calendar: Calendar | None) -> FloatArray:
        matrix = self.matrix if self.matrix is not None else np.zeros((0, 0))
        if len(self.unit) != units:
            raise FileRefusedError([f"{self.table.file}: {units - len(self.unit)} units of the study have no row."])
        if calendar is not None and matrix.shape[1] != len(calendar):
            raise FileRefusedError(
                [f"{self.table.file}: row 1: {matrix.shape[1]} periods where the study has {len(calendar)}."]
            )
        spread = np.empty_like(matrix)
        spread[self.unit] = matrix
        return spread

    def _refuse_repeated(self, keys: list[object], *, complete: bool) -> None:
        # A list with one row for each case repeats unit and date by right; a list of sums does not.
        is_line_list = not complete and all(amount == 1 for amount in self.amount)
        if not is_line_list and len(set(keys)) < len(keys):
            named = self.table.column("unit")
            dates = self.table.column(self.when) if self.when else [""] * len(named)
            shown = [(one, when) if when else one for one, when in zip(named, dates, strict=True)]
            self.table.refuse_repeated(shown, "unit and date" if self.when else "unit")
            self.table.refuse_repeated(keys, "unit and period")

    def _refuse_gaps(self, spread: FloatArray, calendar: Calendar) -> None:
        names = self.table.column("unit")
        by_row = dict(zip(self.unit, names, strict=True))
        faults = [
            f"{self.table.file}: nothing is said of unit {by_row.get(int(at), f'number {at + 1}')}"
            f" for {calendar.start_of(int(column))}."
            for at, column in np.argwhere(np.isnan(spread))
        ]
        self.table.refuse_if(faults)


def read_counts(file: Path, units: Units, *names: str, whole: bool) -> CountsFile:
    """Read amounts, 0 or more, in the column of the first of `names` the file has; or wide, one column a period.

    A long file without such a column holds one case in each row, when cases are asked for (`whole`). Raises
    `FileRefusedError`: also for units not among `units`.
    """
    table = read_table(file)
    table.required("unit")
    unit = table.read("unit", units.known)
    amount_column, when = table.first_of(*names), table.first_of(*WHEN)
    if amount_column is None and when is None:
        return _wide(table, unit, names, whole=whole)
    moments = table.read(when, read_moment) if when else None
    if moments:
        _refuse_mixture(table, moments, when or "")
    if amount_column is None and whole:
        amount = [1.0] * len(unit)
    else:
        amount = table.numbers(amount_column or table.required(*names), least=0, whole=whole)
    return CountsFile(table, unit, moments, amount, None, [], when or "")


def _refuse_mixture(table: Table, moments: list[Moment], when: str) -> None:
    table.refuse_if(
        [
            table.fault(row, f"{when} is a {moment.period} where row 2 is a {moments[0].period}")
            for row, moment in enumerate(moments, start=2)
            if moment.period is not moments[0].period
        ]
    )
    numbers = [moment.number for moment in moments]
    if max(numbers) - min(numbers) > PERIODS_AT_MOST:
        raise FileRefusedError([f"{table.file}: the dates span more than {PERIODS_AT_MOST:,} periods."])


def _wide(table: Table, unit: list[int], names: tuple[str, ...], *, whole: bool) -> CountsFile:
    columns = [name for name in table.header if name != "unit"]
    read = number_reader(least=0, whole=whole)
    if not columns or not (_are_dates(columns) or all(NUMBERED.fullmatch(name) for name in columns)):
        table.required(*names)
    table.refuse_repeated(table.column("unit"), "unit")
    faults, matrix = [], np.zeros((len(table.rows), len(columns)))
    for row, cells in table.numbered():
        for at, name in enumerate(columns):
            try:
                matrix[row - 2, at] = read(cells[table.index[name]])
            except ValueError as error:
                faults.append(table.fault(row, f"{name} {error}"))
    table.refuse_if(faults)
    if _are_dates(columns):
        return _dated(table, unit, columns, matrix)
    return CountsFile(table, unit, None, [], matrix, columns)


def _are_dates(columns: list[str]) -> bool:
    try:
        return bool([read_moment(name) for name in columns])
    except ValueError:
        return False


def _dated(table: Table, unit: list[int], columns: list[str], matrix: FloatArray) -> CountsFile:
    """A wide file whose columns are dates: the same as a long one."""
    moments = [read_moment(name) for name in columns]
    rows = [[table.rows[at][table.index["unit"]], name] for at in range(len(unit)) for name in columns]
    long = Table(table.file, ["unit", "date"], rows)
    return CountsFile(
        long, list(np.repeat(unit, len(columns))), moments * len(unit), list(matrix.ravel()), None, [], "date"
    )
