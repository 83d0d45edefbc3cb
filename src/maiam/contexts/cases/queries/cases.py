"""Cases as lists and as one page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.events import ClosingCondition, breaches_known_above
from maiam.contexts.cases.models import Breach, Case, CaseMove, Incident, NoContact
from maiam.contexts.cases.queries.closing import closing_conditions
from maiam.contexts.cases.queries.incidents import IncidentDetail, incidents_of
from maiam.contexts.cases.queries.measures import MeasureLine, measures_of_case
from maiam.contexts.cases.queries.moves import waiting_move
from maiam.contexts.cases.queries.timeline import Fact, timeline
from maiam.contexts.cases.rules import cases as rules
from maiam.contexts.cases.rules.cases import STATUS_COLOURS, STATUS_LABELS, Status
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.queries import Clock
from maiam.contexts.duties.rules import Subject
from maiam.core.text import fold
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

PAGE_ROWS = 50


@dataclass(frozen=True)
class CaseFilter:
    """Which cases to show; empty means all. `text` is looked for in codes."""

    status: str = ""
    village_id: int | None = None
    text: str = ""


@dataclass(frozen=True)
class CaseLine:
    """One case as the list shows it."""

    id: UUID
    code: str
    person_name: str
    village: str
    status: Status
    status_label: str
    status_colour: str
    opened_at: datetime
    has_live_order: bool
    has_request: bool


@dataclass(frozen=True)
class Step:
    """A state the case may go to now."""

    status: Status
    label: str
    needs_reason: bool


@dataclass(frozen=True)
class TiedCase:
    """Another case of the same home."""

    id: UUID
    code: str
    person_name: str
    status_label: str


@dataclass(frozen=True)
class CaseDetail:
    """One case with everything its circle may know."""

    case: Case
    holder: str
    status_label: str
    status_colour: str
    incidents: list[IncidentDetail]
    measures: list[MeasureLine]
    facts: list[Fact]
    clocks: list[Clock]
    next_steps: list[Step]
    conditions: list[ClosingCondition]
    tied: list[TiedCase]
    moving: CaseMove | None

    @property
    def id(self) -> UUID:
        return self.case.id

    @property
    def live_orders(self) -> list[MeasureLine]:
        return [measure for measure in self.measures if measure.is_live]

    @property
    def next_clock(self) -> Clock | None:
        """The running duty that is due first."""
        running = [clock for clock in self.clocks if clock.is_running]
        return min(running, key=lambda clock: clock.late_after, default=None)

    @property
    def needs_child_protection(self) -> bool:
        """The protected person was a child, or may have been: then a child-protection worker must take part."""
        return any(incident.child_of(self.case.person_id) is not False for incident in self.incidents)

    @property
    def is_surely_child(self) -> bool:
        return any(incident.child_of(self.case.person_id) for incident in self.incidents)


@dataclass(frozen=True)
class CasesPage:
    """Some of the cases that fit, and where they stand among all."""

    lines: list[CaseLine]
    page: Page[Any]


def cases_page(actor: Actor, wanted: CaseFilter, *, page: int, now: datetime) -> CasesPage:
    """One page of the actor's cases, newest first."""
    actor.require(Permission.VIEW_CASES)
    rows = _filtered(Case.objects.visible_to(actor), wanted)
    measures = NoContact.objects.filter(case=OuterRef("pk"))
    annotated = rows.annotate(
        has_live_order=Exists(measures.in_force(now)), has_request=Exists(measures.waiting())
    ).select_related("village")
    found = Paginator(annotated.order_by("-opened_at", "-id"), PAGE_ROWS).get_page(page)
    return CasesPage([_line(row) for row in found], found)


def case_detail(actor: Actor, case_id: UUID, now: datetime) -> CaseDetail:
    """The case as its circle may open it.

    Raises `NotFoundError`.
    """
    actor.require(Permission.VIEW_CASES)
    case = Case.objects.select_related("commune", "village", "responsible_post").find(actor, case_id)
    audit.record_read(actor, "cases.case.read", case, at=now)
    incidents = incidents_of(actor, case)
    measures = measures_of_case(actor, case, now)
    status = Status(case.status)
    return CaseDetail(
        case=case,
        holder=_holder(case, now),
        status_label=STATUS_LABELS[status],
        status_colour=STATUS_COLOURS[status],
        incidents=incidents,
        measures=measures,
        facts=timeline(actor, case, incidents),
        clocks=_clocks(actor, case, measures),
        next_steps=_next_steps(actor, status),
        conditions=closing_conditions(actor, case, now) if status in rules.NEAR_ITS_END else [],
        tied=_tied(actor, case),
        moving=waiting_move(actor, case),
    )


def case_summary(actor: Actor, case_id: UUID) -> Case:
    """The case alone, for a form about it. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_CASES)
    return Case.objects.select_related("commune").find(actor, case_id)


def risk_facts(actor: Actor, case_id: UUID, now: datetime) -> tuple[list[datetime], list[tuple[datetime, bool]]]:
    """When the incidents of a case were; when its orders, a court's too, were broken, and whether each binds still."""
    actor.require(Permission.VIEW_CASES)
    incidents = Incident.objects.visible_to(actor).filter(case_links__case_id=case_id)
    breaches = Breach.objects.visible_to(actor).filter(no_contact__case_id=case_id).select_related("no_contact")
    return (
        list(incidents.order_by("occurred_at").values_list("occurred_at", flat=True)),
        sorted(
            [(row.occurred_at, row.no_contact.is_live(now)) for row in breaches]
            + breaches_known_above(actor, case_id, now)
        ),
    )


def case_of_incident(actor: Actor, incident_id: UUID) -> Case:
    """The case opened first for an incident. Raises `NotFoundError`."""
    return _first(actor, Q(incident_links__incident_id=incident_id))


def case_of_report(actor: Actor, report_id: UUID) -> Case:
    """The case a report opened or joined. Raises `NotFoundError`."""
    return _first(actor, Q(incident_links__incident__report_links__report_id=report_id))


def _first(actor: Actor, which: Q) -> Case:
    actor.require(Permission.VIEW_CASES)
    case = Case.objects.visible_to(actor).filter(which).order_by("opened_at", "id").first()
    if case is None:
        raise NotFoundError
    return case


def _filtered(rows: "QuerySet[Case]", wanted: CaseFilter) -> "QuerySet[Case]":
    if wanted.status in set(Status):
        rows = rows.filter(status=wanted.status)
    if wanted.village_id:
        rows = rows.filter(village_id=wanted.village_id)
    return rows.filter(_in_code(wanted.text)) if wanted.text else rows


def _in_code(text: str) -> Q:
    """`VV-2026-0012`, `2026-12` or just `12`; anything that is no code finds nothing."""
    asked = rules.read_code(fold(text))
    if asked is None:
        return Q(pk__in=[])
    year, number = asked
    return Q(number=number, year=year) if year else Q(number=number)


def _line(row: Any) -> CaseLine:
    status = Status(row.status)
    return CaseLine(
        id=row.id,
        code=row.code,
        person_name=row.person_name,
        village=row.village.name if row.village else "",
        status=status,
        status_label=STATUS_LABELS[status],
        status_colour=STATUS_COLOURS[status],
        opened_at=row.opened_at,
        has_live_order=row.has_live_order,
        has_request=row.has_request,
    )


def _holder(case: Case, now: datetime) -> str:
    """Who sits in the responsible post now; empty while nobody does."""
    return next((account.full_name for account in accounts.holders_of(case.responsible_post, now)), "")


def _tied(actor: Actor, case: Case) -> list[TiedCase]:
    """The other cases of the home, the oldest first."""
    if case.matter_id is None:
        return []
    rows = Case.objects.visible_to(actor).filter(matter_id=case.matter_id).exclude(id=case.id)
    return [
        TiedCase(row.id, row.code, row.person_name, STATUS_LABELS[Status(row.status)])
        for row in rows.order_by("opened_at", "id")
    ]


def _clocks(actor: Actor, case: Case, measures: list[MeasureLine]) -> list[Clock]:
    subjects = [case.subject, *(Subject("cases.no_contact", measure.id) for measure in measures)]
    return duties.obligations_of(actor, *subjects)


def _next_steps(actor: Actor, status: Status) -> list[Step]:
    return [
        Step(to, STATUS_LABELS[to], rules.needs_reason(status, to))
        for to in rules.next_statuses(status)
        if actor.can(Permission.CLOSE_CASES if to is Status.CLOSED else Permission.OPEN_CASES)
    ]
