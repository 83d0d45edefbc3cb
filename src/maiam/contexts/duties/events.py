"""A duty that went up was decided there: contexts above say what that means for the record it is about.

A registry and not a signal: the request ends in the transaction that writes the decision down.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from maiam.contexts.duties.rules import Subject
from maiam.platform.access import Actor

End = Callable[[Actor, UUID, str, datetime], None]
_ends: dict[str, End] = {}


def ends_when_decided_above(record_kind: str) -> Callable[[End], End]:
    """Have the function end what was asked about a record of this kind, with the decision in words."""

    def declare(end: End) -> End:
        _ends[record_kind] = end
        return end

    return declare


def end_as_decided_above(actor: Actor, record: Subject, words: str, now: datetime) -> None:
    """End what was asked, where the record's context knows how."""
    if record.kind in _ends:
        _ends[record.kind](actor, record.id, words, now)
