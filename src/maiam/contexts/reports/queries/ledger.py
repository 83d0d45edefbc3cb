"""All that came in = all that ended + all still open: proven by counting, with what contradicts it named."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from maiam.contexts.duties import queries as duties
from maiam.contexts.reports.models import Report, TriageDecision
from maiam.contexts.reports.rules.states import OPEN_STATES, OUTCOME_LABELS, STATE_LABELS, Outcome, State, Step
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class Bucket:
    """One place a report may stand, and how many do."""

    label: str
    count: int


@dataclass(frozen=True)
class Contradiction:
    """A report whose rows do not agree, or that nobody answers for."""

    report_id: UUID
    commune_id: int | None
    what: str


@dataclass(frozen=True)
class Ledger:
    """The reports received in a period, and where each of them is now."""

    received: int
    ended: list[Bucket]
    still_open: list[Bucket]
    contradictions: list[Contradiction]

    @property
    def ended_count(self) -> int:
        return sum(bucket.count for bucket in self.ended)

    @property
    def open_count(self) -> int:
        return sum(bucket.count for bucket in self.still_open)

    @property
    def adds_up(self) -> bool:
        return self.received == self.ended_count + self.open_count and not self.contradictions


def ledger(actor: Actor, *, since: datetime, until: datetime) -> Ledger:
    """The ledger of the actor's place. Each figure is counted by itself; none is the remainder of others."""
    actor.require(Permission.VIEW_LEDGER)
    rows = Report.objects.visible_to(actor).filter(received_at__gte=since, received_at__lt=until)
    ended = TriageDecision.objects.visible_to(actor).filter(step=Step.CONCLUDED, report__in=rows)
    by_outcome = dict(ended.values_list("outcome").annotate(Count("report", distinct=True)))
    by_state = dict(rows.filter(state__in=OPEN_STATES).values_list("state").annotate(Count("id")))
    return Ledger(
        received=rows.count(),
        ended=[Bucket(OUTCOME_LABELS[outcome], by_outcome.get(outcome, 0)) for outcome in Outcome],
        still_open=[Bucket(STATE_LABELS[state], by_state.get(state, 0)) for state in State if state in OPEN_STATES],
        contradictions=contradictions(actor, rows),
    )


def contradictions(actor: Actor, rows: "QuerySet[Report] | None" = None) -> list[Contradiction]:
    """Every report of these whose state, decisions, owner and duties do not agree."""
    actor.require(Permission.VIEW_LEDGER)
    reports = (Report.objects.visible_to(actor) if rows is None else rows).annotate(
        conclusions=Count("decisions", filter=Q(decisions__step=Step.CONCLUDED)),
        agreeing=Count("decisions", filter=Q(decisions__step=Step.CONCLUDED, decisions__outcome=F("outcome"))),
    )
    is_open = Q(state__in=OPEN_STATES)
    faults = {
        "Còn mở nhưng đã có kết luận": reports.filter(is_open, conclusions__gt=0),
        "Đã có kết quả nhưng không có kết luận nào ghi lại": reports.filter(~is_open, conclusions=0),
        "Kết quả khác với kết luận đã ghi": reports.filter(~is_open, conclusions__gt=0, agreeing=0),
        "Còn mở nhưng không có người phụ trách": reports.filter(is_open, owner_post__isnull=True),
    }
    found = [
        Contradiction(report_id, commune_id, what)
        for what, faulty in faults.items()
        for report_id, commune_id in faulty.order_by("received_at").values_list("id", "commune_id")
    ]
    return found + _without_duty(actor, reports.filter(is_open))


def counts_by_commune(actor: Actor, *, since: datetime, until: datetime) -> dict[int, int]:
    """How many reports each commune received in the period: counts alone, for those who may see no report."""
    actor.require(Permission.VIEW_OVERVIEW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT commune_id, reports FROM reports_counts_by_commune(%s, %s)", [since, until])
        return dict(cursor.fetchall())


def _without_duty(actor: Actor, still_open: "QuerySet[Report]") -> list[Contradiction]:
    places = dict(still_open.order_by("received_at").values_list("id", "commune_id"))
    running = duties.running_subjects(actor, "reports.report")
    return [
        Contradiction(report_id, commune_id, "Còn mở nhưng không có đồng hồ nào đang chạy")
        for report_id, commune_id in places.items()
        if report_id not in running
    ]
