"""Who asked for a no-contact measure, or for its end, and how they were answered: the case's own circle only."""

from django.db import models
from django.db.models import Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models.no_contact import NoContact, says_something
from maiam.contexts.cases.rules.no_contact import Answer
from maiam.contexts.places.models import Unit
from maiam.core.law.no_contact import Requester
from maiam.platform import vault
from maiam.platform.access import Access, Both, Grant, InPlace, Permission, Protection, ScopedModel, Through

# In the commune, and only where the measure itself is within reach: a closed matter closes this too.
_OF_MEASURE = Both(InPlace("commune"), Through("no_contact"))


class NoContactRequest(ScopedModel):
    """Who asked, how, and with whose consent. Apart from the order: it must not reach those who only carry it out."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, _OF_MEASURE),),
        add=(Grant(Permission.REQUEST_NO_CONTACT, _OF_MEASURE),),
    )
    append_only = True

    no_contact = models.OneToOneField(NoContact, models.PROTECT, related_name="request")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    requester = models.CharField(max_length=16)
    requester_name = models.CharField(max_length=300)
    channel = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    told_sealed = models.BinaryField()
    consent_by = models.CharField(max_length=200, blank=True)
    consent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_of_body_has_consent",
                condition=~Q(requester=Requester.COMPETENT_BODY) | Q(consent_at__isnull=False) & ~Q(consent_by=""),
            )
        ]

    def __str__(self) -> str:
        return f"request for {self.no_contact_id}"

    def tell(self, told: str) -> None:
        self.told_sealed = vault.seal(told, place=f"cases_nocontactrequest.told:{self.id}")

    @property
    def told(self) -> str:
        return vault.unseal(self.told_sealed, place=f"cases_nocontactrequest.told:{self.id}")


class Cancellation(ScopedModel):
    """A request to cancel an order (Form 10) and its answer, or the chairman's own cancelling. Case circle only."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, _OF_MEASURE),),
        add=(
            Grant(Permission.REQUEST_NO_CONTACT, _OF_MEASURE),
            Grant(Permission.DECIDE_NO_CONTACT, _OF_MEASURE),
        ),
        change=(Grant(Permission.DECIDE_NO_CONTACT, _OF_MEASURE),),
    )

    no_contact = models.ForeignKey(NoContact, models.PROTECT, related_name="cancellations")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20)
    requester = models.CharField(max_length=16, blank=True)
    requester_name = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField()
    told_sealed = models.BinaryField(null=True, blank=True)
    answer = models.CharField(max_length=10, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    reason_sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["no_contact"], condition=Q(answer=Answer.WAITING), name="cancellation_asked_once"
            ),
            models.CheckConstraint(
                name="cancellation_answered_with_reasons",
                condition=Q(answer=Answer.WAITING, answered_at__isnull=True)
                | Q(answer=Answer.LAPSED, answered_at__isnull=False)
                | Q(answer__in=[Answer.GRANTED, Answer.DECLINED], answered_at__isnull=False)
                & says_something("reason_sealed"),
            ),
        ]

    def __str__(self) -> str:
        return f"cancellation of {self.no_contact_id}"

    def tell(self, told: str) -> None:
        self.told_sealed = vault.seal(told, place=f"cases_cancellation.told:{self.id}")

    def explain(self, reason: str) -> None:
        self.reason_sealed = vault.seal(reason, place=f"cases_cancellation.reason:{self.id}")

    @property
    def told(self) -> str:
        return vault.unseal(self.told_sealed, place=f"cases_cancellation.told:{self.id}") if self.told_sealed else ""

    @property
    def reason(self) -> str:
        return (
            vault.unseal(self.reason_sealed, place=f"cases_cancellation.reason:{self.id}") if self.reason_sealed else ""
        )
