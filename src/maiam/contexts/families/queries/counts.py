"""How many there were on a day, in a span: counts by unit, for those who may see no household."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from maiam.contexts.families.rules import CHILD_BELOW, ELDERLY_FROM
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True, slots=True)
class Count:
    """So many of which `fact` is `key`, in a commune of any time; by village only of a commune that was asked for.

    Of households: `members` (roles as bits, sexes of parents as bits, how many parents, sex of the head), `size`,
    `head` (sex and age), `ethnicity` of the head, `child` and `elderly` (true or false). Of people: `age` (sex and
    age), `ethnicity`, `residence`. Of events: `fact` is the kind, `key` the month, `2026-01`.
    """

    commune_id: int
    village_id: int | None
    fact: str
    key: str
    how_many: int


def household_counts(actor: Actor, day: date, *, of_commune: int | None = None) -> list[Count]:
    """Households as they were on a day, by every fact counted of them; each fact divides all of them."""
    actor.require(Permission.VIEW_STATISTICS)
    asked: list[date | int | None] = [day, of_commune, CHILD_BELOW, ELDERLY_FROM]
    return list(_counts("SELECT * FROM families_count_households(%s, %s, %s, %s)", asked))


def people_counts(actor: Actor, day: date, *, of_commune: int | None = None) -> list[Count]:
    """People as they were on a day, each counted once, by every fact; each fact divides all of them."""
    actor.require(Permission.VIEW_STATISTICS)
    return list(_counts("SELECT * FROM families_count_people(%s, %s)", [day, of_commune]))


def event_counts(actor: Actor, since: date, until: date, *, of_commune: int | None = None) -> list[Count]:
    """What happened from `since` until the day before `until`, by kind and month."""
    actor.require(Permission.VIEW_STATISTICS)
    return list(_counts("SELECT * FROM families_count_events(%s, %s, %s)", [since, until, of_commune]))


def _counts(sql: str, asked: list[date | int | None]) -> Iterator[Count]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        for row in cursor.fetchall():
            yield Count(*row)
