"""One row of a list, asked by fields instead of columns."""

from functools import lru_cache

from maiam.contexts.families.rules import MemberRole
from maiam.contexts.imports.rules.fields import Field
from maiam.contexts.imports.rules.layout import PageLayout
from maiam.contexts.imports.rules.problems import Kind, Problem, Severity
from maiam.contexts.imports.rules.words import role_of
from maiam.core.text import UnreadableTextError, clean

_BROKEN = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
_TELL_OF_SOMEBODY = (Field.BIRTH, Field.SEX, Field.ROLE, Field.IDENTITY_NUMBER, Field.PHONE, Field.AGE)


class Row:
    """The cells of one row, in use ones brought to their stored form."""

    def __init__(self, layout: PageLayout, number: int, cells: list[str]) -> None:
        self.layout, self.number, self.cells = layout, number, cells
        width = len(cells)
        # Most cells of a list are plain ASCII already stripped by their reader; the others go through `tidy`.
        self.texts = {
            field: cell if cell.isascii() and cell.isprintable() and "  " not in cell else tidy(cell)
            for field, column in layout.places.items()
            if column < width and (cell := cells[column])
        }
        self.name = self.texts.get(Field.FULL_NAME) or (
            f"{self.get(Field.FAMILY_NAME)} {self.get(Field.GIVEN_NAME)}".strip()
        )

    @property
    def page(self) -> int:
        return self.layout.page

    def get(self, field: Field) -> str:
        return self.texts.get(field, "")

    @property
    def role(self) -> MemberRole | None:
        written = self.texts.get(Field.ROLE)
        return role_of(written) if written else None

    @property
    def first_text(self) -> str:
        return next((tidy(cell) for cell in self.cells if cell), "")

    @property
    def is_alone(self) -> bool:
        """A name with hardly anything beside it: a title, not a person."""
        return sum(bool(cell) for cell in self.cells) <= 2

    @property
    def says_something(self) -> bool:
        """Whether, its name aside, it tells of somebody: a birth, a number, a word for kin."""
        return sum(bool(self.get(field)) for field in _TELL_OF_SOMEBODY) >= 2

    @property
    def broken(self) -> Field | None:
        """The first of the columns in use whose formula came to nothing."""
        for field, text in self.texts.items():
            if text[:1] == "#" and text.startswith(_BROKEN):
                return field
        return None

    def problem(self, field: Field | None, how: tuple[Severity, Kind], says: str, typed: str | None = None) -> Problem:
        """Say something of a cell of this row; where the list has no such column, of the row."""
        column = self.layout.column_of(field) if field else None
        written = self.get(field) if typed is None and field else typed or ""
        return Problem(self.page, self.number, column, *how, written[:200], says)


@lru_cache(maxsize=32_768)
def tidy(cell: str) -> str:
    """The text of a cell; half a character is shown as a question mark, and so seen."""
    if cell.isascii() and cell.isprintable():
        return cell.strip() if "  " not in cell else clean(cell)
    try:
        return clean(cell)
    except UnreadableTextError:
        return clean(cell.encode(errors="replace").decode())
