"""The finest counts of a table, as the register gives them: recorded units by categories."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from maiam.contexts.families import queries as families
from maiam.contexts.statistics.rules import Definition, Subject, months_of, spans_of
from maiam.core.science.linked_tables import Counts, Weights
from maiam.platform.access import Actor

# Which row of the finest table a count belongs to: a recorded unit, or a village (None: not told).
Place = int | None


@dataclass(frozen=True)
class Block:
    """One table of finest counts by place and leaf; `groups` of shape (k, m) are the sums told of it."""

    counts: Mapping[Place, Mapping[str, int]]
    leaves: tuple[str, ...]
    groups: Weights
    is_divided: bool

    def matrix(self, places: list[Place]) -> Counts:
        return np.array(
            [[self.counts.get(place, {}).get(leaf, 0) for leaf in self.leaves] for place in places], dtype=np.int64
        ).reshape(len(places), len(self.leaves))


class Register:
    """What the register counts, asked for once however many tables are made of it."""

    def __init__(self, actor: Actor, day: date, year: int) -> None:
        self.actor, self.day, self.year = actor, day, year
        self._found: dict[tuple[Subject, int | None], list[families.Count]] = {}

    def counts(self, subject: Subject, of_commune: int | None) -> list[families.Count]:
        asked = subject, of_commune
        if asked not in self._found:
            self._found[asked] = self._counted(subject, of_commune)
        return self._found[asked]

    def _counted(self, subject: Subject, of_commune: int | None) -> list[families.Count]:
        if subject is Subject.EVENTS:
            first, *_, last = months_of(self.year)
            return families.event_counts(self.actor, first, last, of_commune=of_commune)
        of_subject = families.household_counts if subject is Subject.HOUSEHOLDS else families.people_counts
        return of_subject(self.actor, self.day, of_commune=of_commune)


def blocks(register: Register, definition: Definition, of_commune: int | None = None) -> list[Block]:
    """The finest counts: one block for what divides a whole, one a kind of event for what happened."""
    found = register.counts(definition.subject, of_commune)
    if definition.subject is Subject.EVENTS:
        return _events(definition, found, register.year, by_village=of_commune is not None)
    leaves = definition.all_leaves
    table: dict[Place, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for count in _of_fact(found, definition.fact):
        table[count.village_id if of_commune else count.commune_id][definition.leaf(count.key)] += count.how_many
    rows = [[row.holds(leaf) for leaf in leaves] for row in definition.rows]
    groups = np.array([[True] * len(leaves), *rows], dtype=np.float64)
    return [Block(table, leaves, groups, is_divided=True)]


def _events(definition: Definition, found: list[families.Count], year: int, *, by_village: bool) -> list[Block]:
    leaves = tuple(f"{month:%Y-%m}" for month in months_of(year)[:-1])
    spans = spans_of(year)
    groups = np.array([[span.holds(month) for month in range(len(leaves))] for span in spans], dtype=np.float64)
    tables: dict[str, dict[Place, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for count in found:
        tables[count.fact][count.village_id if by_village else count.commune_id][count.key] += count.how_many
    return [Block(tables[row.code], leaves, groups, is_divided=False) for row in definition.rows]


def _of_fact(counts: Iterable[families.Count], fact: str) -> Iterable[families.Count]:
    return (count for count in counts if count.fact == fact)


def columns_told(definition: Definition, year: int, span: str) -> list[int]:
    """Which groups of each block stand in the table: all of them, or the asked part of the year."""
    if definition.subject is not Subject.EVENTS:
        return list(range(len(definition.rows) + 1))
    return [code for code, one in enumerate(spans_of(year)) if one.code == span] or [0]
