"""What row-level security costs: the very statements of the three busiest queries, under the policies and without.

Both run in one transaction that states the same actor; only the role differs, and with it the policies.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from bench import database, world
from bench.search import searches
from bench.table import Row, rows_of, side_by_side
from maiam.contexts.duties import queries as duties
from maiam.contexts.families import queries as families
from maiam.contexts.reports import queries as reports
from maiam.contexts.reports.queries.lists import ReportFilter
from maiam.platform.access import Actor, acting
from maiam.platform.access.context import APP_ROLE

TIMES = 150
CLOSE_FORTY = """
    WITH closed AS (SELECT id FROM reports_report ORDER BY id LIMIT 40), tied AS (
        INSERT INTO access_tie (id, row_id, matter_id) SELECT gen_random_uuid(), id, id FROM closed
        ON CONFLICT (row_id) DO NOTHING
    )
    INSERT INTO access_block (id, account_id, matter_id, reason)
    SELECT gen_random_uuid(), %s, id, 'kin' FROM closed
"""
Statement = tuple[str, Any]


def rows() -> Iterator[Row]:
    officer = world.officer()
    with database.bare() as raw:
        asked = searches(raw, f"commune_id = {officer.commune_ids[0]}")
    yield from _cost("duty list", officer, lambda _: duties.due_items(officer))
    yield from _cost(
        "person search",
        officer,
        lambda number: families.search_persons(officer, asked[number % len(asked)], now=timezone.now()),
    )
    yield from _cost("report list", officer, lambda _: reports.reports_page(officer, ReportFilter(), "1"))
    yield from _cost_of_conflicts(officer)


def _cost_of_conflicts(officer: Actor) -> Iterator[Row]:
    """The same list asked of an official to whom forty records are closed, and without asking whether any is."""
    unasked = replace(officer, account_id=None)
    with acting(officer), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(CLOSE_FORTY, [officer.account_id])
        asked, bare = (
            _statements_of(lambda _, who=who: reports.reports_page(who, ReportFilter(), "1"), 0)
            for who in (officer, unasked)
        )

        def run(statements: list[Statement]) -> Callable[[int], None]:
            def once(_: int) -> None:
                for sql, values in statements:
                    cursor.execute(sql, values)
                    cursor.fetchall()

            return once

        timings = side_by_side(run(asked), run(bare), times=TIMES)
        transaction.set_rollback(True)
    yield from rows_of("report list: conflicts asked against not asked", *timings)


def _cost(what: str, officer: Actor, query: Callable[[int], object]) -> Iterator[Row]:
    with acting(officer):
        sent = [_statements_of(query, number) for number in range(TIMES)]
        with connection.cursor() as cursor:

            def run(role: str) -> Callable[[int], None]:
                def once(number: int) -> None:
                    cursor.execute(f"SET LOCAL ROLE {role}")
                    for sql, values in sent[number]:
                        cursor.execute(sql, values)
                        cursor.fetchall()

                return once

            # NONE is the owner who signed in, whose policy lets everything pass and is planned away.
            timings = side_by_side(run(APP_ROLE), run("NONE"), times=TIMES)
            cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")
    yield from rows_of(f"{what}: with policies against without", *timings)


def _statements_of(query: Callable[[int], object], number: int) -> list[Statement]:
    """The reading statements a query sends."""
    sent: list[Statement] = []
    with _listening(sent):
        query(number)
    return [(sql, values) for sql, values in sent if sql.startswith("SELECT")]


@contextmanager
def _listening(sent: list[Statement]) -> Iterator[None]:
    def listen(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: dict[str, Any]) -> Any:
        sent.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(listen):
        yield
