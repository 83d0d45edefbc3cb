"""What the holder of a code reads: where things stand, in words that tell a stranger nothing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.reports.models import GuessHour, Report, ReportMessage
from maiam.contexts.reports.models.talk import MessageKind
from maiam.contexts.reports.queries.details import MessageLine, message_line
from maiam.contexts.reports.rules.limits import WRONG_CODES_PER_HOUR
from maiam.contexts.reports.rules.states import (
    PUBLIC_STATUS_LABELS,
    Outcome,
    PublicStatus,
    State,
    public_status,
)
from maiam.core.law.escalation import Told, steps
from maiam.core.law.limits import due_at, remind_at
from maiam.core.law.reporting import CHAIR_ACT
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError


@dataclass(frozen=True)
class Followed:
    """A report as its reporter follows it."""

    report_id: UUID
    status: PublicStatus
    status_label: str
    stages: list[tuple[str, bool]]
    received_at: datetime
    is_unseen: bool
    told_province_at: datetime | None
    messages: list[MessageLine]
    question_id: UUID | None
    is_withdrawn: bool


def followed_report(actor: Actor, now: datetime) -> Followed:
    """The one report whose code the actor has shown.

    Raises `NotFoundError`.
    """
    actor.require(Permission.FOLLOW_REPORT)
    row = Report.objects.visible_to(actor).first()
    if row is None:
        raise NotFoundError
    said = list(ReportMessage.objects.visible_to(actor).filter(report=row).order_by("sent_at", "id"))
    status = public_status(
        State(row.state), Outcome(row.outcome) if row.outcome else None, is_opened=bool(row.opened_at)
    )
    is_unseen = row.opened_at is None and row.is_open
    return Followed(
        report_id=row.id,
        status=status,
        status_label=PUBLIC_STATUS_LABELS[status],
        stages=_stages(status),
        received_at=row.received_at,
        is_unseen=is_unseen,
        told_province_at=_told_province_at(row.told_at, now) if is_unseen else None,
        messages=[message_line(message) for message in said],
        question_id=_open_question(said),
        is_withdrawn=any(message.kind == MessageKind.WITHDRAWAL for message in said),
    )


def is_guessing_slowed(actor: Actor, now: datetime) -> bool:  # noqa: ARG001 - counted for everyone together
    """More wrong codes were tried this hour than people mistype."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return GuessHour.objects.filter(hour=hour, wrong__gte=WRONG_CODES_PER_HOUR).exists()


def _stages(status: PublicStatus) -> list[tuple[str, bool]]:
    """The four words in order, each with whether it has been reached."""
    order = list(PublicStatus)
    return [(PUBLIC_STATUS_LABELS[stage], order.index(stage) <= order.index(status)) for stage in order]


def _told_province_at(told_at: datetime, now: datetime) -> datetime | None:
    """The moment the ladder told the province by itself, once it has passed."""
    rungs = steps(told_at, due_at(CHAIR_ACT, told_at), remind_at(CHAIR_ACT, told_at))
    return next((rung.at for rung in rungs if Told.PROVINCE in rung.tells and rung.at <= now), None)


def _open_question(said: list[ReportMessage]) -> UUID | None:
    """The last question nobody has answered."""
    answered = {message.answers_id for message in said}
    questions = [message.id for message in said if message.kind == MessageKind.QUESTION and message.id not in answered]
    return questions[-1] if questions else None
