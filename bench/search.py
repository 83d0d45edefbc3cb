"""The search for people as it is typed, in registers of a province and of ten: by commune, by province, everywhere.

The floor is the bare SQL a database hand would write for the same box, sent by psycopg as the owner: the words as typed
by their index, the last one only begun; where that finds fewer than a page, two hundred candidates by trigrams, from
an index made for it here. No Django, no policies, no audit. Whoever it finds by whole words ours must find too, or
there is no figure; how often either finds the person meant stands beside the times.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

import psycopg
from django.utils import timezone

from bench import database, registers
from bench.register import slips
from bench.table import Row, rows_of, side_by_side
from maiam.contexts.families import queries as families
from maiam.contexts.families.queries.search import MOST_FOUND, Asked, take_apart
from maiam.core.text import fold
from maiam.platform.access import Actor, Role, acting
from maiam.platform.access.actor import ActorKind
from maiam.platform.access.policy import POWERS

SEED = 195
TIMES = 160
WAYS = 12
PROVINCE_CODE = "68"
LIKE_FROM_LETTERS = 4

TRIGRAMS = (
    "CREATE INDEX IF NOT EXISTS bench_trigrams ON families_person"
    " USING gin (commune_id int8_ops, search_text gin_trgm_ops)"
)
AS_TYPED = """
SELECT id FROM (SELECT id, sort_key FROM families_person
    WHERE families_words(search_text, birth_year) @@ %(words)s::tsquery AND {place} LIMIT 500) AS one
ORDER BY sort_key, id LIMIT %(most)s
"""
ALIKE = """
SELECT id FROM (SELECT id, sort_key, search_text FROM families_person
    WHERE %(asked)s <%% search_text AND {place} {year} LIMIT 200) AS one
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
            yield from of_register(raw, size)


def of_register(raw: psycopg.Connection, size: int) -> Iterator[Row]:
    """The search in the register this process works on."""
    raw.execute(TRIGRAMS)
    raw.execute("ANALYZE families_person")
    # The planner takes word similarity to be cheap, and would read whole communes.
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
    if len(commune_ids) == 1:
        return Reach(name, actor, f"commune_id = {commune_ids[0]}")
    # A sum, so that the index is asked for the words alone: for each of a hundred communes it would begin anew.
    return Reach(name, actor, f"commune_id + 0 = ANY('{{{','.join(map(str, commune_ids))}}}'::bigint[])")


def searches(raw: psycopg.Connection, place: str) -> list[tuple[str, UUID]]:
    """What people type, and whom they mean: whole names and parts of them, misspelt, with a year, a village."""
    random = Random(SEED)
    found = raw.execute(
        "SELECT full_name, birth_year, phone, village.name, person.id FROM (SELECT * FROM families_person"
        f" WHERE {place} AND id > %s ORDER BY id LIMIT %s) AS person JOIN places_village AS village"
        " ON village.id = village_id",
        [UUID(int=0), TIMES * 40],
    ).fetchall()
    chosen = random.sample(found, TIMES)
    return [(_ways(random, *row)[number % WAYS], meant) for number, (*row, meant) in enumerate(chosen)]


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
    """A page of people found by SQL alone, with what is shown of them."""
    asked = take_apart(text)
    found = as_typed(raw, asked, place)
    if len(found) < MOST_FOUND and len(" ".join(asked.words)) >= LIKE_FROM_LETTERS:
        found += [one for one in _alike(raw, asked, place) if one not in found][: MOST_FOUND - len(found)]
    return [row[0] for row in raw.execute(HITS, [found])]


def as_typed(raw: psycopg.Connection, asked: Asked, place: str) -> list[UUID]:
    if asked.phone:
        found = raw.execute(BY_PHONE.format(place=place), {"phone": asked.phone, "most": MOST_FOUND})
    else:
        words = " & ".join([*(f"'{word}'" for word in asked.words), *_years(asked)]) + ":*" * (not asked.year)
        found = raw.execute(AS_TYPED.format(place=place), {"words": words, "most": MOST_FOUND})
    return [row[0] for row in found]


def _years(asked: Asked) -> list[str]:
    return [f"({asked.year - 1} | {asked.year} | {asked.year + 1})"] if asked.year else []


def _alike(raw: psycopg.Connection, asked: Asked, place: str) -> list[UUID]:
    values = {"asked": " ".join(asked.words), "year": asked.year, "most": MOST_FOUND}
    statement = ALIKE.format(place=place, year=OF_YEAR if asked.year else "")
    return [row[0] for row in raw.execute(statement, values)]


def _search(raw: psycopg.Connection, size: int, reach: Reach) -> Iterator[Row]:
    asked = searches(raw, reach.place)

    def ours(number: int) -> list[UUID]:
        with acting(reach.actor):
            return [hit.id for hit in families.search_persons(reach.actor, asked[number][0], now=timezone.now())]

    def floor(number: int) -> list[UUID]:
        return bare_search(raw, asked[number][0], reach.place)

    what = f"search among {size:,}, {reach.name}"
    for number, (text, _) in enumerate(asked):
        _check_none_lost(text, ours(number), as_typed(raw, take_apart(text), reach.place))
    yield Row(f"{what}, the person meant is on the page", *(_share_met(asked, one) for one in (ours, floor)), "%")
    yield from rows_of(what, *side_by_side(ours, floor, times=TIMES))


def _check_none_lost(text: str, ours: list[UUID], typed: list[UUID]) -> None:
    """Where whole words find less than a page, ours has every one of them."""
    lost = set(typed) - set(ours)
    if len(typed) < MOST_FOUND and lost:
        raise AssertionError(f"{text!r}: {len(lost)} of {len(typed)} found by their words are missing")


def _share_met(asked: list[tuple[str, UUID]], search: Callable[[int], list[UUID]]) -> float:
    return 100 * sum(meant in search(number) for number, (_, meant) in enumerate(asked)) / len(asked)
