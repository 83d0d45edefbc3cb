"""What the house asks of a PostgreSQL server; what is missing is told with the SQL that mends it.

The owner of the database runs it, before any table is laid. The same SQL stands in docs/operations.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import ProgrammingError, connection, transaction

from maiam.platform.access.context import APP_ROLE

OLDEST = 15
EXTENSIONS = ("pg_trgm", "btree_gist", "btree_gin", "fuzzystrmatch")


@dataclass(frozen=True)
class Lack:
    """Something the server does not give us yet."""

    what: str
    mend: str

    def __str__(self) -> str:
        return f"- {self.what}\n    {self.mend}"


def make_role(*, password: str | None = None) -> None:
    """Create the application's role, or give it `password`, where the owner may; `lacks` tells where not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [APP_ROLE])
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {APP_ROLE} NOLOGIN")
                cursor.execute(f"GRANT {APP_ROLE} TO CURRENT_USER")
            if password:
                # The word after PASSWORD takes no parameter; the value is hexadecimal digits of our own making.
                cursor.execute(f"ALTER ROLE {APP_ROLE} LOGIN PASSWORD '{password}'")
    except ProgrammingError as refusal:
        if not _is_for_want_of_rights(refusal):
            raise


def _is_for_want_of_rights(refusal: ProgrammingError) -> bool:
    return getattr(refusal.__cause__, "sqlstate", None) == "42501"


def lacks() -> list[Lack]:
    """Everything the server does not give us yet, all at once."""
    return [*_version(), *_rights(), *_extensions(), *_role()]


def _version() -> Iterator[Lack]:
    number, encoding = _row("SELECT current_setting('server_version_num')::int / 10000, getdatabaseencoding()")
    if number < OLDEST:
        yield Lack(f"PostgreSQL {number} is too old.", f"Bring PostgreSQL {OLDEST} or newer.")
    if encoding != "UTF8":
        yield Lack(f"The database holds {encoding}, not UTF8.", "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0")


def _rights() -> Iterator[Lack]:
    database, owner, is_able = _row(
        "SELECT quote_ident(current_database()), quote_ident(current_user),"
        " has_database_privilege(current_database(), 'CREATE') AND has_schema_privilege('public', 'CREATE')"
    )
    if not is_able:
        yield Lack(f"{owner} may not lay tables in {database}.", f"ALTER DATABASE {database} OWNER TO {owner};")


def _extensions() -> Iterator[Lack]:
    for name in EXTENSIONS:
        is_there, is_known, is_allowed = _row(
            "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = %(name)s),"
            " EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = %(name)s),"
            " EXISTS (SELECT 1 FROM pg_available_extension_versions WHERE name = %(name)s AND trusted)"
            " AND has_database_privilege(current_database(), 'CREATE')"
            " OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)",
            name=name,
        )
        if not is_there and not is_known:
            yield Lack(f"The server does not have the extension {name}.", "apt-get install postgresql-contrib")
        elif not is_there and not is_allowed:
            yield Lack(f"The owner may not add the extension {name}.", f"CREATE EXTENSION {name};")


def _role() -> Iterator[Lack]:
    owner, is_there, is_too_strong, may_act = _row(
        "SELECT quote_ident(current_user), EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %(name)s),"
        " EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %(name)s AND (rolsuper OR rolbypassrls)),"
        " EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %(name)s AND pg_has_role(current_user, oid, 'MEMBER'))",
        name=APP_ROLE,
    )
    if not is_there:
        create = f"CREATE ROLE {APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'; GRANT {APP_ROLE} TO {owner};"
        yield Lack(f"The role {APP_ROLE} is missing, and {owner} may not create it.", create)
    elif not may_act:
        yield Lack(f"{owner} may not do the application's work at set-up.", f"GRANT {APP_ROLE} TO {owner};")
    if is_too_strong:
        yield Lack(f"{APP_ROLE} walks around row-level security.", f"ALTER ROLE {APP_ROLE} NOSUPERUSER NOBYPASSRLS;")


def _row(sql: str, **values: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
