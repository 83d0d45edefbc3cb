"""A list's file, piece by piece, as it lies sealed."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from maiam.contexts.imports.models import ImportedList, ListPiece
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import NotFoundError


def place_of_piece(list_id: UUID, number: int, *, is_marked: bool) -> str:
    return f"imports_listpiece.{'marked' if is_marked else 'file'}:{list_id}:{number}"


def file_pieces(actor: Actor, list_id: UUID) -> Iterator[bytes]:
    """The file as it was brought."""
    actor.require(Permission.IMPORT_FAMILIES)
    return _pieces(actor, list_id, is_marked=False)


def marked_pieces(actor: Actor, list_id: UUID, now: datetime) -> Iterator[bytes]:
    """The copy with comments; each piece is read in a transaction of its own while it is sent.

    Raises `NotFoundError` where there is none.
    """
    actor.require(Permission.IMPORT_FAMILIES)
    row = ImportedList.objects.find(actor, list_id)
    if row.marked_at is None or row.gone_at:
        raise NotFoundError
    audit.record_read(actor, "imports.list.fetched", row, at=now)
    return _pieces(actor, list_id, is_marked=True)


def _pieces(actor: Actor, list_id: UUID, *, is_marked: bool) -> Iterator[bytes]:
    number = 0
    while True:
        with acting(actor):
            pieces = ListPiece.objects.visible_to(actor).filter(imported_id=list_id, is_marked=is_marked, number=number)
            sealed = pieces.values_list("sealed", flat=True).first()
        if not sealed:
            return
        yield vault.unseal_bytes(sealed, place=place_of_piece(list_id, number, is_marked=is_marked))
        number += 1
