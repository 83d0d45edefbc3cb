"""Measures as lists and as one page; what waits for the reader's own decision; where a refuge is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.queries import Clock
from maiam.contexts.measures.models import Measure, MeasureEvent, MeasureService, ShelterPlace
from maiam.contexts.measures.queries.conditions import findings, protector_of
from maiam.contexts.measures.queries.papers import PapersSection, papers_of
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import (
    ADDRESSEE_LABELS,
    AUTHORITY,
    DECIDED,
    EVENT_LABELS,
    LIVE,
    SERVICE_METHOD_LABELS,
    STATE_COLOURS,
    STATE_LABELS,
    EventKind,
    ServiceMethod,
    State,
)
from maiam.core.law.codes import procedures
from maiam.core.law.repeat import Finding
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError


@dataclass(frozen=True)
class MeasureLine:
    """One measure as lists show it."""

    id: UUID
    kind: str
    label: str
    person_name: str
    is_about_perpetrator: bool
    state: State
    state_label: str
    state_colour: str
    asked_at: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    stopped_at: datetime | None
    commune: str

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


@dataclass(frozen=True)
class KindChoice:
    """One kind that may be asked for or written down, with who decides it and its article."""

    code: str
    label: str
    decider: str
    article: str
    is_about_perpetrator: bool
    is_doubtful: bool


@dataclass(frozen=True)
class MeasuresPage:
    """The measures of one case, and those that may be added."""

    case: Case
    lines: list[MeasureLine]
    kinds: list[KindChoice]
    is_child: bool | None
    protector: str

    @property
    def about_person(self) -> list[MeasureLine]:
        return [line for line in self.lines if not line.is_about_perpetrator]

    @property
    def about_perpetrator(self) -> list[MeasureLine]:
        return [line for line in self.lines if line.is_about_perpetrator]


@dataclass(frozen=True)
class AddresseeLine:
    """Somebody a measure names, and how it reached them."""

    code: str
    label: str
    served_at: datetime | None
    method_label: str
    received_by: str
    receipt: str


@dataclass(frozen=True)
class EventLine:
    label: str
    happened_at: datetime
    attended: bool | None
    told: str
    is_breach: bool


@dataclass(frozen=True)
class MeasureDetail:
    """One measure, opened."""

    measure: Measure
    line: MeasureLine
    case_id: UUID | None
    case_code: str
    decider: str
    article: str
    is_doubtful: bool
    asked: list[tuple[str, str]]
    decided: list[tuple[str, str]]
    outcome: list[tuple[str, str]]
    reason: str
    findings: list[Finding]
    addressees: list[AddresseeLine]
    events: list[EventLine]
    papers: PapersSection
    clocks: list[Clock]
    has_refuge: bool

    @property
    def id(self) -> UUID:
        return self.measure.id

    @property
    def kind(self) -> str:
        return self.measure.kind

    @property
    def is_waiting(self) -> bool:
        return self.line.state is State.REQUESTED

    @property
    def is_decided(self) -> bool:
        return self.line.state in DECIDED

    @property
    def is_in_force(self) -> bool:
        return self.line.state is State.IN_FORCE

    @property
    def is_served(self) -> bool:
        return self.line.state is State.SERVED

    @property
    def unserved(self) -> list[AddresseeLine]:
        """Whom it may be served on now: before the decision, only the authority that takes the matter over."""
        waiting = [line for line in self.addressees if line.served_at is None]
        return [line for line in waiting if line.code == AUTHORITY] if self.is_waiting else waiting

    @property
    def has_sessions(self) -> bool:
        return self.is_decided and kinds.procedure(self.kind).sessions

    @property
    def may_be_breached(self) -> bool:
        return self.is_decided and bool(kinds.procedure(self.kind).breach)


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the reader's own decision: a measure, or a no-contact request."""

    title: str
    about: str
    requested_at: datetime
    due_at: datetime | None
    late_after: datetime | None
    open_url: str
    answer_url: str


def measures_of_case(actor: Actor, case_id: UUID) -> MeasuresPage:
    """Every measure of a case, newest first, and the kinds that may be added. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_CASES)
    case = cases.case_summary(actor, case_id)
    rows = Measure.objects.visible_to(actor).filter(case=case).select_related("competent_commune")
    is_child, protector = cases.is_child_case(actor, case), protector_of(actor, case_id)
    return MeasuresPage(
        case=case,
        lines=[line(row) for row in rows.order_by("-recorded_at", "-id")],
        kinds=[kind_choice(code) for code in procedures() if code not in kinds.FOR_CHILDREN or is_child is not False],
        is_child=is_child,
        protector=f"{protector.name}, {protector.standing}" if protector else "",
    )


def measure_line(actor: Actor, measure_id: UUID) -> MeasureLine:
    """One measure in a line, after something was done to it. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_MEASURES)
    return line(Measure.objects.select_related("competent_commune").find(actor, measure_id))


def live_in_case(actor: Actor, case_id: UUID) -> list[str]:
    """The measures of a case that are not over, in words."""
    rows = Measure.objects.visible_to(actor).filter(case_id=case_id).live().order_by("recorded_at", "id")
    return [kinds.label(row.kind) for row in rows]


def court_orders_broken(actor: Actor, case_id: UUID, now: datetime) -> list[tuple[datetime, bool]]:
    """When a court's order of no contact was broken, and whether it binds still."""
    broken = MeasureEvent.objects.visible_to(actor).filter(
        measure__case_id=case_id, measure__kind=kinds.COURT_BAN, kind=EventKind.BREACH
    )
    rows = broken.select_related("measure").order_by("happened_at", "id")
    return [(row.happened_at, row.measure.is_live(now)) for row in rows]


def measure_detail(actor: Actor, measure_id: UUID, now: datetime) -> MeasureDetail:
    """One measure as the case's circle, or those who carry it out, may open it. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_MEASURES)
    row = Measure.objects.select_related("competent_commune", "commune", "decided_by").find(actor, measure_id)
    audit.record_read(actor, "measures.measure.read", row, at=now)
    case = Case.objects.visible_to(actor).filter(id=row.case_id).first()
    return MeasureDetail(
        measure=row,
        line=line(row),
        case_id=case.id if case else None,
        case_code=case.code if case else "",
        decider=kinds.decider_in_words(row.kind),
        article=kinds.article(row.kind),
        is_doubtful=kinds.is_doubtful(row.kind),
        asked=kinds.written(row.kind, "request", row.request_facts),
        decided=kinds.written(row.kind, "decision", row.decision_facts),
        outcome=kinds.written(row.kind, "outcome", row.outcome_facts),
        reason=row.outcome_facts.get("reason") or row.decision_facts.get("reason", ""),
        findings=findings(actor, row),
        addressees=_addressees(actor, row),
        events=_events(actor, row),
        papers=papers_of(actor, row),
        clocks=duties.obligations_of(actor, row.subject),
        has_refuge=kinds.procedure(row.kind).secret_place and actor.can(Permission.VIEW_SHELTER),
    )


def refuge(actor: Actor, measure_id: UUID, now: datetime) -> str:
    """Where a person found refuge, in words. Every reading stands in the trail. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_SHELTER)
    row = ShelterPlace.objects.visible_to(actor).filter(measure_id=measure_id).first()
    if row is None:
        raise NotFoundError
    audit.record_read(actor, "measures.shelter.read", row, at=now)
    return row.place


def waiting_for_me(actor: Actor) -> list[Waiting]:
    """Everything that waits for the reader's own signature, the one due first on top."""
    actor.require(Permission.DECIDE_MEASURES)
    rows = Measure.objects.visible_to(actor).filter(
        state=State.REQUESTED, competent_commune_id__in=actor.commune_ids, kind__in=_mine(actor)
    )
    found = list(rows.order_by("requested_at", "id"))
    clocks = {clock.subject_id: clock for clock in duties.obligations_of(actor, *(row.subject for row in found))}
    waiting = [_waiting(row, clocks.get(row.id)) for row in found]
    if actor.can(Permission.DECIDE_NO_CONTACT):
        waiting += [_no_contact(one) for one in cases.awaiting_decision(actor)]
    return sorted(waiting, key=lambda one: (one.due_at is None, one.due_at or one.requested_at))


def line(row: Measure) -> MeasureLine:
    state = State(row.state)
    return MeasureLine(
        id=row.id,
        kind=row.kind,
        label=kinds.label(row.kind),
        person_name=row.person_name,
        is_about_perpetrator=kinds.is_about_perpetrator(row.kind),
        state=state,
        state_label=STATE_LABELS[state],
        state_colour=STATE_COLOURS[state],
        asked_at=row.requested_at or row.recorded_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        stopped_at=row.stopped_at,
        commune=row.competent_commune.name,
    )


def kind_choice(code: str) -> KindChoice:
    return KindChoice(
        code=code,
        label=kinds.label(code),
        decider=kinds.decider_in_words(code),
        article=kinds.article(code),
        is_about_perpetrator=kinds.is_about_perpetrator(code),
        is_doubtful=kinds.is_doubtful(code),
    )


def _mine(actor: Actor) -> list[str]:
    return [code for code in procedures() if kinds.decider(code) is actor.role]


def _waiting(row: Measure, clock: Clock | None) -> Waiting:
    return Waiting(
        title=kinds.label(row.kind),
        about=row.person_name,
        requested_at=row.requested_at or row.recorded_at,
        due_at=clock.due_at if clock else None,
        late_after=clock.late_after if clock else None,
        open_url=reverse("measures:decide", args=[row.id]),
        answer_url=reverse("measures:refuse", args=[row.id]),
    )


def _no_contact(one: cases.AwaitingDecision) -> Waiting:
    title = "Đề nghị hủy bỏ cấm tiếp xúc" if one.is_cancellation else "Đề nghị cấm tiếp xúc"
    page = "cases:no_contact" if one.is_cancellation else "cases:decide_no_contact"
    return Waiting(
        title=title,
        about=f"{one.victim_name} và {one.perpetrator_name} ({one.relation_label.lower()}). "
        f"{one.requester_label} đề nghị",
        requested_at=one.requested_at,
        due_at=one.due_at,
        late_after=one.due_at,
        open_url=reverse(page, args=[one.id]),
        answer_url="" if one.is_cancellation else reverse("cases:refuse_no_contact", args=[one.id]),
    )


def _addressees(actor: Actor, row: Measure) -> list[AddresseeLine]:
    services = {
        one.addressee: one for one in MeasureService.objects.visible_to(actor).filter(measure=row).order_by("served_at")
    }
    return [_addressee(code, services.get(code)) for code in kinds.addressees(row.kind)]


def _addressee(code: str, served: MeasureService | None) -> AddresseeLine:
    return AddresseeLine(
        code=code,
        label=ADDRESSEE_LABELS[code],
        served_at=served.served_at if served else None,
        method_label=SERVICE_METHOD_LABELS[ServiceMethod(served.method)] if served else "",
        received_by=served.received_by if served else "",
        receipt=served.receipt if served else "",
    )


def _events(actor: Actor, row: Measure) -> list[EventLine]:
    events = MeasureEvent.objects.visible_to(actor).filter(measure=row).order_by("-happened_at", "-id")
    breach = kinds.procedure(row.kind).breach or ""
    return [
        EventLine(
            label=breach if one.kind == EventKind.BREACH else EVENT_LABELS[EventKind(one.kind)],
            happened_at=one.happened_at,
            attended=one.attended,
            told=one.told,
            is_breach=one.kind == EventKind.BREACH,
        )
        for one in events
    ]
