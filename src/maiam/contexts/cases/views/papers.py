"""Papers to print: a document as it was issued, and forms to fill, as PDF or DOCX."""

from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from maiam.contexts.cases import queries
from maiam.contexts.cases.rules.papers import FileFormat, FormKind
from maiam.core.papers import OfficialPaper, UnprintableError, render_docx, render_pdf
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError

_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Printable(Protocol):
    """A paper ready to be rendered, and the name of its file."""

    @property
    def paper(self) -> OfficialPaper: ...

    @property
    def file_name(self) -> str: ...


class NotPrintableError(DomainError):
    code = "cases.not_printable"
    message = "Không in được văn bản này. Hãy tải bản DOCX, hoặc báo người quản trị."


@require_GET
def document(request: ActorRequest, document_id: UUID, file_format: FileFormat) -> HttpResponse:
    """A document, word for word as it was issued."""
    return paper_file(queries.document(request.actor, document_id, timezone.now()), file_format)


@require_GET
def form_to_fill(request: ActorRequest, measure_id: UUID, kind: FormKind, file_format: FileFormat) -> HttpResponse:
    """A form to hand out, begun with what we know."""
    return paper_file(queries.form_to_fill(request.actor, measure_id, kind, timezone.now()), file_format)


def paper_file(opened: Printable, file_format: FileFormat) -> HttpResponse:
    """A paper as a file to keep."""
    name = content_disposition_header(as_attachment=True, filename=f"{opened.file_name}.{file_format}")
    return HttpResponse(
        _rendered(opened, file_format), content_type=_TYPES[file_format], headers={"Content-Disposition": name}
    )


def _rendered(opened: Printable, file_format: FileFormat) -> bytes:
    if file_format is FileFormat.DOCX:
        return render_docx(opened.paper)
    try:
        return render_pdf(opened.paper, fonts=settings.PAPER_FONTS)
    except UnprintableError as fault:
        raise NotPrintableError(str(fault)) from fault
