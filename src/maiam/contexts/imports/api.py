"""Lists for other systems: bring one, follow it, see what was found, let it be written. The same rules as the pages."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import File, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from maiam.contexts.imports import queries, services
from maiam.contexts.imports.queries import OneList
from maiam.contexts.imports.rules import Field as ListField
from maiam.contexts.imports.rules import Severity
from maiam.contexts.imports.services import Confirmed, PageAs
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError
from maiam.platform.problem import REFUSALS

router = Router(tags=["imports"])


class ColumnOut(Schema):
    column: int = Field(description="From 0")
    heading: str
    field: str = Field(description="What it is read as; empty where it is not used")


class SheetOut(Schema):
    number: int
    name: str
    is_hidden: bool
    is_taken: bool
    columns: list[ColumnOut]


class ListOut(Schema):
    id: UUID
    file_name: str
    state: str = Field(description="uploaded, columns, checking, checked, taking, done, refused, undone, dropped, gone")
    refusal: str
    percent: int
    uploaded_at: datetime
    sheets: list[SheetOut]
    people: int
    new: int = Field(description="People who would be, or were, added")
    same: int = Field(description="People the register has already; left as they are")
    asked: int = Field(description="Rows that wait for an answer")
    problems: dict[str, int] = Field(description="How many, by gravity")
    people_added: int
    households_added: int


class ProblemOut(Schema):
    sheet: str
    row: int
    column: str
    kind: str
    typed: str
    says: str


class ColumnIn(Schema):
    sheet: int = Field(ge=0, le=200)
    column: int = Field(ge=0, le=200)
    field: Annotated[str, Field(max_length=30)]


class ColumnsIn(Schema):
    """Which columns differ from the guess; none where the guess is right."""

    columns: Annotated[list[ColumnIn], Field(max_length=500)] = []


class NotAFieldError(DomainError):
    code = "imports.not_a_field"
    message = "Không có loại cột này."


@router.post("", response={202: ListOut, **REFUSALS})
def bring_list(request: ActorRequest, file: Annotated[UploadedFile, File()]) -> tuple[int, ListOut]:
    """Bring a file (.xlsx, .xls, .csv). Nothing is written before `take`."""
    row = services.bring_list(actor=request.actor, file_name=str(file.name), content=file.read(), now=timezone.now())
    return 202, imported_list(request, row.id)


@router.get("", response={200: list[ListOut], **REFUSALS})
def imported_lists(request: ActorRequest, limit: Annotated[int, Query(ge=1, le=20)] = 20) -> list[ListOut]:
    """The latest lists within the token's reach."""
    return [imported_list(request, row.id) for row in queries.imported_lists(request.actor)[:limit]]


@router.get("/{uuid:list_id}", response={200: ListOut, **REFUSALS})
def imported_list(request: ActorRequest, list_id: UUID) -> ListOut:
    """How far a list is, and what was found in it."""
    return _told(queries.one_list(request.actor, list_id, timezone.now()))


@router.post("/{uuid:list_id}/columns", response={202: ListOut, **REFUSALS})
def confirm_columns(request: ActorRequest, list_id: UUID, told: ColumnsIn) -> tuple[int, ListOut]:
    """Confirm what each column holds; every row is then looked at, and nothing written."""
    layout = queries.imported_list(request.actor, list_id).read_as
    for one in told.columns:
        if one.sheet < len(layout.pages):
            layout.pages[one.sheet].columns[one.column] = _field(one.field)
    pages = {page.page: PageAs(page.is_taken, page.columns, page.village) for page in layout.pages}
    confirmed = Confirmed(pages, layout.listed_on, layout.first_january_is_filler)
    services.confirm_columns(actor=request.actor, list_id=list_id, confirmed=confirmed, now=timezone.now())
    return 202, imported_list(request, list_id)


@router.get("/{uuid:list_id}/problems", response={200: list[ProblemOut], **REFUSALS})
def problems(
    request: ActorRequest,
    list_id: UUID,
    severity: Severity = Severity.ERROR,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> list[ProblemOut]:
    """What was found, by sheet, row and column, some fifty at a time; a page beyond the last is empty."""
    shown = queries.problems_page(request.actor, list_id, severity, str(page), timezone.now())
    if page > shown.page.paginator.num_pages:
        return []
    return [
        ProblemOut(
            sheet=line.sheet,
            row=line.problem.row,
            column=line.column,
            kind=line.problem.kind,
            typed=line.problem.typed,
            says=line.problem.says,
        )
        for line in shown.lines
    ]


@router.post("/{uuid:list_id}/take", response={202: ListOut, **REFUSALS})
def take_list(request: ActorRequest, list_id: UUID) -> tuple[int, ListOut]:
    """Let every household that can be be written; what waits for an answer stays out."""
    services.take_list(actor=request.actor, list_id=list_id, takes_all=True, now=timezone.now())
    return 202, imported_list(request, list_id)


def _field(name: str) -> ListField:
    if name not in set(ListField):
        raise NotAFieldError
    return ListField(name)


def _told(page: OneList) -> ListOut:
    row, counts = page.row, page.counts
    return ListOut(
        id=row.id,
        file_name=row.file_name,
        state=row.state,
        refusal=row.refusal,
        percent=page.percent,
        uploaded_at=row.uploaded_at,
        sheets=[
            SheetOut(
                number=sheet.page,
                name=sheet.name,
                is_hidden=sheet.is_hidden,
                is_taken=sheet.is_taken,
                columns=[
                    ColumnOut(column=place, heading=heading, field=sheet.columns.get(place, ""))
                    for place, heading in enumerate(sheet.headings)
                ],
            )
            for sheet in row.read_as.pages
        ],
        people=counts["people"],
        new=counts["new"],
        same=counts["same"],
        asked=counts["asked"],
        problems={severity.value: counts[severity] for severity in Severity},
        people_added=row.people_added,
        households_added=row.households_added,
    )
