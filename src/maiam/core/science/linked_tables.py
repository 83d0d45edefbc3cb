"""Hide small counts in tables that share cells: villages and communes, months and years, the old map and the new.

Every published number is a sum over a group of units (a village, a commune, a province of before a merger) and a group
of categories (a row of a table, their total, a month, a quarter). A `Swap` is a way in which the finest counts could
have been others: some more here, as many fewer there. Whatever a swap would change is hidden; so every published number
is the same in all those worlds, and nobody can tell from all of them together which one is true.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maiam.core.science.suppression import SMALLEST_SHOWN

Counts = NDArray[np.int64]
Weights = NDArray[np.float64]
Mask = NDArray[np.bool_]
Cell = tuple[int, int]
Indices = NDArray[np.intp]
Finder = Callable[[Cell, Indices, Indices, float], list["Swap"]]

# Of a group of many units, those looked at for one that can give and take.
MOST_INSIDE = 3
_NOTHING = 1e-9


@dataclass(frozen=True)
class Swap:
    """Cells that rise as others fall, one by one: at most `up` times, or `down` times the other way round."""

    rising: tuple[Cell, ...]
    falling: tuple[Cell, ...]
    up: float
    down: float

    @property
    def room(self) -> float:
        return self.up + self.down


@dataclass(frozen=True)
class Protected:
    """Which sums are hidden, by group of units and group of categories, and the swaps that prove it."""

    hidden: Mask
    swaps: tuple[Swap, ...]
    is_complete: bool = True


def protect(
    counts: Counts,
    units: Weights,
    categories: Weights,
    *,
    smallest_shown: int = SMALLEST_SHOWN,
    given: Iterable[Swap] = (),
    partners: Mapping[int, Sequence[int]] | None = None,
    keeps_whole: bool = False,
    estimates: Mask | None = None,
    also: Mask | None = None,
) -> Protected:
    """Choose which sums to hide so that no small one can be told from all the others together.

    Parameters
    ----------
    counts : array of shape (n, m)
        Whole numbers, 0 or more: n units of the finest table by m categories.
    units : array of shape (g, n)
        What part of each unit every group holds, dimensionless: 1, 0, or a share where a unit was split.
    categories : array of shape (k, m)
        1 where a group of categories holds the category, else 0.
    smallest_shown : int
        Sums from 1 to one below this are hidden first. Zero is shown: it names nobody.
    given : iterable of Swap
        Swaps whose effects are hidden elsewhere already, and so must be here.
    partners : mapping of units to units, optional
        Where given, the totals of units are shared with other tables: they stay as they are, but for units between
        which those tables, too, may move counts.
    keeps_whole : bool
        Whether the sums of all units are published elsewhere: then no swap but the `given` ones may change them.
    estimates : array of shape (g,), optional
        True for groups whose sums are shares of other sums and no counts: nobody is told by a small one.
    also : array of shape (g, k), optional
        True for sums to hide as if they were small, whatever they are.

    Returns
    -------
    Protected
        `hidden` of shape (g, k). Each small sum is hidden, and in worlds that agree on all published sums it takes a
        span of values at least `smallest_shown` wide; `is_complete` is False where `keeps_whole` left no way to that.

    Raises
    ------
    ValueError
        A count is negative, or the shapes disagree.

    References
    ----------
    Cox (1980), Suppression methodology and statistical disclosure control, JASA 75(370): swaps are alternating cycles.
    Hundepool et al. (2012), Statistical Disclosure Control, ch. 4.
    """
    counts = np.asarray(counts, dtype=np.int64)
    if counts.size and counts.min() < 0:
        raise ValueError("A count cannot be negative.")
    if units.shape[1] != counts.shape[0] or categories.shape[1] != counts.shape[1]:
        raise ValueError("The groups are of other units or categories than the counts.")
    search = _Search(counts, units, categories, smallest_shown)
    search.partners, search.keeps_whole = partners, keeps_whole
    for swap in given:
        search.takes(swap)
    sums = units @ counts @ categories.T
    is_small = (sums > _NOTHING) & (sums < smallest_shown - _NOTHING)
    if also is not None:
        is_small |= also
    if estimates is not None:
        is_small[estimates] = False
    small = np.argwhere(is_small)
    # The finest first: what hides a village often hides its commune as well.
    finest = np.lexsort((categories[small[:, 1]].sum(axis=1), units[small[:, 0]].sum(axis=1)))
    for group, kind in small[finest]:
        search.protects(int(group), int(kind))
    return Protected(search.hidden, tuple(search.swaps), search.is_complete)


def within(swap: Swap, unit: int, counts: Counts) -> list[Swap]:
    """Tell what a swap does inside one of its units: which parts of it (rows of `counts`) give and take for it.

    The parts are taken fullest first, until together they have the room the swap needs.
    """
    rising = [category for at, category in swap.rising if at == unit]
    falling = [category for at, category in swap.falling if at == unit]
    if not rising and not falling:
        return []
    can_fall, can_rise = _room(counts, rising), _room(counts, falling)
    up, down, found = swap.up, swap.down, []
    for part in np.argsort(-np.minimum(can_fall, swap.down) - np.minimum(can_rise, swap.up), kind="stable"):
        if (up <= 0 or not falling) and (down <= 0 or not rising):
            break
        row = int(part)
        found.append(
            Swap(
                tuple((row, category) for category in rising),
                tuple((row, category) for category in falling),
                float(can_rise[row]),
                float(can_fall[row]),
            )
        )
        up, down = up - float(can_rise[row]), down - float(can_fall[row])
    return found


def _room(counts: Counts, categories: list[int]) -> Weights:
    """How far each row can fall in all these categories at once; without end in none."""
    if not categories:
        return np.full(len(counts), np.inf)
    room: Weights = counts[:, categories].min(axis=1).astype(np.float64)
    return room


class _Search:
    """The table while its hidden cells are being chosen."""

    def __init__(self, counts: Counts, units: Weights, categories: Weights, smallest_shown: int) -> None:
        self.counts, self.units, self.categories, self.wanted = counts, units, categories, smallest_shown
        self.hidden: Mask = np.zeros((len(units), len(categories)), dtype=bool)
        self.room = np.zeros(self.hidden.shape)
        # What it costs to hide a cell that is not hidden yet.
        self.price = counts + 1.0
        self.swaps: list[Swap] = []
        # Of each unit that was looked at, how far it is from all others.
        self.distances: dict[int, Weights] = {}
        self.partners: Mapping[int, Sequence[int]] | None = None
        self.keeps_whole, self.is_complete = False, True

    def takes(self, swap: Swap) -> None:
        """Hide whatever the swap would change."""
        touched, kinds = np.array([*swap.rising, *swap.falling]).T
        self.price[touched, kinds] = 0
        signs = np.repeat((1.0, -1.0), (len(swap.rising), len(swap.falling)))
        parts = self.units[:, touched]
        rows = np.flatnonzero(parts.any(axis=1))
        change = np.abs((parts[rows] * signs) @ self.categories[:, kinds].T)
        moved = change > _NOTHING
        self.hidden[rows] |= moved
        room = np.multiply(change, swap.room, out=np.zeros_like(change), where=moved)
        self.room[rows] = np.maximum(self.room[rows], room)
        self.swaps.append(swap)

    def protects(self, group: int, kind: int) -> None:
        """Take the swap that moves this sum far enough and hides least."""
        if self.room[group, kind] >= self.wanted:
            return
        inside = np.flatnonzero(self.units[group] > _NOTHING)
        fullest = np.argsort(-(self.counts @ self.categories[kind])[inside] * self.units[group, inside], kind="stable")
        outside = np.flatnonzero(self.units[group] <= _NOTHING)
        held = np.flatnonzero(self.categories[kind] > 0)
        others = np.flatnonzero(self.categories[kind] == 0)
        cells = [(int(unit), int(category)) for unit in inside[fullest[:MOST_INSIDE]] for category in held]
        for find in self._finders():
            for cell in cells:
                swaps = find(cell, outside, others, self.wanted / self.units[group, cell[0]])
                if swaps:
                    for swap in swaps:
                        self.takes(swap)
                    self.room[group, kind] = np.inf
                    return
        if self.keeps_whole:
            self.is_complete = False
        else:
            # One cell may be anything: whatever holds it is hidden.
            self.takes(Swap((cells[0],), (), up=np.inf, down=float(self.counts[cells[0]])))

    def _finders(self) -> list[Finder]:
        """The ways to look for a swap, those that hide least first; those that keep what other tables tell."""
        keeps_units = self.partners is not None
        found: list[Finder] = [self._rectangle]
        if not keeps_units:
            found += [self._across, self._star]
        if not self.keeps_whole:
            found += [self._along, self._along_all]
        if keeps_units and not self.keeps_whole:
            found.append(self._loosely)
        return found

    def _rectangle(self, cell: Cell, outside: Indices, others: Indices, wanted: float) -> list[Swap]:
        """More of this here and of that there, fewer of that here and of this there: every total stays."""
        unit, category = cell
        if not len(outside) or not len(others):
            return []
        up = np.minimum(self.counts[outside, category][:, None], self.counts[unit, others][None, :])
        down = np.minimum(self.counts[cell], self.counts[np.ix_(outside, others)])
        price = self.price[outside, category][:, None] + self.price[unit, others][None, :]
        price = price + self.price[np.ix_(outside, others)] + self._apart(unit, outside)[:, None]
        price[up + down < wanted] = np.inf
        row, column = np.unravel_index(int(price.argmin()), price.shape)
        if not np.isfinite(price[row, column]):
            return []
        there, that = int(outside[row]), int(others[column])
        rising, falling = (cell, (there, that)), ((unit, that), (there, category))
        return [Swap(rising, falling, float(up[row, column]), float(down[row, column]))]

    def _across(self, cell: Cell, outside: Indices, _: Indices, wanted: float) -> list[Swap]:
        """More of this here, fewer of this there: the totals of both places are hidden too."""
        there = self.counts[outside, cell[1]]
        price = self.price[outside, cell[1]] + self._apart(cell[0], outside)
        price[there + self.counts[cell] < wanted] = np.inf
        if not len(outside) or not np.isfinite(price.min()):
            return []
        return [self._pair(cell, (int(outside[price.argmin()]), cell[1]))]

    def _star(self, cell: Cell, outside: Indices, _: Indices, wanted: float) -> list[Swap]:
        """The same against as many places as it takes, where no single one has enough."""
        there = self.counts[outside, cell[1]]
        nearest = np.lexsort((-there, self._apart(cell[0], outside)))
        nearest = nearest[there[nearest] > 0]
        enough = np.flatnonzero(np.cumsum(there[nearest]) + self.counts[cell] >= wanted)
        if not len(enough):
            return []
        return [self._pair(cell, (int(other), cell[1])) for other in outside[nearest[: enough[0] + 1]]]

    def _along(self, cell: Cell, _: Indices, others: Indices, wanted: float) -> list[Swap]:
        """More of this here, fewer of that here: the totals of both categories are hidden too."""
        here = self.counts[cell[0], others]
        price = self.price[cell[0], others].copy()
        price[here + self.counts[cell] < wanted] = np.inf
        if not len(others) or not np.isfinite(price.min()):
            return []
        return [self._pair(cell, (cell[0], int(others[price.argmin()])))]

    def _along_all(self, cell: Cell, _: Indices, others: Indices, wanted: float) -> list[Swap]:
        """The same against as many categories as it takes."""
        here = self.counts[cell[0], others]
        fullest = np.argsort(-here, kind="stable")
        enough = np.flatnonzero(np.cumsum(here[fullest]) + self.counts[cell] >= wanted)
        if not len(enough):
            return []
        return [self._pair(cell, (cell[0], int(other))) for other in others[fullest[: enough[0] + 1]]]

    def _loosely(self, cell: Cell, _: Indices, others: Indices, __: float) -> list[Swap]:
        """Of a place so small that its total is hidden: against everything here and in the places it is mixed with."""
        units = [cell[0], *(self.partners or {}).get(cell[0], ())]
        cells = [(unit, int(other)) for unit in units for other in (*others, cell[1])]
        return [self._pair(cell, other) for other in cells if other != cell and self.counts[other] > 0]

    def _pair(self, cell: Cell, other: Cell) -> Swap:
        return Swap((cell,), (other,), float(self.counts[other]), float(self.counts[cell]))

    def _apart(self, unit: int, others: Indices) -> Weights:
        """What it costs that groups hold one unit and not the other: their sums are hidden as well."""
        if unit not in self.distances:
            differ = np.abs(self.units - self.units[:, [unit]]) > _NOTHING
            self.distances[unit] = differ.sum(axis=0) * float(self.wanted)
        return self.distances[unit][others]
