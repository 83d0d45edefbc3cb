"""The administrator's hand: who is told, under which secret; stop, go on, send again."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from maiam.contexts.webhooks import rules
from maiam.contexts.webhooks.models import Delivery, OutboxEvent, Subscription
from maiam.contexts.webhooks.rules import EventType, State
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

SECRET_BYTES = 32


class UrlRefusedError(DomainError):
    code = "webhooks.url_refused"
    field = "url"


class NotDeadError(DomainError):
    code = "webhooks.not_dead"
    message = "Tin này không ở tình trạng “Không gửi được”."


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which system is to be told, of what, where."""

    name: str
    url: str
    event_types: tuple[EventType, ...]


@transaction.atomic
def subscribe(*, actor: Actor, wanted: Wanted, now: datetime) -> tuple[Subscription, str]:
    """Add a system, from now on; return it with its secret, which is shown this once. Raises `UrlRefusedError`."""
    actor.require(Permission.MANAGE_WEBHOOKS)
    try:
        rules.read_target(wanted.url, loopback=settings.WEBHOOKS_MAY_LOOP)
    except rules.AddressRefusedError as refusal:
        raise UrlRefusedError(str(refusal)) from refusal
    row = Subscription(
        name=wanted.name,
        url=wanted.url,
        event_types=sorted(wanted.event_types),
        made_by_name=actor.name,
        made_at=now,
    )
    secret = _new_secret()
    row.seal(secret)
    row.save(force_insert=True)
    audit.record(actor, "webhooks.subscription.made", row, at=now)
    return row, secret


@transaction.atomic
def rotate_secret(*, actor: Actor, subscription_id: UUID, now: datetime) -> tuple[Subscription, str]:
    """Give a new secret, shown this once; the old one signs beside it for a day. Raises `NotFoundError`."""
    actor.require(Permission.MANAGE_WEBHOOKS)
    row = _held(actor, subscription_id)
    row.old_secret_sealed, row.old_secret_until = row.secret_sealed, now + rules.OVERLAP
    secret = _new_secret()
    row.seal(secret)
    row.save(update_fields=["secret_sealed", "old_secret_sealed", "old_secret_until"])
    audit.record(actor, "webhooks.subscription.rotated", row, at=now)
    return row, secret


@transaction.atomic
def pause(*, actor: Actor, subscription_id: UUID, now: datetime) -> Subscription:
    """Tell nothing for now; what happens meanwhile waits in line. Raises `NotFoundError`."""
    actor.require(Permission.MANAGE_WEBHOOKS)
    row = _held(actor, subscription_id)
    row.paused_at = row.paused_at or now
    row.save(update_fields=["paused_at"])
    audit.record(actor, "webhooks.subscription.paused", row, at=now)
    return row


@transaction.atomic
def resume(*, actor: Actor, subscription_id: UUID, now: datetime) -> Subscription:
    """Tell again, beginning with what waited. Raises `NotFoundError`."""
    actor.require(Permission.MANAGE_WEBHOOKS)
    row = _held(actor, subscription_id)
    row.paused_at = None
    row.save(update_fields=["paused_at"])
    audit.record(actor, "webhooks.subscription.resumed", row, at=now)
    return row


@transaction.atomic
def send_test(*, actor: Actor, subscription_id: UUID, now: datetime) -> Delivery:
    """Put a test message in line, for this system alone. Raises `NotFoundError`."""
    actor.require(Permission.MANAGE_WEBHOOKS)
    row = _held(actor, subscription_id)
    event = OutboxEvent(type=EventType.TEST, at=now, subject_kind="webhook", subject_id=row.id)
    event.save(force_insert=True)
    # It has no place in the register's line: it goes before whatever waits.
    delivery = Delivery(subscription=row, event=event, number=0, next_at=now)
    delivery.save(force_insert=True)
    audit.record(actor, "webhooks.subscription.tested", row, at=now)
    return delivery


@transaction.atomic
def send_again(*, actor: Actor, delivery_id: UUID, now: datetime) -> Delivery:
    """Begin again with a message that was given up. Raises `NotDeadError`; `NotFoundError`."""
    actor.require(Permission.MANAGE_WEBHOOKS)
    row = Delivery.objects.select_for_update(of=("self",)).find(actor, delivery_id)
    if row.state != State.DEAD:
        raise NotDeadError
    row.state, row.attempts, row.next_at = State.WAITING, 0, now
    row.save(update_fields=["state", "attempts", "next_at"])
    audit.record(actor, "webhooks.delivery.sent_again", row, at=now)
    return row


def _held(actor: Actor, subscription_id: UUID) -> Subscription:
    return Subscription.objects.select_for_update(of=("self",)).find(actor, subscription_id)


def _new_secret() -> str:
    return f"whsec_{secrets.token_urlsafe(SECRET_BYTES)}"
