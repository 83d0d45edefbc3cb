"""A list's way out: asked for with its purpose, agreed to, made and sealed, fetched by who asked, gone in a day."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import Subject
from maiam.contexts.exports import queries, rules
from maiam.contexts.exports.models import Export, ExportPart
from maiam.contexts.exports.queries import Wanted, place_of_part
from maiam.contexts.exports.rules import FileType, Kind, State
from maiam.core.text import write_datetime
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError
from maiam.platform.sheets import Cell, Sheet, csv_lines, json_lines, write_xlsx

PART_BYTES = 512 * 1024


class NothingToExportError(DomainError):
    code = "exports.nothing"
    message = "Chưa có ai, hộ nào để đưa vào danh sách này."


class TooManyRowsError(DomainError):
    code = "exports.too_many_rows"
    message = f"Danh sách dài hơn {rules.MOST_ROWS:,} dòng. Hãy chọn từng thôn.".replace(",", ".")
    field = "village_id"


class AlreadyDecidedError(DomainError):
    code = "exports.already_decided"
    message = "Đề nghị này đã có người trả lời."


class SamePersonError(DomainError):
    code = "exports.same_person"
    message = "Người xin danh sách không tự đồng ý cho mình được."


class NotReadyError(DomainError):
    code = "exports.not_ready"
    message = "Tệp chưa lập xong, hoặc đã hết hạn tải về."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person wants to carry out of the register, and why."""

    wanted: Wanted
    columns: Sequence[str]
    file_type: FileType
    purpose: str


@transaction.atomic
def ask_export(*, actor: Actor, asked: Asked, now: datetime) -> Export:
    """Ask for a list; a short one is agreed at once, a long one waits for the chairman.

    Raises `NothingToExportError`, `TooManyRowsError`.
    """
    actor.require(Permission.EXPORT_FAMILIES)
    account_id, post_id = accounts.answering_seat(actor)
    count = queries.how_many(actor, asked.wanted)
    if count == 0:
        raise NothingToExportError
    if count > rules.MOST_ROWS:
        raise TooManyRowsError
    row = Export(
        commune_id=asked.wanted.commune_id,
        village_id=asked.wanted.village_id,
        kind=asked.wanted.kind,
        file_type=asked.file_type,
        columns=rules.columns_of(asked.wanted.kind, list(asked.columns)),
        purpose=asked.purpose,
        rows=count,
        serial=rules.new_serial(),
        state=State.WAITING if rules.needs_second_person(count) else State.APPROVED,
        asked_by_post_id=post_id,
        asked_by_account_id=account_id,
        asked_by_name=actor.name,
        asked_at=now,
    )
    row.save(force_insert=True)
    audit.record(actor, "exports.file.asked", row, at=now, fields=row.columns, reason=asked.purpose)
    _tell_chairman(actor, row, now)
    return row


@transaction.atomic
def decide_export(*, actor: Actor, export_id: UUID, agrees: bool, reason: str, now: datetime) -> Export:
    """Agree that a list leaves, or refuse with a reason.

    Raises `AlreadyDecidedError`, `SamePersonError`; `NotFoundError`.
    """
    actor.require(Permission.APPROVE_EXPORTS)
    row = Export.objects.select_for_update(of=("self",)).find(actor, export_id)
    if row.state != State.WAITING:
        raise AlreadyDecidedError
    if row.asked_by_account_id == actor.account_id:
        raise SamePersonError
    row.state = State.APPROVED if agrees else State.REFUSED
    row.decided_by_name, row.decided_at, row.reason = actor.name, now, reason
    row.save(update_fields=["state", "decided_by_name", "decided_at", "reason"])
    audit.record(actor, "exports.file.agreed" if agrees else "exports.file.refused", row, at=now, reason=reason)
    return row


@transaction.atomic
def make_next_export(*, actor: Actor, now: datetime) -> Export | None:
    """Write the list that was agreed to first and seal it piece by piece; killed in the middle, it is begun anew."""
    actor.require(Permission.KEEP_HOUSE)
    agreed = Export.objects.select_for_update(of=("self",), skip_locked=True).filter(state=State.APPROVED)
    row = agreed.select_related("commune", "village").order_by("asked_at", "id").first()
    if row is None:
        return None
    for number, piece in enumerate(_pieces(_sheet(actor, row), FileType(row.file_type))):
        sealed = vault.seal_bytes(piece, place=place_of_part(row.id, number))
        ExportPart(export=row, number=number, sealed=sealed).save(force_insert=True)
    row.state, row.made_at = State.READY, now
    row.save(update_fields=["state", "made_at"])
    audit.record(actor, "exports.file.made", row, at=now)
    return row


@transaction.atomic
def fetch_export(*, actor: Actor, export_id: UUID, now: datetime) -> Export:
    """Let who asked take the file; again within minutes, when the line broke.

    Raises `NotReadyError`; `NotFoundError`.
    """
    actor.require(Permission.EXPORT_FAMILIES)
    row = Export.objects.select_for_update(of=("self",)).find(actor, export_id)
    lifetime = row.lifetime
    if row.state not in (State.READY, State.FETCHED) or lifetime is None or now >= lifetime.ends_at:
        raise NotReadyError
    if row.asked_by_account_id != accounts.answering_seat(actor)[0]:
        raise NotReadyError
    if row.fetched_at is None:
        row.state, row.fetched_at = State.FETCHED, now
        row.save(update_fields=["state", "fetched_at"])
    return row


@transaction.atomic
def forget_exports(*, actor: Actor, now: datetime) -> int:
    """Empty the files whose life has ended; the register keeps that they were. Return how many."""
    actor.require(Permission.KEEP_HOUSE)
    alive = Export.objects.select_for_update(of=("self",)).filter(made_at__isnull=False, gone_at__isnull=True)
    ended = [row for row in alive if row.lifetime and now >= row.lifetime.ends_at]
    for row in ended:
        ExportPart.objects.filter(export=row).update(sealed=b"")
        row.state, row.gone_at = State.GONE, now
        row.save(update_fields=["state", "gone_at"])
        audit.record(actor, "exports.file.gone", row, at=now)
    return len(ended)


def _tell_chairman(actor: Actor, row: Export, now: datetime) -> None:
    chairman = accounts.post_for(Role.COMMUNE_CHAIRMAN, commune_id=row.commune_id)
    if row.state != State.WAITING or chairman is None:
        return
    what = "Có đề nghị xuất danh sách hộ gia đình"
    subject = Subject("exports.export", row.id)
    duties.notify(actor=actor, to_post_id=chairman.id, what=what, subject=subject, now=now, key=f"export:{row.id}")


def _sheet(actor: Actor, row: Export) -> Sheet:
    wanted = Wanted(Kind(row.kind), row.commune_id, row.village_id)
    mark = rules.hidden_mark(row.serial)
    asked = f"Bản số {row.serial}, {row.asked_by_name} xin lúc {write_datetime(row.asked_at)}: {row.purpose}"
    cells: Iterator[list[Cell]] = queries.rows(actor, wanted, row.columns)
    return Sheet(
        title=f"{rules.KIND_LABELS[wanted.kind]}, {row.village or row.commune}",
        headings=[f"{label}{mark}" for label in row.column_labels],
        rows=cells,
        notes=(asked, "Thông tin cá nhân. Chỉ dùng cho mục đích trên; không chuyển cho người khác; dùng xong thì xóa."),
        serial=row.serial,
        names=row.columns,
    )


def _pieces(sheet: Sheet, file_type: FileType) -> Iterator[bytes]:
    """The file in pieces of about the same size. Excel needs a file to write in: a private one, gone at once."""
    if file_type is not FileType.XLSX:
        lines = csv_lines(sheet) if file_type is FileType.CSV else json_lines(sheet)
        yield from _gathered(line.encode() for line in lines)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_xlsx(sheet, path)
        with path.open("rb") as file:
            while piece := file.read(PART_BYTES):
                yield piece


def _gathered(lines: Iterator[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= PART_BYTES:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
