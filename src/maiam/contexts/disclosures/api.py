"""Files for a court, for other systems: what was asked, what was signed under which number, what was left out.

Signing is the act of a person, on their own screen; a key prepares and fetches.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import AfterValidator

from maiam.contexts.cases.rules.papers import FileFormat
from maiam.contexts.cases.views.papers import paper_file
from maiam.contexts.disclosures import queries, services
from maiam.contexts.disclosures.rules import State
from maiam.core.text import clean, clean_lines
from maiam.platform.access import ActorRequest
from maiam.platform.problem import REFUSALS_OF_BODY

router = Router(tags=["disclosures"])
_PAPER = {"responses": {200: {"description": "PDF", "content": {"application/pdf": {"schema": {"type": "string"}}}}}}
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S"), AfterValidator(clean)]


class FileOut(Schema):
    """One file; `number` is empty until it was signed."""

    id: UUID
    state: State
    number: str
    authority: str
    asked_at: datetime


class LeftOutOut(Schema):
    what: str
    why: str


class FilesOut(Schema):
    files: list[FileOut]
    left_out: list[LeftOutOut]


class FileDetailOut(FileOut):
    request: str
    ground: str
    answered_at: datetime | None
    sha256: str
    left_out: list[LeftOutOut]


class RequestIn(Schema):
    """Who asks for the file by which document on which ground; whether the protected person may hear of it."""

    authority: Line
    request: Line
    ground: Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S"), AfterValidator(clean_lines)]
    tells_person: bool = True


@router.get("/cases/{uuid:case_id}", response={200: FilesOut, **REFUSALS_OF_BODY})
def of_case(request: ActorRequest, case_id: UUID) -> dict[str, object]:
    """The files made of a case, and what the next would leave out and why."""
    page = queries.files_of_case(request.actor, case_id, timezone.now())
    return {"files": page.lines, "left_out": _left_out(page.left_out)}


@router.post("/cases/{uuid:case_id}", response={201: FileOut, **REFUSALS_OF_BODY})
def ask(request: ActorRequest, case_id: UUID, asked: RequestIn) -> tuple[int, object]:
    """Prepare a file; another person signs it. What was typed is held against the secrets of the case."""
    now = timezone.now()
    wish = services.Request(
        authority=asked.authority, request=asked.request, ground=asked.ground, tells_person=asked.tells_person
    )
    row = services.ask_court_file(actor=request.actor, case_id=case_id, request=wish, now=now)
    return 201, queries.court_file(request.actor, row.id, now).line


@router.get("/{uuid:file_id}", response={200: FileDetailOut, **REFUSALS_OF_BODY})
def court_file(request: ActorRequest, file_id: UUID) -> dict[str, object]:
    """One file as it stands; the reading stands in the trail."""
    page = queries.court_file(request.actor, file_id, timezone.now())
    told = {name: getattr(page.line, name) for name in FileOut.model_fields}
    return told | {
        "request": page.request["request"],
        "ground": page.request["ground"],
        "answered_at": page.row.answered_at,
        "sha256": page.row.content_sha256,
        "left_out": _left_out(page.left_out),
    }


@router.get("/{uuid:file_id}/paper", response={200: None, **REFUSALS_OF_BODY}, openapi_extra=_PAPER)
def paper(request: ActorRequest, file_id: UUID) -> HttpResponse:
    """The file as PDF, word for word as it was signed; a draft prints as one."""
    return paper_file(queries.printed_file(request.actor, file_id, timezone.now()), FileFormat.PDF)


def _left_out(lines: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"what": what, "why": why} for what, why in lines]
