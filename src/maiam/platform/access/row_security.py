"""Tells PostgreSQL what the models declare: grants, policies, append-only tables. Runs after each migrate.

The database's owner runs it; running it twice changes nothing.
"""

import hashlib
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

from maiam.platform.access.context import APP_ROLE
from maiam.platform.access.models import ScopedModel
from maiam.platform.access.rows import sql_to_read, sql_to_write
from maiam.platform.access.ties import tying

BLOCK_BYTES = 64
# Tables of libraries whose rows come and go by design: sessions, sign-in state, queue, counters.
WORKING_TABLES = ("django_session", "account_%", "mfa_%", "usersessions_%", "procrastinate_%", "web_cache")


def secure_database() -> None:
    """Install the context key, the grants and the policies of every model."""
    with connection.cursor() as cursor:
        for statement in _statements():
            cursor.execute(statement)
        cursor.execute("SELECT access.install_key(%s, %s)", list(_pads(settings.CONTEXT_KEY.encode())))


def _statements() -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA public, access TO {APP_ROLE}"
    yield f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}"
    yield from _grant_working_tables()
    for model in apps.get_models():
        if getattr(model, "append_only", False):
            yield from _append_only(model)
        if getattr(model, "may_delete", False):
            yield f'GRANT DELETE ON "{model._meta.db_table}" TO {APP_ROLE}'
        if issubclass(model, ScopedModel):
            yield from _policies(model)
            yield from tying(model)


def _grant_working_tables() -> Iterator[str]:
    names = [name for name in connection.introspection.table_names() if _is_working_table(name)]
    for name in names:
        yield f'GRANT DELETE, TRUNCATE ON "{name}" TO {APP_ROLE}'


def _is_working_table(name: str) -> bool:
    return any(
        name == pattern or (pattern.endswith("%") and name.startswith(pattern[:-1])) for pattern in WORKING_TABLES
    )


def _append_only(model: type[Model]) -> Iterator[str]:
    table = model._meta.db_table
    yield f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {APP_ROLE}'
    yield f'DROP TRIGGER IF EXISTS append_only ON "{table}"'
    yield (
        f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_change()"
    )


def _policies(model: type[ScopedModel]) -> Iterator[str]:
    table, access = model._meta.db_table, model.access
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
    for name in ("owner_all", "may_read", "may_add", "may_change"):
        yield f'DROP POLICY IF EXISTS {name} ON "{table}"'
    # The owner's own rights: migrations, foreign keys, and the search functions that apply the scope themselves.
    yield f'CREATE POLICY owner_all ON "{table}" TO CURRENT_USER USING (true) WITH CHECK (true)'
    if access.read:
        yield _policy(table, "may_read", "SELECT", using=sql_to_read(model))
    if access.add:
        yield _policy(table, "may_add", "INSERT", check=sql_to_write(model, access.add))
    if access.change:
        condition = sql_to_write(model, access.change)
        yield _policy(table, "may_change", "UPDATE", using=condition, check=condition)


def _policy(table: str, name: str, command: str, *, using: str = "", check: str = "") -> str:
    conditions = f" USING ({using})" * bool(using) + f" WITH CHECK ({check})" * bool(check)
    return f'CREATE POLICY {name} ON "{table}" FOR {command} TO {APP_ROLE}{conditions}'


def _pads(key: bytes) -> tuple[bytes, bytes]:
    """HMAC's inner and outer key (RFC 2104), so that the database needs only sha256."""
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK_BYTES else key).ljust(BLOCK_BYTES, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)
