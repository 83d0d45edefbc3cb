"""Opens a file that was brought, guesses its columns, reads its rows into homes, and gives it back with comments."""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from maiam.contexts.imports.models import ImportedList
from maiam.contexts.imports.queries import all_problems, file_pieces, known_words, settled_for
from maiam.contexts.imports.rules import FoundHome, Layout, ListReader, Seen, SeenRows, Settled, State, look_at
from maiam.contexts.imports.rules.layout import LOOKED_AT
from maiam.contexts.imports.services.judging import Judge
from maiam.contexts.imports.services.pieces import Parts, Pieces
from maiam.contexts.imports.services.settling import COLUMN
from maiam.platform import audit
from maiam.platform.access import Actor
from maiam.platform.sheets import (
    MOST_MARKED_IN_PLACE,
    Book,
    FileKind,
    FileRefusedError,
    Mark,
    first_rows,
    marked_copy,
    marked_table,
    open_book,
)

PEOPLE_IN_PART = 1_000


def look_inside(*, actor: Actor, list_id: UUID, now: datetime) -> Iterator[object]:
    """Guess where each sheet's table begins and what its columns hold."""
    row = _held(list_id)
    yield row
    try:
        book = _book(actor, row)
        pages = [
            Seen(page.name, page.is_hidden, page.merged, first_rows(book, number, LOOKED_AT), page.hidden_rows)
            for number, page in enumerate(book.pages)
        ]
    except FileRefusedError as refusal:
        _refuse(actor, row, refusal, now)
        return
    remembered = known_words(actor, row.commune_id, COLUMN)
    layout = look_at(pages, remembered, timezone.localdate(now))
    if not any(page.rows for page in pages):
        _refuse(actor, row, FileRefusedError("Tệp không có dòng nào."), now)
        return
    row.layout, row.state, row.stumbles = layout.as_json(), State.COLUMNS, 0
    row.rows_before = sum(book.height(number) for number in range(len(book.pages)))
    row.save(update_fields=["layout", "state", "stumbles", "rows_before"])
    audit.record(actor, "imports.list.opened_inside", row, at=now)


def check_rows(*, actor: Actor, list_id: UUID, now: datetime) -> Iterator[object]:
    """Read every row, and keep what was understood part by part. Begun anew, it writes over what it wrote."""
    row = _held(list_id)
    settled = settled_for(actor, row, timezone.localdate(now))
    try:
        book = _book(actor, row)
        row.rows_before = sum(book.height(page.page) for page in row.read_as.taken)
        row.rows_done = 0
        row.save(update_fields=["rows_before", "rows_done"])
        number = 0
        for number, homes in enumerate(_in_parts(_numbered(_homes(book, row.read_as, settled))), start=1):
            row = _held(list_id)
            Parts(row).keeps(number, Judge(actor, row).decides(homes))
            row.rows_done = min(row.rows_before, row.rows_done + sum(len(home.members) for home in homes))
            row.stumbles = 0
            row.save(update_fields=["rows_done", "stumbles"])
            yield row
    except FileRefusedError as refusal:
        row = _held(list_id)
        row.state, row.refusal = State.COLUMNS, str(refusal)
        row.save(update_fields=["state", "refusal"])
        return
    row = _held(list_id)
    Parts(row).empties_from(number + 1)
    row.state, row.checked_at, row.marked_at = State.CHECKED, now, None
    row.words = [
        {"kind": kind, "key": key, "written": written, "count": count}
        for (kind, key), (written, count) in settled.open_words.items()
    ]
    row.save(update_fields=["state", "checked_at", "marked_at", "words"])
    audit.record(actor, "imports.list.checked", row, at=now)


def mark_copy(*, actor: Actor, list_id: UUID, now: datetime) -> Iterator[object]:
    """Write the same workbook with a comment wherever something is to be said."""
    row = _held(list_id)
    yield row
    book, pages = _book(actor, row), [page.name for page in row.read_as.pages]

    def marks() -> Iterator[Mark]:
        for one in all_problems(actor, list_id):
            yield Mark(one.page, one.row, one.column, one.severity, one.typed, one.says)

    cells = sum(book.height(page.page) * max(len(page.headings), 1) for page in row.read_as.pages)
    if row.file_kind == FileKind.XLSX and cells <= MOST_MARKED_IN_PLACE:
        content = marked_copy(b"".join(file_pieces(actor, list_id)), pages, marks)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.xlsx"
            marked_table(book, [page.page for page in row.read_as.taken], marks, path)
            content = path.read_bytes()
    Pieces(row, is_marked=True).keeps(content)
    row.marked_at, row.stumbles = now, 0
    row.save(update_fields=["marked_at", "stumbles"])


def _homes(book: Book, layout: Layout, settled: Settled) -> Iterator[FoundHome]:
    seen = SeenRows()
    return chain.from_iterable(
        ListReader(page, settled, book.pages[page.page].merged, seen).homes(book.rows(page.page))
        for page in layout.taken
    )


def _numbered(homes: Iterable[FoundHome]) -> Iterator[FoundHome]:
    for serial, home in enumerate(homes, start=1):
        home.serial = serial
        yield home


def _in_parts(homes: Iterable[FoundHome]) -> Iterator[list[FoundHome]]:
    held: list[FoundHome] = []
    people = 0
    for home in homes:
        held.append(home)
        people += max(1, len(home.members))
        if people >= PEOPLE_IN_PART:
            yield held
            held, people = [], 0
    if held:
        yield held


def _book(actor: Actor, row: ImportedList) -> Book:
    return open_book(FileKind(row.file_kind), lambda: file_pieces(actor, row.id))


def _held(list_id: UUID) -> ImportedList:
    return ImportedList.objects.select_for_update(of=("self",)).select_related("commune").get(id=list_id)


def _refuse(actor: Actor, row: ImportedList, refusal: FileRefusedError, now: datetime) -> None:
    row.state, row.refusal = State.REFUSED, str(refusal)[:400]
    row.save(update_fields=["state", "refusal"])
    audit.record(actor, "imports.list.refused", row, at=now)
