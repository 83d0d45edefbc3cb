"""Write down what there is to tell, in the transaction of the change; then put it in line for whoever wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from maiam.contexts.webhooks.models import Delivery, OutboxEvent, Subscription
from maiam.contexts.webhooks.rules import EventType
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.columns import write_columns
from maiam.platform.ids import new_ids

IN_LINE_AT_ONCE = 1000


@dataclass(frozen=True)
class Noted:
    """What happened to whom, in which unit."""

    event_type: EventType
    kind: str
    subject_id: str
    unit_id: int | None


def note_events(
    *,
    actor: Actor,  # noqa: ARG001 - whoever may make the change; the entry it stands beside says who did
    told: Sequence[Noted],
    now: datetime,
) -> None:
    """Keep that these things happened, in the transaction of the changes that made them so."""
    columns: dict[str, list[Any]] = {
        "id": new_ids(len(told)),
        "type": [one.event_type for one in told],
        "subject_kind": [one.kind for one in told],
        "subject_id": [one.subject_id for one in told],
        "unit_id": [one.unit_id for one in told],
    }
    write_columns(OutboxEvent, columns, at=now)


@transaction.atomic
def put_in_line(*, actor: Actor, now: datetime) -> int:
    """Number what has been committed and hand it to every subscription that wants it; return how many events.

    Numbers follow commits, not clocks: a long transaction's event comes late, and is passed over by nobody.
    """
    actor.require(Permission.KEEP_HOUSE)
    fresh = list(
        OutboxEvent.objects.select_for_update(of=("self",))
        .filter(number__isnull=True)
        .exclude(type=EventType.TEST)
        .order_by("id")[:IN_LINE_AT_ONCE]
    )
    if not fresh:
        return 0
    last = OutboxEvent.objects.aggregate(last=Max("number"))["last"] or 0
    numbered = dict(enumerate(fresh, start=last + 1))
    for number, event in numbered.items():
        event.number = number
    OutboxEvent.objects.bulk_update(fresh, ["number"])
    wanted = [
        Delivery(subscription=one, event=event, number=number, next_at=now)
        for one in Subscription.objects.order_by("id")
        for number, event in numbered.items()
        if event.type in one.event_types
    ]
    Delivery.objects.bulk_create(wanted, ignore_conflicts=True)
    audit.record(actor, "webhooks.events.put_in_line", ("webhooks.outboxevent", str(last + len(fresh))), at=now)
    return len(fresh)
