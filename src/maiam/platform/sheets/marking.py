"""Gives a file back with comments where something was not understood, and one more sheet that lists them all.

A small workbook comes back as itself, its formulas as the values they had; a long one, an old one and a CSV as a
plain workbook with the same cells, written in flat memory.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from maiam.platform.sheets.reading import Book

# openpyxl holds every cell as an object of a kilobyte: beyond this, a copy is written instead.
MOST_MARKED_IN_PLACE = 60_000
MOST_COMMENTS = 20_000
_AUTHOR = "Mái Ấm"
_LIST = "Các chỗ cần xem"
_HEADINGS = ("Trang", "Dòng", "Cột", "Đã ghi", "Cần làm gì")
_COLOURS = {"error": "FFC7CE", "question": "FFE699", "warning": "FFF2CC", "note": "E2EFDA"}


@dataclass(frozen=True)
class Mark:
    """What is said of one cell; `column` counts from 0, None says it of the whole row."""

    page: int
    row: int
    column: int | None
    colour: str
    typed: str
    says: str


# Read twice: once for the comments, once for the list.
Marks = Callable[[], Iterator[Mark]]
Said = Mapping[tuple[int, int, int], Sequence[Mark]]


def marked_copy(content: bytes, pages: Sequence[str], marks: Marks) -> bytes:
    """The same workbook with its comments."""
    book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False, keep_vba=False)
    fills = {name: PatternFill("solid", fgColor=colour) for name, colour in _COLOURS.items()}
    for (page, row, column), says in _by_cell(marks).items():
        cell = _cell(book[pages[page]], row, column + 1)
        cell.comment = Comment("\n".join(one.says for one in says), _AUTHOR, width=320, height=120)
        cell.fill = fills[says[0].colour]
    listed = book.create_sheet(_free_name(book.sheetnames))
    listed.append(_HEADINGS)
    for one in marks():
        listed.append(list(_line(one, pages)))
        for place in (4, 5):
            listed.cell(row=listed.max_row, column=place).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell, or the corner of the merged ones it lies in: only a corner can be written to."""
    cell = sheet.cell(row=row, column=column)
    if isinstance(cell, MergedCell):
        around = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
        return sheet.cell(row=around.min_row, column=around.min_col)
    return cell


def marked_table(book: Book, wanted: Iterable[int], marks: Marks, path: Path) -> None:
    """A plain workbook with the cells of `book` and their comments; memory holds the comments alone."""
    said = _by_cell(marks)
    out = Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    fills = {name: out.add_format({"bg_color": f"#{colour}"}) for name, colour in _COLOURS.items()}
    names = [page.name for page in book.pages]
    for number in wanted:
        _write_cells(out.add_worksheet(names[number][:31]), book, number, said, fills)
    _write_list(out.add_worksheet(_free_name(names)), names, marks)
    out.close()


def _write_cells(sheet: Any, book: Book, page: int, said: Said, fills: Mapping[str, Any]) -> None:
    for row, cells in book.rows(page):
        for column, cell in enumerate(cells):
            told = said.get((page, row, column))
            if cell or told:
                sheet.write_string(row - 1, column, cell, fills[told[0].colour] if told else None)
            if told:
                sheet.write_comment(row - 1, column, "\n".join(one.says for one in told), {"author": _AUTHOR})


def _write_list(sheet: Any, names: Sequence[str], marks: Marks) -> None:
    for row, line in enumerate(chain([_HEADINGS], (_line(one, names) for one in marks()))):
        for column, value in enumerate(line):
            if isinstance(value, int):
                sheet.write_number(row, column, value)
            else:
                sheet.write_string(row, column, value)


def _by_cell(marks: Marks) -> Said:
    cells: dict[tuple[int, int, int], list[Mark]] = {}
    for mark in islice(marks(), MOST_COMMENTS):
        cells.setdefault((mark.page, mark.row, mark.column or 0), []).append(mark)
    return cells


def _line(mark: Mark, pages: Sequence[str]) -> tuple[str, int, str, str, str]:
    column = letters(mark.column) if mark.column is not None else ""
    return pages[mark.page], mark.row, column, mark.typed, mark.says


def letters(column: int) -> str:
    """The letters Excel calls a column by: 0 is A, 26 is AA."""
    found = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def _free_name(names: Sequence[str]) -> str:
    return _LIST if _LIST not in names else f"{_LIST} 2"
