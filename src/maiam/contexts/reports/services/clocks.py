"""The first duties of Arts 19-20: whoever received the report tells the chairman; the commune handles it at once."""

from datetime import datetime

from maiam.contexts.duties import services as duties
from maiam.contexts.reports.models import Report
from maiam.contexts.reports.queries import seats
from maiam.contexts.reports.rules.desk import is_own_address
from maiam.core.law.reporting import CHAIR_ACT, first_duty, must_tell_chairman
from maiam.platform.access import Actor


def start_clocks(*, actor: Actor, report: Report, now: datetime) -> None:
    """Start every duty at the moment someone was first told, and tell who must act.

    A village head does not learn that his village was reported about: the duty carries the commune alone.
    """
    owes_telling = must_tell_chairman(report.receiving_address) and is_own_address(actor.role, report.receiving_address)
    if actor.post_id and owes_telling:
        rule = first_duty(report.receiving_address).code
        _start(actor, report, rule=rule, post_id=actor.post_id, what="Báo ngay cho Chủ tịch UBND xã", now=now)
    if report.owner_post_id:
        what = "Tin báo khẩn: xử lý ngay" if report.is_urgent else "Tin báo mới: xử lý hoặc phân công"
        _start(actor, report, rule=CHAIR_ACT.code, post_id=report.owner_post_id, what=what, now=now)
    tell_commune(actor=actor, report=report, now=now)


def tell_commune(*, actor: Actor, report: Report, now: datetime) -> None:
    """Tell the owner and the chairman; that notice is what the receiver's own duty asked for."""
    chairman = seats.chairman_post(report.commune_id, now) if report.commune_id else None
    told = {post_id for post_id in (report.owner_post_id, chairman and chairman.id) if post_id}
    # A flood of doubtful reports is one alert an hour, not one each; each is still on the list, with its clock.
    key = f"doubtful reports:{now:%Y-%m-%d %H}" if report.is_doubtful else f"report:{report.id}"
    what = "Tin báo khẩn: mở xem ngay" if report.is_urgent else "Có tin báo mới"
    for post_id in told:
        duties.notify(actor=actor, to_post_id=post_id, what=what, subject=report.subject, now=now, key=key)
    if told and report.commune_id and actor.post_id and must_tell_chairman(report.receiving_address):
        rule = first_duty(report.receiving_address).code
        duties.meet_obligation(
            actor=actor, rule=rule, subject=report.subject, met_at=now, now=now, proof=f"duties.notice {key}"
        )


def _start(actor: Actor, report: Report, *, rule: str, post_id: int, what: str, now: datetime) -> None:
    duties.start_obligation(
        actor=actor,
        rule=rule,
        subject=report.subject,
        commune_id=report.commune_id or seats.province_of_house().id,
        owner_post_id=post_id,
        what=what,
        started_at=report.told_at,
        now=now,
    )
