"""Two rows of one person made one, and how to undo it."""

from django.db import models
from django.db.models import F, Q

from maiam.contexts.families.models.people import Person
from maiam.contexts.places.models import Unit
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel


class MergeRecord(ScopedModel):
    """Two rows of one person became one. Holds every row it touched, as it was before and after, to undo it exactly."""

    protection = Protection.P2
    access = Access(
        read=(Grant(Permission.VIEW_FAMILIES, InPlace("commune")),),
        add=(Grant(Permission.EDIT_FAMILIES, InPlace("commune")),),
        change=(Grant(Permission.EDIT_FAMILIES, InPlace("commune")),),
    )

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    folded = models.ForeignKey(Person, models.PROTECT, related_name="+")
    choices = models.JSONField(default=dict)
    before = models.JSONField()
    after = models.JSONField()
    merged_at = models.DateTimeField()
    merged_by = models.CharField(max_length=120)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["folded"], condition=Q(undone_at__isnull=True), name="person_is_folded_once"
            ),
            models.CheckConstraint(name="nobody_is_merged_into_themselves", condition=~Q(kept=F("folded"))),
        ]

    def __str__(self) -> str:
        return f"{self.folded_id} into {self.kept_id}"
