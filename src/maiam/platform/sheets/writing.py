"""Writes tables for people outside, as Excel or CSV: row by row in flat memory, and no cell of them can run.

A text is a text: Excel stores it as one, and CSV, which has no types, gets an apostrophe where a spreadsheet
would read a formula. Whole numbers and dates keep their kind.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook

from maiam.core.text import write_date

Cell = str | int | float | date | None

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 42
# Excel opens CSV as Vietnamese only when it begins with this mark.
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Sheet:
    """One table: what stands above it, its headings, its rows."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = ()
    serial: str = ""
    # What machines call the columns.
    names: Sequence[str] = ()


def write_xlsx(sheet: Sheet, path: Path) -> int:
    """Write an Excel file; return how many rows it holds."""
    book = Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": sheet.title, "comments": sheet.serial})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    page = book.add_worksheet()
    page.set_footer(f"&L{sheet.serial}&R&P/&N")
    top = [[sheet.title], *([note] for note in sheet.notes)]
    for number, line in enumerate(top):
        page.write_string(number, 0, line[0], bold if number == 0 else None)
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, min(_WIDEST, max(12, len(heading) + 2)))
        page.write_string(len(top), column, heading, bold)
    page.freeze_panes(len(top) + 1, 0)
    written = 0
    for row in sheet.rows:
        written += 1
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(len(top) + written, column, cell, day)
            elif isinstance(cell, int | float):
                page.write_number(len(top) + written, column, cell)
            elif cell:
                page.write_string(len(top) + written, column, cell)
    book.close()
    return written


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """The same table as lines of CSV, made as they are read."""
    yield _BYTE_ORDER_MARK
    for line in (*([text] for text in (sheet.title, *sheet.notes)), sheet.headings):
        yield _line(line)
    for row in sheet.rows:
        yield _line(row)


def _line(cells: Sequence[Cell]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_plain(cell) for cell in cells])
    return buffer.getvalue()


def _plain(cell: Cell) -> str | int | float:
    if isinstance(cell, date):
        return write_date(cell)
    if isinstance(cell, int | float):
        return cell
    return f"'{cell}" if cell and cell.startswith(RUNS_AS_FORMULA) else cell or ""


def json_lines(sheet: Sheet) -> Iterator[str]:
    """Write a table for machines: first what it is and whose, then one row a line."""
    yield _json_line({"serial": sheet.serial, "title": sheet.title, "notes": list(sheet.notes)})
    for row in sheet.rows:
        yield _json_line(dict(zip(sheet.names, row, strict=True)))


def _json_line(told: Mapping[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"
