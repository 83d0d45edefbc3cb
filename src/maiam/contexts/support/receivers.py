"""What this context asks before a case may end: the person was heard alone, or it was tried often enough."""

from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.events import ClosingCondition, before_closing
from maiam.contexts.support import queries
from maiam.core.law.codes.house import closing
from maiam.platform.access import Actor


@before_closing
def was_heard_alone(actor: Actor, case_id: UUID, now: datetime) -> list[ClosingCondition]:  # noqa: ARG001
    heard, tried = queries.contacts_since_opening(actor, case_id)
    least = closing().attempts_at_least
    why = f"Đã gặp riêng {heard} lần, đã thử {tried} lần."
    what = f"Đã nghe người được bảo vệ nói riêng, hoặc đã thử ít nhất {least} lần"
    return [ClosingCondition(what, heard > 0 or tried >= least, why)]
