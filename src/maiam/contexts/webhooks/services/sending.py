"""Send what is in line: signed, in order, at least once; again with longer waits; given up after the last."""

import json
from datetime import datetime

from django.conf import settings
from django.db import transaction

from maiam.contexts.places import queries as places
from maiam.contexts.webhooks import rules
from maiam.contexts.webhooks.models import Delivery, Subscription
from maiam.contexts.webhooks.rules import State
from maiam.contexts.webhooks.services.courier import Answer, Courier
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

SENT_AT_ONCE = 20


@transaction.atomic
def deliver(*, actor: Actor, now: datetime) -> int:
    """Send what is due, each subscription in its own order; return how many messages were taken.

    A row is held while its message is on the way: of two workers one sends it. Killed after sending and before the
    commit, it is sent again, under the same id.
    """
    actor.require(Permission.KEEP_HOUSE)
    live = Subscription.objects.select_for_update(of=("self",), skip_locked=True).filter(paused_at__isnull=True)
    return sum(_empty(actor, one, now) for one in live.order_by("id"))


def _empty(actor: Actor, subscription: Subscription, now: datetime) -> int:
    """Send from the head of the line until one must wait: what comes later never overtakes it."""
    taken = 0
    waiting = Delivery.objects.filter(subscription=subscription, state=State.WAITING).select_related("event")
    for delivery in waiting.order_by("number", "id")[:SENT_AT_ONCE]:
        if delivery.next_at and delivery.next_at > now:
            break
        _send(actor, delivery, subscription, now)
        taken += delivery.state == State.DELIVERED
        if delivery.state == State.WAITING:
            break
    return taken


def _send(actor: Actor, delivery: Delivery, subscription: Subscription, now: datetime) -> None:
    body = _body(delivery)
    delivery.attempts += 1
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "MaiAm-Webhooks/1",
        "Maiam-Event-Id": str(delivery.event_id),
        "Maiam-Event-Type": delivery.event.type,
        "Maiam-Attempt": str(delivery.attempts),
        "Maiam-Signature": rules.signature(body, secrets=subscription.secrets_at(now), at=now),
    }
    answer = Courier(loopback=settings.WEBHOOKS_MAY_LOOP).carries(subscription.url, body, headers)
    _note(actor, delivery, answer, now)


def _note(actor: Actor, delivery: Delivery, answer: Answer, now: datetime) -> None:
    delivery.last_at, delivery.last_status, delivery.last_problem = now, answer.status, answer.problem
    if answer.is_taken:
        delivery.state, delivery.next_at = State.DELIVERED, None
    else:
        delivery.next_at = rules.next_attempt_at(delivery.attempts, now)
        delivery.state = State.WAITING if delivery.next_at else State.DEAD
    delivery.save(update_fields=["attempts", "last_at", "last_status", "last_problem", "state", "next_at"])
    if delivery.state != State.WAITING:
        audit.record(actor, f"webhooks.delivery.{delivery.state}", delivery, at=now)


def _body(delivery: Delivery) -> bytes:
    """What is told: ids and the unit's code. Who may know more asks the API, under their own powers."""
    event = delivery.event
    unit = places.unit(event.unit_id) if event.unit_id else None
    told = {
        "id": str(event.id),
        "number": delivery.number,
        "type": event.type,
        "at": event.at.isoformat(),
        event.subject_kind: str(event.subject_id),
        "unit": unit.code if unit else None,
    }
    return json.dumps(told, separators=(",", ":")).encode()
