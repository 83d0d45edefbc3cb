"""What a bench prints: ours, the floor, and the ratio."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter


@dataclass(frozen=True)
class Row:
    """One comparison. `ours` and `floor` share `unit`; `ratio` says what the house costs over the bare work."""

    what: str
    ours: float
    floor: float
    unit: str
    higher_is_better: bool = False

    @property
    def ratio(self) -> float:
        return self.floor / self.ours if self.higher_is_better else self.ours / self.floor

    def __str__(self) -> str:
        return f"{self.what:<58} {self.ours:>10.2f} {self.floor:>10.2f} {self.unit:<8} ×{self.ratio:.2f}"


HEADING = f"{'':<58} {'ours':>10} {'floor':>10} {'unit':<8} ratio"


@dataclass(frozen=True)
class Timing:
    """Milliseconds of many calls."""

    median: float
    p95: float


def time_calls(call: Callable[[], object], *, times: int, warm_up: int = 3) -> Timing:
    for _ in range(warm_up):
        call()
    taken = [_milliseconds(call) for _ in range(times)]
    return Timing(median(taken), quantiles(taken, n=20)[-1])


def _milliseconds(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1000
