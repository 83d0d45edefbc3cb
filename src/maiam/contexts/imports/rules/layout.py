"""Where the table of a sheet begins, what its headings say, and from which day the list is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Any

from maiam.contexts.imports.rules.births import is_first_january
from maiam.contexts.imports.rules.fields import Field, field_of, guess
from maiam.core.text import clean, fold

LOOKED_AT = 400
_HEADING_WITHIN = 40
_LEAST_HEADINGS = 2
_EXAMPLES = 3
_FILLER_FROM, _FILLER_SHARE = 4, 0.15
_DAY = re.compile(r"(?:ngay)?\s*([0-9]{1,2})\s*(?:/|-|\.|thang)\s*([0-9]{1,2})\s*(?:/|-|\.|nam)\s*((?:19|20)[0-9]{2})")
_NUMBERS_ROW = re.compile(r"\(?[0-9]{1,2}\)?|[A-ZĐ]")

Row = tuple[int, list[str]]
Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Seen:
    """The first rows of one sheet, as they stand in the file."""

    name: str
    is_hidden: bool
    merged: Sequence[Range]
    rows: list[Row]
    hidden_rows: int = 0


@dataclass
class PageLayout:
    """How one sheet is read. Rows as Excel numbers them; columns from 0."""

    page: int
    name: str
    is_hidden: bool
    is_taken: bool
    first_row: int
    headings: list[str]
    columns: dict[int, Field]
    examples: list[list[str]] = field(default_factory=list)
    village: str = ""
    hidden_rows: int = 0

    @cached_property
    def places(self) -> dict[Field, int]:
        """Where each field stands; of two columns the first."""
        places: dict[Field, int] = {}
        for column, found in sorted(self.columns.items()):
            places.setdefault(found, column)
        return places

    def column_of(self, wanted: Field) -> int | None:
        return self.places.get(wanted)

    @cached_property
    def name_column(self) -> int:
        places = self.places
        return places.get(Field.FULL_NAME, places.get(Field.GIVEN_NAME, 0))

    def as_json(self) -> dict[str, Any]:
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**told, "columns": {str(column): found.value for column, found in self.columns.items()}}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "PageLayout":
        columns = {int(column): Field(found) for column, found in told["columns"].items()}
        return cls(**{**told, "columns": columns})


@dataclass
class Layout:
    """How a whole file is read."""

    pages: list[PageLayout]
    listed_on: date | None = None
    first_january_is_filler: bool = False

    @property
    def taken(self) -> list[PageLayout]:
        return [page for page in self.pages if page.is_taken]

    def as_json(self) -> dict[str, Any]:
        return {
            "pages": [page.as_json() for page in self.pages],
            "listed_on": self.listed_on.isoformat() if self.listed_on else None,
            "first_january_is_filler": self.first_january_is_filler,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Layout":
        listed_on = date.fromisoformat(told["listed_on"]) if told["listed_on"] else None
        pages = [PageLayout.from_json(page) for page in told["pages"]]
        return cls(pages, listed_on, told["first_january_is_filler"])


def look_at(pages: Sequence[Seen], remembered: Mapping[str, str], today: date) -> Layout:
    """Guess how a file is read from the first rows of each sheet."""
    looked = [_look_at_page(number, page, remembered) for number, page in enumerate(pages)]
    rows = [row for page in pages for row in page.rows]
    return Layout(looked, _listed_on(looked, pages, today), _has_filler(looked, rows))


def _look_at_page(number: int, seen: Seen, remembered: Mapping[str, str]) -> PageLayout:
    top = _heading_row(seen.rows)
    if top is None:
        width = max((len(cells) for _, cells in seen.rows), default=0)
        return PageLayout(
            page=number,
            name=seen.name,
            is_hidden=seen.is_hidden,
            is_taken=False,
            first_row=1,
            headings=[""] * width,
            columns={},
            examples=_examples(seen.rows, 1),
            hidden_rows=seen.hidden_rows,
        )
    headings, first = _headings(seen.rows, top, seen.merged)
    columns = guess(headings, remembered)
    is_list = bool({Field.FULL_NAME, Field.GIVEN_NAME} & set(columns.values()))
    return PageLayout(
        page=number,
        name=seen.name,
        is_hidden=seen.is_hidden,
        is_taken=is_list and not seen.is_hidden,
        first_row=first,
        headings=headings,
        columns=columns,
        examples=_examples(seen.rows, first),
        hidden_rows=seen.hidden_rows,
    )


def _heading_row(rows: list[Row]) -> int | None:
    """The place, among the rows looked at, of the one with most headings we know."""
    scores = [
        (len({field_of(cell) for cell in cells if cell and len(cell) < 80} - {None}), -place)
        for place, (_, cells) in enumerate(rows[:_HEADING_WITHIN])
    ]
    best, place = max(scores, default=(0, 0))
    return -place if best >= _LEAST_HEADINGS else None


def _headings(rows: list[Row], top: int, merged: Sequence[Range]) -> tuple[list[str], int]:
    """The headings of one row, or of two where a merged one is divided below; and the first row after them."""
    number, cells = rows[top]
    above = _spread(number, cells, merged)
    after = top + 1
    below = rows[after][1] if after < len(rows) and rows[after][0] == number + 1 else []
    if below and _is_second_heading(number, above, below, merged):
        width = max(len(above), len(below))
        above = [
            _joined(*(part[place] if place < len(part) else "" for part in (above, below))) for place in range(width)
        ]
        after += 1
    if after < len(rows) and _is_row_of_numbers(rows[after][1]):
        after += 1
    first = rows[after][0] if after < len(rows) else rows[-1][0] + 1
    return [clean(heading) for heading in above], first


def _spread(number: int, cells: list[str], merged: Sequence[Range]) -> list[str]:
    """Let every column under a heading merged across several bear it."""
    spread = list(cells)
    for (top, left), (bottom, right) in merged:
        if top <= number - 1 <= bottom and right > left and left < len(cells) and cells[left]:
            spread += [""] * (right + 1 - len(spread))
            spread[left : right + 1] = [cells[left]] * (right + 1 - left)
    return spread


def _is_second_heading(number: int, above: list[str], below: list[str], merged: Sequence[Range]) -> bool:
    goes_down = any(top <= number - 1 and bottom >= number for (top, _), (bottom, _) in merged)
    filled = [(place, cell) for place, cell in enumerate(below) if cell]
    known = sum(
        field_of(_joined(above[place] if place < len(above) else "", cell)) is not None for place, cell in filled
    )
    has_figures = any(any(letter.isdigit() for letter in cell) for _, cell in filled)
    name = next((place for place, heading in enumerate(above) if field_of(heading) is Field.FULL_NAME), None)
    names_somebody = name is not None and name < len(below) and bool(below[name])
    return bool(filled) and not has_figures and not names_somebody and (goes_down or known >= len(filled) / 2)


def _joined(above: str, below: str) -> str:
    return f"{above} {below}".strip() if fold(above) != fold(below) else above


def _is_row_of_numbers(cells: list[str]) -> bool:
    """(1) (2) (3), or A B C: numbers of columns, not a person."""
    filled = [cell for cell in cells if cell]
    return len(filled) >= _LEAST_HEADINGS and all(_NUMBERS_ROW.fullmatch(cell) for cell in filled)


def _examples(rows: list[Row], first: int) -> list[list[str]]:
    return [cells for number, cells in rows if number >= first][:_EXAMPLES]


def _listed_on(looked: list[PageLayout], pages: Sequence[Seen], today: date) -> date | None:
    """The day a title names: "tính đến ngày 30/6/2024"."""
    for page, seen in zip(looked, pages, strict=True):
        for number, cells in seen.rows:
            if number >= page.first_row:
                break
            found = next((day for cell in cells for day in _days(cell) if day <= today), None)
            if found:
                return found
    return None


def _days(cell: str) -> Iterator[date]:
    for found in _DAY.finditer(fold(cell)):
        day, month, year = map(int, found.groups())
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _has_filler(looked: list[PageLayout], rows: list[Row]) -> bool:
    """Many births on 1 January are nobody's birthday but a clerk's way to fill a cell."""
    columns = {column for page in looked for column, found in page.columns.items() if found is Field.BIRTH}
    cells = [cells[column] for _, cells in rows for column in columns if column < len(cells) and cells[column]]
    fillers = sum(is_first_january(cell) for cell in cells)
    return fillers >= _FILLER_FROM and fillers >= _FILLER_SHARE * len(cells)
