"""How an order is carried out: supervised by the police, contacts permitted, breaches recorded."""

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models.no_contact import NoContact
from maiam.core.law import no_contact as law
from maiam.platform import vault
from maiam.platform.access import Access, Grant, Permission, Protection, ScopedModel, Through

_READ_WITH_ORDER = (Grant(Permission.VIEW_NO_CONTACT, Through("no_contact")),)
_SUPERVISED = (Grant(Permission.SUPERVISE_NO_CONTACT, Through("no_contact")),)


class Supervision(ScopedModel):
    """One assignment of supervisors by the commune police chief, and the meeting that explains the order."""

    protection = Protection.P3
    access = Access(read=_READ_WITH_ORDER, add=_SUPERVISED, change=_SUPERVISED)

    no_contact = models.ForeignKey(NoContact, models.PROTECT, related_name="supervisions")
    assigned_at = models.DateTimeField()
    assigned_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    plan_sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_met_after_assigned",
                condition=Q(met_at__isnull=True) | Q(met_at__gte=F("assigned_at")),
            )
        ]

    def __str__(self) -> str:
        return f"supervision of {self.no_contact_id}"

    def lay_out(self, plan: str) -> None:
        self.plan_sealed = vault.seal(plan, place=f"cases_supervision.plan:{self.id}")

    @property
    def plan(self) -> str:
        return vault.unseal(self.plan_sealed, place=f"cases_supervision.plan:{self.id}") if self.plan_sealed else ""


class Supervisor(ScopedModel):
    """Someone respected, able and willing, and what they are in the village."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_NO_CONTACT, Through("supervision")),),
        add=(Grant(Permission.SUPERVISE_NO_CONTACT, Through("supervision")),),
    )
    append_only = True

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="supervisors")
    name = models.CharField(max_length=300)
    standing = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"supervisor in {self.supervision_id}"


class PermittedContact(ScopedModel):
    """A contact during an order: notified on Form 09, countersigned first, short (Decree 76 Art. 18)."""

    protection = Protection.P3
    access = Access(read=_READ_WITH_ORDER, add=_SUPERVISED)
    append_only = True

    no_contact = models.ForeignKey(NoContact, models.PROTECT, related_name="permitted_contacts")
    reason = models.CharField(max_length=20)
    notified_at = models.DateTimeField()
    countersigned_at = models.DateTimeField()
    countersigned_by = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_is_short",
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + law.CONTACT_MAX.duration),
            ),
            models.CheckConstraint(
                name="contact_countersigned_first",
                condition=Q(countersigned_at__gte=F("notified_at"), countersigned_at__lte=F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"contact during {self.no_contact_id}"


class Breach(ScopedModel):
    """The order was not kept. It goes on all the same."""

    protection = Protection.P3
    access = Access(read=_READ_WITH_ORDER, add=(Grant(Permission.RECORD_BREACH, Through("no_contact")),))
    append_only = True

    no_contact = models.ForeignKey(NoContact, models.PROTECT, related_name="breaches")
    kind = models.CharField(max_length=12)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    told_sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(name="breach_not_ahead", condition=Q(occurred_at__lte=F("recorded_at")))]

    def __str__(self) -> str:
        return f"breach of {self.no_contact_id}"

    def tell(self, told: str) -> None:
        self.told_sealed = vault.seal(told, place=f"cases_breach.told:{self.id}")

    @property
    def told(self) -> str:
        return vault.unseal(self.told_sealed, place=f"cases_breach.told:{self.id}")
