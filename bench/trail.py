"""Proving the audit trail whole, against reading the same rows and hashing them one after the other."""

import hashlib
from collections.abc import Iterator

from bench import database, world
from bench.table import Row, side_by_side
from maiam.platform.access import Actor, acting
from maiam.platform.audit import chain

ROUNDS = 3
EVERY_ROW = """
COPY (SELECT link.number, link.digest, entry.* FROM audit_auditlink AS link
      JOIN audit_auditentry AS entry ON entry.id = link.entry_id ORDER BY link.number) TO STDOUT
"""


def rows() -> Iterator[Row]:
    timings = side_by_side(_verify, _read_and_hash, times=ROUNDS, warm_up=0)
    ours, floor = (1000 * world.AUDIT_ENTRIES / timing.median for timing in timings)
    yield Row("audit verify", ours, floor, "events/s", higher_is_better=True)


def _verify(_: int) -> None:
    with acting(Actor.system("bench")):
        broken = chain.verify()
    if broken:
        raise AssertionError(f"The trail is broken at {broken}.")


def _read_and_hash(_: int) -> None:
    digest = b""
    with database.bare() as raw, raw.cursor() as cursor, cursor.copy(EVERY_ROW) as rows_out:
        for row in rows_out:
            digest = hashlib.sha256(digest + bytes(row)).digest()
