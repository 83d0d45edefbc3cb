"""History read again on today's map: what was counted by units that have since merged, split or changed their name."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Became:
    """One unit became another on a day, whole or in part; `share` of its people, None where nobody published it."""

    old: Hashable
    new: Hashable
    on: date
    share: float | None = None


@dataclass(frozen=True, eq=False)
class History:
    """Counts on today's map.

    Attributes
    ----------
    observed : int array of shape (units today, days)
        Cases whose unit of today is certain: it is theirs still, or took in theirs whole.
    shared : float array of shape (units today, days)
        The same, and cases of units that split, by population share. For expectations only.
    unplaced : int array of shape (days,)
        Cases that are in no observed count: their unit split, or nobody knows what became of it.
    """

    observed: NDArray[np.int64]
    shared: NDArray[np.float64]
    unplaced: NDArray[np.int64]


def reread(
    counts: NDArray[np.int64], units: Sequence[Hashable], today: Sequence[Hashable], became: Iterable[Became]
) -> History:
    """Read counts by units of any date on the map of today.

    Parameters
    ----------
    counts : int array of shape (units, days)
    units : sequence of hashable
        The unit of each row; several rows may become one.
    today : sequence of hashable
        Units of today, each once, in the order wanted.
    became : iterable of Became
        Every succession between then and now, in any order; chains are followed. Unknown shares have the rest in
        equal parts; known ones that do not sum to 1 are scaled.

    Raises
    ------
    ValueError
        Shapes disagree, a unit of today twice, units that become each other in a circle.
    """
    counts = np.asarray(counts, dtype=np.int64)
    if counts.ndim != 2 or len(counts) != len(units) or len(set(today)) != len(today):
        raise ValueError("There must be a row for each unit, and each unit of today once.")
    row_of = {unit: row for row, unit in enumerate(today)}
    parts = _parts(became)
    observed = np.zeros((len(today), counts.shape[1]), dtype=np.int64)
    shared = np.zeros(observed.shape)
    unplaced = np.zeros(counts.shape[1], dtype=np.int64)
    for row, unit in zip(counts, units, strict=True):
        found = _lies_in(unit, row_of, parts, ())
        for new, share in found.items():
            shared[row_of[new]] += share * row
        if len(found) == 1 and min(found.values()) > 1 - 1e-9:
            observed[row_of[next(iter(found))]] += row
        else:
            unplaced += row
    return History(observed, shared, unplaced)


def changed_since(became: Iterable[Became], day: date) -> set[Hashable]:
    """Units that took in, or came from, another on that day or later: their alerts are told with caution."""
    return {one.new for one in became if one.on >= day and one.new != one.old}


def _parts(became: Iterable[Became]) -> dict[Hashable, dict[Hashable, float]]:
    """What each unit became, shares summing to 1."""
    by_old: dict[Hashable, list[Became]] = defaultdict(list)
    for one in became:
        if one.new != one.old:
            by_old[one.old].append(one)
    return {old: _scaled(ways) for old, ways in by_old.items()}


def _scaled(ways: Sequence[Became]) -> dict[Hashable, float]:
    told = sum(one.share for one in ways if one.share is not None)
    unknown = sum(one.share is None for one in ways)
    rest = max(0.0, 1 - told) / unknown if unknown else 0.0
    shares = {one.new: rest if one.share is None else one.share for one in ways}
    total = sum(shares.values())
    return {new: share / total for new, share in shares.items() if share > 0}


def _lies_in(
    unit: Hashable,
    today: Collection[Hashable],
    parts: dict[Hashable, dict[Hashable, float]],
    way: tuple[Hashable, ...],
) -> dict[Hashable, float]:
    """The part of a unit that lies in each unit of today."""
    if unit in today:
        return {unit: 1.0}
    if unit in way:
        raise ValueError(f"{unit} becomes itself in a circle.")
    found: dict[Hashable, float] = defaultdict(float)
    for new, share in parts.get(unit, {}).items():
        for end, part in _lies_in(new, today, parts, (*way, unit)).items():
            found[end] += share * part
    return dict(found)
