"""The households of a collector as a phone takes them along: page by page, each with its people and its answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.families import queries as families
from maiam.contexts.families.models import Household
from maiam.contexts.families.queries import MemberLine
from maiam.contexts.surveys.models import Assignment, Round, Sheet
from maiam.contexts.surveys.queries.settings import setting_from
from maiam.contexts.surveys.rules.answering import Setting
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class HouseholdToDo:
    """One household with what the register knows of it and the sheet that counts so far."""

    household: Household
    members: list[MemberLine]
    setting: Setting
    sheet: Sheet | None


def households_to_do(
    actor: Actor, round_id: UUID, now: datetime, *, after: UUID | None = None, limit: int = 100
) -> list[HouseholdToDo]:
    """Households of the actor's villages in a round, by id; the next page begins after the last one's.

    Raises `NotFoundError`.
    """
    actor.require(Permission.COLLECT_ANSWERS)
    row = Round.objects.find(actor, round_id)
    villages = Assignment.objects.visible_to(actor).filter(round=row).values_list("village_id", flat=True)
    reach = Household.objects.visible_to(actor).filter(commune_id=row.commune_id, dissolved_on__isnull=True)
    found = reach.filter(village_id__in=[one for one in villages if one]) | reach.filter(
        village_id__isnull=True, commune_id__in=[row.commune_id] if None in set(villages) else []
    )
    if after:
        found = found.filter(id__gt=after)
    households = list(found.select_related("village").order_by("id")[:limit])
    day = now.astimezone(VIETNAM).date()
    members = families.members_on(actor, [one.id for one in households], day)
    sheets = Sheet.objects.visible_to(actor).filter(round=row, household__in=households, is_current=True)
    current = {sheet.household_id: sheet for sheet in sheets}
    audit.record_read(actor, "surveys.households.taken_along", row, at=now)
    return [
        HouseholdToDo(one, lines, setting_from(lines, now), current.get(one.id))
        for one in households
        for lines in [members.get(one.id, [])]
    ]
