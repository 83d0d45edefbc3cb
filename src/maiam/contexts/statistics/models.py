"""What was counted of a set day, once. Figures are told from here, never from the register as it is now.

statistics_closedtable      one table of a province on a set day: the finest counts by the commune they are recorded in
statistics_closedvillages   the same of one commune, by its villages
"""

from typing import ClassVar

from django.db import models

from maiam.contexts.places.models import Unit
from maiam.platform.access import Access, Anywhere, Grant, Permission, Protection, ScopedModel

# Counts are exact, and small ones may be a name: the house alone reads them, and tells what is safe.
_THE_HOUSE = Access(
    read=(Grant(Permission.KEEP_HOUSE, Anywhere()),), add=(Grant(Permission.KEEP_HOUSE, Anywhere()),), change=()
)


class ClosedTable(ScopedModel):
    """One table of a province on a set day, by one version of its formula: {commune: {leaf: how many}}."""

    protection = Protection.P2
    access = _THE_HOUSE
    append_only: ClassVar = True

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    code = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField()
    counted_at = models.DateTimeField()
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province", "code", "version", "day"], name="table_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"


class ClosedVillages(ScopedModel):
    """The villages of one commune in a closed table: {village, or nothing where it is not known: {leaf: how many}}."""

    protection = Protection.P2
    access = _THE_HOUSE
    append_only: ClassVar = True

    table = models.ForeignKey(ClosedTable, models.PROTECT, related_name="villages")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    counts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "commune"], name="villages_closed_once")]

    def __str__(self) -> str:
        return f"{self.commune_id} in {self.table_id}"
