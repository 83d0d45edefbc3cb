"""What was told, who told it, and the code they were given."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.reports.rules.draft import Happening, Mode, is_urgent
from maiam.contexts.reports.rules.states import OPEN_STATES, Outcome, State
from maiam.platform import vault
from maiam.platform.access import (
    Access,
    Anywhere,
    Grant,
    Held,
    InPlace,
    OfPost,
    Permission,
    Protection,
    ScopedModel,
    Through,
)

P = Permission
_OPEN = sorted(state.value for state in OPEN_STATES)
_FILED = (Grant(P.FILE_REPORT, Anywhere()), Grant(P.TAKE_REPORT, Anywhere()))


class Report(ScopedModel):
    """One telling, as it was told. A trigger keeps every word and moment; only its progress moves, and only forward.

    `commune` is None while the place is not known; `owner_post` then is the province's desk.
    """

    protection = Protection.P3
    access = Access(
        read=(
            Grant(P.VIEW_REPORTS, InPlace("commune", "village")),
            Grant(P.VIEW_OWN_REPORTS, OfPost("taken_by_post")),
            Grant(P.PLACE_REPORTS, OfPost("owner_post")),
            Grant(P.FOLLOW_REPORT, Held("id")),
        ),
        add=_FILED,
        change=(
            Grant(P.VIEW_REPORTS, InPlace("commune", "village")),
            Grant(P.PLACE_REPORTS, OfPost("owner_post")),
        ),
        matter="id",
    )

    # --- as told
    channel = models.CharField(max_length=40)
    receiving_address = models.CharField(max_length=40)
    told_at = models.DateTimeField()
    told_at_reason = models.CharField(max_length=2_000, blank=True)
    received_at = models.DateTimeField()
    taken_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    story_sealed = models.BinaryField()
    place_sealed = models.BinaryField()
    kinds = models.JSONField(default=list)
    signs = models.JSONField(default=list)
    happening = models.CharField(max_length=8, default=Happening.UNKNOWN.value)
    in_danger = models.JSONField(default=list)
    mode = models.CharField(max_length=12, default=Mode.ANONYMOUS.value)
    likeness = models.CharField(max_length=64, db_index=True)
    is_doubtful = models.BooleanField(default=False)

    # --- progress
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True)
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=12, default=State.RECEIVED.value)
    outcome = models.CharField(max_length=32, null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["commune", "told_at"], condition=Q(state__in=_OPEN), name="report_open"),
            models.Index(fields=["commune", "-received_at"], name="report_of_commune"),
            models.Index(fields=["taken_by_post", "-received_at"], name="report_of_taker"),
            models.Index(fields=["owner_post", "told_at"], name="report_of_owner"),
        ]
        constraints = [
            models.CheckConstraint(name="report_told_before_received", condition=Q(told_at__lte=F("received_at"))),
            models.CheckConstraint(name="report_state_known", condition=Q(state__in=[state.value for state in State])),
            models.CheckConstraint(
                name="report_ends_by_an_outcome",
                condition=Q(state__in=_OPEN, outcome__isnull=True)
                | (~Q(state__in=_OPEN) & Q(outcome__in=[outcome.value for outcome in Outcome])),
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.id}"

    @property
    def story(self) -> str:
        return vault.unseal(self.story_sealed, place=f"reports_report.story:{self.id}")

    @property
    def place_as_given(self) -> str:
        return vault.unseal(self.place_sealed, place=f"reports_report.place:{self.id}")

    @property
    def subject(self) -> Subject:
        """How duties know this report."""
        return Subject("reports.report", self.id)

    @property
    def is_urgent(self) -> bool:
        return is_urgent(self.happening, self.signs)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class ReporterIdentity(ScopedModel):
    """Who told us and how they may be reached safely: sealed whole, apart from the report; the newest row counts."""

    protection = Protection.P4
    append_only: ClassVar = True
    access = Access(read=(Grant(P.VIEW_REPORTER, Through("report")),), add=_FILED)

    report = models.ForeignKey(Report, models.PROTECT, related_name="identities")
    sealed = models.BinaryField()
    # The keyed hash of their number: tells that one caller told twice, to nobody which number it is.
    phone_key = models.CharField(max_length=64, blank=True, default="")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["phone_key"], condition=~Q(phone_key=""), name="reporter_by_phone")]

    def __str__(self) -> str:
        return f"reporter of {self.report_id}"


class Receipt(ScopedModel):
    """The slow hash of the code the reporter keeps. Nobody reads it: a database function finds the report by it."""

    protection = Protection.P4
    append_only: ClassVar = True
    access = Access(read=(), add=_FILED)

    report = models.OneToOneField(Report, models.PROTECT, related_name="receipt")
    code_hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"receipt of {self.report_id}"


class Filing(ScopedModel):
    """One sending: the client's key and the hash of what was sent. Same key, same words: one report.

    Same key, other words: both are kept. Written by a database function, in the transaction of the report.
    """

    protection = Protection.P1
    append_only: ClassVar = True
    access = Access(read=())

    report = models.OneToOneField(Report, models.PROTECT, related_name="filing")
    key_hash = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)
    filed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key_hash", "body_hash"], name="filing_once")]

    def __str__(self) -> str:
        return f"filing of {self.report_id}"


class GuessHour(models.Model):
    """How many wrong codes were tried in one hour, by everyone together."""

    protection: ClassVar = Protection.P1

    hour = models.DateTimeField(primary_key=True)
    wrong = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.wrong} wrong codes at {self.hour}"
