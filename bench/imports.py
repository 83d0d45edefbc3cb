"""A list on its whole way: brought, opened, checked row by row, written with its households and their trail.

The floor is bare COPY, by the owner, of the very rows the import wrote into the same tables, indexes and constraints
as they stand; for Excel also calamine alone, which reads the file and does nothing with it. Memory is the peak of a
process that does nothing else, at three sizes: of the import, and of an export of all it brought in.
"""

import csv
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pyarrow.parquet as pq
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bench import database, world
from bench.effort import Effort
from bench.register.store import people
from bench.table import Row, Taken, side_by_side, take
from maiam.contexts.imports import services
from maiam.contexts.imports.models import ImportedList
from maiam.contexts.imports.rules import State
from maiam.contexts.imports.services import Confirmed, PageAs
from maiam.platform.access import Actor, acting
from maiam.platform.sheets import FileKind, Sheet, open_book, write_xlsx

ROWS = 20_000
MEMORY_AT = (20_000, 80_000, 200_000)
TABLES = ("families_household", "families_person", "families_householdmembership")
HEADINGS = ("Mã hộ", "Họ và tên", "Giới tính", "Ngày sinh", "Quan hệ với chủ hộ", "Số CCCD", "Điện thoại", "Dân tộc")
_ROLES = {"head": "Chủ hộ", "spouse": "Vợ/chồng", "child": "Con", "parent": "Mẹ", "grandchild": "Cháu"}
_SEXES = {"F": "Nữ", "M": "Nam"}


def rows() -> Iterator[Row]:
    table = list_of(ROWS)
    for kind, content in (("csv", as_csv(table)), ("xlsx", as_xlsx(table))):
        if kind == "xlsx":
            yield _reading(content)
        before = _counts()
        ours = take(lambda _, content=content, kind=kind: import_whole(content, f"bench.{kind}"), Effort())
        added = _counts() - before
        floor = _copy_again()
        what = f"import of {ROWS:,} rows, {kind}, whole path"
        yield _rate(f"{what} ({added:,} new people)", ours.clock, floor.clock)
        yield _rate(f"{what}, a processor's second", ours.processors, floor.processors)
    (small, *larger) = map(_peaks, MEMORY_AT)
    for size, peaks in zip(MEMORY_AT[1:], larger, strict=True):
        for what, peak, least in zip(("an import, csv", "an export, xlsx"), peaks, small, strict=True):
            yield Row(f"peak memory of {what}, {size:,} rows / {MEMORY_AT[0]:,}", peak, least, "MB")


def list_of(size: int) -> list[Sequence[str]]:
    """The first people of the bench's register as one commune's list, household by household."""
    table = pq.ParquetFile(people(size, share_of_doubles=0.0)).read()
    columns = [table[name].to_pylist() for name in ("household", "full_name", "sex", "role", "id12", "phone", "ethnic")]
    births = zip(*(table[f"birth_{part}"].to_pylist() for part in ("day", "month", "year")), strict=True)
    return [
        (code, name, _SEXES.get(sex, ""), _born(birth), _ROLES.get(role, "Khác"), number or "", phone or "", ethnic)
        for code, name, sex, role, number, phone, ethnic, birth in zip(*columns, births, strict=True)
    ]


def _born(birth: tuple[int | None, int | None, int | None]) -> str:
    return "/".join(f"{part:02d}" for part in birth if part)


def as_csv(table: list[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *table])
    return out.getvalue().encode()


def as_xlsx(table: list[Sequence[str]]) -> bytes:

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_xlsx(Sheet("Danh sách", HEADINGS, table), path)
        return path.read_bytes()


def import_whole(content: bytes, name: str) -> None:
    """Everything an officer and the worker do, one after the other; each step commits."""
    work_through(bring(content, name))


def bring(content: bytes, name: str) -> UUID:
    """Take the file in, as the web server does."""
    officer = world.officer()
    with acting(officer):
        return services.bring_list(actor=officer, file_name=name, content=content, now=timezone.now()).id


def work_through(list_id: UUID) -> None:
    """Everything after that."""
    officer, now = world.officer(), timezone.now()
    _work(now)
    with acting(officer):
        layout = ImportedList.objects.get(id=list_id).read_as
        pages = {page.page: PageAs(page.is_taken, page.columns) for page in layout.pages}
        services.confirm_columns(actor=officer, list_id=list_id, confirmed=Confirmed(pages, None, False), now=now)
    _work(now)
    with acting(officer):
        services.take_list(actor=officer, list_id=list_id, takes_all=True, now=now)
    _work(now)
    with acting(officer):
        row = ImportedList.objects.get(id=list_id)
    if row.state != State.DONE:
        raise AssertionError(f"the import ended as {row.state}: {row.refusal}")


def _work(now: datetime) -> None:
    """One turn of the worker, as the queue runs it."""
    house, end = Actor.system("imports"), object()
    steps, step = services.work_on_next_list(actor=house, now=now), None
    while step is not end:
        with acting(house):
            step = next(steps, end)


def _reading(content: bytes) -> Row:
    """Our reading, with its checks at the door and every cell as text, against calamine alone."""

    def ours(_: int) -> int:
        return sum(1 for _ in open_book(FileKind.XLSX, lambda: iter([content])).rows(0))

    def floor(_: int) -> int:
        return sum(1 for _ in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).iter_rows())

    one, other = side_by_side(ours, floor, times=3, warm_up=0)
    return _rate(f"reading {ROWS:,} rows of xlsx alone, a processor's second", one.processors, other.processors)


def _rate(what: str, ours: float, floor: float) -> Row:
    """Rows a second, from the milliseconds of all of them."""
    return Row(what, ROWS / ours * 1000, ROWS / floor * 1000, "rows/s", higher_is_better=True)


def _counts() -> int:
    with database.bare() as raw:
        (count,) = raw.execute("SELECT count(*) FROM families_person").fetchone() or (0,)
        return int(count)


def _copy_again() -> Taken:
    """Take what the import wrote out of the tables, and copy it back in; say what the copying took."""
    with database.bare() as raw:
        kept = {table: _copied_out(raw, table) for table in TABLES}
        for table in TABLES:
            raw.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        with raw.transaction():
            for table in reversed(("families_household", "families_person", "families_formernumber", TABLES[2])):
                raw.execute(f"DELETE FROM {table} WHERE {_WRITTEN[table]}")
        raw.execute("VACUUM ANALYZE " + ", ".join(TABLES))
        took = take(lambda _: _copy_in(raw, kept), Effort())
        with raw.transaction():
            for table in reversed(TABLES):
                raw.execute(f"DELETE FROM {table} WHERE {_WRITTEN[table]}")
        for table in TABLES:
            raw.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    return took


_HOMES = "SELECT unnest(household_ids) FROM imports_listpart"
_PEOPLE = "SELECT unnest(person_ids) FROM imports_listpart"
_WRITTEN = {
    "families_household": f"id IN ({_HOMES})",
    "families_person": f"id IN ({_PEOPLE})",
    "families_householdmembership": f"person_id IN ({_PEOPLE})",
    "families_formernumber": f"person_id IN ({_PEOPLE})",
}


def _copy_in(raw: psycopg.Connection, kept: dict[str, bytes]) -> None:
    with raw.transaction():
        for table, content in kept.items():
            with raw.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(content)


def _copied_out(raw: psycopg.Connection, table: str) -> bytes:
    with raw.cursor().copy(f"COPY (SELECT * FROM {table} WHERE {_WRITTEN[table]}) TO STDOUT") as copy:
        return b"".join(bytes(piece) for piece in copy)


def _peaks(size: int) -> tuple[float, float]:
    """Import a list, and carry it out again, each in a process of its own; return how much memory they took at most."""
    list_id = bring(as_csv(list_of(size)), f"bench-{size}.csv")
    peaks = _peak("import", str(list_id)), _peak("export")
    _copy_again()
    return peaks


def _peak(*words: str) -> float:
    command = [sys.executable, "-m", "bench.peak", *words]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=database.ROOT).stdout
    return float(said.split()[-1])
