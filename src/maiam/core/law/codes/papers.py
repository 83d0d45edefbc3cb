"""Forms of Decree 76, the 16 data groups of Decree 110, and the periodic tables."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from maiam.core.law.citations import in_vietnamese
from maiam.core.law.codes.reading import Confirmed, Entry, Labelled, ListError, by_code, read


class Form(Labelled):
    """A form a procedure needs. `form_no` is None where the number was not found."""

    form_no: str | None
    made_by: str
    sent_to: str
    fields: tuple[str, ...]
    fields_confirmed: bool = False
    legal: str


class DataGroup(Labelled):
    """One group of information every province collects and shares, Decree 110/2025 Art. 5."""

    no: int
    fields: tuple[str, ...]
    fields_confirmed: bool
    sensitivity: Literal["high"] | None = None


class TableRow(Entry):
    """One line of a periodic table."""

    no: str
    vi: str
    unit: str | None = None
    dropped_2017: bool = False
    confirmed: Confirmed = True


class TableChanges(Entry):
    """What a table dropped, kept and added against the one before it."""

    dropped: tuple[str, ...]
    kept_ages: tuple[str, ...]
    added: tuple[str, ...]


class ReportTable(Labelled):
    """A periodic report: who sends it to whom, when, with which lines as far as they were read."""

    legal: str
    period: str | None
    from_to: str
    due: str | None
    columns: tuple[str, ...] | None = None
    rows: tuple[TableRow, ...] = ()
    rows_as: str | None = None
    changes_from_2011: TableChanges | None = None
    plus: str | None = None
    contents: tuple[str, ...] = ()

    @property
    def legal_in_words(self) -> str:
        return in_vietnamese(self.legal)


@cache
def forms() -> Mapping[str, Form]:
    return by_code(Form, read("forms_76_2023")["items"], "forms_76_2023.yaml")


@cache
def data_groups() -> Mapping[str, DataGroup]:
    found = by_code(DataGroup, read("data_groups_110_2025")["items"], "data_groups_110_2025.yaml")
    if [group.no for group in found.values()] != list(range(1, len(found) + 1)):
        raise ListError("data_groups_110_2025.yaml: the groups are not numbered 1, 2, 3 and on.")
    return found


@cache
def report_tables() -> Mapping[str, ReportTable]:
    found = by_code(ReportTable, read("report_tables")["items"], "report_tables.yaml")
    for table in found.values():
        if table.rows_as is not None and table.rows_as not in found:
            raise ListError(f"report_tables.yaml: {table.code} has the rows of {table.rows_as}, which is no table.")
    return found
