"""Subscriptions and the log of what was sent, for the administrator."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from maiam.contexts.webhooks.models import Delivery, Subscription
from maiam.contexts.webhooks.rules import State
from maiam.platform.access import Actor, Permission

LONGEST_LOG = 100


@dataclass(frozen=True)
class SubscriptionLine:
    subscription: Subscription
    waiting: int
    dead: int


@dataclass(frozen=True)
class SubscriptionPage:
    subscription: Subscription
    deliveries: list[Delivery]
    dead: int


def subscriptions(actor: Actor) -> list[SubscriptionLine]:
    """Every system that is told, with what waits and what was given up."""
    actor.require(Permission.MANAGE_WEBHOOKS)
    rows = Subscription.objects.visible_to(actor).annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state=State.WAITING)),
        dead=Count("deliveries", filter=Q(deliveries__state=State.DEAD)),
    )
    return [SubscriptionLine(row, vars(row)["waiting"], vars(row)["dead"]) for row in rows.order_by("name", "id")]


def subscription(actor: Actor, subscription_id: UUID, *, only_dead: bool = False) -> SubscriptionPage:
    """One system and the latest of what was sent to it. Raises `NotFoundError`."""
    actor.require(Permission.MANAGE_WEBHOOKS)
    row = Subscription.objects.find(actor, subscription_id)
    sent = Delivery.objects.visible_to(actor).filter(subscription=row)
    dead = sent.filter(state=State.DEAD)
    log = (dead if only_dead else sent).select_related("event").order_by("-number", "-id")
    return SubscriptionPage(row, list(log[:LONGEST_LOG]), dead.count())
