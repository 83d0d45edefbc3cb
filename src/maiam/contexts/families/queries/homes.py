"""Which household each of many people belongs to, for counting homes; no name, no address."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from maiam.contexts.families.models import HouseholdMembership
from maiam.platform.access import Actor, Permission


def homes_on(actor: Actor, person_ids: Collection[UUID], day: date) -> dict[UUID, UUID]:
    """The household of each person on a day, the permanent one first; people without one are left out."""
    actor.require(Permission.VIEW_FAMILIES)
    stays = HouseholdMembership.objects.visible_to(actor).on(day).filter(person_id__in=person_ids)
    ordered = stays.order_by("is_permanent", "starts_on", "id")
    return dict(ordered.values_list("person_id", "household_id"))
