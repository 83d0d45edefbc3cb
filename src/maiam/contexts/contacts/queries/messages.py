"""What people are to be told: of one person, of the whole place, one opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.contacts.models import Attempt, DemoMessage, Message
from maiam.contexts.contacts.queries.rules import may_know
from maiam.contexts.contacts.rules.messages import OPEN, RESULT_LABELS, STATE_COLOURS, STATE_LABELS, Result, State
from maiam.contexts.contacts.rules.safe_rule import WAY_LABELS, Recipient, Way
from maiam.contexts.contacts.rules.verdicts import REFUSAL_LABELS, Refusal
from maiam.contexts.contacts.rules.words import PURPOSE_LABELS, Purpose
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import NotFoundError

LONGEST_LIST = 200
_HOUSE = Actor.system("contacts")


@dataclass(frozen=True)
class MessageLine:
    """One message as a list shows it: nobody's name, no number, no words."""

    id: UUID
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
    return [_line(row) for row in rows.order_by("-asked_at", "-id")[:LONGEST_LIST]]


def messages_waiting(actor: Actor) -> list[MessageLine]:
    """What of the whole place still waits for an hour or for a colleague."""
    actor.require(Permission.KEEP_CONTACT_RULES)
    rows = Message.objects.visible_to(actor).filter(state__in=list(OPEN)).order_by("asked_at", "id")
    return [_line(row) for row in rows[:LONGEST_LIST] if may_know(actor, row.recipient)]


def message(actor: Actor, message_id: UUID, now: datetime) -> MessagePage:
    """Open one message. Raises `NotFoundError`."""
    actor.require(Permission.KEEP_CONTACT_RULES)
    row = Message.objects.find(actor, message_id)
    if not may_know(actor, row.recipient):
        raise NotFoundError
    audit.record_read(actor, "contacts.message.read", row, at=now)
    tried = Attempt.objects.visible_to(actor).filter(message=row).select_related("rule").order_by("at", "id")
    return MessagePage(row, _line(row), row.text, [_attempt(one) for one in tried], _shown(actor, row))


def _shown(actor: Actor, row: Message) -> list[tuple[str, str]]:
    """What the demonstration's outbox holds of this message, which the actor has just opened."""
    if not Message.objects.visible_to(actor).filter(id=row.id).exists():
        return []
    with acting(_HOUSE):
        kept = DemoMessage.objects.visible_to(_HOUSE).filter(message=row).order_by("sent_at", "id")
        return [one.number_and_text for one in kept]


def _line(row: Message) -> MessageLine:
    state = State(row.state)
    return MessageLine(
        id=row.id,
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
        is_good=result in {Result.SENT, Result.TOLD},
        reason=REFUSAL_LABELS[Refusal(row.refusal)] if row.refusal else "",
        words=row.words,
        by_name=row.by_name,
        version=row.rule.version if row.rule else None,
    )
