"""What a reader is told of the counts of an alert or a hot spot, so that subtraction brings nothing small back.

Some readers open the records of some communes themselves. What they know by that is taken off first: only what is left
of a total is held back from them, and a record closed to them is in no number they are told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maiam.core.science.suppression import SMALLEST_SHOWN, hidden_cells, is_small, is_total_safe


@dataclass(frozen=True)
class Told:
    """Counts as one reader is told them; None where a number would tell too much.

    `least` is what the reader knows anyway; `is_exact` where the total is told as the run counted it, so that nothing
    behind the alert is closed to whoever opens some of its records.
    """

    total: int | None
    communes: Mapping[int, int | None]
    least: int
    is_exact: bool


def told_counts(counted: Mapping[int, int], opened: Mapping[int, int]) -> Told:
    """Tell cases by commune, as the run counted them, to a reader who opens so many records in some communes.

    The counts of those communes are told as the records they open; the others are hidden where they are small, with
    another beside them where the total would give them away; where that cannot be, the total is not told.
    """
    others = [commune for commune in counted if commune not in opened]
    cells = np.array([counted[commune] for commune in others], dtype=np.int64)
    hidden = hidden_cells(cells)
    known = sum(opened.values())
    total = known + int(cells.sum()) if is_total_safe(cells, hidden) else None
    told: dict[int, int | None] = {commune: opened.get(commune) for commune in counted}
    told |= {
        commune: None if is_hidden else counted[commune] for commune, is_hidden in zip(others, hidden, strict=True)
    }
    return Told(
        total=total,
        communes=told,
        least=known + 1 if opened and total is None else 0,
        is_exact=total == sum(counted.values()),
    )


@dataclass(frozen=True)
class WeekCounts:
    """Cases of one week, and those of them that lie in the days of the alert; None where the run did not say."""

    observed: int
    inside: int | None
    is_touched: bool

    @property
    def outside(self) -> int:
        return self.observed - (self.inside or 0)


def told_weeks(weeks: Sequence[WeekCounts], *, is_total_told: bool) -> list[int | None]:
    """Tell the weeks of an alert beside its total to readers of counts alone.

    The days of an alert seldom begin with a week: a week less what of it lies in those days is a number too, and so is
    the total less the weeks within it. None of them may be small.
    """
    shown = [not is_small(week.observed) and _is_fit(week) for week in weeks]
    if is_total_told:
        for number in _given_away(weeks, shown):
            shown[number] = False
    return [week.observed if is_shown else None for week, is_shown in zip(weeks, shown, strict=True)]


def _is_fit(week: WeekCounts) -> bool:
    """Whether a week less what lies in the alert's days is no small number."""
    return not week.is_touched or (week.inside is not None and not is_small(week.outside))


def _given_away(weeks: Sequence[WeekCounts], shown: Sequence[bool]) -> Iterable[int]:
    """The weeks to hide so that the total less the weeks shown within it is no small number."""
    touched = [number for number, week in enumerate(weeks) if week.is_touched]
    if any(weeks[number].inside is None for number in touched):
        return touched
    cells = np.array([weeks[number].inside for number in touched], dtype=np.int64)
    # What of a week lies outside the days is told by no total: there the part inside is as good as hidden.
    hidden = np.array([weeks[number].outside > 0 or not shown[number] for number in touched], dtype=bool)
    chosen = _enough_hidden(cells, hidden & (cells > 0))
    return [
        number for number, is_hidden in zip(touched, chosen, strict=True) if is_hidden and not weeks[number].outside
    ]


def _enough_hidden(cells: NDArray[np.int64], hidden: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Hide more, the smallest first, until no small number stands alone in what is left of the total."""
    hidden = hidden.copy()
    for number in np.argsort(cells, kind="stable"):
        if not (cells[hidden] < SMALLEST_SHOWN).any() or is_total_safe(cells, hidden):
            break
        hidden[number] |= cells[number] > 0
    return hidden


Pair = tuple[int | None, int | None]


@dataclass(frozen=True)
class ToldMeasure:
    """Cases before and after, at a hot spot, next door and in the communes compared with; None where hidden.

    `shows_change` and `shows_level`: whether the ratios may stand beside these counts. A ratio of two counts tells the
    one of them that is hidden.
    """

    inside: Pair
    beside: Pair
    alike: Pair
    shows_change: bool
    shows_level: bool


def told_measure(inside: Pair, beside: tuple[int, int], alike: tuple[int, int], *, is_exact: bool) -> ToldMeasure:
    """Tell a measure to a reader who may know `inside` so far; `is_exact` where that is all that was measured."""
    around, like = shown_pair(beside), shown_pair(alike)
    return ToldMeasure(
        inside=inside,
        beside=around,
        alike=like,
        shows_change=is_exact and None not in (*inside, *like),
        shows_level=is_exact and inside[1] is not None,
    )


def shown_pair(counts: tuple[int, int]) -> Pair:
    """Cases before and after, to readers of counts alone."""
    before, after = (None if is_small(count) else count for count in counts)
    return before, after
