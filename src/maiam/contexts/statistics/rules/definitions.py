"""What is counted: definitions as data, each with the version of its formula."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache, cached_property
from types import MappingProxyType
from uuid import UUID

from maiam.contexts.statistics.rules.leaves import LEAVES, NOT_ASKED, leaves_of
from maiam.core.law import codes
from maiam.core.law.codes.reading import Entry, ListError, parse, read

FILE = "family_tables.yaml"


class Subject(StrEnum):
    HOUSEHOLDS = "households"
    PEOPLE = "people"
    EVENTS = "events"
    ASKED_HOUSEHOLDS = "asked_households"
    ASKED_PEOPLE = "asked_people"


SUBJECT_LABELS = {
    Subject.HOUSEHOLDS: "Hộ gia đình",
    Subject.PEOPLE: "Nhân khẩu",
    Subject.EVENTS: "Biến động",
    Subject.ASKED_HOUSEHOLDS: "Hoàn cảnh của hộ, theo các đợt thu thập",
    Subject.ASKED_PEOPLE: "Học tập, việc làm, khuyết tật, theo các đợt thu thập",
}
UNITS = {
    Subject.HOUSEHOLDS: "hộ",
    Subject.PEOPLE: "người",
    Subject.EVENTS: "",
    Subject.ASKED_HOUSEHOLDS: "hộ",
    Subject.ASKED_PEOPLE: "người",
}
TOTAL_LABELS = {
    Subject.HOUSEHOLDS: "Tổng số hộ",
    Subject.PEOPLE: "Tổng số người",
    Subject.EVENTS: "Cộng",
    Subject.ASKED_HOUSEHOLDS: "Số hộ đã hỏi",
    Subject.ASKED_PEOPLE: "Số người đã hỏi",
}


class RowDefinition(Entry):
    """One row of a table: the sum of the leaves its patterns name; without patterns, the leaf of its own code."""

    code: str
    vi: str
    no: str = ""
    of: tuple[str, ...] = ()

    def holds(self, leaf: str) -> bool:
        return any(fnmatchcase(leaf, pattern) for pattern in self.of or (self.code,))


class Definition(Entry):
    """One table: of whom, by which fact, in which rows.

    A question of the province belongs to a `questionnaire`; where several choices may be given at once, `mixed` are the
    leaves of those given together.
    """

    code: str
    version: int
    subject: Subject
    vi: str
    about: str
    fact: str = ""
    leaves: str
    edges: tuple[int, ...] = ()
    law: str | None = None
    questionnaire: UUID | None = None
    heading: str = ""
    mixed: tuple[str, ...] = ()
    rows: tuple[RowDefinition, ...]

    @property
    def name_and_version(self) -> str:
        return f"{self.code}, phiên bản {self.version}"

    @property
    def all_leaves(self) -> tuple[str, ...]:
        return leaves_of(self.leaves, edges=self.edges, codes=[row.code for row in self.rows]) + self.mixed

    def mixing(self, leaves: Iterable[str]) -> "Definition":
        """This table for what was counted: with each set of choices that somebody gave."""
        mixed = sorted(set(leaves) - set(self.all_leaves)) if self.questionnaire else []
        return self.model_copy(update={"mixed": tuple(mixed)}) if mixed else self

    @property
    def law_table(self) -> codes.ReportTable | None:
        return codes.report_tables()[self.law] if self.law else None

    @property
    def is_of_answers(self) -> bool:
        """Whether families told it in rounds of collection."""
        return self.subject in {Subject.ASKED_HOUSEHOLDS, Subject.ASKED_PEOPLE}

    def leaf_of(self, fact: str, key: str) -> str:
        """The finest category of what was counted: of events their kind and month, else what the key falls into."""
        if self.subject is Subject.EVENTS:
            return f"{fact} {key}"
        leaf = LEAVES[self.leaves](key, self.edges)
        if self.questionnaire:
            # What was told when the question was put otherwise, as free text perhaps, is no answer to this one.
            return " ".join(answer for answer in leaf.split(" ") if answer in self._answers) or NOT_ASKED
        return leaf if not self.is_of_answers or leaf in self._answers else NOT_ASKED

    @cached_property
    def _answers(self) -> frozenset[str]:
        return frozenset(self.all_leaves)

    def dropped_rows(self) -> Sequence[str]:
        """Rows that a later text no longer asks for."""
        table = self.law_table
        numbers = {row.no for row in table.rows if row.dropped_2017} if table else set()
        return [row.vi for row in self.rows if row.no in numbers]


@cache
def definitions() -> Mapping[str, Definition]:
    """Every definition by its code, in the order of the list; refused where a leaf has no row, or a row no leaf."""
    found = {row["code"]: parse(Definition, row, FILE) for row in read("family_tables")["definitions"]}
    for definition in found.values():
        _check(definition)
    return MappingProxyType(found)


def _check(definition: Definition) -> None:
    if definition.subject is Subject.EVENTS:
        return
    leaves = definition.all_leaves
    lost = [leaf for leaf in leaves if not any(row.holds(leaf) for row in definition.rows)]
    empty = [row.code for row in definition.rows if not any(row.holds(leaf) for leaf in leaves)]
    if lost or empty:
        raise ListError(f"{FILE}: {definition.code}: no row holds {lost}; nothing falls into {empty}.")
