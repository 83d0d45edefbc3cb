"""The trail as an inspector reads it: ids and names of acts, never values."""

from dataclasses import dataclass

from maiam.platform.access import Actor, Permission
from maiam.platform.audit import chain
from maiam.platform.audit.models import AuditEntry

PAGE = 100


@dataclass(frozen=True)
class Filter:
    """Which entries to show; empty text means all."""

    actor: str = ""
    action: str = ""
    subject_id: str = ""
    before: str = ""


def entries(actor: Actor, wanted: Filter) -> list[AuditEntry]:
    """The entries that fit, newest first; the next page begins before the last one's id."""
    actor.require(Permission.VIEW_AUDIT)
    rows = AuditEntry.objects.visible_to(actor)
    if wanted.actor:
        rows = rows.filter(actor=wanted.actor)
    if wanted.action:
        rows = rows.filter(action__startswith=wanted.action)
    if wanted.subject_id:
        rows = rows.filter(subject_id=wanted.subject_id)
    if wanted.before:
        rows = rows.filter(id__lt=wanted.before)
    return list(rows.order_by("-id")[:PAGE])


def root(actor: Actor) -> chain.Root:
    """Where the chain stands, to be written down."""
    actor.require(Permission.VIEW_AUDIT)
    return chain.root()
