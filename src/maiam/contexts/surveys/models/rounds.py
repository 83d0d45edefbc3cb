"""Rounds of a commune, and who collects which village."""

from django.db import models
from django.db.models import Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.surveys.models.questionnaires import QuestionnaireVersion
from maiam.contexts.surveys.rules.rounds import (
    ROUND_KIND_LABELS,
    ROUND_STATE_COLOURS,
    ROUND_STATE_LABELS,
    RoundKind,
    RoundState,
)
from maiam.platform.access import Access, Grant, InCommune, InPlace, Permission, Protection, ScopedModel

_HERE = InPlace("commune", "village")


class Round(ScopedModel):
    """One round of collection in one commune: what is asked, by when, how the sample was drawn."""

    protection = Protection.P1
    access = Access(
        read=(
            Grant(Permission.COLLECT_ANSWERS, InCommune()),
            Grant(Permission.RUN_ROUNDS, InPlace()),
        ),
        add=(Grant(Permission.RUN_ROUNDS, InPlace()),),
        change=(Grant(Permission.RUN_ROUNDS, InPlace()),),
    )

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=list(ROUND_KIND_LABELS.items()), default=RoundKind.EVERY)
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="rounds")
    limit = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=list(ROUND_STATE_LABELS.items()), default=RoundState.PREPARED)
    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=120)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=500, blank=True)
    sample_share = models.FloatField(null=True, blank=True)
    sample_seed = models.BigIntegerField(null=True, blank=True)
    sampled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["commune", "-prepared_at"], name="round_of_commune")]
        constraints = [
            models.CheckConstraint(
                name="round_has_run_when_closed", condition=~Q(state="closed") | Q(started_at__isnull=False)
            ),
            models.CheckConstraint(
                name="round_closed_when_closed",
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        return Subject("surveys.round", self.id)

    @property
    def is_running(self) -> bool:
        return self.state == RoundState.RUNNING

    @property
    def is_for_changes(self) -> bool:
        return self.kind == RoundKind.CHANGES

    @property
    def kind_label(self) -> str:
        return ROUND_KIND_LABELS[RoundKind(self.kind)]

    @property
    def state_label(self) -> str:
        return ROUND_STATE_LABELS[RoundState(self.state)]

    @property
    def state_colour(self) -> str:
        return ROUND_STATE_COLOURS[RoundState(self.state)]


class Assignment(ScopedModel):
    """One village of a round and the post that collects it; no village: the households the register puts in none.

    `affirmed_nil` is a person's word that nothing changed in the households without a sheet. `given_back_why` is the
    reason of the last time it was given back to be mended, and stays when it is handed in again.
    """

    protection = Protection.P1
    access = Access(
        read=(
            Grant(Permission.COLLECT_ANSWERS, _HERE),
            Grant(Permission.RUN_ROUNDS, InPlace()),
        ),
        add=(Grant(Permission.RUN_ROUNDS, InPlace()),),
        change=(Grant(Permission.COLLECT_ANSWERS, _HERE), Grant(Permission.RUN_ROUNDS, InPlace())),
    )

    round = models.ForeignKey(Round, models.PROTECT, related_name="assignments")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.CharField(max_length=120, blank=True)
    affirmed_nil = models.BooleanField(default=False)
    given_back_at = models.DateTimeField(null=True, blank=True)
    given_back_by = models.CharField(max_length=120, blank=True)
    given_back_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "village"], name="village_once_in_round", nulls_distinct=False),
            models.CheckConstraint(
                name="nil_is_affirmed_by_handing_in", condition=Q(affirmed_nil=False) | Q(handed_in_at__isnull=False)
            ),
            models.CheckConstraint(
                name="given_back_with_a_reason",
                condition=Q(given_back_at__isnull=True, given_back_why="")
                | (Q(given_back_at__isnull=False) & ~Q(given_back_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.round_id}"

    @property
    def subject(self) -> Subject:
        return Subject("surveys.assignment", self.id)

    @property
    def place(self) -> str:
        return self.village.name if self.village else "Hộ chưa ghi thôn"

    @property
    def is_handed_in(self) -> bool:
        return self.handed_in_at is not None

    @property
    def is_given_back(self) -> bool:
        """Whether it waits to be mended and handed in again."""
        return self.given_back_at is not None and not self.is_handed_in
