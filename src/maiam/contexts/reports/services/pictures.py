"""Keep pictures sent with a report or later. A file that cannot be kept is named; the rest goes on."""

from datetime import datetime

from maiam.contexts.reports.models import Attachment, Report
from maiam.contexts.reports.rules.limits import MOST_PICTURES
from maiam.contexts.reports.rules.pictures import Picture, PictureRefusedError, redraw
from maiam.platform import audit, vault
from maiam.platform.access import Actor
from maiam.platform.ids import new_id


def keep_pictures(
    *, actor: Actor, report: Report, files: tuple[bytes, ...], now: datetime, kept_before: int = 0
) -> tuple[str, ...]:
    """Keep what can be kept; return in words which files could not be, and why."""
    room = max(0, MOST_PICTURES - kept_before)
    refused = []
    for number, raw in enumerate(files[:room], start=1):
        try:
            _keep(report, redraw(raw), now)
        except PictureRefusedError as refusal:
            refused.append(f"Ảnh {number}: {refusal}")
    if len(files) > room:
        refused.append(f"Chỉ giữ được {MOST_PICTURES} ảnh; {len(files) - room} ảnh sau không giữ.")
    if files:
        audit.record(actor, "reports.report.pictures_added", report, at=now)
    return tuple(refused)


def _keep(report: Report, picture: Picture, now: datetime) -> None:
    attachment_id = new_id()
    Attachment(
        id=attachment_id,
        report=report,
        picture_sealed=vault.seal_bytes(picture.content, place=f"reports_attachment.picture:{attachment_id}"),
        width=picture.width,
        height=picture.height,
        added_at=now,
    ).save(force_insert=True)
