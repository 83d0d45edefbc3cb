"""One report, opened: each part to those entitled to it, each opening in the audit."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.reports.models import (
    Attachment,
    ContactAttempt,
    Placement,
    Report,
    ReporterIdentity,
    ReportMessage,
    TriageDecision,
)
from maiam.contexts.reports.models.talk import FROM_REPORTER, MESSAGE_KIND_LABELS, MessageKind
from maiam.contexts.reports.rules import draft as words
from maiam.contexts.reports.rules.draft import Reporter
from maiam.contexts.reports.rules.states import (
    OUTCOME_LABELS,
    STATE_LABELS,
    STEP_LABELS,
    Outcome,
    State,
    Step,
)
from maiam.core.law.codes.reports import receiving_addresses, report_channels
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import ForbiddenError, NotFoundError

_OPENED_BY = (Permission.VIEW_REPORTS, Permission.VIEW_OWN_REPORTS, Permission.PLACE_REPORTS)


@dataclass(frozen=True)
class MessageLine:
    id: UUID
    kind_label: str
    is_from_reporter: bool
    is_withdrawal: bool
    body: str
    sent_at: datetime


@dataclass(frozen=True)
class DecisionLine:
    step_label: str
    outcome_label: str
    reason: str
    receiver: str
    reference: str
    accepted_at: datetime | None
    by: str
    at: datetime


@dataclass(frozen=True)
class PastLine:
    """Something tried or moved: when, by whom, in words."""

    at: datetime
    by: str
    what: str


@dataclass(frozen=True)
class ReportDetail:
    """A report with what was said, decided and tried since. What the actor may not see is left out."""

    report: Report
    story: str
    place_as_given: str
    kind_labels: list[str]
    sign_labels: list[str]
    happening_label: str
    in_danger_labels: list[str]
    mode_label: str
    channel_label: str
    address_label: str
    state: State
    state_label: str
    outcome: Outcome | None
    outcome_label: str
    alike: int
    messages: list[MessageLine]
    picture_ids: list[UUID]
    decisions: list[DecisionLine]
    attempts: list[PastLine]
    placements: list[PastLine]
    is_proposal_waiting: bool
    is_proposal_mine: bool

    @property
    def id(self) -> UUID:
        return self.report.id

    @property
    def is_open(self) -> bool:
        return self.report.is_open

    @property
    def is_withdrawn(self) -> bool:
        return any(message.is_withdrawal for message in self.messages)


def report(actor: Actor, report_id: UUID, now: datetime) -> ReportDetail:
    """The report as its commune, its taker or the province's desk may open it.

    Raises `NotFoundError`.
    """
    if not any(actor.can(power) for power in _OPENED_BY):
        raise ForbiddenError(Permission.VIEW_REPORTS)
    rows = Report.objects.select_related("commune", "village", "owner_post", "taken_by_post")
    row = rows.find(actor, report_id)
    audit.record_read(actor, "reports.report.read", row, at=now)
    return _detail(actor, row)


def reporter(actor: Actor, report_id: UUID, now: datetime) -> Reporter | None:
    """Who told us and how they may be reached; None when they did not say. Its own power, its own audit entry.

    Raises `NotFoundError`.
    """
    actor.require(Permission.VIEW_REPORTER)
    row = Report.objects.find(actor, report_id)
    audit.record_read(actor, "reports.reporter.read", row, at=now)
    identity = ReporterIdentity.objects.visible_to(actor).filter(report=row).order_by("-recorded_at", "-id").first()
    if identity is None:
        return None
    told = json.loads(vault.unseal(identity.sealed, place=f"reports_reporteridentity:{identity.id}"))
    return Reporter.of(told)


def attachment(actor: Actor, report_id: UUID, attachment_id: UUID, now: datetime) -> bytes:
    """One picture, for those who may open the report.

    Raises `NotFoundError`.
    """
    actor.require(Permission.VIEW_REPORTS)
    kept = Attachment.objects.visible_to(actor).filter(id=attachment_id, report_id=report_id).first()
    if kept is None:
        raise NotFoundError
    audit.record_read(actor, "reports.attachment.read", kept, at=now)
    return kept.picture


def _detail(actor: Actor, row: Report) -> ReportDetail:
    decisions = list(
        TriageDecision.objects.visible_to(actor).filter(report=row).select_related("by_post").order_by("at", "id")
    )
    proposal = _waiting_proposal(row, decisions)
    outcome = Outcome(row.outcome) if row.outcome else None
    return ReportDetail(
        report=row,
        story=row.story,
        place_as_given=row.place_as_given,
        kind_labels=[words.KIND_LABELS[words.Kind(kind)] for kind in row.kinds],
        sign_labels=[words.SIGN_LABELS[words.Sign(sign)] for sign in row.signs],
        happening_label=words.HAPPENING_LABELS[words.Happening(row.happening)],
        in_danger_labels=[words.IN_DANGER_LABELS[words.InDanger(who)] for who in row.in_danger],
        mode_label=words.MODE_LABELS[words.Mode(row.mode)],
        channel_label=report_channels()[row.channel].vi,
        address_label=receiving_addresses()[row.receiving_address].vi,
        state=State(row.state),
        state_label=STATE_LABELS[State(row.state)],
        outcome=outcome,
        outcome_label=OUTCOME_LABELS[outcome] if outcome else "",
        alike=Report.objects.visible_to(actor).filter(likeness=row.likeness).exclude(id=row.id).count(),
        messages=_messages(actor, row),
        picture_ids=list(
            Attachment.objects.visible_to(actor)
            .filter(report=row)
            .order_by("added_at", "id")
            .values_list("id", flat=True)
        ),
        decisions=[_decision_line(decision) for decision in decisions],
        attempts=_attempts(actor, row),
        placements=_placements(actor, row),
        is_proposal_waiting=proposal is not None,
        is_proposal_mine=proposal is not None and proposal.by_account_id == actor.account_id,
    )


def _waiting_proposal(row: Report, decisions: list[TriageDecision]) -> TriageDecision | None:
    steps = [decision for decision in decisions if decision.step != Step.GRADED]
    return steps[-1] if row.is_open and steps and steps[-1].step == Step.PROPOSED else None


def _messages(actor: Actor, row: Report) -> list[MessageLine]:
    said = ReportMessage.objects.visible_to(actor).filter(report=row).order_by("sent_at", "id")
    return [message_line(message) for message in said]


def message_line(message: ReportMessage) -> MessageLine:
    kind = MessageKind(message.kind)
    return MessageLine(
        id=message.id,
        kind_label=MESSAGE_KIND_LABELS[kind],
        is_from_reporter=kind in FROM_REPORTER,
        is_withdrawal=kind is MessageKind.WITHDRAWAL,
        body=message.body,
        sent_at=message.sent_at,
    )


def _decision_line(decision: TriageDecision) -> DecisionLine:
    return DecisionLine(
        step_label=STEP_LABELS[Step(decision.step)],
        outcome_label=OUTCOME_LABELS[Outcome(decision.outcome)] if decision.outcome else "",
        reason=decision.reason,
        receiver=decision.receiver,
        reference=decision.receiver_reference,
        accepted_at=decision.accepted_at,
        by=decision.by_post.title if decision.by_post else "",
        at=decision.at,
    )


def _attempts(actor: Actor, row: Report) -> list[PastLine]:
    tried = ContactAttempt.objects.visible_to(actor).filter(report=row).select_related("by_post")
    return [_past(attempt.tried_at, attempt.by_post, attempt.result) for attempt in tried.order_by("tried_at", "id")]


def _placements(actor: Actor, row: Report) -> list[PastLine]:
    moved = Placement.objects.visible_to(actor).filter(report=row).select_related("by_post", "to_commune")
    return [
        _past(move.at, move.by_post, f"Chuyển đến {move.to_commune or 'tổ trực của tỉnh'}. {move.reason}")
        for move in moved.order_by("at", "id")
    ]


def _past(at: datetime, by_post: object, what: str) -> PastLine:
    return PastLine(at=at, by=str(getattr(by_post, "title", "")), what=what)
