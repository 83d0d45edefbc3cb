"""The no-contact measure (cấm tiếp xúc), Law 13/2022/QH15 Art. 25-27: asked for, decided, supervised, ended.

The database refuses what the law refuses: a term too long, a refusal without reasons, two orders at once for one
pair, an order neither asked for nor justified by a threat to life, and any change of an order once made.
"""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import connection, models
from django.db.models import F, FilteredRelation, Func, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from maiam.contexts.accounts.models import Account, Post
from maiam.contexts.cases.models.cases import Case
from maiam.contexts.cases.models.incidents import Incident
from maiam.contexts.cases.rules.no_contact import STOPPED, State
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.duties.rules import Subject
from maiam.contexts.families.models import Person
from maiam.contexts.places.models import Unit, Village
from maiam.core.law import no_contact as law
from maiam.core.law.no_contact import Ground
from maiam.platform import vault
from maiam.platform.access import (
    Access,
    Both,
    Filled,
    Grant,
    InPlace,
    Permission,
    Protection,
    ScopedModel,
    ScopedQuerySet,
)
from maiam.platform.ranges import TimeRange

# What `vault.seal` adds to a text: key id, nonce, tag. A sealed value no longer than that seals nothing.
_EMPTY_SEAL_BYTES = 29

_ORDER_IS_WHOLE = Q(decided_at__isnull=False, starts_at__isnull=False, ends_at__isnull=False)

# Whoever carries out an order sees it from the moment it is made; a request and a refusal, only the case's own circle.
_ORDERED_HERE = Both(InPlace("commune"), Filled("starts_at"))
_ORDERED_FOR_RESIDENT = Both(InPlace("victim_commune"), Filled("starts_at"))


class Octets(Func):
    function = "octet_length"
    output_field = models.IntegerField()


class NoContactQuerySet(ScopedQuerySet["NoContact"]):
    """Measures by where they stand."""

    def waiting(self) -> Self:
        return self.filter(state=State.REQUESTED)

    def in_force(self, now: datetime) -> Self:
        """Orders that bind at this moment, whether or not the clockwork has yet ended those that do not."""
        return self.filter(state=State.IN_FORCE, starts_at__lte=now, ends_at__gt=now)

    def over(self, now: datetime) -> Self:
        return self.filter(state=State.IN_FORCE, ends_at__lte=now)

    def of_pair(self, victim_id: UUID, perpetrator_id: UUID) -> Self:
        return self.filter(victim_id=victim_id, perpetrator_id=perpetrator_id)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Orders that bound at some moment of this span."""
        return self.annotate(bound_until=Coalesce("stopped_at", "ends_at")).filter(
            starts_at__lt=ends_at, bound_until__gt=starts_at
        )

    def with_signer(self) -> Self:
        """Each with `signed_above`: who above the commune signed the order; empty where its own chairman did."""
        order = Q(papers_from_above__kind=DocumentKind.ORDER)
        above = self.annotate(order_above=FilteredRelation("papers_from_above", condition=order))
        return above.annotate(signed_above=Coalesce(F("order_above__authority"), Value("")))

    def lock_pair(self, victim_id: UUID, perpetrator_id: UUID) -> None:
        """Let one transaction at a time make orders for these two."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{victim_id}:{perpetrator_id}"])


def says_something(field: str) -> Q:
    # A check that compares with nothing at all would pass, so "there is something" is asked apart.
    return Q(**{f"{field}__isnull": False}) & Q(GreaterThan(Octets(F(field)), _EMPTY_SEAL_BYTES))


class NoContact(ScopedModel):
    """One no-contact measure: asked for, then decided. The people stand in it as the decision names them.

    `requested_at` starts the chairman's clock: the earliest provable moment we knew of the request.
    """

    protection = Protection.P3
    access = Access(
        read=(
            Grant(Permission.VIEW_CASES, InPlace("commune")),
            Grant(Permission.VIEW_NO_CONTACT, _ORDERED_HERE),
            Grant(Permission.VIEW_NO_CONTACT, _ORDERED_FOR_RESIDENT),
        ),
        add=(
            Grant(Permission.REQUEST_NO_CONTACT, InPlace("commune")),
            Grant(Permission.DECIDE_NO_CONTACT, InPlace("commune")),
        ),
        change=(Grant(Permission.DECIDE_NO_CONTACT, InPlace("commune")),),
        matter="case",
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="no_contacts")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    victim = models.ForeignKey(Person, models.PROTECT, related_name="+")
    victim_name = models.CharField(max_length=300)
    victim_birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    victim_commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    victim_village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    perpetrator = models.ForeignKey(Person, models.PROTECT, related_name="+")
    perpetrator_name = models.CharField(max_length=300)
    perpetrator_birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    perpetrator_residence = models.CharField(max_length=300, blank=True)
    relation = models.CharField(max_length=24)

    ground = models.CharField(max_length=12, default=Ground.REQUESTED)
    state = models.CharField(max_length=12, default=State.REQUESTED)
    requested_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    reason_sealed = models.BinaryField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, related_name="followed_by", null=True, blank=True)

    objects: ClassVar = NoContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["commune", "requested_at"], condition=Q(state="requested"), name="no_contact_waiting"),
            models.Index(fields=["commune", "ends_at"], condition=Q(state="in_force"), name="no_contact_in_force"),
            models.Index(
                fields=["victim_commune", "ends_at"], condition=Q(state="in_force"), name="no_contact_resident"
            ),
            models.Index(fields=["ends_at"], condition=Q(state="in_force"), name="no_contact_to_end"),
        ]
        constraints = [
            models.CheckConstraint(name="no_contact_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(
                name="no_contact_term_is_lawful",
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + law.TERM.duration),
            ),
            models.CheckConstraint(
                name="no_contact_asked_or_life_threat",
                condition=Q(ground=Ground.LIFE_THREAT) | Q(ground=Ground.REQUESTED, requested_at__isnull=False),
            ),
            models.CheckConstraint(
                name="no_contact_known_before_recorded",
                condition=Q(requested_at__isnull=True) | Q(requested_at__lte=F("recorded_at")),
            ),
            models.CheckConstraint(
                name="no_contact_state_fits_its_moments",
                condition=(
                    Q(state=State.REQUESTED, decided_at__isnull=True, starts_at__isnull=True, stopped_at__isnull=True)
                    | Q(
                        state__in=[State.ABOVE, State.REFUSED],
                        decided_at__isnull=False,
                        starts_at__isnull=True,
                        stopped_at__isnull=True,
                    )
                    | Q(state=State.IN_FORCE, stopped_at__isnull=True) & _ORDER_IS_WHOLE
                    | Q(state__in=sorted(STOPPED), stopped_at__isnull=False) & _ORDER_IS_WHOLE
                ),
            ),
            models.CheckConstraint(
                name="no_contact_decided_by_someone",
                condition=Q(decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_by_post__isnull=False) & says_something("reason_sealed"),
            ),
            models.CheckConstraint(
                name="no_contact_stopped_within_term",
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("starts_at"), stopped_at__lte=F("ends_at")),
            ),
            models.CheckConstraint(
                name="no_contact_ended_at_its_end", condition=~Q(state=State.ENDED) | Q(stopped_at=F("ends_at"))
            ),
            models.CheckConstraint(name="no_contact_two_people", condition=~Q(victim=F("perpetrator"))),
            models.UniqueConstraint(
                fields=["victim", "perpetrator"], condition=Q(state=State.REQUESTED), name="no_contact_one_request"
            ),
            models.UniqueConstraint(
                fields=["victim", "perpetrator"], condition=Q(state=State.IN_FORCE), name="no_contact_one_live_order"
            ),
            ExclusionConstraint(
                name="no_contact_orders_never_overlap",
                expressions=[
                    (F("victim"), RangeOperators.EQUAL),
                    (F("perpetrator"), RangeOperators.EQUAL),
                    (
                        TimeRange(F("starts_at"), Coalesce(F("stopped_at"), F("ends_at")), RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(starts_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"

    def explain(self, reason: str) -> None:
        """Seal the chairman's own sentence: why, or why not."""
        self.reason_sealed = vault.seal(reason, place=f"cases_nocontact.reason:{self.id}")

    @property
    def reason(self) -> str:
        return vault.unseal(self.reason_sealed, place=f"cases_nocontact.reason:{self.id}") if self.reason_sealed else ""

    @property
    def subject(self) -> Subject:
        """What the duties about this measure are about."""
        return Subject("cases.no_contact", self.id)

    @property
    def term(self) -> tuple[datetime, datetime]:
        """From when to when it was ordered. Raises `LookupError` before it is."""
        if self.starts_at is None or self.ends_at is None:
            raise LookupError(f"{self} has no term")
        return self.starts_at, self.ends_at

    @property
    def is_ordered(self) -> bool:
        return self.starts_at is not None

    def covers(self, moment: datetime) -> bool:
        """Was the order in force at this moment?"""
        if self.starts_at is None or self.ends_at is None:
            return False
        return self.starts_at <= moment < (self.stopped_at or self.ends_at)

    def is_live(self, now: datetime) -> bool:
        return self.state == State.IN_FORCE and self.covers(now)
