"""Write an entry of the trail, in the transaction of what it tells about."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model

from maiam.platform.access import Actor
from maiam.platform.audit import Subject, recorded
from maiam.platform.audit.models import AuditEntry
from maiam.platform.columns import write_columns
from maiam.platform.ids import new_ids
from maiam.platform.requests import current_request_id

Named = Model | Subject | tuple[str, str]

MAC_FIELDS = ("id", "at", "actor", "post_id", "action", "subject_type", "subject_id", "fields", "reason", "request_id")


def record(
    actor: Actor,
    action: str,
    subject: Named,
    *,
    at: datetime,
    fields: Iterable[str] = (),
    reason: str = "",
) -> None:
    """Record that `actor` did `action` (`context.thing.done`) to `subject`; never its values."""
    entry = _entry(actor, action, at, fields=sorted(fields), reason=reason)
    entry.subject_type, entry.subject_id = _name(subject)
    entry.mac = mac_of(entry)
    entry.save(force_insert=True)
    recorded.send(sender=AuditEntry, action=action, subjects=[subject], actor=actor, at=at)


def record_many(actor: Actor, action: str, subjects: Iterable[Named], *, at: datetime) -> None:
    """Record the same act on many subjects, an entry each, written at once."""
    told = list(subjects)
    if not told:
        return
    like = _entry(actor, action, at)
    types, subject_ids = zip(*map(_name, told), strict=True)
    ids = new_ids(len(told))
    own = {"id": ids, "subject_type": types, "subject_id": subject_ids}
    macs = _macs(like, zip(ids, subject_ids, types, strict=True))
    shared = {name: getattr(like, name) for name in MAC_FIELDS if name not in own}
    write_columns(AuditEntry, {**own, "mac": macs}, **shared)
    recorded.send(sender=AuditEntry, action=action, subjects=told, actor=actor, at=at)


def _entry(actor: Actor, action: str, at: datetime, *, fields: Sequence[str] = (), reason: str = "") -> AuditEntry:
    return AuditEntry(
        at=at,
        actor=f"{actor.kind}:{actor.account_id or actor.name}",
        post_id=actor.post_id,
        action=action,
        fields=list(fields),
        reason=reason,
        request_id=current_request_id(),
    )


def record_read(actor: Actor, action: str, subject: Named, *, at: datetime) -> None:
    """Record that `actor` looked at `subject`."""
    record(actor, action, subject, at=at)


def mac_of(entry: AuditEntry) -> str:
    """Sign the entry, so that one written by hand is told from one of ours."""
    return hmac.new(settings.AUDIT_KEY.encode(), canonical(entry), hashlib.sha256).hexdigest()


def _macs(like: AuditEntry, own: Iterable[tuple[str, str, str]]) -> list[str]:
    """Sign many entries that differ from `like` in id, subject and its type alone; what they share is written once."""
    like.id = like.subject_id = like.subject_type = _SLOT
    start, to_subject, to_type, end = canonical(like).decode().split(f'"{_SLOT}"')
    signer, macs = hmac.new(settings.AUDIT_KEY.encode(), digestmod=hashlib.sha256), []
    for entry_id, subject_id, subject_type in own:
        text = f"{start}{_json(entry_id)}{to_subject}{_json(subject_id)}{to_type}{_json(subject_type)}{end}"
        signed = signer.copy()
        signed.update(text.encode())
        macs.append(signed.hexdigest())
    return macs


# Where an entry has its own. `canonical` writes names in the order of the alphabet: id, subject_id, subject_type.
_SLOT = "<own>"
_json = json.encoder.encode_basestring


def canonical(entry: AuditEntry) -> bytes:
    values: dict[str, Any] = {name: getattr(entry, name) for name in MAC_FIELDS}
    values["id"] = str(entry.id)
    values["at"] = int(entry.at.timestamp() * 1_000_000)
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _name(subject: Named) -> tuple[str, str]:
    return (subject[0], subject[1]) if isinstance(subject, tuple) else (subject._meta.label_lower, str(subject.pk))
