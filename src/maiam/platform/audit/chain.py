"""The chain of seals: each link hashes the one before it and one entry (SHA-256).

A row altered, removed or inserted by hand breaks it at a number we can name. Cutting off the tail is seen by
whoever holds yesterday's root: print it daily (`audit root`) and check against it (`audit verify --root`).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from maiam.platform.audit.models import AuditEntry, AuditLink, AuditWaiting
from maiam.platform.audit.trail import canonical, mac_of

START = b"\0" * 32
BATCH = 5_000
# Any constant: the sealers of one database agree on it, so that one seals at a time.
SEALER_LOCK = 7_210_415


@dataclass(frozen=True)
class Root:
    """Where the chain stands: how many links, and the last one's digest."""

    links: int
    digest: bytes

    def __str__(self) -> str:
        return f"{self.links}:{self.digest.hex()}"

    @classmethod
    def read(cls, text: str) -> "Root":
        links, _, digest = text.strip().partition(":")
        return cls(int(links), bytes.fromhex(digest))


@dataclass(frozen=True)
class Break:
    """The first thing found wrong."""

    number: int | None
    entry_id: UUID | None
    fault: str

    def __str__(self) -> str:
        where = f"link {self.number}" if self.number is not None else "no link"
        return f"{where}, entry {self.entry_id}: {self.fault}"


def root() -> Root:
    last = AuditLink.objects.order_by("-number").first()
    return Root(last.number, bytes(last.digest)) if last else Root(0, START)


@transaction.atomic
def seal(*, now: datetime) -> int:
    """Seal the entries that wait, oldest first; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER_LOCK])
    waiting = list(AuditWaiting.objects.order_by("entry_id").values_list("entry_id", flat=True)[:BATCH])
    entries = AuditEntry.objects.filter(id__in=waiting).order_by("id")
    at, links = root(), []
    for entry in entries:
        at = Root(at.links + 1, _digest(at.digest, entry))
        links.append(AuditLink(number=at.links, entry_id=entry.id, digest=at.digest, sealed_at=now))
    AuditLink.objects.bulk_create(links)
    AuditWaiting.objects.filter(entry_id__in=waiting).delete()
    return len(links)


def verify(*, witness: Root | None = None) -> Break | None:
    """Walk the whole chain; return the first break, or None when every row stands as it was written."""
    expected, digest = 1, START
    for link, entry in _sealed():
        if link.number != expected:
            return Break(expected, None, "the link is missing")
        if entry is None:
            return Break(link.number, link.entry_id, "the entry was removed")
        digest = _digest(digest, entry)
        if digest != bytes(link.digest):
            return Break(link.number, entry.id, "the entry or its link was altered")
        if entry.mac != mac_of(entry):
            return Break(link.number, entry.id, "the entry was inserted by hand")
        if witness and witness.links == link.number and witness.digest != digest:
            return Break(link.number, entry.id, "the chain differs from the witnessed root")
        expected += 1
    if witness and witness.links >= expected:
        return Break(expected, None, "the chain is shorter than the witnessed root: its tail was cut off")
    return _unsealed_break()


def _sealed() -> Iterator[tuple[AuditLink, AuditEntry | None]]:
    after = 0
    while links := list(AuditLink.objects.filter(number__gt=after).order_by("number")[:BATCH]):
        entries = AuditEntry.objects.in_bulk([link.entry_id for link in links])
        yield from ((link, entries.get(link.entry_id)) for link in links)
        after = links[-1].number


def _unsealed_break() -> Break | None:
    """Entries without a link must be ours, and must be waiting for one."""
    waiting = set(AuditWaiting.objects.values_list("entry_id", flat=True))
    sealed = AuditLink.objects.values("entry_id")
    for entry in AuditEntry.objects.exclude(id__in=sealed).order_by("id").iterator():
        if entry.mac != mac_of(entry):
            return Break(None, entry.id, "the entry was inserted by hand")
        if entry.id not in waiting:
            return Break(None, entry.id, "the entry's link was removed")
    return None


def _digest(before: bytes, entry: AuditEntry) -> bytes:
    return hashlib.sha256(before + str(entry.pk).encode() + b"|" + canonical(entry) + entry.mac.encode()).digest()
