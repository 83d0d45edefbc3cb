"""Households, people, who lives where as what, who is related how; and every earlier value."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from maiam.contexts.families.rules import Birth, MemberRole, Sex
from maiam.contexts.places.models import Unit, Village
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel, Through

_IN_PLACE = InPlace("commune", "village")
_REGISTER = Access(
    read=(Grant(Permission.VIEW_FAMILIES, _IN_PLACE),),
    add=(Grant(Permission.EDIT_FAMILIES, _IN_PLACE),),
    change=(Grant(Permission.EDIT_FAMILIES, _IN_PLACE),),
)


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Household(ScopedModel):
    """People who live as one household in a commune, under the code the commune gave it."""

    protection = Protection.P2
    access = _REGISTER

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


class Person(ScopedModel):
    """One person of the register. `search_text` is what spellings of the name share; `sort_key` orders lists."""

    protection = Protection.P2
    access = _REGISTER

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    full_name = models.CharField(max_length=300)
    other_names = models.CharField(max_length=300, blank=True)
    search_text = models.CharField(max_length=900)
    sort_key = models.CharField(max_length=1500)
    sex = models.CharField(max_length=8, default=Sex.UNKNOWN)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_day = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_is_approximate = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)
    ethnicity = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    identity_number_sealed = models.BinaryField(null=True, blank=True)
    identity_number_index = models.CharField(max_length=64, blank=True)
    registered_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True, blank=True)
    restricted_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            GinIndex(
                fields=["commune", "search_text"],
                opclasses=["int8_ops", "gin_trgm_ops"],
                name="person_by_place_and_text",
            ),
            models.Index(fields=["commune", "sort_key"], name="person_of_commune"),
            models.Index(
                fields=["identity_number_index"], condition=~Q(identity_number_index=""), name="person_by_number"
            ),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="person_by_phone"),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_birth_known_from_the_year",
                condition=(Q(birth_month__isnull=True) | Q(birth_year__isnull=False))
                & (Q(birth_day__isnull=True) | Q(birth_month__isnull=False)),
            ),
            models.CheckConstraint(
                name="person_birth_is_a_date",
                condition=(Q(birth_month__isnull=True) | Q(birth_month__range=(1, 12)))
                & (Q(birth_day__isnull=True) | Q(birth_day__range=(1, 31))),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def birth(self) -> Birth | None:
        if self.birth_year is None:
            return None
        return Birth(self.birth_year, self.birth_month, self.birth_day, self.birth_is_approximate)


class HouseholdMembership(ScopedModel):
    """One person in one household as something, from a day to a day. History is closed, never overwritten."""

    protection = Protection.P2
    access = Access(
        read=(Grant(Permission.VIEW_FAMILIES, Through("household")),),
        add=(Grant(Permission.EDIT_FAMILIES, Through("household")),),
        change=(Grant(Permission.EDIT_FAMILIES, Through("household")),),
    )

    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, default=MemberRole.OTHER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_permanent = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(role="head", ends_on__isnull=True), name="household_has_one_head"
            ),
            models.CheckConstraint(name="membership_ends_after_it_began", condition=Q(ends_on__gte=F("starts_on"))),
            ExclusionConstraint(
                name="person_has_one_permanent_home",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_permanent=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.household_id}"


class Kinship(ScopedModel):
    """How one person is related to another, also outside the household. Its mirror row is kept with it."""

    protection = Protection.P2
    access = Access(
        read=(Grant(Permission.VIEW_FAMILIES, Through("person")),),
        add=(Grant(Permission.EDIT_FAMILIES, Through("person")),),
        change=(Grant(Permission.EDIT_FAMILIES, Through("person")),),
    )

    person = models.ForeignKey(Person, models.PROTECT, related_name="kin")
    relative = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=30)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "relative", "relation"], condition=Q(ends_on__isnull=True), name="kinship_once"
            ),
            models.CheckConstraint(name="nobody_is_their_own_kin", condition=~Q(person=F("relative"))),
        ]

    def __str__(self) -> str:
        return f"{self.relative_id} is {self.relation} of {self.person_id}"


class EarlierValue(ScopedModel):
    """What a corrected field said before, and who changed it when: nothing typed is ever lost."""

    protection = Protection.P2
    append_only: ClassVar = True
    access = Access(
        read=(Grant(Permission.VIEW_FAMILIES, Through("person")),),
        add=(Grant(Permission.EDIT_FAMILIES, Through("person")),),
    )

    person = models.ForeignKey(Person, models.PROTECT, related_name="earlier_values")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)
    values = models.JSONField()

    def __str__(self) -> str:
        return f"before {self.changed_at}"


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
