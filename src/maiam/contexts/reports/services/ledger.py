"""The nightly proof that no report was lost, and the alarm when it does not come out."""

from datetime import datetime

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import Subject
from maiam.contexts.reports import queries
from maiam.contexts.reports.queries import seats
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role


@transaction.atomic
def check_ledger(*, actor: Actor, now: datetime) -> int:
    """Tell the commune and the province of each report that does not add up, once a day; return how many there are."""
    actor.require(Permission.VIEW_LEDGER)
    found = queries.contradictions(actor)
    for fault in found:
        subject = Subject("reports.report", fault.report_id)
        for post_id in _told(fault.commune_id, now):
            duties.notify(
                actor=actor,
                to_post_id=post_id,
                what=f"Sổ cái tin báo lệch: {fault.what.lower()}",
                subject=subject,
                now=now,
                key=f"ledger:{fault.report_id}:{now:%Y-%m-%d}",
            )
    audit.record(actor, "reports.ledger.checked", ("reports.ledger", f"{now:%Y-%m-%d}"), at=now, reason=f"{len(found)}")
    return len(found)


def _told(commune_id: int | None, now: datetime) -> set[int]:
    province = seats.province_of_house()
    posts = [accounts.province_post(Role.PROVINCE_LEADER, province.id)]
    if commune_id:
        posts.append(seats.chairman_post(commune_id, now))
    return {post.id for post in posts if post}
