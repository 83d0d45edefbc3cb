"""How a measure is carried out: served on everybody it names, session by session, breached; where a refuge is."""

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.measures.models.measures import Measure
from maiam.contexts.places.models import Unit
from maiam.platform import vault
from maiam.platform.access import Access, Both, Grant, InPlace, Permission, Protection, ScopedModel, Through

_READ = (
    Grant(Permission.VIEW_CASES, Through("measure")),
    Grant(Permission.VIEW_MEASURES, Through("measure")),
)
# A matter closed to somebody closes the refuge too.
_OF_MEASURE = Both(InPlace("commune"), Through("measure"))
_CARRIED = (Grant(Permission.CARRY_MEASURES, Through("measure")), Grant(Permission.DECIDE_MEASURES, Through("measure")))


class MeasureService(ScopedModel):
    """The measure reached one of those it names; for a hand-over, with the receipt of the authority."""

    protection = Protection.P3
    access = Access(read=_READ, add=_CARRIED)
    append_only = True

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="services")
    addressee = models.CharField(max_length=24)
    method = models.CharField(max_length=18)
    served_at = models.DateTimeField()
    received_by = models.CharField(max_length=200, blank=True)
    receipt = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "addressee"], name="measure_served_once"),
            models.CheckConstraint(name="measure_service_not_ahead", condition=Q(served_at__lte=F("recorded_at"))),
            models.CheckConstraint(
                name="measure_handed_over_with_receipt",
                condition=~Q(addressee="authority") | ~Q(receipt="") & ~Q(received_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} to {self.addressee}"


class MeasureEvent(ScopedModel):
    """Something that happened while a measure ran: a session held or missed, a breach. It does not end it."""

    protection = Protection.P3
    access = Access(read=_READ, add=_CARRIED)
    append_only = True

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10)
    happened_at = models.DateTimeField()
    attended = models.BooleanField(null=True)
    told_sealed = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="measure_event_not_ahead", condition=Q(happened_at__lte=F("recorded_at")))
        ]
        indexes = [models.Index(fields=["measure", "-happened_at"], name="event_of_measure")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.measure_id}"

    def tell(self, told: str) -> None:
        self.told_sealed = vault.seal(told, place=f"measures_measureevent.told:{self.id}")

    @property
    def told(self) -> str:
        return vault.unseal(self.told_sealed, place=f"measures_measureevent.told:{self.id}")


class ShelterPlace(ScopedModel):
    """Where a person found refuge. Apart from the measure: its own power, every reading on record, in no list."""

    protection = Protection.P4
    access = Access(
        read=(Grant(Permission.VIEW_SHELTER, _OF_MEASURE),),
        add=(Grant(Permission.VIEW_SHELTER, _OF_MEASURE),),
    )
    append_only = True

    measure = models.OneToOneField(Measure, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    place_sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"refuge of {self.measure_id}"

    def tell(self, place: str) -> None:
        self.place_sealed = vault.seal(place, place=f"measures_shelterplace.place:{self.id}")

    @property
    def place(self) -> str:
        return vault.unseal(self.place_sealed, place=f"measures_shelterplace.place:{self.id}")
