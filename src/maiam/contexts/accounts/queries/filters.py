"""The filters a person keeps for one list."""

from dataclasses import dataclass
from uuid import UUID

from maiam.contexts.accounts.models import SavedFilter
from maiam.contexts.accounts.rules import filter_kept
from maiam.platform.access import Actor


@dataclass(frozen=True)
class FilterLine:
    id: UUID
    name: str
    query: str
    is_on: bool


def saved_filters(actor: Actor, page: str, query: str) -> list[FilterLine]:
    """The actor's own filters of a list by name, and which of them is on now."""
    rows = SavedFilter.objects.visible_to(actor).filter(page=page, removed_at__isnull=True).order_by("name", "id")
    on = filter_kept(query)
    return [FilterLine(row.id, row.name, row.query, row.query == on) for row in rows]
