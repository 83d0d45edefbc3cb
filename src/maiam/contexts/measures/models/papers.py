"""Papers about a measure as they were issued, and how each reached its addressees. Never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models import IssuedPaper
from maiam.contexts.measures.models.measures import Measure
from maiam.platform.access import Access, Grant, Permission, Protection, ScopedModel, Through

_READ = (
    Grant(Permission.VIEW_CASES, Through("measure")),
    Grant(Permission.VIEW_MEASURES, Through("measure")),
)


class MeasurePaper(IssuedPaper):
    """One numbered paper about a measure, word for word; its line stands in the commune's register."""

    protection = Protection.P3
    access = Access(read=_READ, add=(Grant(Permission.DECIDE_MEASURES, Through("measure")),))

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="papers")
    template = models.CharField(max_length=32)

    class Meta:
        constraints = [
            # Issuing twice what is issued once would leave two papers in force about one thing.
            models.UniqueConstraint(fields=["measure", "template"], name="measure_paper_once"),
        ]


class PaperDelivery(ScopedModel):
    """A paper reached one of its addressees: how, when, recorded by whom."""

    protection = Protection.P3
    access = Access(
        read=_READ,
        add=(
            Grant(Permission.CARRY_MEASURES, Through("measure")),
            Grant(Permission.DECIDE_MEASURES, Through("measure")),
        ),
    )
    append_only: ClassVar = True

    paper = models.ForeignKey(MeasurePaper, models.PROTECT, related_name="deliveries")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    addressee = models.CharField(max_length=24)
    method = models.CharField(max_length=18)
    delivered_at = models.DateTimeField()
    received_by = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "addressee"], name="paper_delivered_once"),
            models.CheckConstraint(name="paper_delivery_not_ahead", condition=Q(delivered_at__lte=F("recorded_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} to {self.addressee}"
