"""The triggers that tie records into matters and note whom they name, generated from what the models declare."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Model

from maiam.platform.access.rows import Access, Names


def tying(model: type[Model]) -> Iterator[str]:
    """A trigger for each declaration, and the rows that were there before it."""
    access: Access = model.access  # type: ignore[attr-defined]
    if access.ties:
        one, other = (_column(model, field) for field in access.ties)
        yield from _trigger(model, "ties", f"access.tie_all(array_agg({one}), array_agg({other}))", "true")
    elif access.matter not in {"", "id"} and hasattr(model, "subject"):
        record = _column(model, access.matter)
        call = f"access.tie_all(array_agg({record}), array_agg(id))"
        yield from _trigger(model, "ties", call, f"{record} IS NOT NULL")
    if access.names:
        yield from _naming(model, access.names)


def _naming(model: type[Model], names: Names) -> Iterator[str]:
    person, record = _column(model, names.person), _column(model, names.record)
    part = _column(model, names.part) if names.part else ""
    accused = f"{part} IN ({_texts(names.accused)})" if part else str(names.is_accused).lower()
    counts = f"{part} IN ({_texts((*names.accused, *names.protected))})" if part else "true"
    call = f"access.name_all(array_agg({record}), array_agg({person}), array_agg({accused}))"
    yield from _trigger(model, "names", call, counts)


def _trigger(model: type[Model], name: str, call: str, which: str) -> Iterator[str]:
    """Statement triggers: a copy of a million rows is one call.

    The rows that were there before are taken in with the trigger, in one transaction, and not again while it stays.
    """
    table = model._meta.db_table
    function = f'access."{table}_{name}"'
    body = f"BEGIN PERFORM {call} FROM written WHERE {which} HAVING count(*) > 0; RETURN NULL; END"
    if body == _body(table, name):
        return
    yield "; ".join(
        (
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
            f"SET search_path = public, pg_catalog, pg_temp AS $body${body}$body$",
            f"REVOKE ALL ON FUNCTION {function}() FROM PUBLIC",
            f'DROP TRIGGER IF EXISTS {name} ON "{table}"',
            f'CREATE TRIGGER {name} AFTER INSERT ON "{table}" REFERENCING NEW TABLE AS written '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
            f'SELECT {call} FROM "{table}" AS written WHERE {which} HAVING count(*) > 0',
        )
    )


def _body(table: str, trigger: str) -> str | None:
    """What a trigger of ours does now; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE tgrelid = to_regclass(%s) AND tgname = %s",
            [table, trigger],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def _column(model: type[Model], field: str) -> str:
    return f'"{model._meta.get_field(field).column}"'  # type: ignore[union-attr]


def _texts(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)
