"""While the database is away, a report waits sealed in a file; a woman with ninety seconds does not come back.

The file is on the disk before she reads her code, and the code is the one the report will have once it is filed.
"""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from maiam.contexts.reports.rules import waiting
from maiam.contexts.reports.rules.draft import ReportDraft, Told
from maiam.contexts.reports.rules.limits import MOST_WAITING
from maiam.contexts.reports.services.filing import Filed, file_report
from maiam.contexts.reports.services.sending import Sending
from maiam.platform import vault
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError
from maiam.platform.ids import new_id

WHY_LATE = "Nhận khi máy chủ dữ liệu tạm ngưng"
_SEALED, _UNREADABLE = ".sealed", ".unreadable"


class NoRoomError(DomainError):
    code = "reports.no_room"
    message = "Lúc này chưa nhận được tin. Hãy gọi 113, hoặc thử lại sau ít phút."


def spool_report(*, actor: Actor, draft: ReportDraft, now: datetime) -> Filed:
    """Keep a report of the public until the database is back.

    Raises `NoRoomError`.
    """
    folder = _folder()
    if len(_waiting(folder)) >= MOST_WAITING:
        raise NoRoomError
    late = replace(draft, told=Told(now, WHY_LATE))
    report_id = new_id()
    _write_durably(folder / f"{report_id}{_SEALED}", vault.seal(waiting.written(late), place=_place(str(report_id))))
    return Filed(report_id, Sending.of(actor, late).code)


def drain_spool(*, actor: Actor, now: datetime) -> int:
    """File what waits, oldest first, each once; return how many there were.

    `actor` is the public whose reports they are. A file goes only after its report is committed.
    """
    found = _waiting(_folder())
    for file in found:
        try:
            draft = waiting.read(vault.unseal(file.read_bytes(), place=_place(file.stem)))
        except FileNotFoundError:
            continue
        except (vault.SealBrokenError, ValueError, KeyError, TypeError):
            # Kept aside for a person with the key; the others must not wait behind it.
            file.rename(file.with_suffix(_UNREADABLE))
            continue
        file_report(actor=actor, draft=draft, now=now)
        transaction.on_commit(lambda done=file: done.unlink(missing_ok=True))  # type: ignore[misc]
    return len(found)


def _waiting(folder: Path) -> list[Path]:
    """The files that wait; their names sort by when they were made."""
    return sorted(folder.glob(f"*{_SEALED}"))


def _folder() -> Path:
    folder = Path(settings.STATE) / "spool"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _place(name: str) -> str:
    return f"reports spool:{name}"


def _write_durably(path: Path, content: bytes) -> None:
    """Have the bytes, then the name, on the disk before anyone is told."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
