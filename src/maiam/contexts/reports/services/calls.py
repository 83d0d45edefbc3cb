"""Log a call that was no report."""

from datetime import datetime

from django.db import transaction

from maiam.contexts.reports.models import CallRecord
from maiam.contexts.reports.models.calls import CallPurpose
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import ForbiddenError


@transaction.atomic
def log_call(*, actor: Actor, purpose: CallPurpose, note: str, now: datetime) -> CallRecord:
    """Keep what a call was about when nobody reported anything."""
    actor.require(Permission.TAKE_REPORT)
    if actor.post_id is None:
        raise ForbiddenError(Permission.TAKE_REPORT)
    call = CallRecord(purpose=purpose, by_post_id=actor.post_id, called_at=now)
    call.note_sealed = vault.seal(note, place=f"reports_callrecord.note:{call.id}")
    call.save(force_insert=True)
    audit.record(actor, "reports.call.logged", call, at=now)
    return call
