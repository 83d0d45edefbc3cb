"""Pairs of people of the register who may be one person, and what was decided about each."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from maiam.contexts.families.models import MergeRecord, Person
from maiam.contexts.linkage.rules import State
from maiam.contexts.places.models import Unit
from maiam.platform.access import Access, Anywhere, Grant, InPlace, Permission, Protection, ScopedModel

# Both communes of a pair hear of it; each still sees only its own person (docs/decisions/doubles.md).
_EITHER_SIDE = (
    Grant(Permission.JUDGE_DOUBLES, InPlace("one_commune")),
    Grant(Permission.JUDGE_DOUBLES, InPlace("other_commune")),
)


class CandidatePair(ScopedModel):
    """Two people who may be one, with what speaks for it. The one with the lower id comes first.

    `facts` stands for everything that was compared: a pair once judged is asked about again only when it changes.
    """

    protection = Protection.P2
    access = Access(read=_EITHER_SIDE, add=(Grant(Permission.KEEP_HOUSE, Anywhere()),), change=_EITHER_SIDE)

    one = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    one_commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    other_commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    match_probability = models.FloatField()
    match_weight = models.FloatField()
    reasons = models.JSONField()
    facts = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=State.OPEN)
    found_at = models.DateTimeField()
    put_off_at = models.DateTimeField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.CharField(max_length=120, blank=True)
    merge = models.ForeignKey(MergeRecord, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="pair_is_asked_once"),
            models.CheckConstraint(name="pair_in_order", condition=Q(one__lt=F("other"))),
        ]
        indexes = [
            models.Index(
                fields=["one_commune", "-match_weight"], condition=Q(state=State.OPEN), name="pair_open_of_one"
            ),
            models.Index(
                fields=["other_commune", "-match_weight"], condition=Q(state=State.OPEN), name="pair_open_of_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"

    @property
    def person_ids(self) -> tuple[UUID, UUID]:
        return self.one_id, self.other_id
