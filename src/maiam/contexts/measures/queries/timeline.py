"""A whole case on one time line: its clocks as bars, its measures, and every fact on record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.cases.queries import CaseDetail, Fact
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.queries import Clock
from maiam.contexts.duties.rules import State as ClockState
from maiam.contexts.duties.rules import Subject
from maiam.contexts.measures.models import Measure, MeasureEvent, MeasureService
from maiam.contexts.measures.rules import kinds, timeline
from maiam.contexts.measures.rules.states import ADDRESSEE_LABELS, FINAL, STATE_LABELS, EventKind, State
from maiam.contexts.measures.rules.timeline import Bar, Scale
from maiam.contexts.risk import queries as risk
from maiam.contexts.support import queries as support
from maiam.core.law.citations import in_vietnamese
from maiam.core.law.codes import no_contact_by_commune
from maiam.core.text import write_datetime
from maiam.platform.access import Actor, Permission

_MARKS = {
    ClockState.RUNNING: "running",
    ClockState.MET: "met",
    ClockState.MET_LATE: "late",
    ClockState.EXCUSED: "excused",
    ClockState.BREACHED: "breached",
}


@dataclass(frozen=True)
class Drawn:
    """One line of the picture with its sentence, which says all the picture shows."""

    what: str
    who: str
    why: str
    is_doubtful: bool
    sentence: str
    mark: str
    mark_label: str
    bar: Bar


@dataclass(frozen=True)
class Timeline:
    """One case, from its first moment until now."""

    case: Case
    axis: Scale
    clocks: list[Drawn]
    measures: list[Drawn]
    facts: list[Fact]
    late: int
    running: int


def timeline_of_case(actor: Actor, case_id: UUID, now: datetime) -> Timeline:
    """Everything of a case in the order of time. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_CASES)
    case = cases.case_detail(actor, case_id, now)
    measures = list(Measure.objects.visible_to(actor).filter(case_id=case_id).order_by("recorded_at", "id"))
    page = support.support_page(actor, case_id, now)
    subjects = [row.subject for row in measures]
    subjects += [Subject("support.referral", line.id) for line in page.referrals]
    clocks = sorted(
        [*case.clocks, *duties.obligations_of(actor, *subjects)], key=lambda clock: (clock.started_at, clock.due_at)
    )
    axis = timeline.scale([*_moments(clocks, measures), case.case.opened_at, now])
    facts = [*case.facts, *_of_measures(actor, measures), *_of_risk(actor, case, now), *_of_support(page)]
    drawn = [_clock(axis, clock, now) for clock in clocks]
    return Timeline(
        case=case.case,
        axis=axis,
        clocks=drawn,
        measures=_by_start(
            [(line.starts_at, _order(axis, line, now)) for line in case.measures if line.starts_at]
            + [(row.starts_at, _measure(axis, row, now)) for row in measures if row.starts_at]
        ),
        facts=sorted(facts, key=lambda fact: fact.at),
        late=sum(line.mark in {"late", "breached"} for line in drawn),
        running=sum(line.mark == "running" for line in drawn),
    )


def _moments(clocks: list[Clock], measures: list[Measure]) -> Iterator[datetime]:
    for clock in clocks:
        yield clock.started_at
        yield clock.closed_at or clock.due_at
    for row in measures:
        yield row.requested_at or row.recorded_at


def _clock(axis: Scale, clock: Clock, now: datetime) -> Drawn:
    ended_at = clock.closed_at or now
    is_late = clock.is_running and clock.late_after < now
    ends = f"{clock.state_label.lower()} lúc {write_datetime(clock.closed_at)}" if clock.closed_at else "đang chạy"
    label = "Đang quá hạn" if is_late else clock.state_label
    return Drawn(
        what=clock.what,
        who=clock.owner,
        why=f"{clock.limit.in_words}: {clock.article}",
        is_doubtful=clock.limit.is_doubtful_law,
        sentence=(
            f"Từ {write_datetime(clock.started_at)}, hạn {write_datetime(clock.late_after)}, "
            f"{'đang quá hạn' if is_late else ends}."
        ),
        mark="late" if is_late else _MARKS.get(clock.state, "other"),
        mark_label=label,
        bar=timeline.bar(axis, started_at=clock.started_at, due_at=clock.late_after, ended_at=ended_at),
    )


def _measure(axis: Scale, row: Measure, now: datetime) -> Drawn:
    starts_at, state = row.starts_at or row.recorded_at, State(row.state)
    ended_at = row.stopped_at or now
    return Drawn(
        what=kinds.label(row.kind),
        who=row.person_name,
        why=kinds.article(row.kind),
        is_doubtful=kinds.is_doubtful(row.kind),
        sentence=f"Từ {write_datetime(starts_at)} đến "
        f"{write_datetime(row.stopped_at) if row.stopped_at else 'nay'}: {STATE_LABELS[state].lower()}.",
        mark="other" if state in FINAL else "running",
        mark_label=STATE_LABELS[state],
        bar=timeline.bar(axis, started_at=starts_at, due_at=max(ended_at, starts_at), ended_at=ended_at),
    )


def _order(axis: Scale, line: cases.MeasureLine, now: datetime) -> Drawn:
    """A no-contact order: what it was given, and where it stopped before that."""
    starts_at, ends_at = line.starts_at or now, line.ends_at or now
    stopped_at = line.stopped_at or ends_at
    signed = f" {line.signed_above} ký." if line.signed_above else ""
    return Drawn(
        what="Cấm tiếp xúc",
        who=line.perpetrator_name,
        why=in_vietnamese(no_contact_by_commune().legal),
        is_doubtful=False,
        sentence=(
            f"Từ {write_datetime(starts_at)} đến {write_datetime(stopped_at)}: {line.state_label.lower()}.{signed}"
        ),
        mark="running" if line.is_live else "other",
        mark_label=line.state_label,
        bar=timeline.bar(axis, started_at=starts_at, due_at=stopped_at, ended_at=min(now, stopped_at)),
    )


def _by_start(drawn: list[tuple[datetime, Drawn]]) -> list[Drawn]:
    return [line for _, line in sorted(drawn, key=lambda pair: pair[0])]


def _of_measures(actor: Actor, measures: list[Measure]) -> Iterator[Fact]:
    labels = {row.id: kinds.label(row.kind) for row in measures}
    for row in measures:
        yield from _of_measure(row, labels[row.id])
    for served in MeasureService.objects.visible_to(actor).filter(measure__in=measures):
        yield Fact(served.served_at, f"Đã giao: {ADDRESSEE_LABELS[served.addressee]}", labels[served.measure_id])
    for event in MeasureEvent.objects.visible_to(actor).filter(measure__in=measures):
        breach = kinds.procedure(event.measure.kind).breach
        what = str(breach) if event.kind == EventKind.BREACH else "Một buổi"
        yield Fact(event.happened_at, what, labels[event.measure_id])


def _of_measure(row: Measure, label: str) -> Iterator[Fact]:
    if row.requested_at:
        yield Fact(row.requested_at, "Đề nghị", label)
    if row.decided_at:
        yield Fact(row.decided_at, _deed(row), label)
    if row.stopped_at:
        yield Fact(row.stopped_at, STATE_LABELS[State(row.state)], label)


def _deed(row: Measure) -> str:
    if row.state in {State.REFUSED, State.ABOVE}:
        return STATE_LABELS[State(row.state)]
    return "Quyết định" if kinds.decider(row.kind) else "Ghi nhận"


def _of_risk(actor: Actor, case: CaseDetail, now: datetime) -> Iterator[Fact]:
    page = risk.risk_page(actor, case.id, now)
    for signed in page.assessments:
        yield Fact(signed.row.signed_at, f"Đánh giá nguy cơ: {signed.level_label.lower()}", signed.state_label)
    for raised in page.raises:
        yield Fact(raised.raised_at, f"Nâng nguy cơ: {raised.level_label.lower()}", raised.reason_label)


def _of_support(page: support.SupportPage) -> Iterator[Fact]:
    for contact in page.contacts:
        yield Fact(contact.tried_at, f"Liên hệ: {contact.reached_label.lower()}", contact.safe_label)
    for consent in page.consents:
        yield Fact(consent.given_at, "Đồng ý cho biết thông tin", consent.need_label)
        if consent.withdrawn_at:
            yield Fact(consent.withdrawn_at, "Rút lại sự đồng ý", consent.need_label)
    for referral in page.referrals:
        yield Fact(referral.sent_at, f"Nhờ giúp: {referral.need_label.lower()}", referral.state_label)
    for unmet in page.unmet:
        yield Fact(unmet.recorded_at, "Chưa ai giúp được", unmet.need_label)
