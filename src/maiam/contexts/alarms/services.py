"""Setting an alarm aside: by one person, with a reason, never lost."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.alarms import queries
from maiam.contexts.alarms.models import SetAside
from maiam.contexts.alarms.queries.people import Named
from maiam.contexts.alarms.rules.found import Alarm, Reason
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class AlarmGoneError(DomainError):
    code = "alarms.gone"
    message = "Cảnh báo này không còn: có người đã gác lại, hoặc hồ sơ đã khác. Hãy mở lại trang tin báo."


@transaction.atomic
def set_aside(
    *, actor: Actor, report_id: UUID, chosen: Named, key: str, reason: Reason, words: str, now: datetime
) -> SetAside:
    """Set one alarm of a report aside. It is told anew once something new stands behind it.

    Raises `AlarmGoneError`; `NotFoundError`.
    """
    actor.require(Permission.TRIAGE_REPORTS)
    account_id, post_id = accounts.own_seat(actor)
    alarm = _alarm_of(actor, report_id, chosen, key, now)
    row = SetAside(
        report_id=report_id,
        key=alarm.key,
        kind=alarm.kind,
        reason=reason,
        at=now,
        by_post_id=post_id,
        by_account_id=account_id,
        by_name=actor.name,
    )
    row.keep(says=alarm.says, words=words)
    row.save(force_insert=True)
    audit.record(actor, "alarms.alarm.set_aside", row, at=now, reason=reason)
    return row


def _alarm_of(actor: Actor, report_id: UUID, chosen: Named, key: str, now: datetime) -> Alarm:
    """The alarm of a report with this key. Raises `AlarmGoneError`."""
    for alarm in queries.alarms_of(actor, report_id, chosen, now).alarms:
        if alarm.key == key:
            return alarm
    raise AlarmGoneError
