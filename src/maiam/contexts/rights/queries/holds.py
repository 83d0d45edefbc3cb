"""What stands against an erasure now. Asked by the house, so that nothing out of the officer's reach is missed."""

from uuid import UUID

from maiam.contexts.cases import queries as cases
from maiam.contexts.changes import queries as changes
from maiam.contexts.families import queries as families
from maiam.contexts.rights.models import RightsRequest
from maiam.contexts.rights.rules import OPEN, Hold
from maiam.platform.access import Actor, Permission, acting

_HOUSE = Actor.system("rights of persons")


def holds_on(actor: Actor, person_id: UUID, *, but: UUID | None = None) -> list[Hold]:
    """Why this person's data may not be erased; `but` is the request that asks for it, if one does.

    That a case names them is told as "kept by law", never as what it is.
    """
    actor.require(Permission.VIEW_RIGHTS)
    with acting(_HOUSE):
        ids = families.all_ids_of(_HOUSE, person_id)
        others = RightsRequest.objects.visible_to(_HOUSE).filter(person_id__in=ids, state__in=OPEN)
        others = others.exclude(id=but) if but else others
        found = {
            Hold.KEPT_BY_LAW: cases.is_named(_HOUSE, ids),
            Hold.OPEN_CHANGE: any(row.is_open for one in ids for row in changes.changes_about(_HOUSE, one)),
            Hold.OPEN_REQUEST: others.exists(),
        }
    return [hold for hold, stands in found.items() if stands]
