"""Ask that a person be told something. It leaves by a machine in its hours, or a colleague is given the task."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from maiam.contexts.contacts import queries
from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.models import ContactRule, Message
from maiam.contexts.contacts.rules.messages import WORTH, Result, State
from maiam.contexts.contacts.rules.safe_rule import WRITTEN, Way
from maiam.contexts.contacts.rules.verdicts import Refusal, Verdict
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.contacts.services.door import HOUSE, Asked, Door
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.ids import new_id


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What somebody is to be told, and how; one `key` is told once."""

    purpose: Purpose
    way: Way
    key: str
    code: str = ""


@dataclass(frozen=True)
class Opened:
    """What the door said to a call: the number, or the task it became."""

    verdict: Verdict
    message_id: object
    number: str = ""
    cover_words: str = ""
    must_not_pick_up: str = ""


@transaction.atomic
def tell_person(*, actor: Actor, to: Addressed, telling: Telling, now: datetime) -> Message:
    """Ask that a person be told, as whoever keeps their rule."""
    actor.require(Permission.KEEP_CONTACT_RULES)
    return _tell(actor, to, telling, now)


@transaction.atomic
def tell_if_asked(*, actor: Actor, to: Addressed, purpose: Purpose, key: str, now: datetime) -> Message | None:
    """Tell a person who said how they want to be told; whoever said nothing is not disturbed.

    The other contexts call this beside what they did; written words go before calls, calls before letters.
    """
    way = _chosen(to)
    return _tell(actor, to, Telling(purpose=purpose, way=way, key=key), now) if way else None


@transaction.atomic
def tell_owed(
    *, actor: Actor, to: Addressed, purpose: Purpose, key: str, now: datetime, is_face_to_face: bool = False
) -> Message:
    """Tell a person who is owed an answer: the way they chose; where they said nothing, a colleague goes to them.

    `is_face_to_face` is for somebody whose own rule cannot be known: a representative who is not in the register.
    """
    way = (None if is_face_to_face else _chosen(to)) or Way.VISIT
    return _tell(actor, to, Telling(purpose=purpose, way=way, key=key), now)


@transaction.atomic
def send_code(*, actor: Actor, to: Addressed, code: str, now: datetime) -> Message:
    """Send a reporter the code they asked to have in writing; where that may not be, it is forgotten here."""
    return _tell(actor, to, Telling(purpose=Purpose.RECEIPT, way=Way.SMS, key="receipt", code=code), now)


@transaction.atomic
def open_number(*, actor: Actor, to: Addressed, now: datetime) -> Opened:
    """Show the number to call now, if now is within the rule; else put the call on the list of what is to be done."""
    queries.require_to_reach(actor, to.recipient)
    with acting(HOUSE):
        door = Door(actor, now)
        asked = door.ask(to.recipient, Way.CALL, Purpose.FOLLOW_UP)
        in_hand = None if asked.verdict.is_allowed else _call_in_hand(to)
        if in_hand:
            return Opened(asked.verdict, in_hand.id, cover_words=asked.rule.cover_words)
        message = _message(actor, to, Telling(purpose=Purpose.FOLLOW_UP, way=Way.CALL, key=f"call:{new_id()}"), now)
        if not asked.verdict.is_allowed:
            message.save(force_insert=True)
            door.hand_over(message, asked.verdict.refusal, asked)
            return Opened(asked.verdict, message.id, cover_words=asked.rule.cover_words)
        message.state, message.next_try_at, message.ended_at = State.SENT, None, now
        message.save(force_insert=True)
        door.note(message, Result.NUMBER_SHOWN, asked)
    audit.record(actor, "contacts.number.shown", message, at=now)
    rule = asked.rule
    return Opened(asked.verdict, message.id, rule.phone, rule.cover_words, rule.must_not_pick_up)


def _call_in_hand(to: Addressed) -> Message | None:
    """The call to this person that is somebody's task already: asking again makes no second one."""
    return Message.objects.filter(
        recipient_kind=to.recipient.kind,
        recipient_id=to.recipient.id,
        record_id=to.record.id,
        way=Way.CALL,
        key__startswith="call:",
        state=State.BY_PERSON,
    ).first()


def _chosen(to: Addressed) -> Way | None:
    """The first way the person chose, whoever wrote it down."""
    with acting(HOUSE):
        row = queries.rule_in_force(HOUSE, to.recipient)
    return next((way for way in Way if row and way in row.rule.ways), None)


def _tell(actor: Actor, to: Addressed, telling: Telling, now: datetime) -> Message:
    with acting(HOUSE):
        ContactRule.objects.hold(to.recipient)
        known = Message.objects.filter(
            recipient_kind=to.recipient.kind, recipient_id=to.recipient.id, key=telling.key
        ).first()
        if known:
            return known
        message = _message(actor, to, telling, now)
        message.save(force_insert=True)
        door = Door(actor, now)
        _set_out(message, door.ask(to.recipient, telling.way, telling.purpose, code=telling.code), door)
    audit.record(actor, "contacts.message.asked", message, at=now, fields=[telling.purpose, telling.way])
    return message


def _set_out(message: Message, asked: Asked, door: Door) -> None:
    """Leave it in line for its hour, or put it in a colleague's hands at once."""
    verdict = asked.verdict
    if message.way not in WRITTEN or not (verdict.is_allowed or verdict.may_wait):
        door.hand_over(message, verdict.refusal, asked)
        return
    leaves_at = verdict.opens_at or door.now
    if leaves_at > message.worth_until:
        door.hand_over(message, Refusal.TOO_LATE, asked)
        return
    message.next_try_at = leaves_at
    message.save(update_fields=["next_try_at"])


def _message(actor: Actor, to: Addressed, telling: Telling, now: datetime) -> Message:
    message = Message(
        recipient_kind=to.recipient.kind,
        recipient_id=to.recipient.id,
        record_kind=to.record.kind,
        record_id=to.record.id,
        commune_id=to.commune_id,
        village_id=to.village_id,
        by_post_id=actor.post_id,
        by_name=actor.name,
        owner_post_id=to.owner_post_id or actor.post_id,
        purpose=telling.purpose,
        way=telling.way,
        key=telling.key,
        asked_at=now,
        worth_until=now + WORTH,
        next_try_at=now,
    )
    message.carry(telling.code)
    return message
