"""One row of a list, asked by fields instead of columns."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from maiam.contexts.families.rules import MemberRole
from maiam.contexts.imports.rules.fields import Field
from maiam.contexts.imports.rules.layout import PageLayout
from maiam.contexts.imports.rules.problems import Kind, Problem, Severity
from maiam.contexts.imports.rules.words import role_of
from maiam.core.text import UnreadableTextError, clean

_BROKEN = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
_TELL_OF_SOMEBODY = (Field.BIRTH, Field.SEX, Field.ROLE, Field.IDENTITY_NUMBER, Field.PHONE, Field.AGE)


@dataclass
class Row:
    """The cells of one row. A text cell is brought to its stored form when it is asked for."""

    layout: PageLayout
    number: int
    cells: list[str]

    @property
    def page(self) -> int:
        return self.layout.page

    def get(self, field: Field) -> str:
        return self._texts.get(field, "")

    @cached_property
    def _texts(self) -> dict[Field, str]:
        cells, places = self.cells, self.layout.places.items()
        return {field: tidy(cells[column]) for field, column in places if column < len(cells) and cells[column]}

    @cached_property
    def name(self) -> str:
        whole = self.get(Field.FULL_NAME)
        return whole or f"{self.get(Field.FAMILY_NAME)} {self.get(Field.GIVEN_NAME)}".strip()

    @cached_property
    def role(self) -> MemberRole | None:
        written = self.get(Field.ROLE)
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
        return next(
            (field for field, text in self._texts.items() if text[:1] == "#" and text.startswith(_BROKEN)), None
        )

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
