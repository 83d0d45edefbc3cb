"""What was typed for a household and never sent."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from maiam.contexts.surveys.models import Draft
from maiam.core.law.retention import Old
from maiam.platform.access import Actor, Permission


def drafts_left_before(actor: Actor, before: datetime, *, among: Collection[UUID] | None = None) -> Iterator[Old]:
    """Drafts nobody has touched since a moment, longest left first."""
    actor.require(Permission.COLLECT_ANSWERS)
    drafts = Draft.objects.visible_to(actor).filter(sent_at__isnull=True, saved_at__lt=before)
    if among is not None:
        drafts = drafts.filter(id__in=among)
    rows = drafts.order_by("saved_at", "id").values_list("id", "assignment__commune_id", "saved_at").iterator()
    return (Old(*row) for row in rows)
