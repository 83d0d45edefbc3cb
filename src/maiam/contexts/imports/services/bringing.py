"""Take a file in: looked at from outside, sealed piece by piece; the worker alone opens it."""

import hashlib
from datetime import datetime

from django.db import transaction

from maiam.contexts.imports.models import ImportedList
from maiam.contexts.imports.queries import own_commune
from maiam.contexts.imports.rules import BUSY, State
from maiam.contexts.imports.services.pieces import Pieces
from maiam.core.text import clean
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, ForbiddenError
from maiam.platform.sheets import check_file

# One commune's lists in the worker at one time: a queue, not a flood.
MOST_AT_WORK = 5
_FINGERPRINT = "imports_importedlist.fingerprint"


class AlreadyBusyError(DomainError):
    code = "imports.already_busy"
    message = "Đang có vài tệp của xã chờ xử lý. Hãy đợi xong rồi gửi tiếp."
    field = "file"


@transaction.atomic
def bring_list(*, actor: Actor, file_name: str, content: bytes, now: datetime) -> ImportedList:
    """Take a file in.

    Raises `FileRefusedError`, `AlreadyBusyError`; `NotFoundError` for who has no commune of their own.
    """
    actor.require(Permission.IMPORT_FAMILIES)
    commune_id, post_id = own_commune(actor), actor.post_id
    if post_id is None:
        raise ForbiddenError(Permission.IMPORT_FAMILIES)
    kind = check_file(content, file_name)
    waiting = ImportedList.objects.visible_to(actor).filter(commune_id=commune_id, state__in=BUSY)
    if waiting.count() >= MOST_AT_WORK:
        raise AlreadyBusyError
    row = ImportedList(
        commune_id=commune_id,
        state=State.UPLOADED,
        file_name=clean(file_name.encode(errors="replace").decode())[-200:] or "danh sách",
        file_kind=kind,
        file_bytes=len(content),
        fingerprint=vault.index(hashlib.sha256(content).hexdigest(), field=_FINGERPRINT),
        by_post_id=post_id,
        by_account_id=actor.account_id,
        by_name=actor.name,
        uploaded_at=now,
        touched_at=now,
    )
    row.save(force_insert=True)
    Pieces(row, is_marked=False).keeps(content)
    audit.record(actor, "imports.list.brought", row, at=now)
    return row
