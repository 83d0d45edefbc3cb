"""A gateway says what became of a message: arrived, or lost; what was lost becomes a colleague's task."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.contacts.models import Attempt, Message
from maiam.contexts.contacts.rules.messages import Fate, Result, State, after
from maiam.contexts.contacts.rules.safe_rule import WRITTEN
from maiam.contexts.contacts.rules.verdicts import REFUSAL_LABELS, Refusal
from maiam.contexts.contacts.services.door import BY_PERSON, HOUSE, Door
from maiam.contexts.duties import services as duties
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import DomainError, NotFoundError

# A gateway's reason is kept for the operator; a number in it is not.
_NUMBER = re.compile(r"\d{5,}")
_RESULTS = {State.DELIVERED: Result.DELIVERED, State.BY_PERSON: Result.LOST}
_ACTS = {State.DELIVERED: "arrived", State.BY_PERSON: "lost"}


class NotSentYetError(DomainError):
    code = "contacts.not_sent_yet"
    message = "Tin này chưa rời khỏi đây. Hãy báo lại sau."


@dataclass(frozen=True, kw_only=True)
class DeliveryReport:
    """What the gateway says, since when, and its own reason in a word."""

    fate: Fate
    at: datetime
    reason: str = ""


@transaction.atomic
def take_delivery_report(*, actor: Actor, message_id: UUID, report: DeliveryReport, now: datetime) -> Message:
    """Keep a gateway's word on a message; said twice, or too late to matter, nothing changes.

    Raises `NotSentYetError`; `NotFoundError`.
    """
    actor.require(Permission.REPORT_DELIVERY)
    with acting(HOUSE):
        message = Message.objects.select_for_update(of=("self",)).filter(id=message_id, way__in=sorted(WRITTEN)).first()
        if message is None:
            raise NotFoundError
        if message.state == State.WAITING:
            raise NotSentYetError
        was_lost = message.refusal == Refusal.NOT_DELIVERED
        state = after(State(message.state), report.fate, was_lost=was_lost)
        if state is None:
            return message
        _move(message, state, report, now)
    audit.record(actor, f"contacts.message.{_ACTS[state]}", message, at=now)
    return message


def _move(message: Message, state: State, report: DeliveryReport, now: datetime) -> None:
    at = min(max(report.at, message.asked_at), now)
    is_lost = state is State.BY_PERSON
    message.state, message.ended_at = state, None if is_lost else at
    message.refusal = Refusal.NOT_DELIVERED if is_lost else ""
    message.save(update_fields=["state", "ended_at", "refusal"])
    _note(message, _RESULTS[state], report, at=at, now=now)
    if is_lost:
        Door(HOUSE, now).give_task(message, f"{REFUSAL_LABELS[Refusal.NOT_DELIVERED]}.")
    else:
        duties.lapse_obligation(
            actor=HOUSE, rule=BY_PERSON, subject=message.subject, at=now, now=now, proof="contacts.delivered"
        )


def _note(message: Message, result: Result, report: DeliveryReport, *, at: datetime, now: datetime) -> None:
    sent = message.attempts.filter(result=Result.SENT).order_by("-at", "-id").first()
    Attempt(
        message=message,
        at=at,
        recorded_at=now,
        way=message.way,
        result=result,
        refusal=message.refusal,
        rule_id=sent.rule_id if sent else None,
        reference=_NUMBER.sub("…", report.reason)[:80],
        by_name="máy nhắn tin",
    ).save(force_insert=True)
