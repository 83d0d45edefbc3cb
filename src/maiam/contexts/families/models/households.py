"""Households, as they stand today. Where they stood before is a `FormerAddress`."""

from django.db import models

from maiam.contexts.families.models.people import REGISTER
from maiam.contexts.places.models import Unit, Village
from maiam.platform.access import Protection, ScopedModel


class Household(ScopedModel):
    """People who live as one household in a commune, under the code the commune gave it."""

    protection = Protection.P2
    access = REGISTER

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    code = models.CharField(max_length=30)
    address = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()
    dissolved_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "code"], name="household_code_in_commune")]
        indexes = [models.Index(fields=["commune", "village"], name="household_of_village")]

    def __str__(self) -> str:
        return self.code
