"""Ask for a list, agree to it, take it; and the register of every list that left."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.exports import queries, services
from maiam.contexts.exports.forms import AskForm, DecideForm
from maiam.contexts.exports.models import Export
from maiam.contexts.exports.rules import COLUMNS, CONTENT_TYPES, FileType, Kind, State
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError, NotFoundError


@require_GET
def exports(request: ActorRequest) -> HttpResponse:
    return render(request, "exports/list.html", {"exports": queries.exports(request.actor)})


@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest) -> HttpResponse:
    request.actor.require(Permission.EXPORT_FAMILIES)
    if not request.actor.commune_ids:
        raise NotFoundError
    form = AskForm(
        request.POST or None,
        commune_id=request.actor.commune_ids[0],
        initial={"columns": list(COLUMNS[Kind.PEOPLE])[:4]},
    )
    if form.is_valid():
        try:
            asked = services.ask_export(actor=request.actor, asked=form.asked(), now=timezone.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("exports:detail", asked.id)
    return render(request, "exports/ask.html", {"form": form})


@require_GET
def export(request: ActorRequest, export_id: UUID) -> HttpResponse:
    return _page(request, queries.export(request.actor, export_id), DecideForm())


@require_POST
def decide(request: ActorRequest, export_id: UUID) -> HttpResponse:
    request.actor.require(Permission.APPROVE_EXPORTS)
    row, form = queries.export(request.actor, export_id), DecideForm(request.POST)
    if form.is_valid():
        try:
            services.decide_export(actor=request.actor, export_id=row.id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("exports:detail", row.id)
    return _page(request, row, form)


@require_POST
def fetch(request: ActorRequest, export_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """Send the file piece by piece; memory holds one piece."""
    now = timezone.now()
    try:
        row = services.fetch_export(actor=request.actor, export_id=export_id, now=now)
    except services.NotReadyError as refusal:
        form = DecideForm()
        return _page(request, queries.export(request.actor, export_id), form, refusal=str(refusal))
    pieces = queries.parts(request.actor, row.id, now)
    answer = StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[FileType(row.file_type)])
    answer["Content-Disposition"] = f'attachment; filename="{row.file_name}"'
    return answer


def _page(request: ActorRequest, row: Export, form: DecideForm, *, refusal: str = "") -> HttpResponse:
    is_own = row.asked_by_account_id == request.actor.account_id
    return render(
        request,
        "exports/detail.html",
        {
            "export": row,
            "kind_columns": row.column_labels,
            "form": form,
            "refusal": refusal,
            "can_fetch": is_own and row.state in (State.READY, State.FETCHED),
            "can_decide": not is_own and row.state == State.WAITING and request.actor.can(Permission.APPROVE_EXPORTS),
            "is_being_made": row.state == State.APPROVED,
        },
    )
