"""A morning's run over one province: what it looked at, with which settings and code, and what it found."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from maiam.contexts.hotspots.rules.detect import STAGE_LABELS, Stage
from maiam.contexts.hotspots.rules.runs import OPEN, STATE_COLOURS, STATE_LABELS, State
from maiam.contexts.places.models import Unit
from maiam.platform.access import Access, Anywhere, Grant, InAnyCommune, Permission, Protection, ScopedModel, Through

_HOUSE = Grant(Permission.KEEP_HOUSE, Anywhere())
_WATCHED = Grant(Permission.WATCH_HOT_SPOTS, InAnyCommune())
_OF_RUN = Grant(Permission.WATCH_HOT_SPOTS, Through("run"))


class Run(ScopedModel):
    """One run: it looks at a province as it was known at the end of `day`, stage by stage."""

    protection = Protection.P1
    access = Access(read=(_WATCHED,), add=(_HOUSE, _WATCHED), change=(_HOUSE,))

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    communes = ArrayField(models.BigIntegerField())
    day = models.DateField()
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, default=State.WAITING)
    stage = models.CharField(max_length=8, default=Stage.READ)
    why_not = models.CharField(max_length=300, blank=True)
    settings = models.JSONField(default=dict)
    code_version = models.CharField(max_length=16, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["province", "-day", "-asked_at"], name="run_of_province")]
        constraints = [
            models.CheckConstraint(name="run_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(name="run_stage_known", condition=Q(stage__in=list(Stage))),
            models.UniqueConstraint(fields=["province"], condition=Q(state__in=sorted(OPEN)), name="run_goes_once"),
        ]

    def __str__(self) -> str:
        return f"run of {self.day}"

    @property
    def state_label(self) -> str:
        return STATE_LABELS[State(self.state)]

    @property
    def state_colour(self) -> str:
        return STATE_COLOURS[State(self.state)]


class RunInput(ScopedModel):
    """The rows a run looked at, packed; ids and days, no name. Read by the house alone."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(read=(_HOUSE,), add=(_HOUSE,))

    run = models.OneToOneField(Run, models.PROTECT, related_name="input")
    packed = models.BinaryField()

    def __str__(self) -> str:
        return f"input of {self.run_id}"


class RunPart(ScopedModel):
    """What one stage of a run answered."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(read=(_OF_RUN, _HOUSE), add=(_HOUSE,))

    run = models.ForeignKey(Run, models.PROTECT, related_name="parts")
    stage = models.CharField(max_length=8)
    answer = models.JSONField()
    seconds = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "stage"], name="part_once_in_run")]

    def __str__(self) -> str:
        return f"{self.stage} of {self.run_id}"


class Replay(ScopedModel):
    """A run done again from what it had looked at: identical, or where it differs."""

    protection = Protection.P1
    access = Access(read=(_OF_RUN, _HOUSE), add=(Grant(Permission.WATCH_HOT_SPOTS, Through("run")),), change=(_HOUSE,))

    run = models.ForeignKey(Run, models.PROTECT, related_name="replays")
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=120)
    done_at = models.DateTimeField(null=True, blank=True)
    is_identical = models.BooleanField(null=True)
    differing = models.JSONField(default=list)
    code_version = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run"], condition=Q(done_at__isnull=True), name="replay_asked_once")
        ]

    def __str__(self) -> str:
        return f"replay of {self.run_id}"

    @property
    def differs_in(self) -> list[str]:
        """The stages whose answer was another, as the pages name them."""
        return [STAGE_LABELS[Stage(one)] for one in self.differing]


class ThresholdSet(ScopedModel):
    """Thresholds a province set; the newest counts, the older ones tell what counted before."""

    protection = Protection.P1
    append_only: ClassVar = True
    access = Access(
        read=(Grant(Permission.VIEW_HOT_SPOTS, InAnyCommune()), _HOUSE),
        add=(Grant(Permission.SET_HOT_SPOTS, InAnyCommune()),),
    )

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    communes = ArrayField(models.BigIntegerField())
    values = models.JSONField()
    why = models.CharField(max_length=500)
    by_account_id = models.PositiveBigIntegerField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["province", "-at"], name="thresholds_of_province")]

    def __str__(self) -> str:
        return f"thresholds of {self.province_id}"
