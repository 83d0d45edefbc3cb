"""A list of people does not lie about: its file and what was read of it are emptied when their time is over."""

from datetime import datetime

from django.db import transaction

from maiam.contexts.imports.models import ImportedList
from maiam.contexts.imports.rules import BUSY, KEPT_FOR, State
from maiam.contexts.imports.services.pieces import Parts, Pieces
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@transaction.atomic
def forget_lists(*, actor: Actor, now: datetime) -> int:
    """Empty the files whose life has ended; that they were, and what came of them, stays. Return how many."""
    actor.require(Permission.KEEP_HOUSE)
    alive = ImportedList.objects.select_for_update(of=("self",)).filter(gone_at__isnull=True).exclude(state__in=BUSY)
    ended = list(alive.filter(touched_at__lte=now - KEPT_FOR))
    for row in ended:
        for is_marked in (False, True):
            Pieces(row, is_marked).empties_from()
        Parts(row).empties_from()
        row.gone_at = now
        row.state = row.state if row.state in {State.DONE, State.UNDONE} else State.GONE
        row.save(update_fields=["state", "gone_at"])
        audit.record(actor, "imports.list.gone", row, at=now)
    return len(ended)
