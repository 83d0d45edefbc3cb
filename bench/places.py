"""Loading every unit of Vietnam, old and new, against COPY of the same rows into the same empty tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from django.db import connection, transaction
from django.utils import timezone

from bench.table import Row
from maiam.contexts.places import services
from maiam.contexts.places.models import Succession, Unit
from maiam.platform.access import Actor

TABLES = (Unit._meta.db_table, Unit.neighbours.through._meta.db_table, Succession._meta.db_table)


def rows() -> Iterator[Row]:
    house = Actor.system("bench")
    with _empty_tables():
        first = _seconds_of(lambda: services.load_facts(actor=house, now=timezone.now()))
        again = _seconds_of(lambda: services.load_facts(actor=house, now=timezone.now()))
        copied = {table: _copied_out(table) for table in TABLES}
        reading = _seconds_of(lambda: [_copied_out(table) for table in TABLES])
        counts = {table: content.count(b"\n") for table, content in copied.items()}
    with _empty_tables():
        copying = _seconds_of(lambda: [_copy_in(table, content) for table, content in copied.items()])
    yield Row(f"places load ({sum(counts.values()):,} rows)", first, copying, "s")
    yield Row("places load again, nothing to change", again, reading, "s")


@contextmanager
def _empty_tables() -> Iterator[None]:
    """Stand the tables of places, empty but otherwise as they are, before the real ones; take them away after."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA bench_places")
            cursor.execute("SET LOCAL search_path = bench_places, public")
        with connection.schema_editor() as editor:
            for model in (Unit, Succession):
                editor.create_model(model)
        yield
        transaction.set_rollback(True)


def _seconds_of(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    with connection.cursor() as cursor:
        # Both pay for their foreign keys here, not at a commit that never comes.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return perf_counter() - began


def _copied_out(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as content:
        return b"".join(bytes(part) for part in content)


def _copy_in(table: str, content: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
        copy.write(content)
