"""One table of families for one place, on a day or in a part of a year, on one of the two maps."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.contexts.statistics.queries.closed import Shelf, shelf
from maiam.contexts.statistics.queries.counting import blocks, columns_told
from maiam.contexts.statistics.queries.drawing import Drawn
from maiam.contexts.statistics.queries.maps import MAP_LABELS, WHOLE, Atlas, Key, Map, Reach, atlas, reach_of
from maiam.contexts.statistics.queries.own import known_table, known_tables
from maiam.contexts.statistics.queries.villages import Asked, Line, is_alike, village_lines
from maiam.contexts.statistics.rules import (
    TOTAL_LABELS,
    Definition,
    Span,
    SpanKind,
    Subject,
    last_day_of,
    months_of,
    reporting_year,
    set_day,
    spans_of,
)
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError


class NotClosedError(DomainError):
    code = "statistics.not_closed"
    message = "Chưa có số liệu chốt của ngày này."


@dataclass(frozen=True)
class Question:
    """Which table is wanted. Without a unit, that of the actor's whole place; `span` is a code of `Span`.

    A table is told of the last set day by `day`; of events, of the last one in the reporting `year`.
    """

    code: str
    day: date
    year: int
    span: str = "year"
    on_map: Map = Map.TODAY
    unit_id: int = WHOLE


@dataclass(frozen=True)
class Column:
    code: str
    label: str
    no: str = ""


@dataclass(frozen=True)
class Table:
    """What page, chart, file and API show: the same figures, with what they mean and what is not told."""

    definition: Definition
    question: Question
    day: date
    span: Span
    root_name: str
    columns: list[Column]
    lines: list[Line]
    whole: Line | None
    path: list[Unit]
    counted_at: datetime
    months: list[tuple[str, list[int | None]]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What is counted, and where; a question already ends with its mark."""
        words = self.definition.vi
        return f"{words} {self.root_name}" if words.endswith(("?", ".", "!")) else f"{words}: {self.root_name}"

    @property
    def has_hidden(self) -> bool:
        return any(figure is None for line in self._all for figure in line.figures)

    @property
    def filled(self) -> list[Line]:
        """The places where something was counted."""
        return [line for line in self.lines if any(figure != 0 for figure in line.figures)]

    @property
    def empty(self) -> list[Line]:
        return [line for line in self.lines if all(figure == 0 for figure in line.figures)]

    @property
    def has_estimates(self) -> bool:
        return any(line.is_estimated for line in self._all)

    @property
    def map_label(self) -> str:
        return MAP_LABELS[self.question.on_map]

    @property
    def is_of_events(self) -> bool:
        return self.definition.subject is Subject.EVENTS

    @property
    def is_whole(self) -> bool:
        """Whether the asked part of the year was over on the set day."""
        return months_of(reporting_year(self.day))[self.span.first + self.span.length] <= self.day + timedelta(days=1)

    @property
    def _all(self) -> list[Line]:
        return [*([self.whole] if self.whole else []), *self.lines]


def table(actor: Actor, question: Question, *, now: datetime) -> Table:
    """One table of its set day.

    Raises `NotFoundError` for a table or a place nobody knows, or out of reach; `NotClosedError`.
    """
    actor.require(Permission.VIEW_STATISTICS)
    return table_of(actor, known_table(actor, question.code), question, now=now)


def table_of(actor: Actor, definition: Definition, question: Question, *, now: datetime) -> Table:
    """Protect and lay out a table at hand. Raises `NotFoundError` for a place out of reach; `NotClosedError`."""
    actor.require(Permission.VIEW_STATISTICS)
    found = _Book(actor, question, now).table(definition)
    audit.record_read(actor, "statistics.table.viewed", ("statistics.table", question.code), at=now)
    return found


def all_tables(actor: Actor, question: Question, *, now: datetime) -> list[Table]:
    """Every table of one place, day and year. Raises `NotFoundError`, `NotClosedError`."""
    actor.require(Permission.VIEW_STATISTICS)
    book = _Book(actor, question, now)
    found = [book.table(definition) for definition in known_tables(actor).values()]
    audit.record_read(actor, "statistics.table.viewed", ("statistics.table", "all"), at=now)
    return found


def day_told(definition: Definition, question: Question, now: datetime) -> date:
    """The set day a question is answered of."""
    wanted = last_day_of(question.year) if definition.subject is Subject.EVENTS else question.day
    return set_day(wanted, now.astimezone(VIETNAM).date())


class _Book:
    """The tables of one question."""

    def __init__(self, actor: Actor, question: Question, now: datetime) -> None:
        self.actor, self.question, self.now = actor, question, now
        self.reach = reach_of(actor)
        self._of_today = {unit.id for unit in places.communes_of(self.reach.province)}
        self._atlases: dict[frozenset[int], Atlas] = {}

    def table(self, definition: Definition) -> Table:
        day = day_told(definition, self.question, self.now)
        on = shelf(self.actor, self.reach.province.id, day, definition)
        if on is None:
            raise NotClosedError
        definition = definition.mixing(on.leaves)
        chart = self._atlas(frozenset(on.communes - self._of_today))
        key = _key(self.question, self.reach, chart)
        year = reporting_year(day)
        before = [blocks(definition, one.counts, year) for one in on.before if is_alike(definition, one.day, year)]
        drawn = [
            Drawn(chart, block, self.question.on_map, [one[number] for one in before])
            for number, block in enumerate(blocks(definition, on.table.counts, year))
        ]
        told = columns_told(definition, year, self.question.span)
        name = chart.units[key[1]].name if key[1] > WHOLE else self.reach.root_name
        is_told = key in chart.keys
        spans = spans_of(year)
        return Table(
            definition=definition,
            question=self.question,
            day=day,
            span=next((span for span in spans if span.code == self.question.span), spans[0]),
            root_name=name,
            columns=_columns(definition),
            lines=self._lines(Asked(definition, chart, key, drawn, told), on),
            whole=_line(chart, key, name, drawn, told) if is_told else None,
            path=_path(key, self.reach, chart),
            counted_at=on.table.counted_at,
            months=_months(chart, key, drawn, day, definition) if is_told else [],
        )

    def _atlas(self, sources: frozenset[int]) -> Atlas:
        """The map for what is recorded in units of today and in these others."""
        if sources not in self._atlases:
            self._atlases[sources] = atlas(sources, self.reach, self.now.astimezone(VIETNAM).date())
        return self._atlases[sources]

    def _lines(self, asked: Asked, on: Shelf) -> list[Line]:
        """The places below the asked one: villages of a commune of today, else units."""
        chart, key = asked.chart, asked.key
        if key[0] is Map.TODAY and key[1] in {unit.id for unit in self.reach.communes}:
            return village_lines(self.actor, asked, on)
        return [
            _line(chart, below, chart.units[below[1]].name, asked.drawn, asked.told)
            for below in _below(key, self.reach, chart)
        ]


# --- which places


def _key(question: Question, reach: Reach, chart: Atlas) -> Key:
    """The asked place, if it stands on the asked map and within reach."""
    unit_id = question.unit_id
    if unit_id == WHOLE and not reach.is_whole and question.on_map is Map.TODAY:
        unit_id = reach.communes[0].id
    if unit_id == WHOLE:
        return question.on_map, WHOLE if reach.is_whole else -1
    key = (question.on_map, unit_id)
    if key not in chart.keys or not _is_within(key, reach):
        raise NotFoundError
    return key


def _is_within(key: Key, reach: Reach) -> bool:
    on_map, unit_id = key
    if reach.is_whole:
        return on_map is Map.BEFORE or unit_id in {reach.province.id, *(unit.id for unit in reach.communes)}
    return unit_id in _own(reach, on_map)


def _own(reach: Reach, on_map: Map) -> set[int]:
    """The communes of a reach that is not a whole province, on either map."""
    if on_map is Map.TODAY:
        return {unit.id for unit in reach.communes}
    return {old.id for unit in reach.communes for old in places.units_that_became(unit)}


def _below(key: Key, reach: Reach, chart: Atlas) -> list[Key]:
    on_map, unit_id = key
    if unit_id == -1:
        return [other for other in chart.keys if other[0] is on_map and other[1] in _own(reach, on_map)]
    below = chart.children.get(key, [])
    if unit_id == WHOLE and on_map is Map.TODAY:
        # Today's whole is the province itself.
        below = chart.children.get((on_map, reach.province.id), [])
    return [(on_map, other) for other in below]


def _path(key: Key, reach: Reach, chart: Atlas) -> list[Unit]:
    """The units above the asked one that may be opened, the widest first."""
    found: list[Unit] = []
    unit = chart.units.get(key[1])
    while unit is not None and unit.parent_id in chart.units:
        unit = chart.units[unit.parent_id]
        if _is_within((key[0], unit.id), reach):
            found.insert(0, unit)
    return found


# --- lines


def _line(chart: Atlas, key: Key, name: str, drawn: list[Drawn], told: list[int]) -> Line:
    row = chart.row(key)
    figures = [figure for one in drawn for figure in one.figures(row, told)]
    return Line(name, figures, unit_id=key[1] or None, is_estimated=any(bool(one.guessed[row]) for one in drawn))


def _months(
    chart: Atlas, key: Key, drawn: list[Drawn], day: date, definition: Definition
) -> list[tuple[str, list[int | None]]]:
    """Month by month until the set day, each kind of event; of what is told of a day, nothing."""
    if definition.subject is not Subject.EVENTS:
        return []
    year = reporting_year(day)
    months = [number for number, span in enumerate(spans_of(year)) if span.kind is SpanKind.MONTH]
    over = sum(month <= day for month in months_of(year)[:-1])
    row = chart.row(key)
    return [(kind.vi, one.figures(row, months[:over])) for kind, one in zip(definition.rows, drawn, strict=True)]


def _columns(definition: Definition) -> list[Column]:
    rows = [Column(row.code, row.vi, row.no) for row in definition.rows]
    is_divided = definition.subject is not Subject.EVENTS
    return [Column("total", TOTAL_LABELS[definition.subject]), *rows] if is_divided else rows
