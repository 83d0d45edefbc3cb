"""What a bench prints: ours, the floor, and the ratio."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles
from time import perf_counter
from typing import Any

from bench.effort import Effort


@dataclass(frozen=True)
class Row:
    """One comparison. `ours` and `floor` share `unit`; `ratio` says what the house costs over the bare work."""

    what: str
    ours: float
    floor: float
    unit: str
    higher_is_better: bool = False
    decimals: int = 2

    @property
    def ratio(self) -> float:
        return self.floor / self.ours if self.higher_is_better else self.ours / self.floor

    def __str__(self) -> str:
        ours, floor = (f"{value:>10.{self.decimals}f}" for value in (self.ours, self.floor))
        return f"{self.what:<58} {ours} {floor} {self.unit:<10} ×{self.ratio:.{self.decimals}f}"


HEADING = f"{'':<58} {'ours':>10} {'floor':>10} {'unit':<10} ratio"


@dataclass(frozen=True)
class Timing:
    """Milliseconds of many calls: by the clock, and of the processors on average."""

    median: float
    p95: float
    processors: float

    @classmethod
    def of(cls, taken: list["Taken"]) -> "Timing":
        clock = [one.clock for one in taken]
        return cls(median(clock), quantiles(clock, n=20)[-1], fmean(one.processors for one in taken))


@dataclass(frozen=True)
class Taken:
    """Milliseconds of one call."""

    clock: float
    processors: float

    @classmethod
    def least(cls, many: Sequence["Taken"]) -> "Taken":
        return cls(min(one.clock for one in many), min(one.processors for one in many))


def rows_of(what: str, ours: Timing, floor: Timing) -> Iterator[Row]:
    yield Row(f"{what}, median", ours.median, floor.median, "ms")
    yield Row(f"{what}, p95", ours.p95, floor.p95, "ms")
    yield Row(f"{what}, processors", ours.processors, floor.processors, "ms")


def side_by_side(
    ours: Callable[[int], object], floor: Callable[[int], object], *, times: int, warm_up: int = 5
) -> tuple[Timing, Timing]:
    """Time both by turns, so that a busy moment of the machine falls on both; each call is told its number."""
    for number in range(warm_up):
        ours(number)
        floor(number)
    effort = Effort()
    pairs = [(take(ours, effort, number), take(floor, effort, number)) for number in range(times)]
    return Timing.of([pair[0] for pair in pairs]), Timing.of([pair[1] for pair in pairs])


def take(call: Callable[[int], object], effort: Effort, number: int = 0) -> Taken:
    """Call once, and say what it took."""
    spent, began = effort.spent(), perf_counter()
    call(number)
    return Taken((perf_counter() - began) * 1000, (effort.spent() - spent) * 1000)


def check_alike(what: str, ours: list[Any], floor: list[Any]) -> None:
    """A floor that answers something else is no floor."""
    if sorted(ours) != sorted(floor):
        raise AssertionError(f"{what!r}: {len(ours)} rows against {len(floor)} of the bare SQL, not the same ones")
