"""How many there were on a day, in a span: counts by village of a whole province. The house alone counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from maiam.contexts.families.rules import CHILD_BELOW, ELDERLY_FROM
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True, slots=True)
class Count:
    """So many of which `fact` is `key`, in a commune of any time and a village, None where it is not known.

    Of households: `members` (roles as bits, sexes of parents as bits, how many parents, sex of the head), `size`,
    `head` (sex and band of age), `ethnicity` of the head, `child` and `elderly` (true or false). Of people: `age` (sex
    and band), `ethnicity`, `residence`. Of events: `fact` is the kind, `key` the month, `2026-01`.
    """

    subject: str
    commune_id: int
    village_id: int | None
    fact: str
    key: str
    how_many: int


def state_counts(
    actor: Actor, day: date, *, province_id: int, head_edges: Sequence[int], age_edges: Sequence[int]
) -> list[Count]:
    """Households and people as they were on a day; each fact divides all. Ages fall into bands."""
    actor.require(Permission.KEEP_HOUSE)
    asked = [day, province_id, CHILD_BELOW, ELDERLY_FROM, list(head_edges), list(age_edges)]
    return [Count(*row) for row in _rows("SELECT * FROM families_count_state(%s, %s, %s, %s, %s, %s)", asked)]


def event_counts(actor: Actor, since: date, until: date, *, province_id: int) -> list[Count]:
    """What happened from `since` until the day before `until`, by kind and month."""
    actor.require(Permission.KEEP_HOUSE)
    found = _rows("SELECT * FROM families_count_events(%s, %s, %s)", [since, until, province_id])
    return [Count("events", *row) for row in found]


def _rows(sql: str, asked: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        yield from cursor.fetchall()
