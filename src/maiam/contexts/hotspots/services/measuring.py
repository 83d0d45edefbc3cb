"""Each morning every open hot spot is measured: here, next door, and in communes like it, before and after."""

import math
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction

from maiam.contexts.hotspots.models import Action, HotSpot, Measure, Run
from maiam.contexts.hotspots.rules import files as rules
from maiam.contexts.hotspots.rules.detect import Plain
from maiam.contexts.hotspots.rules.files import Beside, Counted, State
from maiam.contexts.hotspots.rules.snapshot import Snapshot
from maiam.core.science.cooling import FloatArray, Mask, Ratio, against_usual, comparable, cooling, cooling_alone
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@transaction.atomic
def measure_hot_spots(*, actor: Actor, run: Run, shot: Snapshot, now: datetime) -> int:
    """Measure every open hot spot of the run's province; return how many could be."""
    actor.require(Permission.KEEP_HOUSE)
    open_ones = HotSpot.objects.visible_to(actor).filter(province_id=run.province_id, state=State.OPEN)
    made = [_measured(actor, run, shot, hot_spot) for hot_spot in open_ones.order_by("opened_at", "id")]
    written = [row for row in made if row]
    Measure.objects.bulk_create(written)
    audit.record(actor, "hotspots.hot_spots.measured", run, at=now)
    return len(written)


def _measured(actor: Actor, run: Run, shot: Snapshot, hot_spot: HotSpot) -> Measure | None:
    """None where the days it was hot lie before what the run looked at, or its communes are not of today."""
    before = (hot_spot.first_day - shot.start).days, (hot_spot.last_day - shot.start).days
    after = (_since(actor, hot_spot) - shot.start).days, shot.days - 1
    rows = [shot.place[commune] for commune in hot_spot.communes if commune in shot.place]
    if before[0] < 0 or before[1] >= shot.days or not rows:
        return None
    counted, alike = _counted(shot, rows, before, after)
    change, level = _ratios(counted)
    measured = _plain(counted, change, level, [shot.units[row].id for row in alike]) | {
        "events": [_events(shot, hot_spot, days) for days in (before, after)]
    }
    answer = rules.answer(counted, change, level)
    return Measure(hot_spot=hot_spot, run=run, day=run.day, answer=answer, measured=measured)


def _events(shot: Snapshot, hot_spot: HotSpot, days: tuple[int, int]) -> list[str]:
    """Which events the counts inside are of: who opens records is told as many as they open."""
    return [event.id for event in shot.events_in(set(hot_spot.communes), *days)]


def _since(actor: Actor, hot_spot: HotSpot) -> date:
    """The day after the first thing was done; while nothing is, the day after the hot days."""
    done = Action.objects.visible_to(actor).filter(hot_spot=hot_spot, done_on__isnull=False).order_by("done_on")
    first = done.values_list("done_on", flat=True).first()
    return max(hot_spot.last_day, first or hot_spot.last_day) + timedelta(days=1)


def _counted(
    shot: Snapshot, rows: list[int], before: tuple[int, int], after: tuple[int, int]
) -> tuple[Counted, list[int]]:
    inside = np.zeros(len(shot.units), dtype=bool)
    inside[rows] = True
    beside = (shot.near.lag(inside.astype(np.float64)) > 0) & ~inside
    outside = np.array([unit.is_outside for unit in shot.units])
    usual = shot.expected.counts.sum(axis=1)
    alike, held_against = _alike(shot, before, usual, inside, beside | outside)
    counted = Counted(
        days_before=before[1] - before[0] + 1,
        days_after=max(0, after[1] - after[0] + 1),
        inside=(_sum(shot, rows, before), _sum(shot, rows, after)),
        beside=(_sum(shot, np.flatnonzero(beside), before), _sum(shot, np.flatnonzero(beside), after)),
        alike=(_sum(shot, alike, before), _sum(shot, alike, after)),
        usual=(_usual(shot, rows, before), _usual(shot, rows, after)),
        dispersion=shot.expected.dispersion,
        held_against=held_against,
    )
    return counted, alike


def _alike(
    shot: Snapshot, before: tuple[int, int], usual: FloatArray, inside: Mask, kept_out: Mask
) -> tuple[list[int], Beside]:
    """The communes most alike; where these had hardly a case, all others; where they had none either, nobody."""
    for most, held_against in ((rules.MOST_LIKE, Beside.ALIKE), (len(usual), Beside.REST)):
        found = comparable(shot.people, usual, inside, kept_out, most=most)
        if _sum(shot, found, before) >= rules.FEWEST_ALIKE:
            return found, held_against
    return [], Beside.USUAL


def _usual(shot: Snapshot, rows: list[int], days: tuple[int, int]) -> float:
    return float(shot.expected.counts[rows, days[0] : days[1] + 1].sum())


def _sum(shot: Snapshot, rows: "list[int] | np.ndarray", days: tuple[int, int]) -> int:
    return int(shot.history.observed[rows, days[0] : days[1] + 1].sum())


def _ratios(counted: Counted) -> tuple[Ratio, Ratio]:
    """Of the change, and of what came after against what is usual; nothing while no day has passed."""
    nothing = Ratio(math.nan, 0.0, math.inf)
    if min(counted.usual) <= 0:
        return nothing, nothing
    restless = counted.dispersion
    level = against_usual(counted.inside[1], counted.usual[1], dispersion=restless)
    if counted.held_against is Beside.USUAL:
        return cooling_alone(counted.inside, counted.usual, dispersion=restless), level
    return cooling(counted.inside, counted.alike, dispersion=restless), level


def _plain(counted: Counted, change: Ratio, level: Ratio, alike: list[int]) -> Plain:
    return {
        "days": [counted.days_before, counted.days_after],
        "inside": list(counted.inside),
        "beside": list(counted.beside),
        "alike": list(counted.alike),
        "alike_communes": alike,
        "usual": list(counted.usual),
        "held_against": str(counted.held_against),
        "change": _bounds(change),
        "level": _bounds(level),
    }


def _bounds(ratio: Ratio) -> list[float | None]:
    """JSON knows neither nan nor infinity: None."""
    return [one if math.isfinite(one) else None for one in (ratio.value, ratio.low, ratio.high)]
