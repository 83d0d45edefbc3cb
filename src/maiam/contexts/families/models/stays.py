"""Who lives in which household as what, and where a household stood before."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from maiam.contexts.families.models.history import HistoryRow, ends_after_it_began
from maiam.contexts.families.models.households import Household
from maiam.contexts.families.models.people import Person
from maiam.contexts.families.rules import RESIDENCE_LABELS, MemberRole, Residence
from maiam.contexts.places.models import Unit, Village
from maiam.platform.access import Access, Grant, Permission, Protection, Through
from maiam.platform.ranges import DateRange

_OF_HOUSEHOLD = Access(
    read=(Grant(Permission.VIEW_FAMILIES, Through("household")),),
    add=(Grant(Permission.EDIT_FAMILIES, Through("household")),),
    change=(Grant(Permission.EDIT_FAMILIES, Through("household")),),
)


_ITS_DAYS = (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS)


class HouseholdMembership(HistoryRow):
    """One person in one household as something, from a day to a day: a stay.

    Who is permanently resident (also while registered as absent) is so in one household at a time.
    """

    protection = Protection.P2
    access = _OF_HOUSEHOLD

    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, default=MemberRole.OTHER)
    starts_on = models.DateField()
    residence = models.CharField(
        max_length=10,
        choices=[(residence.value, label) for residence, label in RESIDENCE_LABELS.items()],
        default=Residence.PERMANENT,
        db_default=Residence.PERMANENT,
    )
    is_permanent = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            ends_after_it_began("membership_ends_after_it_began"),
            models.CheckConstraint(
                name="temporary_is_no_permanent_home",
                condition=Q(is_permanent=False) | ~Q(residence=Residence.TEMPORARY),
            ),
            ExclusionConstraint(
                name="household_has_one_head",
                expressions=[("household", RangeOperators.EQUAL), _ITS_DAYS],
                condition=Q(role=MemberRole.HEAD),
            ),
            ExclusionConstraint(
                name="person_has_one_permanent_home",
                expressions=[("person", RangeOperators.EQUAL), _ITS_DAYS],
                condition=Q(is_permanent=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.household_id}"


class FormerAddress(HistoryRow):
    """Where a household stood until a day; its place of today is on the household itself.

    `commune` may be a unit of before a merger. Days before the first former address have none but that address.
    """

    protection = Protection.P2
    access = _OF_HOUSEHOLD

    household = models.ForeignKey(Household, models.PROTECT, related_name="former_addresses")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    address = models.CharField(max_length=200, blank=True)
    ends_on = models.DateField()

    class Meta:
        constraints = [
            ends_after_it_began("address_ends_after_it_began"),
            ExclusionConstraint(
                name="household_stands_in_one_place",
                expressions=[("household", RangeOperators.EQUAL), _ITS_DAYS],
            ),
        ]

    def __str__(self) -> str:
        return f"where {self.household_id} stood until {self.ends_on}"
