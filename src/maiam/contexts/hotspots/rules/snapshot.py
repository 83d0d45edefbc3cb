"""What one run looked at, whole: stored with its fingerprint, so that the run can be done again to the last digit."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maiam.contexts.hotspots.rules.thresholds import ScanLimits, Thresholds
from maiam.core.science.history import Became, History, expected_counts, reread
from maiam.core.science.history.expected import Expected
from maiam.core.science.local import Neighbours

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

# Under eight weeks nobody can say what is usual.
FEWEST_DAYS = 56
FEWEST_EVENTS = 5


@dataclass(frozen=True)
class UnitRow:
    """A commune of today. Without a known position it stands alone (`is_island`)."""

    id: int
    x_km: float
    y_km: float
    people: int
    is_outside: bool = False
    is_island: bool = False


@dataclass(frozen=True)
class EventRow:
    """One event told of: where, on which day of the study, by when known; of which home, where that is known.

    `unit` may be a commune of before a merger. `x_km` is None where the village is not known.
    """

    id: str
    unit: int
    told: int
    known: int
    channel: str
    household: str = ""
    is_grave: bool = False
    x_km: float | None = None
    y_km: float | None = None


@dataclass(frozen=True)
class Step:
    """One unit became another, whole or in part."""

    old: int
    new: int
    on: date
    share: float | None = None


@dataclass(frozen=True)
class Snapshot:
    """A province's rows as they were known at the end of `day`; `start` is the first day of the study."""

    day: date
    start: date
    units: tuple[UnitRow, ...]
    events: tuple[EventRow, ...]
    neighbours: tuple[tuple[int, int], ...]
    became: tuple[Step, ...]
    thresholds: Thresholds
    limits: ScanLimits

    # --- stored and read back

    def packed(self) -> bytes:
        return zlib.compress(self._text().encode(), 9)

    @classmethod
    def unpacked(cls, packed: bytes) -> "Snapshot":
        plain = json.loads(zlib.decompress(packed))
        return cls(
            day=date.fromisoformat(plain["day"]),
            start=date.fromisoformat(plain["start"]),
            units=tuple(UnitRow(**row) for row in plain["units"]),
            events=tuple(EventRow(**row) for row in plain["events"]),
            neighbours=tuple((one, other) for one, other in plain["neighbours"]),
            became=tuple(Step(**{**row, "on": date.fromisoformat(row["on"])}) for row in plain["became"]),
            thresholds=Thresholds(**plain["thresholds"]),
            limits=ScanLimits(**plain["limits"]),
        )

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self._text().encode()).hexdigest()

    def _text(self) -> str:
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), default=str)

    # --- as arrays; units in the order of `units`, days from `start` to `day`

    @property
    def days(self) -> int:
        return (self.day - self.start).days + 1

    @property
    def why_too_little(self) -> str:
        """Why nothing can be said of these rows; empty when something can."""
        if self.days < FEWEST_DAYS:
            return f"Mới có {self.days} ngày số liệu; cần {FEWEST_DAYS} ngày để biết mức bình thường."
        past = sum(event.told < self.days - self.limits.gap_days for event in self.events)
        if past < FEWEST_EVENTS:
            return f"Trước {self.limits.gap_days} ngày gần đây mới có {past} tin báo; cần ít nhất {FEWEST_EVENTS}."
        return ""

    @cached_property
    def place(self) -> dict[int, int]:
        return {unit.id: number for number, unit in enumerate(self.units)}

    @cached_property
    def people(self) -> FloatArray:
        return np.array([unit.people for unit in self.units], dtype=np.float64)

    @cached_property
    def points(self) -> FloatArray:
        return np.array([[unit.x_km, unit.y_km] for unit in self.units], dtype=np.float64)

    @cached_property
    def history(self) -> History:
        """Counts on the map of today."""
        known = sorted({event.unit for event in self.events} | self.place.keys())
        row = {unit: number for number, unit in enumerate(known)}
        counts = np.zeros((len(known), self.days), dtype=np.int64)
        for event in self.events:
            counts[row[event.unit], event.told] += 1
        steps = [Became(step.old, step.new, step.on, step.share) for step in self.became]
        return reread(counts, known, [unit.id for unit in self.units], steps)

    @cached_property
    def expected(self) -> Expected:
        limits = self.limits
        return expected_counts(
            self.history.shared, self.people, history_days=limits.history_days, gap_days=limits.gap_days
        )

    @cached_property
    def grave(self) -> "Snapshot":
        """The same, of grave events alone."""
        return replace(self, events=tuple(event for event in self.events if event.is_grave))

    @cached_property
    def near(self) -> Neighbours:
        pairs = [(self.place[one], self.place[other]) for one, other in self.neighbours]
        return Neighbours.of_pairs(len(self.units), pairs)

    @cached_property
    def today_of(self) -> dict[int, int]:
        """The unit of today each unit of the events lies in whole; those that split are left out."""
        into: dict[int, set[int]] = {}
        for step in self.became:
            if step.old != step.new:
                into.setdefault(step.old, set()).add(step.new)
        return dict(self._whole(into))

    def _whole(self, into: dict[int, set[int]]) -> Iterator[tuple[int, int]]:
        for unit in {event.unit for event in self.events}:
            now: int | None = unit
            while now is not None and now not in self.place:
                ways = into.get(now, set())
                now = next(iter(ways)) if len(ways) == 1 else None
            if now is not None:
                yield unit, now

    def events_in(self, members: set[int], first: int, last: int) -> list[EventRow]:
        """Events of these units of today told on the days `first` to `last`."""
        return [
            event for event in self.events if first <= event.told <= last and self.today_of.get(event.unit) in members
        ]


def homes_of(events: list[EventRow]) -> int:
    """How many homes events came from; one whose home is not known counts as its own."""
    return len({event.household or event.id for event in events})


def plain_settings(thresholds: Thresholds, limits: ScanLimits) -> dict[str, Any]:
    return {"thresholds": thresholds.as_plain(), "limits": limits.as_plain()}
