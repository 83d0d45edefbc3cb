"""The finest counts of tables, as the house counts them in the register on a day: by village and leaf."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

import numpy as np

from maiam.contexts.families import queries as families
from maiam.contexts.statistics.rules import Definition, Subject, definitions, months_of, reporting_year, spans_of
from maiam.contexts.surveys import queries as surveys
from maiam.core.science.linked_tables import Counts, Weights
from maiam.platform.access import Actor

# Which row of the finest table a count belongs to: a recorded unit, or a village (None: not told).
Place = int | None
Leaves = Mapping[str, int]
# Where a place is kept under a word; a village that is not known has none.
NOWHERE = ""


@dataclass(frozen=True)
class Tally:
    """One table counted: commune, village as a word, leaf."""

    definition: Definition
    counts: dict[int, dict[str, dict[str, int]]]

    @cached_property
    def by_commune(self) -> dict[int, dict[str, int]]:
        return {commune: _sum(villages.values()) for commune, villages in self.counts.items()}


def _sum(parts: Iterable[Leaves]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for part in parts:
        for leaf, how_many in part.items():
            found[leaf] += how_many
    return dict(found)


def tallies(house: Actor, province_id: int, day: date, wanted: Sequence[Definition]) -> Iterator[Tally]:
    """Count the wanted tables of a day; what several are made of is counted once."""
    found: dict[tuple[UUID | None, Subject, str], list[families.Count]] = defaultdict(list)
    for questionnaire, count in _counted(house, province_id, day, wanted):
        subject = Subject(count.subject)
        found[questionnaire, subject, "" if subject is Subject.EVENTS else count.fact].append(count)
    for definition in wanted:
        table: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        leaves: dict[tuple[str, str], str] = {}
        for count in found[definition.questionnaire, definition.subject, definition.fact]:
            key = count.fact, count.key
            if key not in leaves:
                leaves[key] = definition.leaf_of(*key)
            village = NOWHERE if count.village_id is None else str(count.village_id)
            table[count.commune_id][village][leaves[key]] += count.how_many
        yield Tally(definition, {commune: dict(villages) for commune, villages in table.items()})


def _counted(
    house: Actor, province_id: int, day: date, wanted: Sequence[Definition]
) -> Iterator[tuple[UUID | None, families.Count]]:
    """What the wanted tables are made of, with the questionnaire of the province it was told in, if in one."""
    own, subjects = (one.questionnaire for one in wanted), {one.subject for one in wanted if not one.questionnaire}
    for count in _of_the_house(house, province_id, day, subjects):
        yield None, count
    for questionnaire in dict.fromkeys(one for one in own if one):
        for count in _answers(house, province_id, day, [one for one in wanted if one.questionnaire == questionnaire]):
            yield questionnaire, count


def _of_the_house(house: Actor, province_id: int, day: date, subjects: set[Subject]) -> Iterator[families.Count]:
    if subjects & {Subject.HOUSEHOLDS, Subject.PEOPLE}:
        yield from families.state_counts(
            house,
            day,
            province_id=province_id,
            head_edges=_edges(Subject.HOUSEHOLDS, "head"),
            age_edges=_edges(Subject.PEOPLE, "age"),
        )
    if Subject.EVENTS in subjects:
        first = months_of(reporting_year(day))[0]
        yield from families.event_counts(house, first, day + timedelta(days=1), province_id=province_id)
    if subjects & {Subject.ASKED_HOUSEHOLDS, Subject.ASKED_PEOPLE}:
        yield from _answers(house, province_id, day, list(definitions().values()))


def _edges(subject: Subject, fact: str) -> list[int]:
    """The edges of every table of a fact: a finer band falls whole into each coarser one."""
    alike = (one for one in definitions().values() if one.subject is subject and one.fact == fact)
    return sorted({edge for one in alike for edge in one.edges})


def _answers(house: Actor, province_id: int, day: date, tables: Sequence[Definition]) -> Iterator[families.Count]:
    asked = {
        subject: sorted({one.fact for one in tables if one.subject is subject})
        for subject in (Subject.ASKED_HOUSEHOLDS, Subject.ASKED_PEOPLE)
    }
    found = surveys.latest_answer_counts(
        house,
        day,
        province_id=province_id,
        of_households=asked[Subject.ASKED_HOUSEHOLDS],
        of_members=asked[Subject.ASKED_PEOPLE],
        questionnaire_id=tables[0].questionnaire,
    )
    for one in found:
        subject = Subject.ASKED_PEOPLE if one.of_members else Subject.ASKED_HOUSEHOLDS
        yield families.Count(subject, one.commune_id, one.village_id, one.question, one.value, one.how_many)


# --- as the tables are made of them


@dataclass(frozen=True)
class Block:
    """One table of finest counts by place and leaf; `groups` of shape (k, m) are the sums told of it."""

    counts: Mapping[Place, Leaves]
    leaves: tuple[str, ...]
    groups: Weights
    is_divided: bool

    def matrix(self, places: Sequence[Place]) -> Counts:
        return np.array(
            [[self.counts.get(place, {}).get(leaf, 0) for leaf in self.leaves] for place in places], dtype=np.int64
        ).reshape(len(places), len(self.leaves))


def blocks(definition: Definition, counts: Mapping[Place, Leaves], year: int) -> list[Block]:
    """The finest counts: one block for what divides a whole, one a kind of event for what happened."""
    if definition.subject is Subject.EVENTS:
        return _events(definition, counts, year)
    leaves = definition.all_leaves
    rows = [[row.holds(leaf) for leaf in leaves] for row in definition.rows]
    groups = np.array([[True] * len(leaves), *rows], dtype=np.float64)
    return [Block(counts, leaves, groups, is_divided=True)]


def _events(definition: Definition, counts: Mapping[Place, Leaves], year: int) -> list[Block]:
    months = [f"{month:%Y-%m}" for month in months_of(year)[:-1]]
    groups = np.array([[span.holds(month) for month in range(len(months))] for span in spans_of(year)], dtype=float)
    return [
        Block(counts, tuple(definition.leaf_of(row.code, month) for month in months), groups, is_divided=False)
        for row in definition.rows
    ]


def columns_told(definition: Definition, year: int, span: str) -> list[int]:
    """Which groups of each block stand in the table: all of them, or the asked part of the year."""
    if definition.subject is not Subject.EVENTS:
        return list(range(len(definition.rows) + 1))
    return [code for code, one in enumerate(spans_of(year)) if one.code == span] or [0]
