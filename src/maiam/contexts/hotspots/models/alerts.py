"""Alerts, the records behind them, homes told of again, and what people know that may explain a rise."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models import Case, Incident
from maiam.contexts.duties.rules import Subject
from maiam.contexts.families.models import Household
from maiam.contexts.hotspots.models.runs import Run
from maiam.contexts.hotspots.rules import alerts as rules
from maiam.contexts.hotspots.rules.alerts import Kind, State, Tier, Verdict
from maiam.contexts.places.models import Unit
from maiam.contexts.reports.models import Report
from maiam.platform.access import Access, Anywhere, Grant, InAnyCommune, Permission, Protection, ScopedModel, Through

_HOUSE = Grant(Permission.KEEP_HOUSE, Anywhere())
_SEEN = Grant(Permission.VIEW_HOT_SPOTS, InAnyCommune())
_KEPT = Grant(Permission.KEEP_HOT_SPOTS, InAnyCommune())


class Alert(ScopedModel):
    """A place where more is told of than usual: raised by a run, followed day by day, judged by people."""

    protection = Protection.P3
    access = Access(read=(_SEEN, _HOUSE), add=(_HOUSE,), change=(_HOUSE, _KEPT))

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    communes = ArrayField(models.BigIntegerField())
    centre = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    tier = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default=State.NEW)
    reasons = ArrayField(models.CharField(max_length=16))
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    raised_on = models.DateField()
    last_sign_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    observed = models.PositiveIntegerField()
    expected = models.FloatField()
    homes = models.PositiveIntegerField()
    rarity_days = models.FloatField(null=True, blank=True)
    facts = models.JSONField()
    verdict = models.CharField(max_length=10, default=Verdict.WAITING)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by_name = models.CharField(max_length=120, blank=True)
    noticed_on = models.DateField(null=True, blank=True)
    judged_words = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["province", "-raised_on"], name="alert_of_province")]
        constraints = [
            models.CheckConstraint(name="alert_kind_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="alert_tier_known", condition=Q(tier__in=list(Tier))),
            models.CheckConstraint(name="alert_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(name="alert_verdict_known", condition=Q(verdict__in=list(Verdict))),
            models.CheckConstraint(
                name="alert_closed_has_its_day",
                condition=Q(state=State.CLOSED, closed_on__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(name="alert_days_in_order", condition=Q(last_day__gte=F("first_day"))),
        ]

    def __str__(self) -> str:
        return f"alert {self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("hotspots.alert", self.id)

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED

    @property
    def tier_label(self) -> str:
        return rules.TIER_LABELS[Tier(self.tier)]

    @property
    def state_label(self) -> str:
        return rules.STATE_LABELS[State(self.state)]

    @property
    def verdict_label(self) -> str:
        return rules.VERDICT_LABELS[Verdict(self.verdict)]


class AlertSign(ScopedModel):
    """What one run said of an alert."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(read=(Grant(Permission.VIEW_HOT_SPOTS, Through("alert")), _HOUSE), add=(_HOUSE,))

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="signs")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    day = models.DateField()
    state = models.CharField(max_length=8)
    tier = models.CharField(max_length=8)
    observed = models.PositiveIntegerField()
    expected = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "run"], name="sign_once_in_run")]

    def __str__(self) -> str:
        return f"{self.state} on {self.day}"

    @property
    def state_label(self) -> str:
        return rules.STATE_LABELS[State(self.state)]

    @property
    def tier_label(self) -> str:
        return rules.TIER_LABELS[Tier(self.tier)]


class AlertRecord(ScopedModel):
    """A report behind an alert; seen by whoever may open the report."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(read=(Grant(Permission.VIEW_REPORTS, Through("report")),), add=(_HOUSE,))

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="records")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "report"], name="record_once_in_alert")]

    def __str__(self) -> str:
        return f"report {self.report_id} of {self.alert_id}"


class HomeRepeat(ScopedModel):
    """A home told of twice or more within a year: to its own officer at once, never an alert of a place.

    It hangs on the newest incident, and is closed to whom that is closed to.
    """

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, Through("incident")),),
        add=(_HOUSE,),
        change=(_HOUSE, Grant(Permission.OPEN_CASES, Through("incident"))),
    )

    household = models.OneToOneField(Household, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", null=True, blank=True)
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    times = models.PositiveIntegerField()
    last_on = models.DateField()
    due_on = models.DateField()
    chance = models.FloatField()
    comes_closer = models.BooleanField(null=True)
    grows_graver = models.BooleanField(null=True)
    is_listed = models.BooleanField(default=True)
    visited_on = models.DateField(null=True, blank=True)
    visited_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["commune", "due_on"], condition=Q(is_listed=True), name="home_repeat_listed")]

    def __str__(self) -> str:
        return f"home told of {self.times} times"

    @property
    def is_visited(self) -> bool:
        """Whether somebody went since the last report."""
        return self.visited_on is not None and self.visited_on >= self.last_on


class LocalEvent(ScopedModel):
    """Something that may make people tell more, as officers wrote it down: a campaign, a new hotline, a festival."""

    protection = Protection.P1
    append_only: ClassVar = True
    access = Access(read=(_SEEN,), add=(_KEPT,))

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    communes = ArrayField(models.BigIntegerField())
    kind = models.CharField(max_length=12)
    first_day = models.DateField()
    last_day = models.DateField()
    words = models.CharField(max_length=200)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["province", "first_day"], name="local_event_by_day")]
        constraints = [
            models.CheckConstraint(name="local_event_kind_known", condition=Q(kind__in=list(rules.EventKind))),
            models.CheckConstraint(name="local_event_days_in_order", condition=Q(last_day__gte=F("first_day"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.first_day}"

    @property
    def kind_label(self) -> str:
        return rules.EVENT_LABELS[rules.EventKind(self.kind)]
