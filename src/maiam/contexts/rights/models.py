"""What a person asked about their own data, each step of the answer, the copy they got, the proof of an erasure."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.duties.rules import Subject
from maiam.contexts.exports.rules import Lifetime
from maiam.contexts.families.models import Person
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.rights import rules
from maiam.contexts.rights.rules import OPEN, Act, Asker, Right, Shown, State, Told
from maiam.platform import vault
from maiam.platform.access import Access, Anywhere, Grant, InPlace, Permission, Protection, ScopedModel, Through

_HERE = InPlace("commune")
_SEEN = (Grant(Permission.VIEW_RIGHTS, _HERE), Grant(Permission.WATCH_RIGHTS, Anywhere()))
_THROUGH = Through("request")


class RightsRequest(ScopedModel):
    """One thing one person asked about their own data. What was said is sealed, and goes with an erasure."""

    protection = Protection.P2
    access = Access(
        read=_SEEN,
        add=(Grant(Permission.ANSWER_RIGHTS, _HERE),),
        change=(Grant(Permission.ANSWER_RIGHTS, _HERE), Grant(Permission.APPROVE_ERASURE, _HERE)),
    )

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    right = models.CharField(max_length=10)
    asker = models.CharField(max_length=16)
    representative = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    representative_name_sealed = models.BinaryField(null=True, blank=True)
    shown = models.CharField(max_length=16)
    words_sealed = models.BinaryField(null=True, blank=True)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    by_account_id = models.PositiveBigIntegerField()
    by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=State.RECEIVED)
    ground = models.CharField(max_length=16, blank=True)
    proposed_by_account_id = models.PositiveBigIntegerField(null=True, blank=True)
    change = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["commune", "-recorded_at"], name="right_of_commune"),
            models.Index(fields=["person", "-recorded_at"], name="right_of_person"),
        ]
        constraints = [
            models.CheckConstraint(name="right_known", condition=Q(right__in=list(Right))),
            models.CheckConstraint(name="right_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(
                name="right_ended_when_not_open",
                condition=Q(state__in=sorted(OPEN), ended_at__isnull=True)
                | (~Q(state__in=sorted(OPEN)) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(name="right_refused_on_a_ground", condition=~Q(state=State.REFUSED) | ~Q(ground="")),
            models.CheckConstraint(name="right_asked_before_recorded", condition=Q(asked_at__lte=F("recorded_at"))),
            models.UniqueConstraint(
                fields=["person", "right"], condition=Q(state__in=sorted(OPEN)), name="right_asked_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right} {self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("rights.request", self.id)

    @property
    def is_open(self) -> bool:
        return State(self.state) in OPEN

    @property
    def right_label(self) -> str:
        return rules.RIGHT_LABELS[Right(self.right)]

    @property
    def state_label(self) -> str:
        return rules.STATE_LABELS[State(self.state)]

    @property
    def state_colour(self) -> str:
        return rules.STATE_COLOURS[State(self.state)]

    @property
    def asker_label(self) -> str:
        return rules.ASKER_LABELS[Asker(self.asker)]

    @property
    def shown_label(self) -> str:
        return rules.SHOWN_LABELS[Shown(self.shown)]

    @property
    def ground_label(self) -> str:
        return rules.Ground(self.ground).text.vi if self.ground else ""

    def seal(self, *, words: str, representative_name: str) -> None:
        self.words_sealed = vault.seal(words, place=self._place("words")) if words else None
        name = representative_name
        self.representative_name_sealed = vault.seal(name, place=self._place("representative")) if name else None

    @property
    def words(self) -> str:
        return vault.unseal(self.words_sealed, place=self._place("words")) if self.words_sealed else ""

    @property
    def representative_name(self) -> str:
        sealed = self.representative_name_sealed
        return vault.unseal(sealed, place=self._place("representative")) if sealed else ""

    def _place(self, column: str) -> str:
        return f"rights_rightsrequest.{column}:{self.id}"


class RightsStep(ScopedModel):
    """One step of the answer: who did what when; their words are sealed, and emptied by an erasure."""

    protection = Protection.P2
    access = Access(
        read=(Grant(Permission.VIEW_RIGHTS, _THROUGH), Grant(Permission.WATCH_RIGHTS, _THROUGH)),
        add=(Grant(Permission.VIEW_RIGHTS, _THROUGH),),
        change=(Grant(Permission.CARRY_ERASURE, _THROUGH),),
    )

    request = models.ForeignKey(RightsRequest, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=16)
    words_sealed = models.BinaryField(null=True, blank=True)
    told = models.CharField(max_length=8, blank=True, default="")
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["request", "at", "id"], name="step_of_right")]

    def __str__(self) -> str:
        return f"{self.act} on {self.request_id}"

    @property
    def label(self) -> str:
        return rules.ACT_LABELS[Act(self.act)]

    @property
    def told_label(self) -> str:
        return rules.TOLD_LABELS[Told(self.told)] if self.told else ""

    def seal(self, words: str) -> None:
        self.words_sealed = vault.seal(words, place=f"rights_rightsstep.words:{self.id}") if words else None

    @property
    def words(self) -> str:
        sealed = self.words_sealed
        return vault.unseal(sealed, place=f"rights_rightsstep.words:{self.id}") if sealed else ""


class Copy(ScopedModel):
    """The copy of their own data made for one request: a numbered file, sealed, fetched once, gone in a day."""

    protection = Protection.P2
    access = Access(
        read=(Grant(Permission.VIEW_RIGHTS, _THROUGH), Grant(Permission.WATCH_RIGHTS, _THROUGH)),
        add=(Grant(Permission.ANSWER_RIGHTS, _THROUGH),),
        change=(Grant(Permission.ANSWER_RIGHTS, _THROUGH), Grant(Permission.KEEP_HOUSE, _THROUGH)),
    )

    request = models.ForeignKey(RightsRequest, models.PROTECT, related_name="copies")
    serial = models.CharField(max_length=12, unique=True)
    made_at = models.DateTimeField()
    made_by_account_id = models.PositiveBigIntegerField()
    made_by_name = models.CharField(max_length=120)
    fetched_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], condition=Q(gone_at__isnull=True), name="copy_alive")]

    def __str__(self) -> str:
        return self.serial

    @property
    def lifetime(self) -> Lifetime:
        return Lifetime(self.made_at, self.fetched_at)

    @property
    def place(self) -> str:
        return f"rights_copy.sealed:{self.id}"


class ErasureProof(ScopedModel):
    """That a person's data were erased: what and how much, who asked for it, who agreed, when. No name, no number."""

    protection = Protection.P1
    append_only: ClassVar = True
    access = Access(
        read=(Grant(Permission.VIEW_RIGHTS, _HERE), Grant(Permission.WATCH_RIGHTS, Anywhere())),
        add=(Grant(Permission.CARRY_ERASURE, Anywhere()),),
    )

    request = models.OneToOneField(RightsRequest, models.PROTECT, related_name="proof")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person_ids = models.JSONField()
    emptied = models.JSONField()
    asked_at = models.DateTimeField()
    proposed_by_name = models.CharField(max_length=120)
    approved_by_name = models.CharField(max_length=120)
    carried_at = models.DateTimeField()
    mark = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"proof of {self.request_id}"
