"""Who stands behind a record: contexts above say whom a report or a case means, and how far the reader may go.

A registry and not a signal: the answer is needed at once, under the reader's own powers.
"""

from collections.abc import Callable
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


def addressed(actor: Actor, record: Subject, now: datetime) -> Addressed:
    """Whom this record means, for this actor. Raises `NotFoundError`."""
    if record.kind not in _asks:
        raise NotFoundError
    return _asks[record.kind](actor, record.id, now)
