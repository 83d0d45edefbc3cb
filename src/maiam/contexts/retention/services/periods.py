"""Set the province's own period of a class; what a confirmed article says is set by nobody."""

from datetime import datetime

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.retention import queries, rules
from maiam.contexts.retention.models import PeriodSet
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class PeriodOutOfBoundsError(DomainError):
    code = "retention.period_out_of_bounds"
    message = f"Thời hạn từ {rules.LEAST_MONTHS} đến {rules.MOST_MONTHS} tháng."
    field = "months"


@transaction.atomic
def set_period(*, actor: Actor, code: str, months: int, why: str, now: datetime) -> PeriodSet:
    """Set how long a class is kept from now on; previews made under another period are agreed to no more.

    Raises `PeriodOutOfBoundsError`; `NotFoundError` for a class whose period nobody sets.
    """
    actor.require(Permission.KEEP_RETENTION)
    queries.period_page(actor, code)
    if not rules.is_period(months):
        raise PeriodOutOfBoundsError
    account_id, _ = accounts.own_seat(actor)
    row = PeriodSet.objects.create(
        code=code, months=months, why=why, by_account_id=account_id, by_name=actor.name, at=now
    )
    audit.record(actor, "retention.period.set", row, at=now, reason=why)
    return row
