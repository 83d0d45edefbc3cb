"""Danger for other systems: the level in force and how it came about. No answer of anybody, no words."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema

from maiam.contexts.risk import queries
from maiam.platform.access import ActorRequest
from maiam.platform.problem import REFUSALS

router = Router(tags=["risk"])


class ScaleOut(Schema):
    label: str
    level_label: str
    least: int
    most: int


class AssessmentOut(Schema):
    id: UUID
    instrument: int
    signed_at: datetime
    level: str
    state: str
    scales: list[ScaleOut]
    unknown: int


class RaiseOut(Schema):
    level_label: str
    reason_label: str
    raised_at: datetime


class RiskOut(Schema):
    """The danger in one case; without a level it was not assessed yet, which is not "none"."""

    level: str | None
    since: datetime | None
    assessments: list[AssessmentOut]
    raises: list[RaiseOut]


@router.get("/cases/{uuid:case_id}", response={200: RiskOut, **REFUSALS})
def of_case(request: ActorRequest, case_id: UUID) -> dict[str, object]:
    """The level of danger of a case and every signed assessment, the newest first."""
    page = queries.risk_page(request.actor, case_id, timezone.now())
    return {
        "level": page.standing.level,
        "since": page.standing.since,
        "assessments": [_assessment(one) for one in page.assessments],
        "raises": page.raises,
    }


def _assessment(signed: queries.Signed) -> dict[str, object]:
    return {
        "id": signed.row.id,
        "instrument": signed.instrument.version,
        "signed_at": signed.row.signed_at,
        "level": signed.row.level,
        "state": signed.row.state,
        "scales": signed.scales,
        "unknown": len(signed.open_questions),
    }
