"""The lists people wait for, at 100,000 persons: what is due, and the search for people in spite of spelling.

The floor is one hand-written query per answer, sent by psycopg as the owner: no Django, no policies, no audit.
"""

from collections.abc import Iterator
from random import Random
from uuid import UUID

import psycopg
from django.utils import timezone

from bench import database, site, world
from bench.table import Row, rows_of, side_by_side
from maiam.contexts.duties import queries as duties
from maiam.contexts.families import queries as families
from maiam.contexts.families.models import Person
from maiam.contexts.families.queries.search import take_apart
from maiam.core.text import fold
from maiam.platform.access import Actor, acting
from maiam.web.demo.names import misspelt

TIMES = 150
MOST_FOUND = 20
LIKE_FROM_LETTERS = 4

DUE = """
SELECT duty.id, duty.what, duty.rule, post.title, village.name, duty.started_at, duty.due_at, duty.late_after,
       duty.state, duty.closed_at, duty.subject_kind, duty.subject_id
FROM duties_obligation AS duty
JOIN accounts_post AS post ON post.id = duty.owner_post_id
LEFT JOIN places_village AS village ON village.id = duty.village_id
WHERE duty.state = 'running' AND duty.owner_post_id = %s
ORDER BY duty.due_at, duty.id LIMIT 200
"""
BEGUN = """
SELECT id FROM (
    SELECT id, sort_key, search_text FROM families_person
    WHERE {begun} AND commune_id = %(commune)s::bigint {year} LIMIT 500) AS one
ORDER BY search_text NOT LIKE '%% ' || %(asked)s || '%%', sort_key, id LIMIT %(most)s
"""
ALIKE = """
SELECT id FROM (
    SELECT id, sort_key, search_text FROM families_person
    WHERE %(asked)s <%% search_text AND NOT ({begun}) AND commune_id = %(commune)s::bigint {year} LIMIT 2000) AS one
ORDER BY word_similarity(%(asked)s, search_text) DESC, sort_key, id LIMIT %(most)s
"""
OF_YEAR = "AND birth_year BETWEEN %(year)s - 1 AND %(year)s + 1"
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


def rows() -> Iterator[Row]:
    officer = world.officer()
    with database.bare() as raw:
        yield from _duties(officer, raw)
        yield from _duties_page(officer, raw)
        yield from _search(officer, raw)


def bare_search(raw: psycopg.Connection, text: str, commune_id: int) -> list[tuple]:
    """Answer a search of names as `search_persons` does, by SQL alone."""
    return raw.execute(HITS, [bare_search_ids(raw, text, commune_id)]).fetchall()


def bare_search_ids(raw: psycopg.Connection, text: str, commune_id: int) -> list[UUID]:
    asked = take_apart(text)
    begun = " AND ".join(f"search_text LIKE '%% {word}%%'" for word in asked.words)
    parts = {"begun": begun, "year": OF_YEAR if asked.year else ""}
    values = {"asked": " ".join(asked.words), "commune": commune_id, "year": asked.year, "most": MOST_FOUND}
    found = [row[0] for row in raw.execute(BEGUN.format(**parts), values)]
    if len(found) < MOST_FOUND and len(" ".join(asked.words)) >= LIKE_FROM_LETTERS:
        values["most"] = MOST_FOUND - len(found)
        found += [row[0] for row in raw.execute(ALIKE.format(**parts), values)]
    return found


def searches() -> list[str]:
    """What officers type: whole names, with marks and without, in part, misspelt, with a year."""
    random = Random(world.SEED)
    names = list(Person.objects.order_by("id").values_list("full_name", "birth_year")[:: world.PERSONS // TIMES])
    ways = (
        lambda name, _: name,
        lambda name, _: fold(name),
        lambda name, _: " ".join(name.split()[-2:]),
        lambda name, _: misspelt(random, name),
        lambda name, year: f"{name} {year}",
        lambda name, _: name[:-1],
    )
    return [ways[number % len(ways)](*name) for number, name in enumerate(names[:TIMES])]


def _duties(officer: Actor, raw: psycopg.Connection) -> Iterator[Row]:
    def ours(_: int) -> list[UUID]:
        with acting(officer):
            return [clock.id for clock in duties.due_items(officer)]

    def floor(_: int) -> list[UUID]:
        return [row[0] for row in raw.execute(DUE, [officer.post_id])]

    _check_alike("due_items", ours(0), floor(0))
    yield from rows_of(f"what is due ({len(floor(0))} lines), query", *side_by_side(ours, floor, times=TIMES))


def _duties_page(officer: Actor, raw: psycopg.Connection) -> Iterator[Row]:
    with site.running() as web:
        get = web.signed_in(officer, "/viec/")
        timings = side_by_side(get, lambda _: raw.execute(DUE, [officer.post_id]).fetchall(), times=TIMES)
    yield from rows_of("what is due, whole page over HTTP", *timings)


def _search(officer: Actor, raw: psycopg.Connection) -> Iterator[Row]:
    asked, (commune_id,) = searches(), officer.commune_ids
    raw.execute("SET pg_trgm.word_similarity_threshold = 0.5")
    # As the house's own search: the planner takes word similarity to be cheap, and would read the whole commune.
    raw.execute("SET enable_indexscan = off")

    def ours(number: int) -> list[UUID]:
        with acting(officer):
            return [hit.id for hit in families.search_persons(officer, asked[number], now=timezone.now())]

    def floor(number: int) -> list[UUID]:
        return [row[0] for row in bare_search(raw, asked[number], commune_id)]

    for number, text in enumerate(asked):
        _check_alike(text, ours(number), floor(number))
    yield from rows_of(f"person search among {world.PERSONS:,}", *side_by_side(ours, floor, times=TIMES))


def _check_alike(what: str, ours: list[UUID], floor: list[UUID]) -> None:
    """A floor that answers something else is no floor."""
    if sorted(ours) != sorted(floor):
        raise AssertionError(f"{what!r}: {len(ours)} rows against {len(floor)} of the bare SQL, not the same ones")
