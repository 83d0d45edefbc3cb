"""The silent alarm: somebody looked for a matter closed to them. They see what they would see if there were none."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.conflicts.models import Alarm
from maiam.contexts.conflicts.rules import Probe
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.access.models import Block, Tie

HOUSE = Actor.system("silent alarm")


@transaction.atomic
def note_probe(*, actor: Actor, record_ids: Collection[UUID], probe: Probe, now: datetime) -> int:
    """Tell the inspector when one of these records is closed to the actor by a conflict; return how many matters."""
    if actor.account_id is None or not record_ids:
        return 0
    with acting(HOUSE):
        HOUSE.require(Permission.KEEP_HOUSE)
        matters = set(Tie.objects.filter(row_id__in=record_ids).values_list("matter_id", flat=True))
        closed = Block.objects.filter(account_id=actor.account_id, matter_id__in=matters, ended_at__isnull=True)
        found = sorted(set(closed.values_list("matter_id", flat=True)))
        for matter_id in found:
            alarm = Alarm(
                account_id=actor.account_id,
                by_name=actor.name,
                post_id=actor.post_id,
                matter_id=matter_id,
                probe=probe,
                at=now,
            )
            alarm.save(force_insert=True)
            audit.record(HOUSE, "conflicts.alarm.raised", alarm, at=now)
    return len(found)
