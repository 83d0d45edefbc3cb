"""Units of Vietnam through time, what each became, the villages inside communes, and shapes on the map."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from maiam.contexts.places import rules
from maiam.platform.access import Protection
from maiam.platform.ranges import DateRange


class Unit(models.Model):
    """A province, a district (until 30 June 2025) or a commune, as it stood from one date to another.

    `valid_to` is the first day it no longer stands; a unit that changed its name, kind or borders is another
    row, under the same code of the statistics office or another. Its parent is the unit above it on its last day.
    """

    protection: ClassVar = Protection.P0

    level = models.CharField(max_length=10, choices=rules.Level.choices())
    kind = models.CharField(max_length=10, choices=rules.Kind.choices())
    code = models.CharField(max_length=6, blank=True)
    name = models.CharField(max_length=100)
    folded_name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True, blank=True)
    province = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    # False where the sources tell only that it began or ended before a list was made: facts/README.md.
    dates_are_exact = models.BooleanField(default=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    area_km2 = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    neighbours = models.ManyToManyField("self", symmetrical=True)

    class Meta:
        indexes = [
            GinIndex(fields=["folded_name"], opclasses=["gin_trgm_ops"], name="unit_by_folded_name"),
            models.Index(fields=["level", "code"], name="unit_by_code"),
        ]
        constraints = [
            models.CheckConstraint(name="unit_ends_after_it_began", condition=Q(valid_to__gt=F("valid_from"))),
            ExclusionConstraint(
                name="unit_code_means_one_unit_at_a_time",
                expressions=[
                    ("level", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_today(self) -> bool:
        return self.valid_to is None

    def stood_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or self.valid_to > day)

    @property
    def is_urban(self) -> bool:
        return self.kind in {rules.Kind.PHUONG, rules.Kind.THI_TRAN}


class Succession(models.Model):
    """One unit became another, whole or in part. `share` is of the old unit's people; empty where unpublished."""

    protection: ClassVar = Protection.P0

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=10, choices=rules.SuccessionKind.choices())
    share = models.FloatField(null=True, blank=True)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(name="succession_share_of_one", condition=Q(share__gt=0, share__lte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Village(models.Model):
    """A thôn, bon, buôn or tổ dân phố: part of a commune, and the commune's own data."""

    protection: ClassVar = Protection.P0

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="villages")
    kind = models.CharField(max_length=10, choices=rules.VillageKind.choices())
    name = models.CharField(max_length=100)
    folded_name = models.CharField(max_length=100, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "folded_name"],
                condition=Q(valid_to__isnull=True),
                name="village_name_once_in_commune",
            ),
            # One added by mistake ends on the day it began.
            models.CheckConstraint(name="village_ends_not_before_it_began", condition=Q(valid_to__gte=F("valid_from"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        return rules.VILLAGE_KIND_LABELS[rules.VillageKind(self.kind)]


class FormerVillageName(models.Model):
    """What a village was, and was called, until a day. The village stays one: posts, homes and reports keep it."""

    protection: ClassVar = Protection.P0

    village = models.ForeignKey(Village, models.PROTECT, related_name="former_names")
    kind = models.CharField(max_length=10, choices=rules.VillageKind.choices(), blank=True)
    name = models.CharField(max_length=100)
    folded_name = models.CharField(max_length=100)
    used_until = models.DateField()

    def __str__(self) -> str:
        return self.name


class Boundary(models.Model):
    """The shape of a unit, as somebody imported it."""

    protection: ClassVar = Protection.P0

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="boundary")
    geometry = models.JSONField()
    source = models.CharField(max_length=200)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"shape of {self.unit_id}"
