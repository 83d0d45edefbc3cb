"""Bring a list, confirm its columns, see what was understood, decide, follow, take back."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.imports import queries, services
from maiam.contexts.imports.forms import BringForm, ColumnsForm, WordsForm, answers_in
from maiam.contexts.imports.rules import ANSWER_LABELS, SEVERITY_LABELS, Severity, State
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def lists(request: ActorRequest) -> HttpResponse:
    return render(request, "imports/list.html", {"lists": queries.imported_lists(request.actor)})


@require_http_methods(["GET", "POST"])
def bring(request: ActorRequest) -> HttpResponse:
    queries.own_commune(request.actor)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = services.bring_list(
                actor=request.actor, file_name=file.name, content=file.read(), now=timezone.now()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("imports:detail", brought.id)
    return render(request, "imports/bring.html", {"form": form})


@require_GET
def one_list(request: ActorRequest, list_id: UUID) -> HttpResponse:
    return _detail(request, list_id)


@require_http_methods(["GET", "POST"])
def columns(request: ActorRequest, list_id: UUID) -> HttpResponse:
    row = queries.imported_list(request.actor, list_id)
    form = ColumnsForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        try:
            services.confirm_columns(
                actor=request.actor, list_id=row.id, confirmed=form.confirmed(), now=timezone.now()
            )
        except services.NotNowError:
            # Sent twice: the first was taken, and its page tells how far it is.
            return redirect("imports:detail", row.id)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("imports:detail", row.id)
    return render(request, "imports/columns.html", {"list": row, "form": form})


@require_http_methods(["GET", "POST"])
def words(request: ActorRequest, list_id: UUID) -> HttpResponse:
    row = queries.imported_list(request.actor, list_id)
    form = WordsForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        try:
            services.settle_words(actor=request.actor, list_id=row.id, meanings=form.meanings(), now=timezone.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("imports:detail", row.id)
    return render(request, "imports/words.html", {"list": row, "form": form})


@require_GET
def problems(request: ActorRequest, list_id: UUID) -> HttpResponse:
    """Everything of one gravity, by sheet, row and column."""
    row = queries.imported_list(request.actor, list_id)
    asked = request.GET.get("muc", "")
    severity = Severity(asked) if asked in set(Severity) else Severity.ERROR
    shown = queries.problems_page(request.actor, row.id, severity, request.GET.get("page", "1"), timezone.now())
    context = {
        "list": row,
        "shown": shown,
        "severity": severity,
        "label": SEVERITY_LABELS[severity],
        "answers": [(answer.value, label) for answer, label in ANSWER_LABELS.items()],
        "may_answer": row.state == State.CHECKED,
    }
    return render(request, "imports/problems.html", context)


@require_GET
def homes(request: ActorRequest, list_id: UUID) -> HttpResponse:
    row = queries.imported_list(request.actor, list_id)
    shown = queries.homes_page(request.actor, row.id, request.GET.get("page", "1"), timezone.now())
    context = {"list": row, "shown": shown, "may_answer": row.state == State.CHECKED}
    return render(request, "imports/homes.html", context)


@require_POST
def answer(request: ActorRequest, list_id: UUID) -> HttpResponse:
    """Keep a page of answers, and come back to that page."""
    told = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    try:
        services.answer_rows(actor=request.actor, list_id=list_id, answers=answers_in(told), now=timezone.now())
    except DomainError as refusal:
        return _detail(request, list_id, refusal=str(refusal))
    messages.success(request, "Đã lưu các lựa chọn.")
    page = urlencode({"page": told.get("page", "1")})
    if "homes" in told:
        return redirect(f"{reverse('imports:homes', args=[list_id])}?{page}")
    return redirect(f"{reverse('imports:problems', args=[list_id])}?muc={Severity.QUESTION}&{page}")


@require_POST
def take(request: ActorRequest, list_id: UUID) -> HttpResponse:
    takes_all = request.POST.get("which") != "chosen"
    try:
        services.take_list(actor=request.actor, list_id=list_id, takes_all=takes_all, now=timezone.now())
    except DomainError as refusal:
        return _detail(request, list_id, refusal=str(refusal))
    return redirect("imports:detail", list_id)


@require_POST
def undo(request: ActorRequest, list_id: UUID) -> HttpResponse:
    try:
        services.undo_list(actor=request.actor, list_id=list_id, now=timezone.now())
    except DomainError as refusal:
        return _detail(request, list_id, refusal=str(refusal))
    return redirect("imports:detail", list_id)


@require_POST
def drop(request: ActorRequest, list_id: UUID) -> HttpResponse:
    try:
        services.drop_list(actor=request.actor, list_id=list_id, now=timezone.now())
    except DomainError as refusal:
        return _detail(request, list_id, refusal=str(refusal))
    return redirect("imports:list")


@require_GET
def marked(request: ActorRequest, list_id: UUID) -> StreamingHttpResponse:
    """Send the copy with comments piece by piece."""
    pieces = queries.marked_pieces(request.actor, list_id, timezone.now())
    answer = StreamingHttpResponse(pieces, content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="danh-sach-co-ghi-chu.xlsx"'
    return answer


def _detail(request: ActorRequest, list_id: UUID, refusal: str = "") -> HttpResponse:
    page = queries.one_list(request.actor, list_id, timezone.now())
    return render(request, "imports/detail.html", {"page": page, "list": page.row, "refusal": refusal})
