"""Tables that come in from people outside and go out to them, as Excel or CSV: the one reader and the one writer."""

from maiam.platform.sheets.doors import FileKind, FileRefusedError, check_file
from maiam.platform.sheets.marking import MOST_MARKED_IN_PLACE, Mark, letters, marked_copy, marked_table
from maiam.platform.sheets.reading import Book, Page, first_rows, open_book
from maiam.platform.sheets.writing import RUNS_AS_FORMULA, Cell, Sheet, csv_lines, json_lines, write_xlsx

__all__ = [
    "MOST_MARKED_IN_PLACE",
    "RUNS_AS_FORMULA",
    "Book",
    "Cell",
    "FileKind",
    "FileRefusedError",
    "Mark",
    "Page",
    "Sheet",
    "check_file",
    "csv_lines",
    "first_rows",
    "json_lines",
    "letters",
    "marked_copy",
    "marked_table",
    "open_book",
    "write_xlsx",
]
