"""The province's side: questionnaires in, looked over, published, compared."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.surveys import queries, services
from maiam.contexts.surveys.forms import typed_in
from maiam.contexts.surveys.forms.rounds import ActForm, UploadForm
from maiam.contexts.surveys.rules.xlsform import TAKEN
from maiam.contexts.surveys.rules.xlsform_rows import Problem
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError, NotFoundError

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def questionnaires(request: ActorRequest) -> HttpResponse:
    """Every questionnaire; with POST a workbook is taken in as a draft, or its problems are said."""
    lines = queries.questionnaires(request.actor)
    form = UploadForm(typed_in(request), request.FILES if request.method == "POST" else None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            version = services.upload_version(
                actor=request.actor, content=file.read(), file_name=file.name[:200], now=timezone.now()
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
            problems = refusal.problems if isinstance(refusal, services.NotTakenError) else []
        else:
            return redirect("surveys:version", version.id)
    shown = {"lines": lines, "form": form, "act": None, "problems": problems, "taken": TAKEN}
    return render(request, "surveys/questionnaires.html", shown)


@require_POST
def publish_situation(request: ActorRequest) -> HttpResponse:
    """Publish the house's own questions, without any of the province's."""
    try:
        version = services.publish_situation(actor=request.actor, now=timezone.now())
    except DomainError as refusal:
        act = ActForm(request.POST)
        act.refuse(refusal)
        lines = queries.questionnaires(request.actor)
        shown = {"lines": lines, "form": UploadForm(), "act": act, "problems": [], "taken": TAKEN}
        return render(request, "surveys/questionnaires.html", shown)
    return redirect("surveys:version", version.id)


@require_GET
def version(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """One version as it is asked, beside the one before."""
    page = queries.version_page(request.actor, version_id)
    return render(request, "surveys/version.html", {"page": page, "form": None})


@require_POST
def publish(request: ActorRequest, version_id: UUID) -> HttpResponse:
    page = queries.version_page(request.actor, version_id)
    form = ActForm(request.POST)
    try:
        services.publish_version(actor=request.actor, version_id=version_id, now=timezone.now())
    except DomainError as refusal:
        form.refuse(refusal)
        return render(request, "surveys/version.html", {"page": page, "form": form})
    return redirect("surveys:version", version_id)


@require_GET
def source(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """The workbook a version came from."""
    row = queries.version_page(request.actor, version_id).version
    if not row.source:
        raise NotFoundError
    answer = HttpResponse(bytes(row.source), content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{row.questionnaire.code}-{row.number}.xlsx"'
    return answer
