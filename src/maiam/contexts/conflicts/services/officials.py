"""Who an account is in the family register: told with the person's consent, so that conflicts can be known."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from maiam.contexts.accounts.models import Account
from maiam.contexts.conflicts.models import Official
from maiam.contexts.conflicts.rules import Reason
from maiam.contexts.families.queries.search import NUMBER_FIELD
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.access.models import Circle
from maiam.platform.errors import DomainError, NotFoundError


class ConsentNeededError(DomainError):
    code = "conflicts.consent_needed"
    message = "Hãy ghi người này đã đồng ý thế nào: văn bản nào, ngày nào."
    field = "consent"


@transaction.atomic
def record_official(
    *,
    actor: Actor,
    account_id: int,
    consent: str,
    now: datetime,
    identity_number: str = "",
    person_id: UUID | None = None,
) -> Official:
    """Note who the holder of an account is, by their number or their row of the register; it counts at once.

    Whether the register knows the number is told to nobody. Raises `ConsentNeededError`; `NotFoundError`.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    if not consent.strip():
        raise ConsentNeededError
    account = Account.objects.filter(id=account_id).first()
    if account is None:
        raise NotFoundError
    official = Official.objects.select_for_update().filter(account=account).first() or Official(account=account)
    if identity_number:
        official.keep_number(identity_number, vault.index(identity_number, field=NUMBER_FIELD))
    if person_id:
        official.person_id = person_id
    official.consent, official.recorded_at, official.recorded_by = consent, now, actor.name
    official.save()
    audit.record(actor, "conflicts.official.recorded", official, at=now)
    return official


@transaction.atomic
def forget_official(*, actor: Actor, person_id: UUID, now: datetime) -> int:
    """Let go of who an account is, where it is a person whose data are erased; return how many accounts."""
    actor.require(Permission.KEEP_HOUSE)
    themselves = Circle.objects.filter(person_id=person_id, reason=Reason.SELF).values("account_id")
    officials = Official.objects.filter(Q(person_id=person_id) | Q(account_id__in=themselves))
    found = list(officials.select_for_update(of=("self",)))
    for official in found:
        official.person, official.identity_number_sealed, official.identity_number_index = None, None, ""
        official.save(update_fields=["person", "identity_number_sealed", "identity_number_index"])
        audit.record(actor, "conflicts.official.forgotten", official, at=now)
    return len(found)
