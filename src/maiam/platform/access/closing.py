"""Whether a record is closed to people, by a conflict of interest or a seal, or opened to them by broken glass.

Django asks with the people's accounts in hand, the policies with those of the signed context; both read the same rows
through the same two functions, once for each statement and not for each row.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, F, Func


class _AmongRecords(Func):
    """Says whether a column is among the records an `access` function returns; a record not known is not."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, column: Any, people: Sequence[int] = ()) -> None:
        # Django makes copies by passing the sources alone; the people travel in `extra`.
        super().__init__(F(column) if isinstance(column, str) else column)
        self.people = tuple(people)

    def as_sql(self, compiler: Any, *_: Any, **__: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, values = compiler.compile(self.source_expressions[0])
        sql = f"(({column} = ANY((SELECT {self.function}(%s::bigint[]))::uuid[])) IS TRUE)"
        return sql, [*values, list(self.people)]


class IsClosed(_AmongRecords):
    function = "access.closed_to"


class IsOpened(_AmongRecords):
    function = "access.opened_to"


def closed_sql(column: str) -> str:
    return f"(({column} = ANY((SELECT access.closed())::uuid[])) IS TRUE)"


def opened_sql(column: str) -> str:
    return f"(({column} = ANY((SELECT access.opened())::uuid[])) IS TRUE)"
