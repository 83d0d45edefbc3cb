"""Measures for other systems: what was asked, decided, served, and where it stands. No refuge, no story."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema

from maiam.contexts.measures import queries
from maiam.platform.access import ActorRequest
from maiam.platform.problem import Problem

router = Router(tags=["measures"])
REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


class MeasureOut(Schema):
    id: UUID
    kind: str
    label: str
    person_name: str
    is_about_perpetrator: bool
    state: str
    asked_at: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    stopped_at: datetime | None
    commune: str


class AddresseeOut(Schema):
    label: str
    served_at: datetime | None


class MeasureDetailOut(MeasureOut):
    case: UUID | None
    decider: str
    article: str
    is_doubtful: bool
    served_on: list[AddresseeOut]


@router.get("/cases/{uuid:case_id}", response={200: list[MeasureOut], **REFUSALS})
def of_case(request: ActorRequest, case_id: UUID) -> list[queries.MeasureLine]:
    """Every measure of a case, the newest first."""
    return queries.measures_of_case(request.actor, case_id).lines


@router.get("/{uuid:measure_id}", response={200: MeasureDetailOut, **REFUSALS})
def measure(request: ActorRequest, measure_id: UUID) -> dict[str, object]:
    """One measure as the case's circle, or those who carry it out, may open it."""
    page = queries.measure_detail(request.actor, measure_id, timezone.now())
    told = {name: getattr(page.line, name) for name in MeasureOut.model_fields}
    return told | {
        "case": page.case_id,
        "decider": page.decider,
        "article": page.article,
        "is_doubtful": page.is_doubtful,
        "served_on": [{"label": one.label, "served_at": one.served_at} for one in page.addressees],
    }
