"""What was answered: each sheet as it was sent, drafts, and the households asked again."""

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Account, Post
from maiam.contexts.families.models import Household
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.surveys.models.questionnaires import QuestionnaireVersion
from maiam.contexts.surveys.models.rounds import Assignment, Round
from maiam.contexts.surveys.rules.rounds import (
    SHEET_KIND_LABELS,
    WHY_NOT_MET_LABELS,
    WHY_WAITING_LABELS,
    SheetKind,
    Standing,
    WhyNotMet,
    WhyWaiting,
)
from maiam.platform.access import Access, Grant, InPlace, OfPost, Permission, Protection, ScopedModel

_HERE = InPlace("commune", "village")
_COLLECTS = (Grant(Permission.COLLECT_ANSWERS, _HERE),)


class Sheet(ScopedModel):
    """One household in one round, as one client sent it once. Never overwritten: the next one stands beside it.

    `number` counts the sheets taken of a household in a round; `base` is the number its sender had seen. The answers
    hold no name of a person: members stand under their ids. `reasons` say why what looks odd is so.
    """

    protection = Protection.P2
    access = Access(
        read=_COLLECTS,
        add=_COLLECTS,
        change=_COLLECTS,
    )

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="sheets")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=list(SHEET_KIND_LABELS.items()))
    why_not_met = models.CharField(max_length=10, blank=True)
    words = models.CharField(max_length=300, blank=True)
    answers = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    client_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    base = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(null=True, blank=True)
    standing = models.CharField(max_length=10, default=Standing.TAKEN)
    why_waiting = models.CharField(max_length=10, blank=True)
    is_current = models.BooleanField(default=False)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    # Empty where a machine of the post sent it.
    by_account = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True)
    by_name = models.CharField(max_length=120)
    collected_at = models.DateTimeField()
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["household", "-received_at"], name="sheet_of_household"),
            models.Index(fields=["round", "village"], condition=Q(is_current=True), name="sheet_current_of_round"),
            models.Index(fields=["round"], condition=Q(standing="waiting"), name="sheet_waiting_of_round"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["by_post", "client_id", "digest"], name="sheet_sent_once"),
            models.UniqueConstraint(
                fields=["round", "household"], condition=Q(is_current=True), name="sheet_current_once"
            ),
            models.UniqueConstraint(fields=["round", "household", "number"], name="sheet_number_once"),
            models.CheckConstraint(
                name="sheet_counts_when_taken",
                condition=Q(standing="taken", number__isnull=False) | ~Q(standing="taken"),
            ),
            models.CheckConstraint(name="sheet_current_is_taken", condition=Q(is_current=False) | Q(standing="taken")),
            models.CheckConstraint(
                name="sheet_not_met_says_why",
                condition=Q(kind="not_met", why_not_met__in=list(WhyNotMet)) | ~Q(kind="not_met"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} in {self.round_id}"

    @property
    def kind_label(self) -> str:
        return SHEET_KIND_LABELS[SheetKind(self.kind)]

    @property
    def why_not_met_label(self) -> str:
        return WHY_NOT_MET_LABELS[WhyNotMet(self.why_not_met)] if self.why_not_met else ""

    @property
    def why_waiting_label(self) -> str:
        return WHY_WAITING_LABELS[WhyWaiting(self.why_waiting)] if self.why_waiting else ""

    @property
    def is_waiting(self) -> bool:
        return self.standing == Standing.WAITING


class Draft(ScopedModel):
    """What one post has typed for a household and not sent: page by page, so that nothing typed is lost."""

    protection = Protection.P2
    access = Access(
        read=(Grant(Permission.COLLECT_ANSWERS, OfPost("post")),),
        add=(Grant(Permission.COLLECT_ANSWERS, OfPost("post")),),
        change=(Grant(Permission.COLLECT_ANSWERS, OfPost("post")),),
    )

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="drafts")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    pages = models.JSONField(default=list)
    base = models.PositiveIntegerField(default=0)
    client_id = models.UUIDField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "household", "post"],
                condition=Q(sent_at__isnull=True),
                name="draft_once_of_household",
            )
        ]

    def __str__(self) -> str:
        return f"draft of {self.household_id}"


class Recheck(ScopedModel):
    """A household drawn to be asked again, by a person who did not ask it before."""

    protection = Protection.P2
    access = Access(read=_COLLECTS, add=(Grant(Permission.RUN_ROUNDS, _HERE),), change=_COLLECTS)

    round = models.ForeignKey(Round, models.PROTECT, related_name="rechecks")
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="recheck")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    collected_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True)
    answers = models.JSONField(default=dict)
    same = models.JSONField(default=dict)
    by_account = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True)
    by_name = models.CharField(max_length=120, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_rechecks_themselves",
                condition=Q(by_account__isnull=True) | Q(collected_by__isnull=True) | ~Q(by_account=F("collected_by")),
            ),
            models.CheckConstraint(
                name="recheck_done_by_someone",
                condition=Q(done_at__isnull=True, by_account__isnull=True)
                | Q(done_at__isnull=False, by_account__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"recheck of {self.household_id}"
