"""Who is related to whom, also beyond the household."""

from django.db import models
from django.db.models import F, Q

from maiam.contexts.families.models.history import HistoryRow, ends_after_it_began
from maiam.contexts.families.models.people import Person
from maiam.platform.access import Access, Grant, Permission, Protection, Through


class Kinship(HistoryRow):
    """The `relative` is the person's `relation` (relations.yaml). Its mirror row is written and ended with it."""

    protection = Protection.P2
    access = Access(
        read=(Grant(Permission.VIEW_FAMILIES, Through("person")),),
        add=(Grant(Permission.EDIT_FAMILIES, Through("person")),),
        change=(Grant(Permission.EDIT_FAMILIES, Through("person")),),
    )

    person = models.ForeignKey(Person, models.PROTECT, related_name="kin")
    relative = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "relative", "relation"], condition=Q(ends_on__isnull=True), name="kinship_once"
            ),
            models.CheckConstraint(name="nobody_is_their_own_kin", condition=~Q(person=F("relative"))),
            ends_after_it_began("kinship_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.relative_id} is {self.relation} of {self.person_id}"
