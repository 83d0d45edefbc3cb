"""Statistics of a province for a year: every table of families, against the bare SQL of the same counts.

The floor counts households by all their facts, people by all theirs, and the year's events, by commune, in three
hand-written queries sent by psycopg as the owner: no policies, no audit, no maps, nothing hidden. A set day is counted
once, by village, and told ever after: the counting stands beside the same floor by village.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bench import database, registers
from bench.table import Row, rows_of, side_by_side
from maiam.contexts.places import queries as places
from maiam.contexts.statistics import queries, services
from maiam.contexts.statistics.queries import Question
from maiam.contexts.statistics.rules import last_set_day, months_of, reporting_year
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, ActorKind, Role, acting
from maiam.platform.access.policy import POWERS

TIMES = 3
BY_COMMUNE, BY_VILLAGE = "home.commune_id", "home.commune_id, home.village_id"
ELDERLY_FROM, CHILD_BELOW = 60, 16

AGE = """(extract(year FROM %(day)s::date)::int - person.birth_year
    - (extract(month FROM %(day)s::date)::int * 100 + extract(day FROM %(day)s::date)::int
       < coalesce(person.birth_month, 12) * 100 + coalesce(person.birth_day, 31))::int)"""
LIVING = f"""
    SELECT stay.household_id, stay.role, stay.residence, person.sex, person.ethnicity, {AGE} AS age
    FROM families_householdmembership AS stay JOIN families_person AS person ON person.id = stay.person_id
    WHERE stay.starts_on <= %(day)s AND (stay.ends_on IS NULL OR stay.ends_on > %(day)s) AND stay.is_permanent
      AND person.merged_into_id IS NULL AND (person.died_on IS NULL OR person.died_on > %(day)s)
"""
HOUSEHOLDS = f"""
WITH living AS ({LIVING}), made_up AS (
    SELECT household_id, count(*) AS size, string_agg(DISTINCT role, ' ') AS roles,
        max(sex) FILTER (WHERE role = 'head') AS head_sex, max(age) FILTER (WHERE role = 'head') AS head_age,
        max(ethnicity) FILTER (WHERE role = 'head') AS head_ethnicity,
        bool_or(age < {CHILD_BELOW}) AS has_child, bool_or(age >= {ELDERLY_FROM}) AS has_elderly
    FROM living GROUP BY household_id)
SELECT {{place}}, roles, size, head_sex, head_age, head_ethnicity, has_child, has_elderly, count(*)
FROM made_up JOIN families_household AS home ON home.id = made_up.household_id
WHERE home.dissolved_on IS NULL OR home.dissolved_on > %(day)s
GROUP BY GROUPING SETS (
    ({{place}}, roles, head_sex), ({{place}}, size), ({{place}}, head_sex, head_age),
    ({{place}}, head_ethnicity), ({{place}}, has_child), ({{place}}, has_elderly))
"""
PEOPLE = f"""
WITH living AS ({LIVING})
SELECT {{place}}, sex, age, ethnicity, residence, count(*)
FROM living JOIN families_household AS home ON home.id = living.household_id
WHERE home.dissolved_on IS NULL OR home.dissolved_on > %(day)s
GROUP BY GROUPING SETS (
    ({{place}}, sex, age), ({{place}}, living.ethnicity), ({{place}}, living.residence))
"""
EVENTS = """
SELECT {place}, kind, date_trunc('month', happened_on), count(*) FROM families_familyevent AS home
WHERE happened_on >= %(since)s AND happened_on < %(until)s GROUP BY {place}, kind, date_trunc('month', happened_on)
"""


# The register of the bench tells no events: every hundredth person was born or has moved in its year.
HAPPEN = """
WITH told AS (
    INSERT INTO families_familyevent
        (id, kind, happened_on, recorded_at, recorded_by, commune_id, village_id, household_id, note)
    SELECT person.id, CASE WHEN nth %% 200 = 0 THEN 'birth' ELSE 'move_in' END, %(since)s::date + (nth %% 360)::int,
        now(), 'bench', person.commune_id, person.village_id, NULL, ''
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS nth FROM families_person) AS person
    WHERE nth %% 100 = 0 AND NOT EXISTS (SELECT 1 FROM families_familyevent)
    RETURNING id, kind)
INSERT INTO families_eventpart (id, event_id, person_id, part)
SELECT told.id, told.id, told.id, CASE told.kind WHEN 'birth' THEN 'child' ELSE 'mover' END FROM told
"""


def rows() -> Iterator[Row]:
    today = timezone.now().astimezone(VIETNAM).date()
    day = last_set_day(today)
    with registers.at(registers.PROVINCE), database.bare() as raw:
        raw.execute(HAPPEN, {"since": months_of(reporting_year(today))[0]})
        raw.execute("ANALYZE")
        analyst = _analyst()
        yield from _counting(analyst, raw, day)
        with acting(analyst):
            services.close_day(actor=analyst, day=day, now=timezone.now())
        yield from _whole_year(analyst, raw, day)
        yield from _one_table(analyst, raw, day)


def _analyst() -> Actor:
    """Who reads every commune of the province."""
    province = places.provinces_of_today().get(code=settings.PROVINCE_CODE)
    role, communes = Role.PROVINCE_ANALYST, tuple(unit.id for unit in places.communes_of(province))
    return Actor(ActorKind.OFFICIAL, role, POWERS[role], account_id=1, post_id=1, role=role, commune_ids=communes)


def _counting(analyst: Actor, raw: psycopg.Connection, day: date) -> Iterator[Row]:
    """A set day counted for the first time and kept, then forgotten again."""

    def ours(_: int) -> None:
        with transaction.atomic(), acting(analyst):
            services.close_day(actor=analyst, day=_before(day), now=timezone.now())
            transaction.set_rollback(True)

    def floor(_: int) -> int:
        return sum(len(_bare(raw, sql, _before(day), BY_VILLAGE)) for sql in (HOUSEHOLDS, PEOPLE, EVENTS))

    yield from rows_of("a set day of a province counted once", *side_by_side(ours, floor, times=TIMES, warm_up=1))


def _before(day: date) -> date:
    return last_set_day(day - timedelta(days=31))


def _whole_year(analyst: Actor, raw: psycopg.Connection, day: date) -> Iterator[Row]:
    """Every table there is."""

    def ours(_: int) -> int:
        with acting(analyst):
            return len(queries.all_tables(analyst, _question(day), now=timezone.now()))

    def floor(_: int) -> int:
        return sum(len(_bare(raw, sql, day, BY_COMMUNE)) for sql in (HOUSEHOLDS, PEOPLE, EVENTS))

    yield from rows_of("statistics of a province for a year", *side_by_side(ours, floor, times=TIMES, warm_up=1))


def _one_table(analyst: Actor, raw: psycopg.Connection, day: date) -> Iterator[Row]:
    def ours(_: int) -> int:
        with acting(analyst):
            return len(queries.table(analyst, _question(day), now=timezone.now()).lines)

    def floor(_: int) -> int:
        return len(_bare(raw, HOUSEHOLDS, day, BY_COMMUNE))

    yield from rows_of("one table of households of it", *side_by_side(ours, floor, times=TIMES, warm_up=1))


def _question(day: date) -> Question:
    return Question("household_types", day, reporting_year(day))


def _bare(raw: psycopg.Connection, sql: str, day: date, place: str) -> list[tuple]:
    months = months_of(reporting_year(day))
    return raw.execute(sql.format(place=place), {"day": day, "since": months[0], "until": months[-1]}).fetchall()
