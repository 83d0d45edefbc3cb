"""Cases, orders and their carrying out for other systems: the police's own, the commune's desk.

No story, no reporter, no rule of safe contact and no place of refuge ever leaves here.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator, AwareDatetime

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.queries import CaseFilter
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.rules.no_contact import Addressee, BreachKind, DeliveryMethod
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.duties.queries import Clock
from maiam.core.text import clean, clean_lines
from maiam.platform.access import ActorRequest
from maiam.platform.problem import REFUSALS_OF_BODY, Problem

router = Router(tags=["cases"])

LONGEST_STORY = 5_000


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError("Cần có chữ.")
    return value


Line = Annotated[str, Field(max_length=200), AfterValidator(clean)]
Story = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_STORY, pattern=r"\S"),
    AfterValidator(clean_lines),
    AfterValidator(_not_empty),
]


class OrderOut(Schema):
    """An order in force: who may not come near whom, until when. Nothing of the case it belongs to."""

    id: UUID
    victim_name: str
    victim_village: str
    perpetrator_name: str
    starts_at: datetime
    ends_at: datetime
    undelivered: int
    is_supervised: bool
    signed_above: str


class AwaitingOut(Schema):
    id: UUID
    case_code: str
    is_cancellation: bool
    requested_at: datetime
    due_at: datetime


class ServiceIn(Schema):
    addressee: Addressee
    method: DeliveryMethod
    delivered_at: AwareDatetime
    received_by: Line = ""
    document: DocumentKind = DocumentKind.ORDER


class ServiceOut(Schema):
    id: UUID
    addressee: Addressee
    delivered_at: datetime


class BreachIn(Schema):
    kind: BreachKind
    occurred_at: AwareDatetime
    told: Story


class BreachOut(Schema):
    id: UUID
    kind: BreachKind
    occurred_at: datetime
    recorded_at: datetime


class CaseOut(Schema):
    id: UUID
    code: str
    person_name: str
    village: str
    status: str
    opened_at: datetime
    has_live_order: bool
    has_request: bool


class CasesOut(Schema):
    items: list[CaseOut]
    page: int
    pages: int
    total: int


class PartyOut(Schema):
    person: UUID
    name: str
    role: str
    was_child: bool | None


class ActOut(Schema):
    label: str
    article: str


class IncidentOut(Schema):
    id: UUID
    occurred_at: datetime
    precision: str
    regime: str
    kinds: list[str]
    acts: list[ActOut]
    verification: str
    parties: list[PartyOut]


class CaseClockOut(Schema):
    rule: str
    what: str
    article: str
    owner: str
    started_at: datetime
    due_at: datetime
    late_after: datetime
    state: str
    closed_at: datetime | None


class OrderOfCaseOut(Schema):
    id: UUID
    state: str
    perpetrator_name: str
    requested_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    stopped_at: datetime | None
    undelivered: int
    signed_above: str


class CaseDetailOut(Schema):
    """One case with what happened, what was ordered and what is owed."""

    id: UUID
    code: str
    person: UUID
    person_name: str
    status: str
    opened_at: datetime
    commune: str
    village: str | None
    holder: str
    incidents: list[IncidentOut]
    orders: list[OrderOfCaseOut]
    clocks: list[CaseClockOut]


class RegisterLineOut(Schema):
    """A number of the register: a kind of paper, a day, whether it stands. Nothing of people."""

    number: str
    type_name: str
    issued_at: datetime
    commune: str
    sha256: str
    revoked_at: datetime | None
    revoked_by: str


class RegisterOut(Schema):
    year: int
    years: list[int]
    lines: list[RegisterLineOut]


class CasesIn(Schema):
    """Which cases: all of the token's reach, or narrowed."""

    status: Status | None = None
    village: Annotated[int | None, Field(ge=1, le=2**31)] = None
    code: Annotated[str, Field(max_length=40)] = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


@router.get("", response={200: CasesOut, **REFUSALS_OF_BODY})
def cases(request: ActorRequest, wanted: Annotated[CasesIn, Query()]) -> dict[str, object]:
    """The cases within the token's reach, fifty a page, the newest first."""
    chosen = CaseFilter(status=wanted.status or "", village_id=wanted.village, text=clean(wanted.code))
    now = timezone.now()
    found = queries.cases_page(request.actor, chosen, page=wanted.page, now=now)
    if chosen.text:
        services.note_search(actor=request.actor, text=chosen.text, now=now)
    page = found.page
    return {"items": found.lines, "page": page.number, "pages": page.paginator.num_pages, "total": page.paginator.count}


@router.get("/papers", response={200: RegisterOut, **REFUSALS_OF_BODY})
def papers(request: ActorRequest, year: Annotated[int | None, Query(ge=2000, le=9999)] = None) -> queries.RegisterPage:
    """One year of the registers of papers within the token's reach, the newest on top."""
    return queries.paper_register(request.actor, year, timezone.now())


@router.get("/{uuid:case_id}", response={200: CaseDetailOut, **REFUSALS_OF_BODY})
def case(request: ActorRequest, case_id: UUID) -> dict[str, object]:
    """One case as its circle may open it; the reading stands in the trail."""
    detail = queries.case_detail(request.actor, case_id, timezone.now())
    row = detail.case
    return {
        "id": row.id,
        "code": row.code,
        "person": row.person_id,
        "person_name": row.person_name,
        "status": row.status,
        "opened_at": row.opened_at,
        "commune": row.commune.name,
        "village": row.village.name if row.village else None,
        "holder": row.responsible_post.title,
        "incidents": [_incident(one) for one in detail.incidents],
        "orders": [_order(one) for one in detail.measures],
        "clocks": [_clock(one) for one in detail.clocks],
    }


@router.get("/no-contact/in-force", response={200: list[OrderOut], 401: Problem, 403: Problem})
def orders_in_force(request: ActorRequest) -> list[queries.MeasureLine]:
    """The no-contact orders in force within the token's reach, the one that ends first on top."""
    return queries.measures_in_force(request.actor, timezone.now())


@router.get("/no-contact/awaiting-decision", response={200: list[AwaitingOut], 401: Problem, 403: Problem})
def awaiting_decision(request: ActorRequest) -> list[queries.AwaitingDecision]:
    """What waits for the chairman, the one due first on top."""
    return queries.awaiting_decision(request.actor)


@router.post("/no-contact/{measure_id}/services", response={201: ServiceOut, **REFUSALS_OF_BODY})
def record_service(request: ActorRequest, measure_id: UUID, service: ServiceIn) -> tuple[int, object]:
    """Record that a decision reached one of its addressees."""
    handover = services.Handover(
        addressee=service.addressee,
        method=service.method,
        delivered_at=service.delivered_at,
        received_by=service.received_by,
        kind=service.document,
    )
    delivery = services.record_delivery(
        actor=request.actor, measure_id=measure_id, handover=handover, now=timezone.now()
    )
    return 201, delivery


@router.post("/no-contact/{measure_id}/breaches", response={201: BreachOut, **REFUSALS_OF_BODY})
def record_breach(request: ActorRequest, measure_id: UUID, breach: BreachIn) -> tuple[int, object]:
    """Record a breach of an order."""
    facts = services.BreachFacts(kind=breach.kind, occurred_at=breach.occurred_at, told=breach.told)
    recorded = services.record_breach(actor=request.actor, measure_id=measure_id, breach=facts, now=timezone.now())
    return 201, recorded


def _incident(detail: queries.IncidentDetail) -> dict[str, object]:
    row = detail.incident
    return {
        "id": row.id,
        "occurred_at": row.occurred_at,
        "precision": row.precision,
        "regime": row.regime,
        "kinds": row.kinds,
        "acts": detail.acts,
        "verification": row.verification,
        "parties": [
            {"person": one.person_id, "name": one.name, "role": one.role, "was_child": one.was_child}
            for one in detail.parties
        ],
    }


def _order(line: queries.MeasureLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in OrderOfCaseOut.model_fields}


def _clock(clock: Clock) -> dict[str, object]:
    told = {name: getattr(clock, name) for name in CaseClockOut.model_fields if name != "rule"}
    return told | {"rule": clock.limit.code}
