"""Whether a case may end now: every condition with the fact that decides it."""

from datetime import datetime

from maiam.contexts.cases.events import ClosingCondition, conditions_from_above
from maiam.contexts.cases.models import Case, CaseStep, NoContact
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.rules.no_contact import State
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.rules import Subject
from maiam.core.law.limits import due_at, time_limit
from maiam.core.risk import LOOK_AGAIN
from maiam.core.text import write_datetime
from maiam.platform.access import Actor

WATCH_LEAST = time_limit("WATCH_LEAST")


def closing_conditions(actor: Actor, case: Case, now: datetime) -> list[ClosingCondition]:
    """Everything the end of a case waits for: what cases itself knows, then what the contexts above say."""
    return [
        no_live_order(actor, case),
        nothing_owed(actor, case),
        _watched(actor, case, now),
        *conditions_from_above(actor, case.id, now),
    ]


def _watched(actor: Actor, case: Case, now: datetime) -> ClosingCondition:
    watches = CaseStep.objects.visible_to(actor).filter(case=case, status=Status.WATCH)
    last = watches.order_by("-at", "-id").first()
    over_at = due_at(WATCH_LEAST, last.at) if last else None
    why = f"Theo dõi đến {write_datetime(over_at)}." if over_at else "Chưa theo dõi."
    return ClosingCondition(f"Đã theo dõi ít nhất {WATCH_LEAST.in_words}", bool(over_at and over_at <= now), why)


def no_live_order(actor: Actor, case: Case) -> ClosingCondition:
    live = NoContact.objects.visible_to(actor).filter(case=case, state__in=[State.REQUESTED, State.IN_FORCE]).exists()
    why = "Còn đề nghị hoặc quyết định chưa kết thúc." if live else "Không còn."
    return ClosingCondition("Không còn đề nghị hoặc quyết định cấm tiếp xúc", not live, why)


def nothing_owed(actor: Actor, case: Case) -> ClosingCondition:
    """What is still owed to the person. Looking at the danger again ends with the case itself."""
    owed = [
        clock.what
        for clock in duties.obligations_of(actor, Subject("cases.case", case.id))
        if clock.is_running and clock.limit.code not in LOOK_AGAIN
    ]
    why = f"{'; '.join(owed)}." if owed else "Đã làm xong."
    return ClosingCondition("Không còn việc phải làm với người được bảo vệ, không bỏ lần liên hệ nào", not owed, why)


def opened_last_at(actor: Actor, case: Case) -> datetime:
    """Since when the case is open: from its first day, or from the last time it was opened again."""
    ends = CaseStep.objects.visible_to(actor).filter(case=case, status=Status.CLOSED)
    last = ends.order_by("-at", "-id").first()
    return last.at if last else case.opened_at
