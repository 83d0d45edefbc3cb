"""Let go of what people asked: when their data are erased by law, or a request has been kept its time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.changes.models import ChangeRequest, ChangeStep
from maiam.contexts.changes.rules import OPEN
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@transaction.atomic
def forget_requests_about(*, actor: Actor, person_id: UUID, now: datetime) -> int:
    """Empty every request about a person of what it said; that it was asked and how it ended stays. Return how many."""
    actor.require(Permission.KEEP_HOUSE)
    requests = ChangeRequest.objects.filter(person_id=person_id, forgotten_at__isnull=True)
    return _forget(actor, list(requests.select_for_update(of=("self",))), now)


@transaction.atomic
def forget_ended_request(*, actor: Actor, request_id: UUID, now: datetime) -> None:
    """Empty a request whose time is over. Raises `NotFoundError` where it is open, or empty already."""
    actor.require(Permission.KEEP_HOUSE)
    ended = ChangeRequest.objects.select_for_update(of=("self",)).exclude(state__in=OPEN)
    _forget(actor, [ended.filter(forgotten_at__isnull=True).find(actor, request_id)], now)


def _forget(actor: Actor, requests: list[ChangeRequest], now: datetime) -> int:
    for request in requests:
        request.proposed = dict.fromkeys(request.proposed, "")
        request.base = dict.fromkeys(request.base, "")
        request.number_sealed, request.why, request.asker_name, request.forgotten_at = None, "", "", now
        request.save(update_fields=["proposed", "base", "number_sealed", "why", "asker_name", "forgotten_at"])
        ChangeStep.objects.filter(request=request).update(words="")
        audit.record(actor, "changes.request.forgotten", request, at=now)
    return len(requests)
