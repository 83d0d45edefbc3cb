"""One table of families for one place, on a day or in a part of a year, on one of the two maps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np

from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.places.rules import Level
from maiam.contexts.statistics.queries.counting import Block, Place, Register, blocks, columns_told
from maiam.contexts.statistics.queries.maps import MAP_LABELS, WHOLE, Atlas, Key, Map, Reach, atlas, reach_of
from maiam.contexts.statistics.rules import (
    TOTAL_LABELS,
    Definition,
    Span,
    SpanKind,
    Subject,
    apportioned,
    definitions,
    hidden_sums,
    hidden_totals,
    spans_of,
)
from maiam.core.science.linked_tables import Counts, Mask, Protected, Swap, within
from maiam.core.science.suppression import SMALLEST_SHOWN
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

NO_VILLAGE = "Chưa rõ thôn (bon, buôn, tổ)"
OF_OLD_UNITS = "Ghi theo đơn vị cũ"
_OLD: Place = -1
# Less of a unit than this is none of it.
SHARE_OF_NOBODY = 1e-9


@dataclass(frozen=True)
class Question:
    """Which table is wanted. Without a unit, that of the actor's whole place; `span` is a code of `Span`."""

    code: str
    day: date
    year: int
    span: str = "year"
    on_map: Map = Map.TODAY
    unit_id: int = WHOLE


@dataclass(frozen=True)
class Line:
    """One place of the table. A figure is None where it is not published."""

    name: str
    figures: list[int | None]
    unit_id: int | None = None
    is_estimated: bool = False


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
    span: Span
    root_name: str
    columns: list[Column]
    lines: list[Line]
    whole: Line | None
    path: list[Unit]
    counted_at: datetime
    months: list[tuple[str, list[int | None]]] = field(default_factory=list)

    @property
    def has_hidden(self) -> bool:
        return any(figure is None for line in self._all for figure in line.figures)

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
    def _all(self) -> list[Line]:
        return [*([self.whole] if self.whole else []), *self.lines]


def table(actor: Actor, question: Question, *, now: datetime) -> Table:
    """Count, protect and lay out one table.

    Raises `NotFoundError` for a table or a place nobody knows, or out of reach.
    """
    actor.require(Permission.VIEW_STATISTICS)
    definition = definitions().get(question.code)
    if definition is None:
        raise NotFoundError
    found = _Book(actor, question, now).table(definition)
    audit.record_read(actor, "statistics.table.viewed", ("statistics.table", question.code), at=now)
    return found


def all_tables(actor: Actor, question: Question, *, now: datetime) -> list[Table]:
    """Every table of one place, day and year; what is counted for several is counted once. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_STATISTICS)
    book = _Book(actor, question, now)
    found = [book.table(definition) for definition in definitions().values()]
    audit.record_read(actor, "statistics.table.viewed", ("statistics.table", "all"), at=now)
    return found


class _Book:
    """The tables of one question."""

    def __init__(self, actor: Actor, question: Question, now: datetime) -> None:
        self.question, self.now = question, now
        self.register = Register(actor, question.day, question.year)
        self.reach = reach_of(actor)
        self._atlases: dict[frozenset[int], Atlas] = {}

    def table(self, definition: Definition) -> Table:
        found = blocks(self.register, definition)
        chart = self._atlas(frozenset(place for block in found for place in block.counts if place is not None))
        key = _key(self.question, self.reach, chart)
        drawn = [_Drawn(chart, block, self.question.on_map) for block in found]
        told = columns_told(definition, self.question.year, self.question.span)
        name = chart.units[key[1]].name if key[1] > WHOLE else self.reach.root_name
        is_told = key in chart.keys
        spans = spans_of(self.question.year)
        return Table(
            definition=definition,
            question=self.question,
            span=next((span for span in spans if span.code == self.question.span), spans[0]),
            root_name=name,
            columns=_columns(definition),
            lines=self._lines(definition, chart, key, drawn=drawn, told=told),
            whole=_line(chart, key, name, drawn, told) if is_told else None,
            path=_path(key, self.reach, chart),
            counted_at=self.now,
            months=_months(chart, key, drawn, self.question, definition)
            if definition.subject is Subject.EVENTS and is_told
            else [],
        )

    def _atlas(self, sources: frozenset[int]) -> Atlas:
        if sources not in self._atlases:
            self._atlases[sources] = atlas(sources, self.reach, self.now.astimezone(VIETNAM).date())
        return self._atlases[sources]

    def _lines(
        self, definition: Definition, chart: Atlas, key: Key, *, drawn: list["_Drawn"], told: list[int]
    ) -> list[Line]:
        """The places below the asked one: villages of a commune of today, else units."""
        if key[0] is Map.TODAY and key[1] in {unit.id for unit in self.reach.communes}:
            return _villages(chart.units[key[1]], drawn, blocks(self.register, definition, key[1]), told)
        return [
            _line(chart, below, chart.units[below[1]].name, drawn, told) for below in _below(key, self.reach, chart)
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


# --- figures


class _Drawn:
    """One block on the asked map: every group's sums, rounded and protected."""

    def __init__(self, chart: Atlas, block: Block, on_map: Map) -> None:
        self.block, self.sources = block, chart.sources
        counts = block.matrix(list(chart.sources))
        units = chart.weights
        totals = counts.sum(axis=1)
        self.guessed: Mask = ((units % 1 > SHARE_OF_NOBODY) & (totals > 0)).any(axis=1)
        self.totals = hidden_totals(totals, units, estimates=self.guessed) if block.is_divided else None
        self.done = hidden_sums(counts, units, block.groups, totals=self.totals, estimates=self.guessed)
        self.sums = self._rounded(chart, counts, on_map) @ block.groups.T.astype(np.int64)

    @staticmethod
    def _rounded(chart: Atlas, counts: Counts, on_map: Map) -> Counts:
        """Whole numbers by group: the communes' add up to all that was counted, those above are their sums."""
        finest = chart.communes(on_map)
        parts = chart.weights[finest] @ counts
        whole = np.zeros((len(chart.keys), counts.shape[1]), dtype=np.int64)
        if finest:
            whole[finest] = apportioned(parts, parts.sum(axis=0).round().astype(np.int64))
        for row, key in enumerate(chart.keys):
            if key[0] is on_map and row not in finest:
                whole[row] = whole[[chart.row(below) for below in _communes_below(chart, key)]].sum(axis=0)
        return whole

    def figures(self, row: int, told: Sequence[int]) -> list[int | None]:
        return [self._figure(row, column) for column in told]

    def _figure(self, row: int, column: int) -> int | None:
        """None where it is hidden; a small estimate tells of nobody, but would look as if it did."""
        figure = int(self.sums[row, column])
        is_small_guess = bool(self.guessed[row]) and 0 < figure < SMALLEST_SHOWN
        return None if self.done.hidden[row, column] or is_small_guess else figure


def _communes_below(chart: Atlas, key: Key) -> list[Key]:
    found: list[Key] = []
    for unit_id in chart.children.get(key, []):
        below = (key[0], unit_id)
        found += [below] if chart.units[unit_id].level == Level.COMMUNE else _communes_below(chart, below)
    return found


def _line(chart: Atlas, key: Key, name: str, drawn: list[_Drawn], told: list[int]) -> Line:
    row = chart.row(key)
    figures = [figure for one in drawn for figure in one.figures(row, told)]
    return Line(name, figures, unit_id=key[1] or None, is_estimated=any(bool(one.guessed[row]) for one in drawn))


def _months(
    chart: Atlas, key: Key, drawn: list[_Drawn], question: Question, definition: Definition
) -> list[tuple[str, list[int | None]]]:
    """Month by month, each kind of event; of what is told of a day, nothing."""
    if definition.subject is not Subject.EVENTS:
        return []
    months = [number for number, span in enumerate(spans_of(question.year)) if span.kind is SpanKind.MONTH]
    row = chart.row(key)
    return [(kind.vi, one.figures(row, months)) for kind, one in zip(definition.rows, drawn, strict=True)]


def _columns(definition: Definition) -> list[Column]:
    rows = [Column(row.code, row.vi, row.no) for row in definition.rows]
    is_divided = definition.subject is not Subject.EVENTS
    return [Column("total", TOTAL_LABELS[definition.subject]), *rows] if is_divided else rows


# --- villages


def _villages(commune: Unit, above: list[_Drawn], inside: list[Block], told: list[int]) -> list[Line]:
    """The villages of one commune; what its table hides of the commune is hidden in them, too."""
    known = {village.id: village.name for village in places.villages_of(commune.id)}
    counted = {place for block in inside for place in block.counts if place is not None} - known.keys()
    known |= {row.id: row.name for row in Village.objects.filter(id__in=counted).order_by("folded_name", "id")}
    rows: list[Place] = [*known, None, _OLD]
    tables = [_inside(commune, one, block, rows, told) for one, block in zip(above, inside, strict=True)]
    lines = []
    for number, place in enumerate(rows):
        name = known.get(place or 0, NO_VILLAGE if place is None else OF_OLD_UNITS)
        figures = [figure for figures in tables for figure in figures[number]]
        if place in known or any(figures) or None in figures:
            lines.append(Line(name, figures, is_estimated=place == _OLD))
    return lines


def _inside(commune: Unit, above: _Drawn, block: Block, rows: list[Place], told: list[int]) -> list[list[int | None]]:
    counts = block.matrix(rows)
    at = above.sources.index(commune.id)
    direct = above.block.matrix([commune.id])[0]
    counts[-1] = np.maximum(direct - counts[:-1].sum(axis=0), 0)
    units = np.vstack([np.eye(len(rows)), np.ones(len(rows))])
    totals: Protected | None = None
    if above.totals:
        column = counts.sum(axis=1).reshape(-1, 1)
        totals = hidden_totals(column, units, given=_carried(above.totals.swaps, at, column), keeps_whole=True)
    given = _carried(above.done.swaps, at, counts)
    done = hidden_sums(counts, units, block.groups, totals=totals, given=given, keeps_whole=True)
    sums = counts @ block.groups.T.astype(np.int64)
    return [
        [None if done.hidden[row, column] else int(sums[row, column]) for column in told] for row in range(len(rows))
    ]


def _carried(swaps: Iterable[Swap], at: int, counts: Counts) -> list[Swap]:
    return [part for swap in swaps for part in within(swap, at, counts)]
