"""Registers of the size of a province and of ten, each on a server of its own, filled once by COPY and then kept.

The rows come from the cache of `bench.register` (Parquet: 45 MB for 650,000 people, 450 MB for ten times as many); the
tables and their indexes take about 1 GB and 9 GB, in the state folder of this checkout (MAIAM_STATE, or var/).
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import dj_database_url
from django.conf import settings
from django.db import connection

from bench import database
from bench.register import load, store
from launcher.database import OWNER, found
from launcher.postgres import Cluster
from launcher.steps import fingerprint

PROVINCE = 650_000
TEN_PROVINCES = 10 * PROVINCE
MADE_OF = (
    Path(load.__file__),
    Path(store.__file__).parent,
    database.PACKAGE / "contexts" / "places" / "facts",
)


@contextmanager
def at(size: int) -> Iterator[None]:
    """Let this process work on a register of `size` people; make it first where it is not there yet."""
    with _server(size):
        began, mark = perf_counter(), _fingerprint(size)
        is_kept = database.marked(mark) is not None
        if is_kept:
            # What is kept goes along with the code, as a province's own register does.
            database.migrate()
        else:
            _make(size, mark)
        print(f"register of {size:,} {'kept' if is_kept else 'made'}: {perf_counter() - began:.0f} s", flush=True)
        yield


@contextmanager
def _server(size: int) -> Iterator[None]:
    """The embedded server of this size; somebody's own server holds one size after another."""
    if os.environ.get("MAIAM_BENCH_SERVER") == "given":
        yield
        return
    cluster = Cluster(f"bench-{size}", settings={"shared_buffers": "1GB", "maintenance_work_mem": "1GB"})
    cluster.start()
    try:
        found(cluster)
        with _connected(cluster.url(OWNER, "maiam")):
            yield
    finally:
        cluster.release()


@contextmanager
def _connected(url: str) -> Iterator[None]:
    """Send Django and `database.bare` to another database for a while."""
    before, usual = os.environ["DATABASE_URL"], dict(connection.settings_dict)
    connection.close()
    os.environ["DATABASE_URL"] = url
    connection.settings_dict.update(dj_database_url.parse(url))
    try:
        yield
    finally:
        connection.close()
        os.environ["DATABASE_URL"] = before
        connection.settings_dict.update(usual)


def _fingerprint(size: int) -> str:
    return hashlib.sha256(f"{fingerprint(MADE_OF)}|{settings.AUDIT_KEY}|{size}".encode()).hexdigest()


def _make(size: int, mark: str) -> None:
    database.make_empty()
    with database.bare() as raw:
        load.load(raw, size)
        raw.execute("VACUUM ANALYZE families_person, families_household, families_householdmembership")
    database.mark_made(mark)
