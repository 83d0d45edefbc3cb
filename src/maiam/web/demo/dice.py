"""Chance from a seed: the same seed makes the same demonstration."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from maiam.core.law.lunar import tet
from maiam.core.text import VIETNAM

Card = TypeVar("Card")

# Evenings weigh more; so do weekends and the days around Tết (domain notes, 10.15).
HOURS = (7, 9, 11, 15, 18, 19, 20, 20, 21, 21, 22, 23)
AT_TET, TO_THE_WEEKEND = 0.12, 0.3
SATURDAY = 5
FEWEST_DAYS_AGO, MOST_DAYS_AGO = 3, 350


def deck(random: Random, cards: Mapping[Card, int]) -> Iterator[Card]:
    """Draw cards for ever; each comes as often as its count says before any round begins again."""
    while True:
        pile = [card for card, count in cards.items() for _ in range(count)]
        random.shuffle(pile)
        yield from pile


def around(random: Random, things: Sequence[Card]) -> Iterator[Card]:
    """Take everything once before anything twice."""
    return deck(random, dict.fromkeys(things, 1))


def moment_of_the_past_year(random: Random, now: datetime) -> datetime:
    """Some evening of the past year; never of the last days, which are told by hand."""
    day = (now - timedelta(days=random.randint(FEWEST_DAYS_AGO, MOST_DAYS_AGO))).date()
    if random.random() < AT_TET:
        day = _last_tet(now.date()) + timedelta(days=random.randint(-2, 8))
    elif day.weekday() < SATURDAY and random.random() < TO_THE_WEEKEND:
        day += timedelta(days=SATURDAY - day.weekday())
    at = datetime.combine(day, time(random.choice(HOURS), random.randint(0, 59), tzinfo=VIETNAM))
    return min(at, now - timedelta(days=FEWEST_DAYS_AGO))


def _last_tet(today: date) -> date:
    days = (tet(year) for year in (today.year, today.year - 1))
    return next(day for day in days if day < today)
