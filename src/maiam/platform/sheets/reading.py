"""Reads a workbook or a CSV row by row, every cell as the text a person sees in it.

calamine gives every number as a float: 67012345678 comes out as digits again, never as 6.7e10. A CSV is read in flat
memory; of a workbook calamine lays out one sheet at a time.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, Protocol

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from maiam.core.text import write_date
from maiam.platform.sheets.doors import MOST_COLUMNS, MOST_ROWS, FileKind, FileRefusedError, check_parts
from maiam.platform.sheets.encodings import Encoding, encoding_of, from_tcvn3, is_tcvn3
from maiam.platform.sheets.unseen import Unseen, unseen_of

Source = Callable[[], Iterator[bytes]]
Rows = Iterator[tuple[int, list[str]]]
Range = tuple[tuple[int, int], tuple[int, int]]

_LOOK_AT = 256 * 1024
_SEPARATORS = (";", ",", "\t", "|")
_LARGEST_EXACT = 2**53
_SAMPLE = 30
csv.field_size_limit(100_000)


@dataclass(frozen=True)
class Page:
    """One sheet: its name, whether it is hidden, its merged cells (rows and columns from 0, both ends in), and how
    many of its rows are hidden."""

    name: str
    is_hidden: bool = False
    merged: Sequence[Range] = ()
    hidden_rows: int = 0


class Book(Protocol):
    pages: list[Page]

    def rows(self, page: int) -> Rows:
        """The rows of a sheet with their numbers as Excel shows them; rows without any text are left out."""

    def height(self, page: int) -> int:
        """How many rows there are, about: for a bar that tells how far the reading is."""


def open_book(kind: FileKind, source: Source) -> Book:
    """Open a file that passed the door. Raises `FileRefusedError`."""
    return TextBook(source) if kind is FileKind.CSV else WorkBook(b"".join(source()), kind)


class WorkBook:
    """An Excel file, old or new."""

    def __init__(self, content: bytes, kind: FileKind) -> None:
        if kind is FileKind.XLSX:
            check_parts(content)
        self._unseen = unseen_of(content) if kind is FileKind.XLSX else {}
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            sheets = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            self.pages = [self._page(sheet) for sheet in sheets]
        except (CalamineError, ValueError) as error:
            raise FileRefusedError("Không mở được tệp này. Hãy mở trong Excel, lưu lại dạng .xlsx rồi gửi.") from error

    def _page(self, sheet: Any) -> Page:
        merged = self._book.get_sheet_by_name(sheet.name).merged_cell_ranges or []
        hidden = self._unseen.get(sheet.name, Unseen()).hidden
        return Page(sheet.name, sheet.visible != SheetVisibleEnum.Visible, merged, len(hidden))

    def rows(self, page: int) -> Rows:
        try:
            sheet = self._book.get_sheet_by_name(self.pages[page].name)
            if sheet.start is None:
                return
            # calamine's iterator begins with the first row of the sheet, but with the first filled column.
            indent = [""] * sheet.start[1]
            read = _text_of_old_font if _is_of_old_font(sheet) else text_of
            broken = self._unseen.get(sheet.name, Unseen()).broken
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                row = [*indent, *map(read, cells)]
                for column, says in broken.get(number, {}).items():
                    row += [""] * (column + 1 - len(row))
                    row[column] = says
                if any(row):
                    yield number, row
        except CalamineError as error:
            raise FileRefusedError(f"Không đọc được trang “{self.pages[page].name}” của tệp.") from error

    def height(self, page: int) -> int:
        return int(self._book.get_sheet_by_name(self.pages[page].name).total_height)


@dataclass
class TextBook:
    """A CSV: one page. Its encoding and its separator are told from its beginning."""

    source: Source
    pages: list[Page] = field(default_factory=lambda: [Page("CSV")])

    def __post_init__(self) -> None:
        start = _start_of(self.source)
        self.encoding = encoding_of(start[:_LOOK_AT], is_whole=len(start) < _LOOK_AT)
        text = start[:_LOOK_AT].decode(self.encoding.name, errors="ignore")
        self.separator = _separator_of(text.splitlines()[:_SAMPLE])

    def height(self, page: int) -> int:  # noqa: ARG002 - a CSV has one page
        return sum(piece.count(b"\n") for piece in self.source()) + 1

    def rows(self, page: int) -> Rows:  # noqa: ARG002 - a CSV has one page
        lines = _text_of(self.source, self.encoding)
        reader = csv.reader(lines, delimiter=self.separator, strict=False)
        before = 1
        while True:
            try:
                row = next(reader, None)
            except csv.Error as error:
                raise FileRefusedError(
                    f"Từ dòng {before} có dấu ngoặc kép mở mà không đóng, hoặc một ô quá dài. Hãy sửa rồi gửi lại."
                ) from error
            if row is None:
                return
            _check_size(before, row)
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield before, cells
            before = reader.line_num + 1


def _check_size(number: int, row: list[str]) -> None:
    if number > MOST_ROWS:
        raise FileRefusedError(f"Tệp dài hơn {MOST_ROWS:,} dòng. Hãy chia thành nhiều tệp.".replace(",", "."))
    if len(row) > MOST_COLUMNS:
        raise FileRefusedError(f"Dòng {number} có {len(row)} cột, nhiều hơn mức nhận được. Hãy xem lại dấu ngăn cột.")


def _start_of(source: Source) -> bytes:
    held = b""
    for piece in source():
        held += piece
        if len(held) >= _LOOK_AT:
            break
    return held


def _text_of(source: Source, encoding: Encoding) -> Iterator[str]:
    """The lines of a file, decoded as they are read; what a bad byte was is shown as such, and asked about."""
    raw: io.RawIOBase = _Pieces(source())
    lines = io.TextIOWrapper(io.BufferedReader(raw, 256 * 1024), encoding.name, errors="replace", newline="")
    return map(from_tcvn3, lines) if encoding.is_tcvn3 else iter(lines)


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def _separator_of(lines: list[str]) -> str:
    """The separator that cuts most lines into the same number of columns, more than one."""

    def fits(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        usual = max(set(widths), key=widths.count) if widths else 1
        widest = max(widths, default=1)
        return (widths.count(usual) if usual > 1 else sum(width > 1 for width in widths), widest)

    try:
        return max(_SEPARATORS, key=fits)
    except csv.Error:
        return ","


def text_of(cell: object) -> str:
    """What a person sees in a cell, one line of it."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, int | float):
        is_whole = abs(cell) < _LARGEST_EXACT and cell == int(cell)
        return str(int(cell)) if is_whole else repr(cell)
    if isinstance(cell, datetime):
        return write_date(cell.date())
    return write_date(cell) if isinstance(cell, date) else str(cell)


def _is_of_old_font(sheet: Any) -> bool:
    """Tell a sheet typed in a .VnTime font by its first rows: its letters are signs to everybody else."""
    return any(isinstance(cell, str) and is_tcvn3(cell) for row in islice(sheet.iter_rows(), _SAMPLE) for cell in row)


def _text_of_old_font(cell: object) -> str:
    """What such a cell says; one with letters the font does not have was typed in another."""
    text = text_of(cell)
    return from_tcvn3(text) if isinstance(cell, str) and all(letter < "\u0100" for letter in text) else text


def first_rows(book: Book, page: int, count: int) -> list[tuple[int, list[str]]]:
    return list(islice(book.rows(page), count))
