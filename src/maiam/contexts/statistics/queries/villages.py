"""The villages of one commune: what is told of the commune itself stands, and nothing of them gives more away."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Village
from maiam.contexts.statistics.queries.closed import Shelf, villages
from maiam.contexts.statistics.queries.counting import Leaves, Place, blocks
from maiam.contexts.statistics.queries.drawing import Drawn, betrayed
from maiam.contexts.statistics.queries.maps import Atlas, Key
from maiam.contexts.statistics.rules import Definition, Subject, hidden_sums, hidden_totals, reporting_year
from maiam.core.science.linked_tables import Counts, Protected, Swap, within
from maiam.platform.access import Actor

NO_VILLAGE = "Chưa rõ thôn (bon, buôn, tổ)"
OF_OLD_UNITS = "Ghi theo đơn vị cũ"
_OLD: Place = -1


@dataclass(frozen=True)
class Line:
    """One place of the table. A figure is None where it is not published."""

    name: str
    figures: list[int | None]
    unit_id: int | None = None
    is_estimated: bool = False


@dataclass(frozen=True)
class Asked:
    """What a table is drawn from."""

    definition: Definition
    chart: Atlas
    key: Key
    drawn: list[Drawn]
    told: list[int]


def is_alike(definition: Definition, day: date, year: int) -> bool:
    """Whether another set day tells of the same: what happened is told year by year."""
    return definition.subject is not Subject.EVENTS or reporting_year(day) == year


def village_lines(actor: Actor, asked: Asked, on: Shelf) -> list[Line]:
    """The villages of one commune; what its table hides of the commune is hidden in them, too."""
    commune = asked.chart.units[asked.key[1]]
    counts, before = villages(actor, on, commune.id)
    known = {village.id: village.name for village in places.villages_of(commune.id)}
    counted = {place for place in counts if place is not None} - known.keys()
    known |= {row.id: row.name for row in Village.objects.filter(id__in=counted).order_by("folded_name", "id")}
    rows: list[Place] = [*known, None, _OLD]
    tables = [_inside(asked, number, _Inside(rows, counts, before), on) for number in range(len(asked.drawn))]
    lines = []
    for number, place in enumerate(rows):
        name = known.get(place or 0, NO_VILLAGE if place is None else OF_OLD_UNITS)
        figures = [figure for figures in tables for figure in figures[number]]
        is_empty = asked.drawn[0].totals is not None and figures[0] == 0
        if place in known or (not is_empty and (any(figures) or None in figures)):
            lines.append(Line(name, figures, is_estimated=place == _OLD))
    return lines


@dataclass(frozen=True)
class _Inside:
    """The finest counts of one commune, village by village, on the set day and on those counted before."""

    rows: list[Place]
    counts: Mapping[Place, Leaves]
    before: list[Mapping[Place, Leaves]]


def _inside(asked: Asked, number: int, inside: _Inside, on: Shelf) -> list[list[int | None]]:
    above, year = asked.drawn[number], reporting_year(on.table.day)
    block, rows = blocks(asked.definition, inside.counts, year)[number], inside.rows
    counts = block.matrix(rows)
    # What is still recorded in units of before lies in no village of today.
    counts[-1] = np.maximum(above.leaves[asked.chart.row(asked.key)] - counts[:-1].sum(axis=0), 0)
    units = np.vstack([np.eye(len(rows)), np.ones(len(rows))])
    also = betrayed(counts, _others(asked.definition, inside, on, number, counts[-1]), units, block.groups)
    also[-1] = False
    at = above.sources.index(asked.key[1])
    totals: Protected | None = None
    if above.totals:
        column = counts.sum(axis=1).reshape(-1, 1)
        given = _carried(above.totals.swaps, at, column)
        totals = hidden_totals(column, units, given=given, keeps_whole=True, also=also[:, :1])
    given = _carried(above.done.swaps, at, counts)
    done = hidden_sums(counts, units, block.groups, totals=totals, given=given, keeps_whole=True, also=also)
    sums = counts @ block.groups.T.astype(np.int64)
    return [
        [None if done.hidden[row, column] else int(sums[row, column]) for column in asked.told]
        for row in range(len(rows))
    ]


def _others(definition: Definition, inside: _Inside, on: Shelf, number: int, old: Counts) -> Iterator[Counts]:
    """The villages' counts of the days counted before; nothing is said of what lies in no village."""
    year = reporting_year(on.table.day)
    for closed, counts in zip(on.before, inside.before, strict=True):
        if is_alike(definition, closed.day, year):
            matrix = blocks(definition, counts, year)[number].matrix(inside.rows)
            matrix[-1] = old
            yield matrix


def _carried(swaps: Iterable[Swap], at: int, counts: Counts) -> list[Swap]:
    """What the commune's swaps do in its villages; the last row is no village of it."""
    return [part for swap in swaps for part in within(swap, at, counts[:-1])]
