"""Many reports: open ones first, by their clock; nothing anyone told is shown in a list."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, QuerySet, When

from maiam.contexts.reports.models import CallRecord, Report
from maiam.contexts.reports.models.calls import CALL_PURPOSE_LABELS, CallPurpose
from maiam.contexts.reports.rules.draft import KIND_LABELS, Kind
from maiam.contexts.reports.rules.limits import PAGE_ROWS
from maiam.contexts.reports.rules.states import OPEN_STATES, OUTCOME_LABELS, STATE_LABELS, Outcome, State
from maiam.core.law.limits import remind_at
from maiam.core.law.reporting import CHAIR_ACT
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, ScopedQuerySet

LONGEST_LIST = 500


@dataclass(frozen=True)
class ReportFilter:
    """Which reports to show; empty means all."""

    state: str = ""
    outcome: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True)
class ReportLine:
    """One report as lists show it."""

    id: UUID
    told_at: datetime
    late_after: datetime
    received_at: datetime
    commune: str
    village: str
    kind_labels: list[str]
    is_urgent: bool
    is_doubtful: bool
    is_opened: bool
    is_open: bool
    alike: int
    state_label: str
    outcome_label: str
    owner: str


@dataclass(frozen=True)
class OwnStatus:
    """What became of a report, for the post that took it."""

    id: UUID
    told_at: datetime
    received_at: datetime
    is_opened: bool
    state: State
    outcome: Outcome | None


@dataclass(frozen=True)
class CallLine:
    called_at: datetime
    purpose_label: str
    note: str


def open_reports(actor: Actor) -> list[ReportLine]:
    """The open reports of the actor's place, the one longest told first."""
    actor.require(Permission.VIEW_REPORTS)
    rows = Report.objects.visible_to(actor).filter(state__in=OPEN_STATES).order_by("told_at", "id")
    return _lines(actor, rows[:LONGEST_LIST])


def reports_page(actor: Actor, wanted: ReportFilter, page: str) -> Page[ReportLine]:
    """One page of the actor's reports: open ones first by their clock, then the rest, newest first."""
    actor.require(Permission.VIEW_REPORTS)
    rows = Report.objects.visible_to(actor)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.outcome:
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.is_doubtful:
        rows = rows.filter(is_doubtful=True)
    told_if_open = Case(When(state__in=OPEN_STATES, then=F("told_at")))
    pages = Paginator(rows.order_by(told_if_open.asc(nulls_last=True), "-told_at", "id"), PAGE_ROWS)
    found = pages.get_page(page)
    return Page(_lines(actor, found.object_list), found.number, pages)  # type: ignore[arg-type]


def own_reports(actor: Actor) -> list[ReportLine]:
    """The reports this very post took, newest first."""
    return _lines(actor, _own(actor).order_by("-received_at", "-id")[:LONGEST_LIST])


def own_statuses(actor: Actor, *, offset: int, limit: int) -> list[OwnStatus]:
    """A part of the reports this very post took, newest first."""
    return [_status(row) for row in _own(actor).order_by("-received_at", "-id")[offset : offset + limit]]


def own_status(actor: Actor, report_id: UUID, now: datetime) -> OwnStatus:
    """One report this very post took.

    Raises `NotFoundError`.
    """
    row = _own(actor).find(actor, report_id)
    audit.record_read(actor, "reports.own_report.read", row, at=now)
    return _status(row)


def unplaced_reports(actor: Actor) -> list[ReportLine]:
    """Open reports the province's desk answers for: of no known place, or of a commune with empty seats."""
    actor.require(Permission.PLACE_REPORTS)
    mine = Report.objects.visible_to(actor).filter(owner_post_id=actor.post_id, state__in=OPEN_STATES)
    return _lines(actor, mine.order_by("told_at", "id")[:LONGEST_LIST])


def calls(actor: Actor) -> list[CallLine]:
    """The calls this post logged that were no report, newest first."""
    actor.require(Permission.VIEW_OWN_REPORTS)
    rows = CallRecord.objects.visible_to(actor).filter(by_post_id=actor.post_id).order_by("-called_at", "-id")
    return [
        CallLine(row.called_at, CALL_PURPOSE_LABELS[CallPurpose(row.purpose)], row.note) for row in rows[:PAGE_ROWS]
    ]


def _own(actor: Actor) -> ScopedQuerySet[Report]:
    actor.require(Permission.VIEW_OWN_REPORTS)
    return Report.objects.visible_to(actor).filter(taken_by_post_id=actor.post_id)


def _status(row: Report) -> OwnStatus:
    return OwnStatus(
        id=row.id,
        told_at=row.told_at,
        received_at=row.received_at,
        is_opened=row.opened_at is not None,
        state=State(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
    )


def _lines(actor: Actor, rows: QuerySet[Report]) -> list[ReportLine]:
    shown = list(rows.select_related("commune", "village", "owner_post"))
    alike = _alike(actor, shown)
    return [_line(row, alike.get(row.likeness, 1) - 1) for row in shown]


def _alike(actor: Actor, rows: list[Report]) -> dict[str, int]:
    """How many of the actor's reports say the very same."""
    same = Report.objects.visible_to(actor).filter(likeness__in={row.likeness for row in rows})
    return dict(same.values_list("likeness").annotate(Count("id")))


def _line(row: Report, alike: int) -> ReportLine:
    return ReportLine(
        id=row.id,
        told_at=row.told_at,
        late_after=remind_at(CHAIR_ACT, row.told_at),
        received_at=row.received_at,
        commune=row.commune.name if row.commune else "",
        village=row.village.name if row.village else "",
        kind_labels=[KIND_LABELS[Kind(kind)] for kind in row.kinds],
        is_urgent=row.is_urgent,
        is_doubtful=row.is_doubtful,
        is_opened=row.opened_at is not None,
        is_open=row.is_open,
        alike=alike,
        state_label=STATE_LABELS[State(row.state)],
        outcome_label=OUTCOME_LABELS[Outcome(row.outcome)] if row.outcome else "",
        owner=row.owner_post.title if row.owner_post else "",
    )
