"""Rows that hold from a day to a day, and remember when we came to know it."""

from datetime import date, datetime
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from maiam.contexts.families.models.events import FamilyEvent
from maiam.platform.access import ScopedModel, ScopedQuerySet

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class HistoryQuerySet(ScopedQuerySet[Row_co]):
    def open(self) -> Self:
        """What holds today and has no end yet."""
        return self.filter(ends_on__isnull=True)

    def on(self, day: date) -> Self:
        """What held on a day, as we know it now."""
        return self.filter(_begun(day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def on_as_known(self, day: date, at: datetime) -> Self:
        """What held on a day, as we knew it at a moment: later ends and later withdrawals are not told yet."""
        standing = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
        return self.filter(_begun(day), standing, recorded_at__lte=at).filter(
            Q(ended_at__isnull=True, ends_on__isnull=True)
            | Q(ended_at__gt=at)
            | Q(withdrawn_at__isnull=True, ends_on__gt=day)
            | Q(withdrawn_end__gt=day)
        )


def _begun(day: date) -> Q:
    return Q(starts_on__isnull=True) | Q(starts_on__lte=day)


class HistoryRow(ScopedModel):
    """A fact that holds from `starts_on` until the day before `ends_on`.

    A row is ended once and never changed after. Where an event is revoked, the rows it opened are withdrawn (they hold
    on no day: `ends_on` is their first day, `withdrawn_end` the end they had), and those it ended go on in new ones.
    """

    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    # A bulk copy may leave it to the database; services say when.
    recorded_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_end = models.DateField(null=True, blank=True)
    # Looked up only beside the people and households of the event, so an index would cost and not serve.
    opened_by = models.ForeignKey(FamilyEvent, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    ended_by = models.ForeignKey(FamilyEvent, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)

    objects: ClassVar = HistoryQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


def ends_after_it_began(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(ends_on__gte=F("starts_on")))
