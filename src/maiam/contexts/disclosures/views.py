"""The file of a case for a court: those made so far, one asked for, one signed, one printed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.cases.rules.papers import FileFormat
from maiam.contexts.cases.views.papers import paper_file
from maiam.contexts.disclosures import queries, services
from maiam.contexts.disclosures.forms import RequestForm
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_http_methods(["GET", "POST"])
def of_case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The files of a case; a POST prepares another."""
    now = timezone.now()
    page = queries.files_of_case(request.actor, case_id, now)
    form = RequestForm(request.POST or None)
    if form.is_valid():
        try:
            row = services.ask_court_file(actor=request.actor, case_id=case_id, request=form.asked(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("disclosures:detail", row.id)
    return render(request, "disclosures/of_case.html", {"page": page, "form": form})


@require_GET
def detail(request: ActorRequest, file_id: UUID) -> HttpResponse:
    return render(
        request, "disclosures/detail.html", {"page": queries.court_file(request.actor, file_id, timezone.now())}
    )


@require_POST
def answer(request: ActorRequest, file_id: UUID) -> HttpResponse:
    """Sign it, or not, as the second person."""
    request.actor.require(Permission.ISSUE_COURT_FILE)
    services.answer_court_file(
        actor=request.actor, file_id=file_id, agrees=request.POST.get("agrees") == "yes", now=timezone.now()
    )
    return redirect("disclosures:detail", file_id)


@require_GET
def paper(request: ActorRequest, file_id: UUID, file_format: FileFormat) -> HttpResponse:
    return paper_file(queries.printed_file(request.actor, file_id, timezone.now()), file_format)
