"""The database of a bench: made from a seed, kept while nothing it is made of changes, cleaned of the last run."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from uuid import UUID

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench import world
from launcher.steps import fingerprint
from maiam.platform.access import ScopedModel
from maiam.platform.ids import new_id

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "maiam"
MADE_OF = (
    Path(__file__),
    Path(world.__file__),
    PACKAGE / "web" / "demo",
    PACKAGE / "contexts" / "places" / "facts",
    *sorted(PACKAGE.rglob("migrations")),
)


class NotOursError(Exception):
    """The database holds what no bench made: we would have to destroy it."""

    def __str__(self) -> str:
        return "This database holds data no bench made. Give the bench an empty one: DATABASE_URL."


@contextmanager
def bare() -> Iterator[psycopg.Connection]:
    """A connection as the owner: no Django, and no policy but the owner's, which lets everything pass."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as raw:
        yield raw


def description() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT split_part(version(), ' ', 2), current_setting('fsync'),"
            " current_setting('synchronous_commit'), current_setting('shared_buffers')"
        )
        version, fsync, commit, buffers = cursor.fetchone()
    return f"PostgreSQL {version} (fsync {fsync}, synchronous_commit {commit}, shared_buffers {buffers})"


def prepare() -> None:
    """Bring the database to the world's state; making it anew takes about a minute."""
    began, mark = perf_counter(), _mark()
    if mark is None:
        make_empty()
        world.make()
        mark_made(_fingerprint())
    else:
        _forget_since(mark)
    with bare() as raw:
        raw.execute("VACUUM ANALYZE")
    print(f"data {'made' if mark is None else 'kept'}: {perf_counter() - began:.0f} s", flush=True)


def _mark() -> UUID | None:
    """The id after which everything was born in a run; None when the world has to be made."""
    return marked(_fingerprint())


def marked(fingerprint: str) -> UUID | None:
    """The last id of what was made under this fingerprint; None when this database holds something else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('bench.made') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("SELECT last_id FROM bench.made WHERE fingerprint = %s", [fingerprint])
        found = cursor.fetchone()
    return found[0] if found else None


def mark_made(fingerprint: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench.made VALUES (%s, %s)", [fingerprint, new_id()])


def _fingerprint() -> str:
    """What the world is made of: the code that makes it, the tables it goes into, the key its trail is signed with."""
    return hashlib.sha256(f"{fingerprint(MADE_OF)}|{settings.AUDIT_KEY}".encode()).hexdigest()


def make_empty() -> None:
    """Bring a database of ours back to the migrated schema and the places of Vietnam. Raises `NotOursError`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass('bench.made') IS NULL AND EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public')"
        )
        if cursor.fetchone()[0]:
            raise NotOursError
        cursor.execute("DROP SCHEMA IF EXISTS bench, access CASCADE")
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
        # Before the first table: a run cut short leaves a database we know to be ours.
        cursor.execute("CREATE SCHEMA bench")
        cursor.execute("CREATE TABLE bench.made (fingerprint text, last_id uuid)")
    migrate()
    call_command("createcachetable", verbosity=0)
    call_command("places_load", verbosity=0)


def migrate() -> None:
    call_command("migrate", verbosity=0)
    call_command("access_secure")


def _forget_since(mark: UUID) -> None:
    """Remove what the last run filed and recorded: its ids, like all of ours, sort by birth."""
    models = [model for model in apps.get_models() if issubclass(model, ScopedModel)]
    keys = {model._meta.db_table: "id" for model in models}
    keys |= {"audit_auditwaiting": "entry_id", "audit_auditlink": "entry_id"}
    with bare() as raw:
        for table in keys:
            raw.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        with raw.transaction():
            for table, key in keys.items():
                raw.execute(f'DELETE FROM "{table}" WHERE "{key}" > %s', [mark])
        for table in keys:
            raw.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        raw.execute("TRUNCATE django_session, accounts_apitoken")
