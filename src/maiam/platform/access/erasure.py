"""What an erasure by law may do to tables that else keep every row: empty named fields, take out a bare fact.

The database allows it to the house alone (`Permission.CARRY_ERASURE`), in a signed context; never to the trail.
"""

import json
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model


def blank(model: type[Model], *, owner: str, owner_id: UUID, **nothing: Any) -> int:
    """Write `nothing` into the named fields of the rows whose `owner` is `owner_id`; return how many there were."""
    columns = {_column(model, name): value for name, value in nothing.items()}
    return _do("SELECT access.blank(%s::regclass, %s, %s, %s)", model, owner, [owner_id, json.dumps(columns)])


def take_out(model: type[Model], *, owner: str, owner_id: UUID) -> int:
    """Delete the rows whose `owner` is `owner_id`, where the row is nothing but a fact about them."""
    return _do("SELECT access.take_out(%s::regclass, %s, %s)", model, owner, [owner_id])


def _do(sql: str, model: type[Model], owner: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, [model._meta.db_table, _column(model, owner), *values])
        return int(cursor.fetchone()[0])


def _column(model: type[Model], field: str) -> str:
    return str(model._meta.get_field(field).column)  # type: ignore[union-attr]
