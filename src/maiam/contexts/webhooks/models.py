"""Who is told of changes, what there is to tell, and each telling with how it went."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from maiam.contexts.webhooks import rules
from maiam.contexts.webhooks.rules import State
from maiam.platform import vault
from maiam.platform.access import ANYONE, Access, Anywhere, Grant, Permission, Protection, ScopedModel

_KEEPER = Grant(Permission.MANAGE_WEBHOOKS, Anywhere())


class Subscription(ScopedModel):
    """One system that is told, of what, where; its secret sealed, the one before it for a day more."""

    protection = Protection.P2
    access = Access(read=(_KEEPER,), add=(_KEEPER,), change=(_KEEPER,))

    name = models.CharField(max_length=120)
    url = models.CharField(max_length=500)
    event_types = models.JSONField()
    secret_sealed = models.BinaryField()
    old_secret_sealed = models.BinaryField(null=True, blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.paused_at is None

    @property
    def type_labels(self) -> list[str]:
        return [rules.TYPE_LABELS[rules.EventType(one)] for one in self.event_types]

    def seal(self, secret: str) -> None:
        self.secret_sealed = vault.seal(secret, place=self._place)

    def secrets_at(self, now: datetime) -> list[str]:
        """The secrets in force: the new one first."""
        sealed = [self.secret_sealed]
        if self.old_secret_sealed and self.old_secret_until and now < self.old_secret_until:
            sealed.append(self.old_secret_sealed)
        return [vault.unseal(one, place=self._place) for one in sealed]

    @property
    def _place(self) -> str:
        return f"webhooks_subscription.secret:{self.id}"


class OutboxEvent(ScopedModel):
    """Something to tell, written with the change itself. Ids and a unit: no name, no value, nothing of violence.

    `number` is its place in line, given once the change has been committed.
    """

    protection = Protection.P1
    access = Access(read=(_KEEPER,), add=(ANYONE,), change=(Grant(Permission.KEEP_HOUSE, Anywhere()),))

    type = models.CharField(max_length=24)
    at = models.DateTimeField()
    subject_kind = models.CharField(max_length=12)
    subject_id = models.UUIDField()
    unit_id = models.BigIntegerField(null=True, blank=True)
    number = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(number__isnull=True), name="event_not_in_line")]
        constraints = [models.UniqueConstraint(fields=["number"], name="event_number_once")]

    def __str__(self) -> str:
        return f"{self.type} {self.subject_id}"

    @property
    def type_label(self) -> str:
        return rules.TYPE_LABELS.get(rules.EventType(self.type), rules.TEST_LABEL)


class Delivery(ScopedModel):
    """One event for one subscription, until it was taken or given up."""

    protection = Protection.P1
    access = Access(read=(_KEEPER,), add=(_KEEPER,), change=(_KEEPER,))

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(OutboxEvent, models.PROTECT, related_name="deliveries")
    number = models.BigIntegerField()
    state = models.CharField(max_length=10, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_problem = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subscription", "number"], condition=Q(state=State.WAITING), name="delivery_in_line"),
            models.Index(fields=["subscription", "-id"], name="delivery_log"),
        ]
        constraints = [models.UniqueConstraint(fields=["subscription", "event"], name="event_told_once")]

    def __str__(self) -> str:
        return f"{self.number} to {self.subscription_id}"

    @property
    def state_label(self) -> str:
        return rules.STATE_LABELS[State(self.state)]

    @property
    def state_colour(self) -> str:
        return rules.STATE_COLOURS[State(self.state)]
