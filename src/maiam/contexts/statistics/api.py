"""Statistics of families for other systems: which tables there are, and the figures of one."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from maiam.contexts.statistics import queries, rules, services
from maiam.contexts.statistics.forms import FIRST_YEAR
from maiam.contexts.statistics.queries import WHOLE, Line, Map, Question
from maiam.core.text import VIETNAM
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.problem import REFUSALS

router = Router(tags=["statistics"])
_SPANS = "^(year|half-[12]|quarter-[1-4]|month-([1-9]|1[0-2]))$"


class AskedIn(Schema):
    unit: int = Field(default=WHOLE, ge=0, le=2**31)
    day: date | None = Field(default=None, ge=date(FIRST_YEAR, 1, 1), le=date(2100, 1, 1))
    year: int | None = Field(default=None, ge=FIRST_YEAR, le=2100)
    span: str = Field(default="year", pattern=_SPANS)
    on_map: Literal[Map.TODAY, Map.BEFORE] = Map.TODAY


class RowOut(Schema):
    code: str
    label: str
    no: str


class DefinitionOut(Schema):
    code: str
    version: int
    name: str
    about: str
    rows: list[RowOut]


class LineOut(Schema):
    """One place. A figure is null where it is not published."""

    unit_id: int | None
    name: str
    is_estimated: bool
    figures: dict[str, int | None]


class TableOut(Schema):
    code: str
    version: int
    name: str
    place: str
    day: date = Field(description="The set day the figures are of")
    counted_at: datetime
    year: int
    span: str
    on_map: str
    has_hidden: bool
    columns: list[RowOut]
    whole: LineOut | None
    lines: list[LineOut]


@router.get("/tables", response={200: list[DefinitionOut], **REFUSALS})
def tables(request: ActorRequest) -> list[DefinitionOut]:
    """The definitions: what is counted, by which version of its formula."""
    request.actor.require(Permission.VIEW_STATISTICS)
    return [
        DefinitionOut(
            code=one.code,
            version=one.version,
            name=one.vi,
            about=one.about,
            rows=[RowOut(code=row.code, label=row.vi, no=row.no) for row in one.rows],
        )
        for one in queries.known_tables(request.actor).values()
    ]


@router.get("/tables/{slug:code}", response={200: TableOut, **REFUSALS})
def table(request: ActorRequest, code: str, asked: Annotated[AskedIn, Query()]) -> TableOut:
    """One table of the token's whole place or of `unit`, of the last set day by `day`; for events, of a reporting year.

    Set days are the last days of months that are over: each is counted once, and its figures stand.
    """
    now = timezone.now()
    day = asked.day or now.astimezone(VIETNAM).date()
    year = asked.year or rules.reporting_year(day)
    request.actor.require(Permission.VIEW_STATISTICS)
    definition = queries.known_table(request.actor, code)
    question = Question(code, day, year, asked.span, asked.on_map, asked.unit)
    services.close_day(actor=request.actor, day=queries.day_told(definition, question, now), now=now)
    found = queries.table_of(request.actor, definition, question, now=now)
    codes = [column.code for column in found.columns]
    return TableOut(
        code=code,
        version=found.definition.version,
        name=found.definition.vi,
        place=found.root_name,
        day=found.day,
        counted_at=found.counted_at,
        year=rules.reporting_year(found.day),
        span=found.span.code,
        on_map=asked.on_map.value,
        has_hidden=found.has_hidden,
        columns=[RowOut(code=column.code, label=column.label, no=column.no) for column in found.columns],
        whole=_line(found.whole, codes) if found.whole else None,
        lines=[_line(line, codes) for line in found.lines],
    )


def _line(line: Line, codes: list[str]) -> LineOut:
    return LineOut(
        unit_id=line.unit_id,
        name=line.name,
        is_estimated=line.is_estimated,
        figures=dict(zip(codes, line.figures, strict=True)),
    )
