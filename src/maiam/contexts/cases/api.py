"""Orders and their carrying out for other systems: the police's own, the commune's desk."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import AfterValidator, AwareDatetime

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.rules.no_contact import Addressee, BreachKind, DeliveryMethod
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.core.text import clean, clean_lines
from maiam.platform.access import ActorRequest
from maiam.platform.problem import Problem

router = Router(tags=["cases"])

REFUSALS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
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


@router.get("/no-contact/in-force", response={200: list[OrderOut], 401: Problem, 403: Problem})
def orders_in_force(request: ActorRequest) -> list[queries.MeasureLine]:
    """The no-contact orders in force within the token's reach, the one that ends first on top."""
    return queries.measures_in_force(request.actor, timezone.now())


@router.get("/no-contact/awaiting-decision", response={200: list[AwaitingOut], 401: Problem, 403: Problem})
def awaiting_decision(request: ActorRequest) -> list[queries.AwaitingDecision]:
    """What waits for the chairman, the one due first on top."""
    return queries.awaiting_decision(request.actor)


@router.post("/no-contact/{measure_id}/services", response={201: ServiceOut, **REFUSALS})
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


@router.post("/no-contact/{measure_id}/breaches", response={201: BreachOut, **REFUSALS})
def record_breach(request: ActorRequest, measure_id: UUID, breach: BreachIn) -> tuple[int, object]:
    """Record a breach of an order."""
    facts = services.BreachFacts(kind=breach.kind, occurred_at=breach.occurred_at, told=breach.told)
    recorded = services.record_breach(actor=request.actor, measure_id=measure_id, breach=facts, now=timezone.now())
    return 201, recorded
