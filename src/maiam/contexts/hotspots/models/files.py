"""The file of a hot spot: who keeps it, what is done by whom, and each look at whether it has cooled."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.duties.rules import Subject
from maiam.contexts.hotspots.models.alerts import Alert
from maiam.contexts.hotspots.models.runs import Run
from maiam.contexts.hotspots.rules import files as rules
from maiam.contexts.hotspots.rules.files import ActionKind, Cooled, State
from maiam.contexts.places.models import Unit
from maiam.platform.access import (
    Access,
    Anywhere,
    Grant,
    InAnyCommune,
    OfPost,
    Permission,
    Protection,
    ScopedModel,
    Through,
)

_HOUSE = Grant(Permission.KEEP_HOUSE, Anywhere())
_KEPT = Grant(Permission.KEEP_HOT_SPOTS, InAnyCommune())
_OF_FILE = Grant(Permission.VIEW_HOT_SPOTS, Through("hot_spot"))
_KEEPS_FILE = Grant(Permission.KEEP_HOT_SPOTS, Through("hot_spot"))


class HotSpot(ScopedModel):
    """One hot spot: some communes, the days it was hot, and the post that answers for cooling it."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_HOT_SPOTS, InAnyCommune()), _HOUSE),
        add=(_KEPT,),
        change=(_KEPT,),
    )

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    communes = ArrayField(models.BigIntegerField())
    title = models.CharField(max_length=200)
    alert = models.OneToOneField(Alert, models.PROTECT, related_name="hot_spot", null=True, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=120)
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=State.OPEN)
    next_review_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=120, blank=True)
    closing_words = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["province", "-opened_at"], name="hot_spot_of_province")]
        constraints = [
            models.CheckConstraint(name="hot_spot_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(name="hot_spot_days_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="hot_spot_closed_has_its_moment",
                condition=Q(state=State.CLOSED, closed_at__isnull=False) | Q(state=State.OPEN, closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"hot spot {self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("hotspots.hot_spot", self.id)

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def state_label(self) -> str:
        return rules.STATE_LABELS[State(self.state)]


class Action(ScopedModel):
    """One thing to do at a hot spot, by one post, by a day."""

    protection = Protection.P1
    access = Access(
        read=(_OF_FILE,),
        add=(_KEEPS_FILE,),
        change=(_KEEPS_FILE, Grant(Permission.VIEW_HOT_SPOTS, OfPost("owner_post"))),
    )

    hot_spot = models.ForeignKey(HotSpot, models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=10)
    what = models.CharField(max_length=300)
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    due_on = models.DateField()
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=120)
    done_on = models.DateField(null=True, blank=True)
    done_note = models.CharField(max_length=500, blank=True)
    done_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner_post", "due_on"], condition=Q(done_on__isnull=True), name="action_to_do")
        ]
        constraints = [models.CheckConstraint(name="action_kind_known", condition=Q(kind__in=list(ActionKind)))]

    def __str__(self) -> str:
        return f"{self.kind} by {self.due_on}"

    @property
    def subject(self) -> Subject:
        return Subject("hotspots.action", self.id)

    @property
    def is_met_late(self) -> bool:
        return self.done_on is not None and self.done_on > self.due_on

    @property
    def kind_label(self) -> str:
        return rules.ACTION_LABELS[ActionKind(self.kind)]


class Measure(ScopedModel):
    """What one run measured of a hot spot: before and after, beside communes like it."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(read=(_OF_FILE, _HOUSE), add=(_HOUSE,))

    hot_spot = models.ForeignKey(HotSpot, models.PROTECT, related_name="measures")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    day = models.DateField()
    answer = models.CharField(max_length=10)
    measured = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hot_spot", "run"], name="measure_once_in_run"),
            models.CheckConstraint(name="measure_answer_known", condition=Q(answer__in=list(Cooled))),
        ]

    def __str__(self) -> str:
        return f"{self.answer} on {self.day}"

    @property
    def answer_label(self) -> str:
        return rules.COOLED_LABELS[Cooled(self.answer)]


class Review(ScopedModel):
    """One look at a hot spot: what was measured by then, and what people said. It stays as it was written."""

    protection = Protection.P1
    append_only: ClassVar = True
    access = Access(read=(_OF_FILE,), add=(_KEEPS_FILE,))

    hot_spot = models.ForeignKey(HotSpot, models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    answer = models.CharField(max_length=10)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+", null=True, blank=True)
    words = models.CharField(max_length=500)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="review_answer_known", condition=Q(answer__in=list(Cooled)))]

    def __str__(self) -> str:
        return f"review of {self.held_on}"

    @property
    def answer_label(self) -> str:
        return rules.COOLED_LABELS[Cooled(self.answer)]
