"""Let go of what was compared of people whose data are erased by law, or whose list is taken back."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
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


@transaction.atomic
def let_pairs_go(*, actor: Actor, person_ids: Collection[UUID], now: datetime) -> int:
    """Let go of what was suggested about people who are taken back, where nobody has judged it. Return how many."""
    actor.require(Permission.EDIT_FAMILIES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT linkage_let_go(%s)", [list(person_ids)])
        (gone,) = cursor.fetchone()
    if gone:
        audit.record(actor, "linkage.pairs.let_go", ("linkage.candidatepair", ""), at=now)
    return int(gone)
