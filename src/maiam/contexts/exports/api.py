"""Whole lists for other systems: asked for with a purpose, agreed to as on the screen, made behind, taken once."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from maiam.contexts.exports import queries, services
from maiam.contexts.exports.models import Export
from maiam.contexts.exports.queries import Wanted
from maiam.contexts.exports.rules import COLUMNS, CONTENT_TYPES, FileType, Kind, columns_of
from maiam.core.text import clean
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError, NotFoundError
from maiam.platform.problem import REFUSALS

router = Router(tags=["exports"])
_FILE = {
    "responses": {
        200: {
            "description": "The first line says what the list is and whose; then one row a line.",
            "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
        }
    }
}


_COLUMNS = "; ".join(f"{kind}: {', '.join(columns)}" for kind, columns in COLUMNS.items())
SHORTEST_PURPOSE = 10


class NoColumnError(DomainError):
    code = "exports.no_column"
    message = "Danh sách này không có các cột đã chọn."
    field = "columns"


class PurposeMissingError(DomainError):
    code = "exports.purpose_missing"
    message = "Ghi rõ danh sách dùng vào việc gì, từ 10 chữ trở lên."
    field = "purpose"


class ExportIn(Schema):
    """A whole list of the token's commune, or of one of its villages."""

    kind: Kind
    columns: list[str] = Field(min_length=1, max_length=20, description=_COLUMNS)
    purpose: Annotated[str, StringConstraints(min_length=SHORTEST_PURPOSE, max_length=500)]
    village_id: int | None = Field(default=None, ge=1, le=2**31)
    file_type: FileType = FileType.NDJSON


class ExportOut(Schema):
    id: UUID
    serial: str
    state: str = Field(description="waiting, approved, refused, ready, fetched, gone")
    rows: int
    asked_at: datetime
    reason: str


@router.post("", response={202: ExportOut, **REFUSALS})
def ask_export(request: ActorRequest, told: ExportIn) -> tuple[int, ExportOut]:
    """Ask for a list. Up to 50 rows it is made at once; more wait for the chairman's yes, as on the screen."""
    request.actor.require(Permission.EXPORT_FAMILIES)
    if not request.actor.commune_ids:
        raise NotFoundError
    if not columns_of(told.kind, told.columns):
        raise NoColumnError
    purpose = clean(told.purpose)
    if len(purpose) < 10:
        raise PurposeMissingError
    asked = services.Asked(
        wanted=Wanted(told.kind, request.actor.commune_ids[0], told.village_id),
        columns=told.columns,
        file_type=told.file_type,
        purpose=purpose,
    )
    return 202, _out(services.ask_export(actor=request.actor, asked=asked, now=timezone.now()))


@router.get("/{uuid:export_id}", response={200: ExportOut, **REFUSALS})
def export(request: ActorRequest, export_id: UUID) -> ExportOut:
    """How far a list is."""
    return _out(queries.export(request.actor, export_id))


@router.post("/{uuid:export_id}/file", response={200: None, **REFUSALS}, openapi_extra=_FILE)
def fetch_export(request: ActorRequest, export_id: UUID) -> StreamingHttpResponse:
    """Take the file, once (again within ten minutes); memory holds one piece of it on both sides."""
    now = timezone.now()
    row = services.fetch_export(actor=request.actor, export_id=export_id, now=now)
    pieces = queries.parts(request.actor, row.id, now)
    return StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[FileType(row.file_type)])


def _out(row: Export) -> ExportOut:
    return ExportOut(
        id=row.id, serial=row.serial, state=row.state, rows=row.rows, asked_at=row.asked_at, reason=row.reason
    )
