"""Who died or left every household so long ago that their time in the register may be over."""

from collections.abc import Collection, Iterator
from datetime import datetime, time
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce

from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.core.law.retention import Old
from maiam.core.text.dates import VIETNAM
from maiam.platform.access import Actor, Permission


def gone_before(
    actor: Actor, before: datetime, *, at_work: bool = False, among: Collection[UUID] | None = None
) -> Iterator[Old]:
    """People who died or left before a moment, longest gone first; with `at_work` only those whose data do not rest.

    Who never lived in a household we know of, such as kin written down elsewhere, has no day to count from.
    """
    actor.require(Permission.VIEW_FAMILIES)
    day = before.astimezone(VIETNAM).date()
    lives = HouseholdMembership.objects.filter(person=OuterRef("pk")).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    )
    people = Person.objects.visible_to(actor).filter(merged_into__isnull=True, erased_at__isnull=True)
    if at_work:
        people = people.filter(restricted_at__isnull=True)
    if among is not None:
        people = people.filter(id__in=among)
    gone = people.filter(Q(died_on__lt=day) | Q(died_on__isnull=True)).exclude(Exists(lives))
    gone = gone.annotate(gone_on=Coalesce("died_on", Max("memberships__ends_on"))).filter(gone_on__lt=day)
    rows = gone.order_by("gone_on", "id").values_list("id", "commune_id", "gone_on").iterator()
    return (Old(one, commune, datetime.combine(on, time.min, VIETNAM), one) for one, commune, on in rows)
