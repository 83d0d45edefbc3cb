"""The list of tables, one table with its chart, and the same as an Excel file."""

from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from maiam.contexts.statistics import queries, rules, services
from maiam.contexts.statistics.forms import QuestionForm
from maiam.contexts.statistics.queries import Table
from maiam.contexts.statistics.views.showing import (
    bar_chart_of,
    excel_of,
    moment_of,
    month_chart_of,
    months_table,
    notes_of,
)
from maiam.platform.access import ActorRequest, Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    request.actor.require(Permission.VIEW_STATISTICS)
    tables = queries.known_tables(request.actor).values()
    by_heading = groupby(tables, key=lambda one: one.heading or rules.SUBJECT_LABELS[one.subject])
    groups = [(heading, list(found)) for heading, found in by_heading]
    return render(
        request, "statistics/index.html", {"groups": groups, "place": queries.reach_of(request.actor).root_name}
    )


@require_GET
def table(request: ActorRequest, code: str) -> HttpResponse:
    form, shown = _asked(request, code)
    asked = _query(form, shown)
    return render(
        request,
        "statistics/table.html",
        {
            "form": form,
            "table": shown,
            "notes": notes_of(shown),
            "moment": moment_of(shown),
            "bars": bar_chart_of(shown),
            "months": month_chart_of(shown),
            "months_table": months_table(shown),
            "year": rules.reporting_year(shown.day),
            "query": urlencode(asked),
            "query_without_unit": urlencode({name: value for name, value in asked.items() if name != "unit"}),
        },
    )


@require_GET
def sheet(request: ActorRequest, code: str) -> HttpResponse:
    """The table that the same query shows on the page."""
    _, shown = _asked(request, code)
    answer = HttpResponse(excel_of(shown), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="thong-ke-{code}-{shown.day:%Y-%m-%d}.xlsx"'
    return answer


def _asked(request: ActorRequest, code: str) -> tuple[QuestionForm, Table]:
    request.actor.require(Permission.VIEW_STATISTICS)
    definition = queries.known_table(request.actor, code)
    now = timezone.now()
    form = QuestionForm(request.GET or None, definition=definition, now=now)
    question = form.question()
    services.close_day(actor=request.actor, day=queries.day_told(definition, question, now), now=now)
    return form, queries.table_of(request.actor, definition, question, now=now)


def _query(form: QuestionForm, shown: Table) -> dict[str, str]:
    """The question as an address asks it, so that what one link leads to is what the page shows."""
    asked: dict[str, str] = {"unit": str(shown.question.unit_id), "on_map": shown.question.on_map.value}
    asked |= {name: str(form.data.get(name, "")) for name in ("day", "year", "span") if name in form.fields}
    return {name: value for name, value in asked.items() if value}
