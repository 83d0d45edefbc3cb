"""What this context asks before a case may end: that the danger is known, and low enough."""

from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.events import ClosingCondition, before_closing
from maiam.contexts.risk import queries
from maiam.core.law.codes.house import closing
from maiam.core.risk import LEVEL_LABELS, Level
from maiam.platform.access import Actor


@before_closing
def danger_is_low_enough(actor: Actor, case_id: UUID, now: datetime) -> list[ClosingCondition]:  # noqa: ARG001
    most, stands = Level(closing().risk_at_most), queries.standing(actor, case_id)
    holds = stands.level is not None and stands.level.rank <= most.rank
    return [ClosingCondition(f"Nguy cơ không cao hơn mức {LEVEL_LABELS[most].lower()}", holds, f"{stands.label}.")]
