"""The list people wait for most: what is due.

The floor is one hand-written query per answer, sent by psycopg as the owner: no Django, no policies, no audit.
"""

from collections.abc import Iterator
from uuid import UUID

import psycopg

from bench import database, site, world
from bench.table import Row, check_alike, rows_of, side_by_side
from maiam.contexts.duties import queries as duties
from maiam.platform.access import Actor, acting

TIMES = 150

DUE = """
SELECT duty.id, duty.what, duty.rule, post.title, village.name, duty.started_at, duty.due_at, duty.late_after,
       duty.state, duty.closed_at, duty.subject_kind, duty.subject_id
FROM duties_obligation AS duty
JOIN accounts_post AS post ON post.id = duty.owner_post_id
LEFT JOIN places_village AS village ON village.id = duty.village_id
WHERE duty.state = 'running' AND duty.owner_post_id = %s
ORDER BY duty.due_at, duty.id LIMIT 200
"""


def rows() -> Iterator[Row]:
    officer = world.officer()
    with database.bare() as raw:
        yield from _duties(officer, raw)
        yield from _duties_page(officer, raw)


def _duties(officer: Actor, raw: psycopg.Connection) -> Iterator[Row]:
    def ours(_: int) -> list[UUID]:
        with acting(officer):
            return [clock.id for clock in duties.due_items(officer)]

    def floor(_: int) -> list[UUID]:
        return [row[0] for row in raw.execute(DUE, [officer.post_id])]

    check_alike("due_items", ours(0), floor(0))
    yield from rows_of(f"what is due ({len(floor(0))} lines), query", *side_by_side(ours, floor, times=TIMES))


def _duties_page(officer: Actor, raw: psycopg.Connection) -> Iterator[Row]:
    with site.running() as web:
        get = web.signed_in(officer, "/viec/")
        timings = side_by_side(get, lambda _: raw.execute(DUE, [officer.post_id]).fetchall(), times=TIMES)
    yield from rows_of("what is due, whole page over HTTP", *timings)
