"""One block of finest counts on a map: sums rounded so that parts add up, and hidden where they would tell of few."""

from collections.abc import Iterable, Sequence

import numpy as np

from maiam.contexts.places.rules import Level
from maiam.contexts.statistics.queries.counting import Block
from maiam.contexts.statistics.queries.maps import Atlas, Key, Map
from maiam.contexts.statistics.rules import SHARE_OF_NOBODY, apportioned, betrays, hidden_sums, hidden_totals
from maiam.core.science.linked_tables import Counts, Mask, Weights
from maiam.core.science.suppression import is_small


class Drawn:
    """One block on the asked map: every group's sums, rounded and protected, also beside those of other days."""

    def __init__(self, chart: Atlas, block: Block, on_map: Map, before: Sequence[Block] = ()) -> None:
        self.block, self.sources = block, chart.sources
        counts = block.matrix(list(chart.sources))
        units = chart.weights
        totals = counts.sum(axis=1)
        self.guessed: Mask = ((units % 1 > SHARE_OF_NOBODY) & (totals > 0)).any(axis=1)
        also = betrayed(counts, [one.matrix(list(chart.sources)) for one in before], units, block.groups)
        self.totals = (
            hidden_totals(totals, units, estimates=self.guessed, also=also[:, :1]) if block.is_divided else None
        )
        self.done = hidden_sums(counts, units, block.groups, totals=self.totals, estimates=self.guessed, also=also)
        self.leaves = self._rounded(chart, counts, on_map)
        self.sums = self.leaves @ block.groups.T.astype(np.int64)

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
        is_small_guess = bool(self.guessed[row]) and is_small(figure)
        return None if self.done.hidden[row, column] or is_small_guess else figure


def betrayed(counts: Counts, before: Iterable[Counts], units: Weights, groups: Weights) -> Mask:
    """What must not be shown because of what was counted of other days."""
    found: Mask = np.zeros((len(units), len(groups)), dtype=bool)
    for other in before:
        found |= betrays(counts, other, units, groups)
    return found


def _communes_below(chart: Atlas, key: Key) -> list[Key]:
    found: list[Key] = []
    for unit_id in chart.children.get(key, []):
        below = (key[0], unit_id)
        found += [below] if chart.units[unit_id].level == Level.COMMUNE else _communes_below(chart, below)
    return found
