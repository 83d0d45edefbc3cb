"""Open a report by its code. Wrong, closed and badly written codes get the same answer; guessing raises an alarm."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from maiam.contexts.reports.models import GuessHour
from maiam.contexts.reports.rules import receipts
from maiam.contexts.reports.rules.limits import WRONG_CODES_PER_HOUR
from maiam.contexts.reports.services.spool import drain_spool
from maiam.platform import audit
from maiam.platform.access import Actor


@transaction.atomic
def open_by_receipt(*, actor: Actor, typed: str, now: datetime) -> UUID | None:
    """Return the report this code opens, or None; count what was wrong."""
    code = receipts.read_code(typed)
    # A code that cannot be one is hashed too: the time taken tells nothing.
    code_hash = receipts.hash_of(code or "", settings.INDEX_KEY)
    report_id = _report_of(code_hash)
    if report_id is None and drain_spool(actor=actor, now=now):
        report_id = _report_of(code_hash)
    if report_id is None:
        count_wrong_code(actor=actor, now=now)
        return None
    audit.record(actor, "reports.receipt.used", ("reports.report", str(report_id)), at=now)
    return report_id


def _report_of(code_hash: str) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_report_of_receipt(%s)", [code_hash])
        (found,) = cursor.fetchone()
    return UUID(str(found)) if found else None


@transaction.atomic
def count_wrong_code(*, actor: Actor, now: datetime) -> None:
    """Count a code that opens nothing, of a report or of a paper; too many in an hour raise an alarm."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    GuessHour.objects.bulk_create([GuessHour(hour=hour)], ignore_conflicts=True)
    GuessHour.objects.filter(hour=hour).update(wrong=F("wrong") + 1)
    if GuessHour.objects.filter(hour=hour, wrong=WRONG_CODES_PER_HOUR).exists():
        audit.record(actor, "reports.receipt.guessing_alarm", ("reports.guesshour", f"{hour:%Y-%m-%dT%H}"), at=now)
