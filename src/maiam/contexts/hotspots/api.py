"""Alerts and hot spots for other systems: the same reach, the same hidden counts as the pages."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema

from maiam.contexts.hotspots import queries
from maiam.contexts.hotspots.queries import AlertLine, FileLine
from maiam.contexts.hotspots.rules.alerts import Kind, State, Tier, Verdict
from maiam.contexts.hotspots.rules.files import Cooled
from maiam.core.text import VIETNAM
from maiam.platform.access import ActorRequest
from maiam.platform.problem import Problem

router = Router(tags=["hotspots"])
REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


class AlertOut(Schema):
    """One alert. `observed` is null where it is too small to publish, and so is what it could be reckoned back from."""

    id: UUID
    kind: Kind
    tier: Tier
    state: State
    verdict: Verdict
    centre: str
    communes: list[int]
    raised_on: date
    first_day: date
    last_day: date
    observed: int | None
    expected: float
    rarity_days: float | None
    says: list[str]


class CommuneCountsOut(Schema):
    id: int
    name: str
    observed: int | None
    expected: float
    low: int
    high: int


class OpenedAlertOut(AlertOut):
    """An alert opened: why it is told, what else may explain it, and its communes."""

    why: dict[str, str]
    explanations: list[str]
    by_commune: list[CommuneCountsOut]


class HotSpotOut(Schema):
    id: UUID
    title: str
    communes: list[int]
    first_day: date
    last_day: date
    is_open: bool
    cooled: Cooled


@router.get("/alerts", response={200: list[AlertOut], **REFUSALS})
def alerts(request: ActorRequest) -> list[AlertOut]:
    """Open alerts of the token's place, and those closed of late; red before amber."""
    today = timezone.now().astimezone(VIETNAM).date()
    return [AlertOut(**_plain(line)) for line in queries.alerts(request.actor, today)]


@router.get("/alerts/{alert_id}", response={200: OpenedAlertOut, **REFUSALS})
def alert(request: ActorRequest, alert_id: UUID) -> OpenedAlertOut:
    """One alert with the table of why."""
    page = queries.alert_page(request.actor, alert_id, timezone.now())
    return OpenedAlertOut(
        **_plain(page.line),
        why=dict(page.why),
        explanations=[f"{one.title}: {one.says}" for one in page.explanations]
        + [f"{one.kind_label}: {one.words}" for one in page.events],
        by_commune=[CommuneCountsOut.from_orm(line) for line in page.communes],
    )


@router.get("/files", response={200: list[HotSpotOut], **REFUSALS})
def files(request: ActorRequest) -> list[HotSpotOut]:
    """The files of hot spots of the token's place, with the newest answer to whether each has cooled."""
    return [_file(line) for line in queries.hot_spot_files(request.actor)]


def _plain(line: AlertLine) -> dict[str, Any]:
    row = line.alert
    return {
        "id": row.id,
        "kind": row.kind,
        "tier": row.tier,
        "state": row.state,
        "verdict": row.verdict,
        "centre": row.centre.name,
        "communes": row.communes,
        "raised_on": row.raised_on,
        "first_day": row.first_day,
        "last_day": row.last_day,
        "observed": line.numbers.observed,
        "expected": round(row.expected, 3),
        "rarity_days": row.rarity_days if line.numbers.is_exact else None,
        "says": list(line.sentences),
    }


def _file(line: FileLine) -> HotSpotOut:
    row = line.row
    return HotSpotOut(
        id=row.id,
        title=row.title,
        communes=row.communes,
        first_day=row.first_day,
        last_day=row.last_day,
        is_open=row.is_open,
        cooled=line.cooled,
    )
