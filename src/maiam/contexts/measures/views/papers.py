"""Papers of a measure: seen before they are signed, issued, printed, delivered; forms to fill by hand."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.cases.rules.papers import FileFormat
from maiam.contexts.measures import queries, services
from maiam.contexts.measures.forms import PaperDeliveryForm, PaperForm
from maiam.contexts.measures.queries import OpenedPaper
from maiam.contexts.measures.services import PaperDraft
from maiam.core.papers import UnprintableError, render_docx, render_pdf
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class NotPrintableError(DomainError):
    code = "measures.not_printable"
    message = "Không in được văn bản này. Hãy tải bản DOCX, hoặc báo người quản trị."


@require_http_methods(["GET", "POST"])
def issue(request: ActorRequest, measure_id: UUID, template: str) -> HttpResponse:
    """See the words and what is missing; then sign."""
    now, typed = timezone.now(), request.POST.dict()
    page = queries.paper_page(request.actor, measure_id, template, typed=typed, now=now)
    form = PaperForm(request.POST or None, typed=page.typed)
    if request.POST.get("act") == "sign" and form.is_valid():
        try:
            draft = PaperDraft(template=template, typed=form.cleaned_data)
            services.issue_paper(actor=request.actor, measure_id=measure_id, draft=draft, now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("measures:detail", measure_id)
    return render(request, "measures/issue_paper.html", {"page": page, "form": form})


@require_GET
def issued(request: ActorRequest, paper_id: UUID, file_format: str) -> HttpResponse:
    return _file(queries.issued_paper(request.actor, paper_id, timezone.now()), file_format)


@require_GET
def to_fill(request: ActorRequest, measure_id: UUID, template: str, file_format: str) -> HttpResponse:
    return _file(queries.paper_to_fill(request.actor, measure_id, template, timezone.now()), file_format)


@require_http_methods(["GET", "POST"])
def deliver(request: ActorRequest, paper_id: UUID) -> HttpResponse:
    request.actor.require(Permission.CARRY_MEASURES)
    measure_id, line = queries.paper_line(request.actor, paper_id)
    waiting = [(one.code, one.label) for one in line.waiting]
    form = PaperDeliveryForm(request.POST or None, addressees=waiting, initial={"delivered_at": timezone.now()})
    if form.is_valid():
        try:
            services.deliver_paper(actor=request.actor, paper_id=paper_id, handover=form.handover(), now=timezone.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("measures:detail", measure_id)
    return render(request, "measures/deliver_paper.html", {"line": line, "form": form, "measure_id": measure_id})


def _file(opened: OpenedPaper, file_format: str) -> HttpResponse:
    if file_format not in _TYPES:
        raise Http404
    name = content_disposition_header(as_attachment=True, filename=f"{opened.file_name}.{file_format}")
    return HttpResponse(
        _rendered(opened, file_format), content_type=_TYPES[file_format], headers={"Content-Disposition": name}
    )


def _rendered(opened: OpenedPaper, file_format: str) -> bytes:
    if file_format == FileFormat.DOCX:
        return render_docx(opened.paper)
    try:
        return render_pdf(opened.paper, fonts=settings.PAPER_FONTS)
    except UnprintableError as fault:
        raise NotPrintableError(str(fault)) from fault
