"""Tables as sums of the finest counts: parts rounded so that they add up, small sums hidden so that none comes back."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from maiam.core.science.linked_tables import Counts, Mask, Protected, Swap, Weights, protect
from maiam.core.science.suppression import SMALLEST_SHOWN

# Less of a unit than this is none of it.
SHARE_OF_NOBODY = 1e-9


def hidden_totals(
    totals: Counts,
    units: Weights,
    *,
    given: Sequence[Swap] = (),
    keeps_whole: bool = False,
    estimates: Mask | None = None,
    also: Mask | None = None,
) -> Protected:
    """Choose which totals of places are hidden, once for all tables that divide them."""
    return protect(
        totals.reshape(-1, 1),
        units,
        np.ones((1, 1)),
        given=given,
        keeps_whole=keeps_whole,
        estimates=estimates,
        also=also,
    )


def hidden_sums(
    counts: Counts,
    units: Weights,
    categories: Weights,
    *,
    totals: Protected | None = None,
    given: Sequence[Swap] = (),
    keeps_whole: bool = False,
    estimates: Mask | None = None,
    also: Mask | None = None,
) -> Protected:
    """Choose which sums are hidden; with `totals`, the totals of places are hidden as those say, and nowhere else.

    With `keeps_whole` no sum over all places is hidden but by `given`; where that leaves a small sum in sight of who
    subtracts, nothing but totals is shown of any place.
    """
    if totals is None:
        done = protect(counts, units, categories, given=given, keeps_whole=keeps_whole, estimates=estimates, also=also)
        return done if done.is_complete else _of_places_nothing(done, units, first=0)
    partners: dict[int, list[int]] = defaultdict(list)
    moved = list(given)
    for swap in totals.swaps:
        here, *others = [unit for unit, _ in (*swap.rising, *swap.falling)]
        partners[here] += others
        for other in others:
            partners[other].append(here)
        moved += _in_every_category(counts, here, others)
    done = protect(
        counts,
        units,
        categories,
        given=moved,
        partners=partners,
        keeps_whole=keeps_whole,
        estimates=estimates,
        also=also,
    )
    if done.is_complete and totals.is_complete:
        return done
    return _of_places_nothing(done, units, first=1 if totals.is_complete else 0)


def betrays(counts: Counts, before: Counts, units: Weights, categories: Weights) -> Mask:
    """Sums that must not stand beside those of another day, because between the two too little moved in their place.

    Where fewer than `SMALLEST_SHOWN` of the finest counts of a group of units moved in all, what has changed tells of
    those few. The counts of both days are of shape (n, m), the answer of shape (g, k).
    """
    moved = units @ (counts - before)
    in_all = np.abs(moved).sum(axis=1)
    little = (in_all > SHARE_OF_NOBODY) & (in_all < SMALLEST_SHOWN)
    told: Mask = (np.abs(moved @ categories.T) > SHARE_OF_NOBODY) & little[:, None]
    return told


def _of_places_nothing(done: Protected, units: Weights, *, first: int) -> Protected:
    """Hide all columns from the `first` on, of every group that does not hold all units."""
    hidden = done.hidden.copy()
    hidden[units.sum(axis=1) < units.shape[1], first:] = True
    return Protected(hidden, done.swaps, is_complete=False)


def _in_every_category(counts: Counts, here: int, others: list[int]) -> list[Swap]:
    """What a hidden total asks of a table that divides it: its categories are hidden, and those it is mixed with."""
    there = counts[others].sum(axis=0) if others else np.zeros(counts.shape[1], dtype=np.int64)
    found = []
    for category in np.flatnonzero(counts[here] + there > 0):
        at = int(category)
        rising, falling = ((here, at),), tuple((other, at) for other in others)
        up = float(counts[others, at].min()) if others else np.inf
        found.append(Swap(rising, falling, up, float(counts[here, at])))
    return found


def apportioned(parts: NDArray[np.float64], wholes: Counts) -> Counts:
    """Round shares of whole numbers to whole numbers that add up to them, column by column (largest remainders).

    Of equal remainders the first row gets the one that is left. `parts` of shape (n, m), `wholes` of shape (m,).
    """
    floors = np.floor(parts + 1e-9)
    left = (wholes - floors.sum(axis=0)).astype(np.int64)
    order = np.argsort(-(parts - floors).round(9), axis=0, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(len(parts))[:, None], axis=0)
    rounded: Counts = (floors + (rank < left[None, :])).astype(np.int64)
    return rounded
