"""Households that are reported again, and when to see them next."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

YEAR = 365
SOON = 30
# Reports that a prior household is taken to have had, so that one short gap does not decide alone.
PRIOR = 2.0


@dataclass(frozen=True)
class RepeatHousehold:
    """One household with its reports of the window.

    `hazard` is the chance of another report within 30 days; `gap_trend` is below 0 where reports come closer and
    closer (slope of log gap, a report); `severity_trend` above 0 where they grow graver; None with too few reports.
    `due_on` is the day by which the next visit should be made.
    """

    household: str
    count: int
    last_on: date
    days_since_last: int
    gap_trend: float | None
    severity_trend: float | None
    hazard: float
    due_on: date


def repeat_households(
    events: Iterable[tuple[str, date, float | None]], today: date, *, window_days: int = YEAR, least: int = 2
) -> list[RepeatHousehold]:
    """List households with `least` reports or more in the window, those most likely to be reported again first.

    Parameters
    ----------
    events : iterable of (household, day, severity or None)
        Events after `today` or before the window are passed over.
    today : date
    window_days, least : int

    Notes
    -----
    A household's reports are taken to come at a steady rate that is gamma distributed over households; the chance of
    one within 30 days is 1 - ((b + t) / (b + t + 30)) ** (a + n), with n reports in t days seen and a prior whose mean
    is that of all households reported. Right after a report the rate is higher (London: 41 % again within a month,
    Kumar, Ariel et al. 2024), so a visit is due when half of the household's usual gap has gone by, a month at most
    after the last report.
    """
    first = today - timedelta(days=window_days)
    by_household: dict[str, list[tuple[date, float | None]]] = defaultdict(list)
    for household, day, severity in events:
        if household and first < day <= today:
            by_household[household].append((day, severity))
    told = {name: sorted(rows, key=lambda row: row[0]) for name, rows in by_household.items() if len(rows) >= least}
    usual = sum(len(rows) for rows in by_household.values()) / (window_days * max(1, len(by_household)))
    found = [_told(name, rows, today, window_days, usual) for name, rows in told.items()]
    return sorted(found, key=lambda one: (-one.hazard, one.due_on, one.household))


def _told(
    name: str, rows: Sequence[tuple[date, float | None]], today: date, window_days: int, usual: float
) -> RepeatHousehold:
    days = [day for day, _ in rows]
    gaps = [max(1, (later - earlier).days) for earlier, later in pairwise(days)]
    graves = [float(grave) for _, grave in rows if grave is not None]
    seen = min(window_days, max(1, (today - days[0]).days))
    prior_days = PRIOR / usual
    hazard = 1 - ((prior_days + seen) / (prior_days + seen + SOON)) ** (PRIOR + len(rows))
    wait = min(SOON, max(1, round(sorted(gaps)[len(gaps) // 2] / 2))) if gaps else SOON
    return RepeatHousehold(
        household=name,
        count=len(rows),
        last_on=days[-1],
        days_since_last=(today - days[-1]).days,
        gap_trend=_slope([math.log(gap) for gap in gaps]),
        severity_trend=_slope(graves),
        hazard=hazard,
        due_on=days[-1] + timedelta(days=wait),
    )


def _slope(values: Sequence[float]) -> float | None:
    n = len(values)
    if n < 2:
        return None
    middle, mean = (n - 1) / 2, sum(values) / n
    return sum((i - middle) * (value - mean) for i, value in enumerate(values)) / sum(
        (i - middle) ** 2 for i in range(n)
    )
