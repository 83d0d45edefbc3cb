"""Alerts and hot spots for other systems: the same reach, the same hidden counts as the pages."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema

from maiam.contexts.hotspots import queries
from maiam.contexts.hotspots.queries import AlertLine, FileLine
from maiam.contexts.hotspots.rules.alerts import Kind, State, Tier, Verdict
from maiam.contexts.hotspots.rules.files import ActionKind, Cooled
from maiam.contexts.hotspots.rules.shades import Layer
from maiam.core.text import VIETNAM
from maiam.platform.access import ActorRequest
from maiam.platform.errors import NotFoundError
from maiam.platform.problem import REFUSALS

router = Router(tags=["hotspots"])


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


class WeekOut(Schema):
    first_day: date
    observed: int | None
    expected: float
    low: int
    high: int


class OpenedAlertOut(AlertOut):
    """An alert opened: why it is told, what else may explain it, its communes and its weeks."""

    why: dict[str, str]
    explanations: list[str]
    by_commune: list[CommuneCountsOut]
    by_week: list[WeekOut]


class HotSpotOut(Schema):
    id: UUID
    title: str
    communes: list[int]
    first_day: date
    last_day: date
    is_open: bool
    cooled: Cooled


class ActionOut(Schema):
    id: UUID
    kind: ActionKind
    what: str
    owner: str
    due_on: date
    done_on: date | None


class OpenedHotSpotOut(HotSpotOut):
    """A file opened: what is to be done, and the answer to "has it cooled?" with its counts as they may be shown."""

    owner: str
    next_review_on: date | None
    actions: list[ActionOut]
    measured_on: date | None
    before_and_after: dict[str, list[str]]
    change: str
    level: str


class MapCommuneOut(Schema):
    id: int
    name: str
    shades: list[str]
    category: str
    outline: str


class MapOut(Schema):
    """Each commune's shade by period, oldest first; `outline` is the colour of its open alert."""

    layer: Layer
    day: date
    periods: list[str]
    labels: dict[str, str]
    communes: list[MapCommuneOut]


class WorthOut(Schema):
    """What alerts of one colour, or of all (`tier` null), were worth."""

    tier: Tier | None
    raised: int
    confirmed: int
    false: int
    waiting: int
    share_true: float | None
    usual_gain_days: float | None


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
        by_week=[
            WeekOut(first_day=week.first, observed=week.observed, expected=week.expected, low=week.low, high=week.high)
            for week in page.weeks
        ],
    )


@router.get("/files", response={200: list[HotSpotOut], **REFUSALS})
def files(request: ActorRequest) -> list[HotSpotOut]:
    """The files of hot spots of the token's place, with the newest answer to whether each has cooled."""
    return [_file(line) for line in queries.hot_spot_files(request.actor)]


@router.get("/files/{file_id}", response={200: OpenedHotSpotOut, **REFUSALS})
def file(request: ActorRequest, file_id: UUID) -> OpenedHotSpotOut:
    """One file with its tasks and the newest measure."""
    page = queries.file_page(request.actor, file_id)
    answer = page.answer
    return OpenedHotSpotOut(
        **_file(page.line).model_dump(),
        owner=page.row.owner_post.title,
        next_review_on=page.row.next_review_on,
        actions=[
            ActionOut(
                id=one.id, kind=ActionKind(one.kind), what=one.what, owner=one.owner_post.title,
                due_on=one.due_on, done_on=one.done_on,
            )
            for one in page.actions
        ],
        measured_on=answer.measure.day if answer else None,
        before_and_after={place: [before, after] for place, before, after in (answer.rows if answer else [])},
        change=answer.change if answer else "",
        level=answer.level if answer else "",
    )  # fmt: skip


@router.get("/map", response={200: MapOut, **REFUSALS})
def province_map(request: ActorRequest, layer: Layer = Layer.HOT) -> MapOut:
    """The newest run on the map, in shades: no count of a commune is told. 404 while no run is done."""
    drawn = queries.picture(request.actor, layer)
    if drawn is None:
        raise NotFoundError
    return MapOut(
        layer=drawn.layer,
        day=drawn.run.day,
        periods=drawn.frames,
        labels=dict(drawn.shades),
        communes=[MapCommuneOut.from_orm(line) for line in drawn.lines],
    )


@router.get("/evaluation", response={200: list[WorthOut], **REFUSALS})
def evaluation(request: ActorRequest) -> list[WorthOut]:
    """What the alerts of the token's province were worth: red, amber, all."""
    told = queries.weighed(request.actor).by_colour
    return [
        WorthOut(
            tier=tier,
            raised=one.raised,
            confirmed=one.confirmed,
            false=one.false,
            waiting=one.waiting,
            share_true=one.share_true,
            usual_gain_days=one.usual_gain,
        )
        for tier, (_, one) in zip((*Tier, None), told, strict=True)
    ]


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
