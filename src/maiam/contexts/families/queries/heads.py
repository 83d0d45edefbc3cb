"""Who may follow a head of household."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from maiam.contexts.families.models import HouseholdMembership
from maiam.contexts.families.rules import Candidate, MemberRole, Residence
from maiam.contexts.families.rules import proposed_head as propose
from maiam.platform.access import Actor


def candidates(actor: Actor, household_id: UUID, leaving: Collection[UUID], day: date) -> list[Candidate]:
    """The adults who stay when some leave, as of `day`."""
    stays = HouseholdMembership.objects.visible_to(actor).open().filter(household_id=household_id)
    members = [
        Candidate(stay.person_id, MemberRole(stay.role), stay.person.birth, Residence(stay.residence))
        for stay in stays.exclude(person_id__in=leaving).select_related("person").order_by("starts_on", "id")
    ]
    return [member for member in members if member.is_adult_on(day)]


def proposed_head(actor: Actor, household_id: UUID, leaving: Collection[UUID], day: date) -> UUID | None:
    """Who the rule proposes as next head when some leave; nobody while the head stays, or no adult does."""
    heads = HouseholdMembership.objects.visible_to(actor).open().filter(household_id=household_id, role=MemberRole.HEAD)
    if not heads.filter(person_id__in=leaving).exists():
        return None
    proposed = propose(candidates(actor, household_id, leaving, day), day)
    return proposed.person_id if proposed else None
