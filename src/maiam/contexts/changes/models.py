"""A change asked of the register: what it said then, what it should say, who asked; and each step since."""

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.changes import rules
from maiam.contexts.changes.rules import OPEN, Act, Asker, Kind, State
from maiam.contexts.duties.rules import Subject
from maiam.contexts.families.models import Household, Person
from maiam.contexts.places.models import Unit, Village
from maiam.platform import vault
from maiam.platform.access import Access, Grant, InPlace, OfPost, Permission, Protection, ScopedModel, Through

_HERE = InPlace("commune", "village")
_MINE = OfPost("by_post")
# Only the house writes over what people asked: when a person's data are erased by law, or have been kept their time.
_FORGETS = Grant(Permission.KEEP_HOUSE, _HERE)


class ChangeRequest(ScopedModel):
    """One change of one person, or someone new in a household: a child born, a person moved in.

    `base` is what the register held when it was asked, value for value beside `proposed`. Of an identity number both
    hold the keyed hash; the number asked for is sealed apart.
    """

    protection = Protection.P2
    access = Access(
        read=(
            Grant(Permission.REQUEST_CHANGE, _HERE),
            Grant(Permission.REQUEST_CHANGE, _MINE),
            Grant(Permission.DECIDE_CHANGE, _HERE),
        ),
        add=(Grant(Permission.REQUEST_CHANGE, _HERE),),
        change=(Grant(Permission.DECIDE_CHANGE, _HERE), Grant(Permission.REQUEST_CHANGE, _MINE), _FORGETS),
    )

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    kind = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="+", null=True, blank=True)
    proposed = models.JSONField()
    base = models.JSONField()
    number_sealed = models.BinaryField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)
    asker = models.CharField(max_length=16)
    asker_name = models.CharField(max_length=300, blank=True)
    shown = models.CharField(max_length=16)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rule = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default=State.WAITING)
    accepted = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["commune", "-recorded_at"], name="change_of_commune"),
            models.Index(fields=["person", "-recorded_at"], name="change_of_person"),
            models.Index(fields=["by_post", "-recorded_at"], name="change_of_post"),
        ]
        constraints = [
            models.CheckConstraint(name="change_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(name="change_kind_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="change_asker_known", condition=Q(asker__in=list(Asker))),
            models.CheckConstraint(
                name="change_is_of_someone", condition=Q(person__isnull=False) | Q(household__isnull=False)
            ),
            models.CheckConstraint(
                name="change_decided_when_not_open",
                condition=Q(state__in=sorted(OPEN), decided_at__isnull=True)
                | (~Q(state__in=sorted(OPEN)) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(name="change_asked_before_recorded", condition=Q(asked_at__lte=F("recorded_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("changes.request", self.id)

    @property
    def is_open(self) -> bool:
        return State(self.state) in OPEN

    @property
    def kind_label(self) -> str:
        return rules.KIND_LABELS[Kind(self.kind)]

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
        return rules.SHOWN_LABELS[rules.Shown(self.shown)]

    def seal_number(self, number: str) -> None:
        self.number_sealed = vault.seal(number, place=f"changes_changerequest.number:{self.id}") if number else None

    @property
    def number(self) -> str:
        sealed = self.number_sealed
        return vault.unseal(sealed, place=f"changes_changerequest.number:{self.id}") if sealed else ""


class ChangeStep(ScopedModel):
    """One step of a request: asked, asked back, answered, decided; who, when, in which words."""

    protection = Protection.P2
    access = Access(
        read=(
            Grant(Permission.REQUEST_CHANGE, Through("request")),
            Grant(Permission.DECIDE_CHANGE, Through("request")),
        ),
        add=(
            Grant(Permission.REQUEST_CHANGE, Through("request")),
            Grant(Permission.DECIDE_CHANGE, Through("request")),
        ),
        change=(Grant(Permission.KEEP_HOUSE, Through("request")),),
    )

    request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20)
    words = models.CharField(max_length=1000, blank=True)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["request", "at", "id"], name="step_of_change")]

    def __str__(self) -> str:
        return f"{self.act} on {self.request_id}"

    @property
    def label(self) -> str:
        return rules.ACT_LABELS[Act(self.act)]
