"""The trail as an inspector reads it: ids and names of acts, never values."""

from dataclasses import dataclass

from maiam.platform.access import Actor, Permission
from maiam.platform.audit import chain
from maiam.platform.audit.models import AuditEntry
from maiam.platform.audit.names import names_of
from maiam.platform.audit.words import in_words

PAGE = 100


@dataclass(frozen=True)
class Filter:
    """Which entries to show; empty text means all."""

    actor: str = ""
    action: str = ""
    subject_id: str = ""
    before: str = ""


@dataclass(frozen=True)
class Line:
    """One entry, with the name of who acted and the act in words."""

    entry: AuditEntry
    who: str
    what: str


def lines(actor: Actor, wanted: Filter) -> list[Line]:
    """The entries that fit in words, newest first."""
    found = entries(actor, wanted)
    names = names_of(entry.actor for entry in found)
    return [Line(entry, names.get(entry.actor, entry.actor), in_words(entry.action)) for entry in found]


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
