"""What happened to a household or to people, as told: written once, never altered, at most revoked by another."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from maiam.contexts.families.models.households import Household
from maiam.contexts.families.models.people import IN_PLACE, Person
from maiam.contexts.families.rules import EVENT_LABELS, PART_LABELS, EventKind
from maiam.contexts.places.models import Unit, Village
from maiam.platform.access import Access, Grant, Permission, Protection, ScopedModel, Through


class FamilyEvent(ScopedModel):
    """One event: when it happened, when and by whom it was told. Place and households are those of that moment.

    `other_household` is the one people came from (move, merge) or the new one (split).
    """

    protection = Protection.P2
    append_only: ClassVar = True
    access = Access(
        read=(Grant(Permission.VIEW_FAMILIES, IN_PLACE),),
        add=(Grant(Permission.EDIT_FAMILIES, IN_PLACE),),
    )

    kind = models.CharField(max_length=20, choices=[(kind.value, label) for kind, label in EVENT_LABELS.items()])
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="events", null=True, blank=True)
    other_household = models.ForeignKey(Household, models.PROTECT, related_name="+", null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    revokes = models.OneToOneField("self", models.PROTECT, related_name="revocation", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["commune", "kind", "happened_on"], name="event_of_commune")]
        constraints = [
            models.CheckConstraint(
                name="only_a_revocation_revokes",
                condition=Q(kind=EventKind.REVOCATION, revokes__isnull=False)
                | (~Q(kind=EventKind.REVOCATION) & Q(revokes__isnull=True)),
            ),
            models.CheckConstraint(name="nothing_revokes_itself", condition=~Q(revokes=F("id"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.happened_on}"


class EventPart(ScopedModel):
    """One person's part in an event: the child, the mother, the one who died, the new head."""

    protection = Protection.P2
    append_only: ClassVar = True
    access = Access(
        read=(Grant(Permission.VIEW_FAMILIES, Through("event")),),
        add=(Grant(Permission.EDIT_FAMILIES, Through("event")),),
    )

    event = models.ForeignKey(FamilyEvent, models.PROTECT, related_name="parts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="events")
    part = models.CharField(max_length=12, choices=[(part.value, label) for part, label in PART_LABELS.items()])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="one_part_in_an_event")]

    def __str__(self) -> str:
        return f"{self.part} in {self.event_id}"
