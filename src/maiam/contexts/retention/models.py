"""The periods the province set, the previews of what would go, and each line of them: ids, never a name."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maiam.contexts.places.models import Unit
from maiam.contexts.retention import rules
from maiam.contexts.retention.rules import FIXED, OPEN, Fate, Hold, Kind, State
from maiam.platform.access import Access, Anywhere, Grant, Permission, Protection, ScopedModel, Through

_SEEN = (Grant(Permission.VIEW_RETENTION, Anywhere()),)
_HOUSE = Grant(Permission.KEEP_HOUSE, Anywhere())


class PeriodSet(ScopedModel):
    """One period set by the province; the newest of its class counts, the older ones tell what counted before."""

    protection = Protection.P1
    append_only: ClassVar = True
    access = Access(read=_SEEN, add=(Grant(Permission.KEEP_RETENTION, Anywhere()),))

    code = models.CharField(max_length=20)
    months = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=500)
    by_account_id = models.PositiveBigIntegerField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code", "-at"], name="period_of_class")]
        constraints = [
            models.CheckConstraint(name="period_known", condition=Q(code__in=list(Kind))),
            models.CheckConstraint(
                name="period_in_bounds", condition=Q(months__range=(rules.LEAST_MONTHS, rules.MOST_MONTHS))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.months}"


class Preview(ScopedModel):
    """What of one class would go tonight; nothing goes before one person proposed it and another agreed."""

    protection = Protection.P1
    access = Access(
        read=_SEEN,
        add=(_HOUSE,),
        change=(
            _HOUSE,
            Grant(Permission.KEEP_RETENTION, Anywhere()),
            Grant(Permission.APPROVE_RETENTION, Anywhere()),
        ),
    )

    code = models.CharField(max_length=20)
    months = models.PositiveSmallIntegerField()
    before = models.DateTimeField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=State.MADE)
    proposed_by_account_id = models.PositiveBigIntegerField(null=True, blank=True)
    proposed_by_name = models.CharField(max_length=120, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-made_at"], name="preview_by_age")]
        constraints = [
            models.CheckConstraint(name="preview_kind_known", condition=Q(code__in=list(Kind))),
            models.CheckConstraint(name="preview_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(
                name="preview_proposed_by_someone",
                condition=~Q(state__in=sorted(FIXED)) | Q(proposed_by_account_id__isnull=False),
            ),
            models.UniqueConstraint(fields=["code"], condition=Q(state__in=sorted(OPEN)), name="preview_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.id}"

    @property
    def state_label(self) -> str:
        return rules.STATE_LABELS[State(self.state)]

    @property
    def state_colour(self) -> str:
        return rules.STATE_COLOURS[State(self.state)]


class PreviewLine(ScopedModel):
    """One thing whose time is over: its id and its commune, why it is held, what became of it."""

    protection = Protection.P1
    access = Access(read=(Grant(Permission.VIEW_RETENTION, Through("preview")),), add=(_HOUSE,), change=(_HOUSE,))

    preview = models.ForeignKey(Preview, models.PROTECT, related_name="lines")
    subject_id = models.UUIDField()
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    fate = models.CharField(max_length=8, default=Fate.WAITING)
    hold = models.CharField(max_length=12, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["preview", "id"], condition=Q(fate=Fate.WAITING), name="line_to_do")]
        constraints = [
            models.UniqueConstraint(fields=["preview", "subject_id"], name="line_once"),
            models.CheckConstraint(name="line_fate_known", condition=Q(fate__in=list(Fate))),
            models.CheckConstraint(
                name="line_held_by_something",
                condition=(Q(fate=Fate.HELD) & Q(hold__in=list(Hold))) | (~Q(fate=Fate.HELD) & Q(hold="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fate} {self.subject_id}"
