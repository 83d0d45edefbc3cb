"""The search for people as it is typed, in registers of a province and of ten: by commune, by province, everywhere.

The floor is the bare SQL that answers the same from the same indexes, sent by psycopg as the owner: no Django, no
policies, no audit. Both answer every query alike, or there is no figure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

import psycopg
from django.utils import timezone

from bench import database, registers
from bench.register import slips
from bench.table import Row, check_alike, rows_of, side_by_side
from maiam.contexts.families import queries as families
from maiam.contexts.families.queries.search import MOST_FOUND, take_apart
from maiam.core.text import fold
from maiam.platform.access import Actor, Role, acting
from maiam.platform.access.actor import ActorKind
from maiam.platform.access.policy import POWERS

SEED = 195
TIMES = 160
WAYS = 12
PROVINCE_CODE = "68"
LIKE_FROM_LETTERS = 4

BEGUN = """
SELECT id FROM (
    SELECT id, sort_key, search_text FROM families_person WHERE {begun} AND {place} {year} LIMIT 500) AS one
ORDER BY search_text NOT LIKE '%% ' || %(asked)s || '%%', sort_key, id LIMIT %(most)s
"""
ALIKE = """
SELECT id FROM (
    SELECT id, sort_key, search_text FROM families_person
    WHERE %(asked)s <%% search_text AND NOT ({begun}) AND {place} {year} LIMIT 2000) AS one
ORDER BY word_similarity(%(asked)s, search_text) DESC, sort_key, id LIMIT %(most)s
"""
OF_YEAR = "AND birth_year BETWEEN %(year)s - 1 AND %(year)s + 1"
BY_PHONE = "SELECT id FROM families_person WHERE phone = %(phone)s AND {place} ORDER BY sort_key, id LIMIT %(most)s"
HITS = """
SELECT person.id, person.full_name, person.other_names, person.sex, person.birth_year, person.birth_month,
       person.birth_day, person.birth_is_approximate, village.name, commune.name, head.full_name
FROM unnest(%s::uuid[]) WITH ORDINALITY AS found (id, place)
JOIN families_person AS person USING (id)
JOIN places_unit AS commune ON commune.id = person.commune_id
LEFT JOIN places_village AS village ON village.id = person.village_id
LEFT JOIN families_householdmembership AS home ON home.person_id = person.id AND home.ends_on IS NULL
LEFT JOIN families_householdmembership AS first
    ON first.household_id = home.household_id AND first.role = 'head' AND first.ends_on IS NULL
LEFT JOIN families_person AS head ON head.id = first.person_id
ORDER BY found.place
"""


@dataclass(frozen=True)
class Reach:
    """Who searches, and the same reach as bare SQL."""

    name: str
    actor: Actor
    place: str


def rows() -> Iterator[Row]:
    for size in (registers.PROVINCE, registers.TEN_PROVINCES):
        with registers.at(size), database.bare() as raw:
            # As the house's own search: the planner takes word similarity to be cheap, and would read whole communes.
            raw.execute("SET enable_indexscan = off")
            raw.execute("SET pg_trgm.word_similarity_threshold = 0.5")
            for reach in reaches(raw):
                yield from _search(raw, size, reach)


def reaches(raw: psycopg.Connection) -> Iterator[Reach]:
    """An officer of the largest commune, one of the whole province, and one whom nothing bounds."""
    found = raw.execute(
        "SELECT person.commune_id FROM families_person AS person JOIN places_unit AS commune ON commune.id = commune_id"
        " WHERE commune.province_id = (SELECT id FROM places_unit WHERE code = %s AND level = 'province'"
        " AND valid_to IS NULL) GROUP BY 1 ORDER BY count(*) DESC",
        [PROVINCE_CODE],
    ).fetchall()
    communes = tuple(row[0] for row in found)
    yield _reach("commune", communes[:1])
    yield _reach("province", communes)
    yield Reach("everywhere", Actor.system("bench"), "true")


def _reach(name: str, commune_ids: tuple[int, ...]) -> Reach:
    role = Role.CULTURE_OFFICER
    actor = Actor(ActorKind.OFFICIAL, name, POWERS[role], account_id=1, post_id=1, role=role, commune_ids=commune_ids)
    return Reach(name, actor, f"commune_id = ANY('{{{','.join(map(str, commune_ids))}}}'::bigint[])")


def searches(raw: psycopg.Connection, place: str) -> list[str]:
    """What people type, and where they pause: whole names and parts of them, misspelt, with a year, a village."""
    random = Random(SEED)
    found = raw.execute(
        "SELECT full_name, birth_year, phone, village.name FROM (SELECT * FROM families_person"
        f" WHERE {place} AND id > %s ORDER BY id LIMIT %s) AS person JOIN places_village AS village"
        " ON village.id = village_id",
        [UUID(int=0), TIMES * 40],
    ).fetchall()
    return [_ways(random, *row)[number % WAYS] for number, row in enumerate(random.sample(found, TIMES))]


def _ways(random: Random, name: str, year: int | None, phone: str, village: str) -> tuple[str, ...]:
    words = name.split()
    return (
        name,
        fold(name),
        " ".join(words[-2:]),
        slips.mistyped(fold(name), random),
        slips.wrong_tone(name, random),
        slips.as_heard(name, random),
        f"{name} {year or ''}",
        f"{words[-1]} {village}",
        name[:-1],
        fold(name)[: max(4, len(name) // 2)],
        words[-1],
        phone or name.upper(),
    )


def bare_search(raw: psycopg.Connection, text: str, place: str) -> list[UUID]:
    """Answer a search as `search_persons` does, by SQL alone."""
    return [row[0] for row in raw.execute(HITS, [bare_search_ids(raw, text, place)])]


def bare_search_ids(raw: psycopg.Connection, text: str, place: str) -> list[UUID]:
    asked = take_apart(text)
    begun = " AND ".join(f"search_text LIKE '%% {word}%%'" for word in asked.words)
    parts = {"begun": begun, "place": place, "year": OF_YEAR if asked.year else ""}
    values = {"asked": " ".join(asked.words), "year": asked.year, "most": MOST_FOUND, "phone": asked.phone}
    if asked.phone:
        return [row[0] for row in raw.execute(BY_PHONE.format(**parts), values)]
    found = [row[0] for row in raw.execute(BEGUN.format(**parts), values)]
    if len(found) < MOST_FOUND and len(" ".join(asked.words)) >= LIKE_FROM_LETTERS:
        values["most"] = MOST_FOUND - len(found)
        found += [row[0] for row in raw.execute(ALIKE.format(**parts), values)]
    return found


def _search(raw: psycopg.Connection, size: int, reach: Reach) -> Iterator[Row]:
    asked = searches(raw, reach.place)

    def ours(number: int) -> list[UUID]:
        with acting(reach.actor):
            return [hit.id for hit in families.search_persons(reach.actor, asked[number], now=timezone.now())]

    def floor(number: int) -> list[UUID]:
        return bare_search(raw, asked[number], reach.place)

    for number, text in enumerate(asked):
        check_alike(text, ours(number), floor(number))
    yield from rows_of(f"search among {size:,}, {reach.name}", *side_by_side(ours, floor, times=TIMES))
