"""Reports from other systems: the hotline's and the police's. The same service, the same clocks, the same audit."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Header, Query, Router, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from maiam.contexts.reports import queries, services
from maiam.contexts.reports.rules.desk import usual_intake
from maiam.contexts.reports.rules.draft import Happening, InDanger, Kind, Mode, ReportDraft, Reporter, Sign, Told
from maiam.contexts.reports.rules.limits import (
    MOST_API_ROWS,
    MOST_NAME_LETTERS,
    MOST_PLACE_LETTERS,
    MOST_REASON_LETTERS,
    MOST_STORY_LETTERS,
)
from maiam.contexts.reports.rules.states import Outcome, State
from maiam.core.law.codes.reports import receiving_addresses, report_channels, reporter_types
from maiam.core.text import clean, clean_lines, read_phone
from maiam.platform.access import ActorRequest
from maiam.platform.problem import Problem

router = Router(tags=["reports"])
REFUSALS = {400: Problem, 401: Problem, 403: Problem, 409: Problem, 422: Problem}


def _known(codes: object) -> AfterValidator:
    def check(code: str) -> str:
        if code and code not in codes:  # type: ignore[operator]
            raise ValueError(f"Không có mã “{code[:40]}”.")
        return code

    return AfterValidator(check)


def _phone(typed: str) -> str:
    return read_phone(typed) if typed else ""


Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Code = Annotated[str, Field(max_length=40)]


class ReporterIn(Schema):
    """Who told; kept sealed and apart."""

    model_config = ConfigDict(extra="forbid")

    type_code: Annotated[Code, _known(reporter_types())] = ""
    full_name: Annotated[str, Field(max_length=MOST_NAME_LETTERS), AfterValidator(clean)] = ""
    phone: Annotated[str, Field(max_length=40), AfterValidator(_phone)] = ""


class ReportIn(Schema):
    """What was told. A field nobody knows is named in the refusal, never ignored."""

    model_config = ConfigDict(extra="forbid")

    happening: Happening
    story: Annotated[str, Field(max_length=MOST_STORY_LETTERS), AfterValidator(clean_lines)] = ""
    kinds: Annotated[list[Kind], Field(max_length=len(Kind))] = []
    signs: Annotated[list[Sign], Field(max_length=len(Sign))] = []
    in_danger: Annotated[list[InDanger], Field(max_length=len(InDanger))] = []
    commune_id: Id | None = None
    village_id: Id | None = None
    place: Annotated[str, Field(max_length=MOST_PLACE_LETTERS), AfterValidator(clean_lines)] = ""
    channel: Annotated[Code, _known(report_channels())] = ""
    receiving_address: Annotated[Code, _known(receiving_addresses())] = ""
    told_at: AwareDatetime | None = None
    told_at_reason: Annotated[str, Field(max_length=MOST_REASON_LETTERS), AfterValidator(clean_lines)] = ""
    mode: Mode = Mode.CONFIDENTIAL
    reporter: ReporterIn = ReporterIn()


class FiledOut(Schema):
    report_id: UUID
    receipt_code: str


class StatusOut(Schema):
    """What became of a report this post took."""

    id: UUID
    told_at: datetime
    received_at: datetime
    is_opened: bool
    state: State
    outcome: Outcome | None


@router.post("", response={200: FiledOut, 201: FiledOut, **REFUSALS})
def file_report(
    request: ActorRequest,
    told: ReportIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=200)],
) -> tuple[int, services.Filed]:
    """File a report. The same key with the same content is answered again (200); with other content, both are kept."""
    draft = _draft(request, told, idempotency_key)
    filed = services.file_report(actor=request.actor, draft=draft, now=timezone.now())
    return (200 if filed.is_replay else 201), filed


@router.get("", response={200: list[StatusOut], **REFUSALS})
def own_reports(
    request: ActorRequest,
    limit: Annotated[int, Query(ge=1, le=MOST_API_ROWS)] = MOST_API_ROWS,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> list[queries.OwnStatus]:
    """The reports the token's post took, newest first."""
    return queries.own_statuses(request.actor, offset=offset, limit=limit)


@router.get("/{report_id}", response={200: StatusOut, 404: Problem, **REFUSALS})
def own_report(request: ActorRequest, report_id: UUID) -> queries.OwnStatus:
    """What became of one report the token's post took."""
    return queries.own_status(request.actor, report_id, timezone.now())


def _draft(request: ActorRequest, told: ReportIn, key: str) -> ReportDraft:
    usual = usual_intake(request.actor.role)
    reporter = Reporter(**told.reporter.dict())
    return ReportDraft(
        channel=told.channel or usual.channel,
        receiving_address=told.receiving_address or usual.receiving_address,
        entry_key=key,
        story=told.story,
        kinds=tuple(told.kinds),
        signs=tuple(told.signs),
        happening=told.happening,
        in_danger=tuple(told.in_danger),
        commune_id=told.commune_id,
        village_id=told.village_id,
        place_as_given=told.place,
        mode=told.mode if reporter.full_name or reporter.phone else Mode.ANONYMOUS,
        reporter=reporter,
        told=Told(told.told_at, told.told_at_reason),
    )
