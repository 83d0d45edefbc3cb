"""Let leave what may leave at this moment: each message asks the door again, under the rule in force now."""

from datetime import datetime

from django.db import transaction

from maiam.contexts.contacts.models import Message
from maiam.contexts.contacts.rules.messages import Result, State, next_try_at
from maiam.contexts.contacts.rules.safe_rule import Way
from maiam.contexts.contacts.rules.verdicts import Refusal, Verdict
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.contacts.services.channels import Channel, Outlets, Parcel
from maiam.contexts.contacts.services.door import Asked, Door
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

SENT_AT_ONCE = 20


@transaction.atomic
def send_due(*, actor: Actor, now: datetime) -> int:
    """Send what is due; return how many left.

    Each is held while it is on its way, and so is the person's rule: it left under the rule that was in force. Killed
    after sending and before the commit, it leaves again under the same id, by which the gateway knows it.
    """
    actor.require(Permission.KEEP_HOUSE)
    due = Message.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=State.WAITING, next_try_at__lte=now
    )
    return sum(_leaves(actor, message, now) for message in due.order_by("next_try_at", "id")[:SENT_AT_ONCE])


def _leaves(actor: Actor, message: Message, now: datetime) -> bool:
    door, way = Door(actor, now), Way(message.way)
    asked = door.ask(message.recipient, way, Purpose(message.purpose), code=message.code)
    verdict = asked.verdict
    if verdict.opens_at and verdict.opens_at <= message.worth_until:
        message.next_try_at = verdict.opens_at
        message.save(update_fields=["next_try_at"])
        return False
    channel = Outlets.carrying(way)
    refusal = _refusal(message, verdict, now) or (None if channel else Refusal.NO_CHANNEL)
    if refusal or channel is None:
        door.hand_over(message, refusal, asked)
        return False
    return _carry(message, channel, asked, door)


def _refusal(message: Message, verdict: Verdict, now: datetime) -> Refusal | None:
    """What keeps it here: what it is worth is over, or will be before her hours begin; or her rule."""
    return Refusal.TOO_LATE if now > message.worth_until or verdict.may_wait else verdict.refusal


def _carry(message: Message, channel: Channel, asked: Asked, door: Door) -> bool:
    taken = channel.carry(Parcel(message, Way(message.way), asked.rule.phone, asked.text), door.now)
    if not taken.is_taken:
        _failed(message, asked, door, problem=taken.problem)
        return False
    message.write(asked.text.replace(message.code, "…") if message.code else asked.text)
    message.state, message.next_try_at, message.ended_at, message.code_sealed = State.SENT, None, door.now, None
    message.save(update_fields=["state", "next_try_at", "ended_at", "code_sealed", "text_sealed"])
    door.note(message, Result.SENT, asked, reference=taken.reference)
    audit.record(door.actor, "contacts.message.sent", message, at=door.now)
    return True


def _failed(message: Message, asked: Asked, door: Door, *, problem: str) -> None:
    message.failures += 1
    again_at = next_try_at(message.failures, door.now)
    message.next_try_at = again_at or door.now
    message.save(update_fields=["failures", "next_try_at"])
    door.note(message, Result.FAILED, asked, refusal=Refusal.NOT_TAKEN, reference=problem)
    audit.record(door.actor, "contacts.message.failed", message, at=door.now)
    if again_at is None:
        door.hand_over(message, Refusal.NOT_TAKEN, asked)
