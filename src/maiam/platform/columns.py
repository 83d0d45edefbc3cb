"""Many new rows of one table at once: their columns go to the database as they are, in one INSERT … SELECT.

PostgreSQL takes no COPY into a table with row-level security; an INSERT of arrays is the nearest to it, and each row
passes the policies, constraints and triggers that a single one would. What the rows share is sent once.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Field, Func, Model
from django.db.models.fields import NOT_PROVIDED

Columns = Mapping[str, Sequence[Any]]


def write_columns(model: type[Model], columns: Columns, **shared: object) -> None:
    """Insert rows told column by column; a field that is told nowhere gets its default.

    Texts and ids are handed over as they are: what a field would mend or check must be mended and checked before.
    """
    if not columns or not len(next(iter(columns.values()))):
        return
    fields = [field for field in model._meta.concrete_fields if _is_told(field, columns, shared)]
    sources, values = [], []
    for number, field in enumerate(fields):
        kind = _kind(field, connection)
        if field.attname in columns:
            sources.append(f"unnest(%s::{kind}[]) AS c{number}")
            values.append(_array(columns[field.attname]))
        else:
            sources.append(f"%s::{kind} AS c{number}")
            value = shared[field.attname] if field.attname in shared else field.get_default()
            values.append(field.get_db_prep_save(value, connection))
    names = ", ".join(f'"{field.column}"' for field in fields)
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(sources)}'
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def without_waiting() -> Iterator[None]:
    """Within a transaction, send statement after statement: the server writes one while the next is being made ready.

    What is read inside waits for all that was sent before it. An error may come out later than its statement, at the
    latest with the end; what was sent after it does nothing.
    """
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def columns_of(rows: Sequence[Mapping[str, Any]], **missing: object) -> dict[str, list[Any]]:
    """Turn rows into columns. `missing` names those a row may lack, and what it then holds."""
    if not rows:
        return {}
    names = [name for name in rows[0] if name not in missing]
    columns = {name: [row[name] for row in rows] for name in names}
    return columns | {name: [row.get(name, value) for row in rows] for name, value in missing.items()}


class Listed(Func):
    """A long value of an array column, handed over like a whole column."""

    def __init__(self, values: Sequence[Any]) -> None:
        super().__init__()
        self.values = values

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # noqa: ARG002
        return "%s", [_array(self.values)]


class IsAmong(Func):
    """Says whether columns are, together, among what was told of them: one value sent for each column, however many."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, *columns: str, told: Sequence[Sequence[Any]] = ()) -> None:
        super().__init__(*columns)
        self.told = tuple(told)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        columns = [compiler.compile(source) for source in self.source_expressions]
        kinds = [_kind(source.output_field, connection) for source in self.source_expressions]
        names, arrays = ", ".join(name for name, _ in columns), ", ".join(f"%s::{kind}[]" for kind in kinds)
        values = [value for _, values in columns for value in values]
        # One column is looked up in its index value by value; several are compared with the rows that are left.
        among = f"= ANY ({arrays})" if len(columns) == 1 else f"IN (SELECT * FROM unnest({arrays}))"  # noqa: S608
        return f"(({names}) {among})", [*values, *map(_array, self.told)]


def _kind(field: "Field[Any, Any]", connection: Any) -> str:
    """A column's type, without the length that a cast would cut a text to."""
    return (field.db_type(connection) or "text").split("(")[0]


def _is_told(field: "Field[Any, Any]", columns: Columns, shared: Mapping[str, object]) -> bool:
    """Leave out what the database itself fills in."""
    if field.attname in columns or field.attname in shared:
        return True
    return not field.primary_key and field.db_default is NOT_PROVIDED


def _array(values: Sequence[Any]) -> str:
    """A column as PostgreSQL reads an array (docs, 8.15.2), by the C encoder of JSON: the two agree but on escapes."""
    told = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"), default=_text)
    if "\\" in told:
        told = _ESCAPE.sub(_as_itself, told)
    return "{" + told[1:-1] + "}"


def _text(value: object) -> str:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)


# To PostgreSQL a backslash says only: take the next letter as it is.
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)")


def _as_itself(escape: "re.Match[str]") -> str:
    return escape[0] if escape[0] in {"\\\\", '\\"'} else str(json.loads(f'"{escape[0]}"'))
