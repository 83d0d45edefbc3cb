"""Let go of what has been kept its time: the words of an ended request, all that is held about a person long gone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families import services as families
from maiam.contexts.families.models import Person
from maiam.contexts.rights.models import Copy, RightsRequest, RightsStep
from maiam.contexts.rights.rules import OPEN
from maiam.contexts.rights.services.erasing import forget_words_about
from maiam.contexts.rights.services.erasure_list import keep_on_list
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@transaction.atomic
def forget_ended_request(*, actor: Actor, request_id: UUID, now: datetime) -> None:
    """Empty a request of what was said; that it was asked and how it ended stays.

    Raises `NotFoundError` where it is open, or empty already.
    """
    actor.require(Permission.CARRY_ERASURE)
    ended = RightsRequest.objects.select_for_update(of=("self",)).exclude(state__in=OPEN)
    row = ended.filter(forgotten_at__isnull=True).find(actor, request_id)
    RightsStep.objects.filter(request=row).update(words_sealed=None)
    Copy.objects.filter(request=row, gone_at__isnull=True).update(sealed=b"", gone_at=now)
    row.words_sealed = row.representative_name_sealed = row.representative = None
    row.forgotten_at = now
    row.save(update_fields=["words_sealed", "representative_name_sealed", "representative", "forgotten_at"])
    audit.record(actor, "rights.request.forgotten", row, at=now)


@transaction.atomic
def erase_long_gone(*, actor: Actor, person_id: UUID, now: datetime) -> None:
    """Erase a person whose time in the register is over, everywhere, and after a restored backup too.

    Raises `AlreadyErasedError`; `NotFoundError`.
    """
    actor.require(Permission.CARRY_ERASURE)
    ids = [person_id, *Person.objects.filter(merged_into_id=person_id).values_list("id", flat=True)]
    families.erase_person(actor=actor, person_id=person_id, now=now)
    forget_words_about(actor=actor, person_id=person_id, now=now)
    transaction.on_commit(lambda: keep_on_list(actor=actor, person_ids=[str(one) for one in ids], now=now))
