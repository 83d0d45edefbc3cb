"""Let go of what was compared of a person whose data are erased by law."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from maiam.contexts.linkage.models import CandidatePair
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@transaction.atomic
def forget_pairs_of(*, actor: Actor, person_id: UUID, now: datetime) -> int:
    """Empty every pair this person was in of what it said; that a pair was judged stays. Return how many."""
    actor.require(Permission.KEEP_HOUSE)
    pairs = CandidatePair.objects.filter(Q(one_id=person_id) | Q(other_id=person_id))
    emptied = pairs.exclude(reasons=[], facts="").update(reasons=[], facts="")
    if emptied:
        audit.record(actor, "linkage.pairs.forgotten", ("families.person", str(person_id)), at=now)
    return emptied
