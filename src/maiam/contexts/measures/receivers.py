"""What this context asks before a case may end: no measure that lives, and for a child someone who took part."""

from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.events import ClosingCondition, before_closing, knows_breaches
from maiam.contexts.duties.events import carries_decision_above
from maiam.contexts.duties.rules import DecidedAbove
from maiam.contexts.measures import queries, services
from maiam.platform.access import Actor


@knows_breaches
def court_orders_broken(actor: Actor, case_id: UUID, now: datetime) -> list[tuple[datetime, bool]]:
    return queries.court_orders_broken(actor, case_id, now)


@before_closing
def no_live_measure(actor: Actor, case_id: UUID, now: datetime) -> list[ClosingCondition]:  # noqa: ARG001
    live = queries.live_in_case(actor, case_id)
    why = "; ".join(live) if live else "Không còn biện pháp nào."
    return [ClosingCondition("Không còn biện pháp đang chờ hoặc đang thực hiện", not live, why, holds_back_move=True)]


@before_closing
def child_was_protected(actor: Actor, case_id: UUID, now: datetime) -> list[ClosingCondition]:  # noqa: ARG001
    page = queries.measures_of_case(actor, case_id)
    if page.is_child is not True:
        return []
    why = page.protector or "Chưa ghi ai tham gia."
    return [ClosingCondition("Có người làm công tác bảo vệ trẻ em tham gia", bool(page.protector), why)]


@carries_decision_above("measures.measure")
def end_request(actor: Actor, measure_id: UUID, decided: DecidedAbove, now: datetime) -> None:
    services.end_as_decided_above(actor=actor, measure_id=measure_id, decided=decided, now=now)
