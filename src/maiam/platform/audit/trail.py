"""Write an entry of the trail, in the transaction of what it tells about."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model

from maiam.platform.access import Actor
from maiam.platform.audit import recorded
from maiam.platform.audit.models import AuditEntry
from maiam.platform.requests import current_request_id

MAC_FIELDS = ("id", "at", "actor", "post_id", "action", "subject_type", "subject_id", "fields", "reason", "request_id")


def record(
    actor: Actor,
    action: str,
    subject: Model | tuple[str, str],
    *,
    at: datetime,
    fields: Iterable[str] = (),
    reason: str = "",
) -> None:
    """Record that `actor` did `action` (`context.thing.done`) to `subject`; never its values."""
    entry = _entry(actor, action, subject, at=at, fields=fields, reason=reason)
    entry.save(force_insert=True)
    recorded.send(sender=AuditEntry, written=[(entry, subject)], actor=actor)


def record_many(actor: Actor, action: str, subjects: Iterable[Model | tuple[str, str]], *, at: datetime) -> None:
    """Record the same act on many subjects, an entry each, written at once."""
    written = [(_entry(actor, action, subject, at=at), subject) for subject in subjects]
    AuditEntry.objects.bulk_create(entry for entry, _ in written)
    recorded.send(sender=AuditEntry, written=written, actor=actor)


def _entry(
    actor: Actor,
    action: str,
    subject: Model | tuple[str, str],
    *,
    at: datetime,
    fields: Iterable[str] = (),
    reason: str = "",
) -> AuditEntry:
    subject_type, subject_id = _name(subject)
    entry = AuditEntry(
        at=at,
        actor=f"{actor.kind}:{actor.account_id or actor.name}",
        post_id=actor.post_id,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        fields=sorted(fields),
        reason=reason,
        request_id=current_request_id(),
    )
    entry.mac = mac_of(entry)
    return entry


def record_read(actor: Actor, action: str, subject: Model | tuple[str, str], *, at: datetime) -> None:
    """Record that `actor` looked at `subject`."""
    record(actor, action, subject, at=at)


def mac_of(entry: AuditEntry) -> str:
    """Sign the entry, so that one written by hand is told from one of ours."""
    return hmac.new(settings.AUDIT_KEY.encode(), canonical(entry), hashlib.sha256).hexdigest()


def canonical(entry: AuditEntry) -> bytes:
    values: dict[str, Any] = {name: getattr(entry, name) for name in MAC_FIELDS}
    values["id"] = str(entry.id)
    values["at"] = int(entry.at.timestamp() * 1_000_000)
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _name(subject: Model | tuple[str, str]) -> tuple[str, str]:
    return subject if isinstance(subject, tuple) else (subject._meta.label_lower, str(subject.pk))
