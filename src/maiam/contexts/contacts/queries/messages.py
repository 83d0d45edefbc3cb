"""What people are to be told: of one person, of the whole place, one opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.contacts import events
from maiam.contexts.contacts.models import Attempt, DemoMessage, Message
from maiam.contexts.contacts.queries.rules import may_know, require_to_tell
from maiam.contexts.contacts.rules.messages import OPEN, RESULT_LABELS, STATE_COLOURS, STATE_LABELS, Result, State
from maiam.contexts.contacts.rules.safe_rule import WAY_LABELS, Recipient, Way
from maiam.contexts.contacts.rules.verdicts import REFUSAL_LABELS, Refusal
from maiam.contexts.contacts.rules.words import PURPOSE_LABELS, Purpose
from maiam.contexts.duties.rules import SUBJECT_PAGES, Subject
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import NotFoundError

LONGEST_LIST = 200
_HOUSE = Actor.system("contacts")


@dataclass(frozen=True)
class MessageLine:
    """One message as a list shows it: nobody's name, no number, no words."""

    id: UUID
    record_id: UUID
    record_page: str
    record_name: str
    purpose_label: str
    way_label: str
    state: State
    state_label: str
    state_colour: str
    reason: str
    asked_at: datetime
    next_try_at: datetime | None
    by_name: str

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True)
class AttemptLine:
    at: datetime
    way_label: str
    result_label: str
    is_good: bool
    reason: str
    words: str
    by_name: str
    version: int | None


@dataclass(frozen=True)
class MessagePage:
    """One message with every attempt at it, and the very words that left."""

    row: Message
    line: MessageLine
    text: str
    attempts: list[AttemptLine]
    shown_in_demo: list[tuple[str, str]]


def messages_of(actor: Actor, recipient: Recipient) -> list[MessageLine]:
    """What this person was, or is to be, told; the newest first."""
    actor.require(Permission.KEEP_CONTACT_RULES)
    rows = Message.objects.visible_to(actor).filter(recipient_kind=recipient.kind, recipient_id=recipient.id)
    return _lines(actor, rows.order_by("-asked_at", "-id")[:LONGEST_LIST])


def messages_about(actor: Actor, record: Subject) -> list[MessageLine]:
    """What was, or is to be, told because of one record; the newest first."""
    actor.require(Permission.KEEP_CONTACT_RULES)
    rows = Message.objects.visible_to(actor).filter(record_kind=record.kind, record_id=record.id)
    return _lines(
        actor, [row for row in rows.order_by("-asked_at", "-id")[:LONGEST_LIST] if may_know(actor, row.recipient)]
    )


def messages_waiting(actor: Actor) -> list[MessageLine]:
    """What of the whole place still waits for an hour or for a colleague."""
    return _lines(actor, rows_waiting(actor))


def rows_waiting(actor: Actor) -> list[Message]:
    """The same as rows, for other systems."""
    actor.require(Permission.KEEP_CONTACT_RULES)
    rows = Message.objects.visible_to(actor).filter(state__in=list(OPEN)).order_by("asked_at", "id")
    return [row for row in rows[:LONGEST_LIST] if may_know(actor, row.recipient)]


def message(actor: Actor, message_id: UUID, now: datetime) -> MessagePage:
    """Open one message. Raises `NotFoundError`."""
    require_to_tell(actor)
    row = Message.objects.find(actor, message_id)
    if not may_know(actor, row.recipient):
        raise NotFoundError
    audit.record_read(actor, "contacts.message.read", row, at=now)
    tried = Attempt.objects.visible_to(actor).filter(message=row).select_related("rule").order_by("at", "id")
    (line,) = _lines(actor, [row])
    return MessagePage(row, line, row.text, [_attempt(one) for one in tried], _shown(actor, row))


def _shown(actor: Actor, row: Message) -> list[tuple[str, str]]:
    """What the demonstration's outbox holds of this message, which the actor has just opened."""
    if not Message.objects.visible_to(actor).filter(id=row.id).exists():
        return []
    with acting(_HOUSE):
        kept = DemoMessage.objects.visible_to(_HOUSE).filter(message=row).order_by("sent_at", "id")
        return [one.number_and_text for one in kept]


def _lines(actor: Actor, rows: Iterable[Message]) -> list[MessageLine]:
    found = list(rows)
    kinds = {row.record_kind for row in found}
    names = {
        kind: events.names_of(actor, kind, {row.record_id for row in found if row.record_kind == kind})
        for kind in kinds
    }
    return [_line(row, names[row.record_kind].get(row.record_id, "")) for row in found]


def _line(row: Message, record_name: str) -> MessageLine:
    state = State(row.state)
    return MessageLine(
        id=row.id,
        record_id=row.record_id,
        record_page=SUBJECT_PAGES[row.record_kind],
        record_name=record_name,
        purpose_label=PURPOSE_LABELS[Purpose(row.purpose)],
        way_label=WAY_LABELS[Way(row.way)],
        state=state,
        state_label=STATE_LABELS[state],
        state_colour=STATE_COLOURS[state],
        reason=REFUSAL_LABELS[Refusal(row.refusal)] if row.refusal else "",
        asked_at=row.asked_at,
        next_try_at=row.next_try_at,
        by_name=row.by_name,
    )


def _attempt(row: Attempt) -> AttemptLine:
    result = Result(row.result)
    return AttemptLine(
        at=row.at,
        way_label=WAY_LABELS[Way(row.way)],
        result_label=RESULT_LABELS[result],
        is_good=result in {Result.SENT, Result.DELIVERED, Result.TOLD, Result.NUMBER_SHOWN},
        reason=REFUSAL_LABELS[Refusal(row.refusal)] if row.refusal else "",
        words=row.words,
        by_name=row.by_name,
        version=row.rule.version if row.rule else None,
    )
