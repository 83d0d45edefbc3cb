"""The level a case stands at, the assessments behind it, and each time somebody raised it by hand."""

import json

from django.db import models
from django.db.models import Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models import Case
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.risk.rules import State
from maiam.core.risk import Level
from maiam.platform import vault
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel

_HERE = InPlace("commune", "village")
_READ = (Grant(Permission.VIEW_CASES, _HERE),)


class _OfCase(ScopedModel):
    """A row of one case, with the place that says who may see it."""

    protection = Protection.P3

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        abstract = True


class CaseRisk(_OfCase):
    """Where one case stands now. There is no row before the first assessment, and no level "none" after it."""

    access = Access(
        read=_READ,
        add=(Grant(Permission.ASSESS_RISK, _HERE), Grant(Permission.RAISE_RISK, _HERE)),
        change=(
            Grant(Permission.ASSESS_RISK, _HERE),
            Grant(Permission.RAISE_RISK, _HERE),
            Grant(Permission.LOWER_RISK, _HERE),
        ),
        matter="case",
    )

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="risk_level_is_one_of_four", condition=Q(level__in=list(Level)))]
        indexes = [models.Index(fields=["commune", "level"], name="risk_by_level")]

    def __str__(self) -> str:
        return f"{self.level} of case {self.case_id}"


class RiskAssessment(_OfCase):
    """One signed set of answers with what it gave. Its answers are sealed and never change."""

    access = Access(
        read=_READ,
        add=(Grant(Permission.ASSESS_RISK, _HERE),),
        change=(Grant(Permission.ASSESS_RISK, _HERE), Grant(Permission.LOWER_RISK, _HERE)),
        matter="case",
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    answers_sealed = models.BinaryField()
    note_sealed = models.BinaryField(null=True, blank=True)
    grave_least = models.PositiveSmallIntegerField()
    grave_most = models.PositiveSmallIntegerField()
    repeat_least = models.PositiveSmallIntegerField()
    repeat_most = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10)
    unknown = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    signed_at = models.DateTimeField()
    signed_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    signed_by_account_id = models.PositiveBigIntegerField()
    signed_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_account_id = models.PositiveBigIntegerField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="assessment_level_is_one_of_four", condition=Q(level__in=list(Level))),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=State.IN_FORCE), name="one_assessment_in_force_of_case"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=State.WAITING), name="one_assessment_waiting_of_case"
            ),
            models.CheckConstraint(
                name="two_people_lower_a_level",
                condition=Q(decided_by_account_id__isnull=True)
                | ~Q(decided_by_account_id=models.F("signed_by_account_id")),
            ),
        ]
        indexes = [models.Index(fields=["case", "-signed_at"], name="assessment_of_case")]

    def __str__(self) -> str:
        return f"assessment {self.id}"

    def keep(self, *, answers: dict[str, str], note: str) -> None:
        """Seal what was answered, for this row alone."""
        self.answers_sealed = vault.seal(json.dumps(answers), place=f"risk_riskassessment.answers:{self.id}")
        self.note_sealed = vault.seal(note, place=f"risk_riskassessment.note:{self.id}") if note else None

    @property
    def answers(self) -> dict[str, str]:
        opened: dict[str, str] = json.loads(
            vault.unseal(self.answers_sealed, place=f"risk_riskassessment.answers:{self.id}")
        )
        return opened

    @property
    def note(self) -> str:
        return vault.unseal(self.note_sealed, place=f"risk_riskassessment.note:{self.id}") if self.note_sealed else ""


class RiskRaise(_OfCase):
    """A level raised by hand, at once and by one person."""

    append_only = True
    access = Access(read=_READ, add=(Grant(Permission.RAISE_RISK, _HERE),), matter="case")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    before = models.CharField(max_length=10, blank=True)
    level = models.CharField(max_length=10)
    reason = models.CharField(max_length=16)
    words_sealed = models.BinaryField(null=True, blank=True)
    raised_at = models.DateTimeField()
    raised_by_name = models.CharField(max_length=120)
    raised_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "-raised_at"], name="raise_of_case")]

    def __str__(self) -> str:
        return f"raised to {self.level}"

    def tell(self, words: str) -> None:
        self.words_sealed = vault.seal(words, place=f"risk_riskraise.words:{self.id}") if words else None

    @property
    def words(self) -> str:
        return vault.unseal(self.words_sealed, place=f"risk_riskraise.words:{self.id}") if self.words_sealed else ""
