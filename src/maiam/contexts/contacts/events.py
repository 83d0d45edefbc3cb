"""Who stands behind a record: contexts above say whom a report or a case means, and how far the reader may go.

A registry and not a signal: the answer is needed at once, under the reader's own powers.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.contacts.rules.safe_rule import Recipient, SafeRule
from maiam.contexts.duties.rules import Subject
from maiam.platform.access import Actor
from maiam.platform.errors import NotFoundError


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """A person a record means, the post that answers for it, and how a page names both."""

    recipient: Recipient
    record: Subject
    label: str
    code: str
    commune_id: int | None
    village_id: int | None
    owner_post_id: int | None
    told_before: SafeRule | None = None


Ask = Callable[[Actor, UUID, datetime], Addressed]
_asks: dict[str, Ask] = {}


def behind(record_kind: str) -> Callable[[Ask], Ask]:
    """Have the function say whom a record of this kind means. It raises `NotFoundError` out of reach."""

    def declare(ask: Ask) -> Ask:
        _asks[record_kind] = ask
        return ask

    return declare


Name = Callable[[Actor, Collection[UUID]], dict[UUID, str]]
_names: dict[str, Name] = {}


def named(record_kind: str) -> Callable[[Name], Name]:
    """Have the function name records of this kind in a list: by code or kind, never by a person's name."""

    def declare(name: Name) -> Name:
        _names[record_kind] = name
        return name

    return declare


def names_of(actor: Actor, record_kind: str, ids: Collection[UUID]) -> dict[UUID, str]:
    """How a list names these records, as far as the actor reaches them."""
    return _names[record_kind](actor, ids) if record_kind in _names else {}


def addressed(actor: Actor, record: Subject, now: datetime) -> Addressed:
    """Whom this record means, for this actor. Raises `NotFoundError`."""
    if record.kind not in _asks:
        raise NotFoundError
    return _asks[record.kind](actor, record.id, now)
