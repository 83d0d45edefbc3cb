"""Are the rules any good: what alerts were worth, and what other thresholds would have told of the same days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from maiam.contexts.hotspots.rules.alerts import Earlier, Found, Tier, Verdict, turns
from maiam.contexts.hotspots.rules.thresholds import Thresholds
from maiam.core.text import write_percent


@dataclass(frozen=True)
class Judged:
    """One alert of the past and what people made of it."""

    tier: Tier
    verdict: Verdict
    raised_on: date
    noticed_on: date | None

    @property
    def days_gained(self) -> int | None:
        """Days between the alert and the day an official had noticed by themselves; below 0 when the official won."""
        return (self.noticed_on - self.raised_on).days if self.noticed_on else None


@dataclass(frozen=True)
class Worth:
    """What alerts of one colour, or of all, were worth."""

    raised: int
    confirmed: int
    false: int
    gained: tuple[int, ...]

    @property
    def waiting(self) -> int:
        return self.raised - self.confirmed - self.false

    @property
    def share_true(self) -> float | None:
        judged = self.confirmed + self.false
        return self.confirmed / judged if judged else None

    @property
    def percent_true(self) -> str:
        return "—" if self.share_true is None else write_percent(self.share_true, places=0)

    @property
    def usual_gain(self) -> float | None:
        return median(self.gained) if self.gained else None


def worth(alerts: Sequence[Judged]) -> Worth:
    confirmed = [alert for alert in alerts if alert.verdict is Verdict.CONFIRMED]
    return Worth(
        raised=len(alerts),
        confirmed=len(confirmed),
        false=sum(alert.verdict is Verdict.FALSE for alert in alerts),
        gained=tuple(alert.days_gained for alert in confirmed if alert.days_gained is not None),
    )


@dataclass(frozen=True)
class Past:
    """What thresholds would have told of the past mornings."""

    mornings: int
    red: int
    amber: int
    places: tuple[tuple[date, int, Tier], ...]

    @property
    def told(self) -> int:
        return self.red + self.amber


def played(mornings: Iterable[tuple[date, list[Found]]], limits: Thresholds) -> Past:
    """Go through past mornings, oldest first, as if these thresholds had held: each place counts once while open."""
    open_ones: list[Earlier] = []
    raised: list[tuple[date, int, Tier]] = []
    number = 0
    for day, found in mornings:
        number += 1
        left = {one.id: one for one in open_ones}
        for turn in turns(found, open_ones, day, limits):
            if turn.earlier:
                left.pop(turn.earlier.id)
            if turn.found is None:
                continue
            if turn.earlier is None:
                raised.append((day, turn.found.centre, turn.found.tier))
            key = turn.earlier.id if turn.earlier else (day, turn.found.centre)
            left[key] = _standing(key, turn.found, day)
        open_ones = list(left.values())
    red = sum(tier is Tier.RED for *_, tier in raised)
    return Past(number, red, len(raised) - red, tuple(raised))


def _standing(key: object, found: Found, day: date) -> Earlier:
    return Earlier(key, found.centre, found.members, found.observed, found.tier, day, frozenset(found.facts["events"]))
