"""Official documents: which were issued, whom they have reached, and one opened to print."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases import papers
from maiam.contexts.cases.models import Delivery, NoContact, OfficialDocument, PaperFromAbove, Supervisor
from maiam.contexts.cases.rules.no_contact import (
    ADDRESSEE_LABELS,
    DELIVERY_METHOD_LABELS,
    Addressee,
    DeliveryMethod,
    State,
)
from maiam.contexts.cases.rules.papers import DOCUMENT_LABELS, DocumentKind, FormKind, addressees, revoked_kinds
from maiam.core.papers import OfficialPaper
from maiam.core.papers.content import read_content
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError

_Reached = dict[tuple[UUID | None, str], Delivery]


@dataclass(frozen=True)
class DeliveryLine:
    """One addressee of a document: reached, or still to be reached."""

    addressee: Addressee
    label: str
    method_label: str
    delivered_at: datetime | None
    received_by: str


@dataclass(frozen=True)
class DocumentLine:
    id: UUID
    kind: DocumentKind
    label: str
    number: str
    issued_at: datetime
    sha256: str
    deliveries: list[DeliveryLine]
    # Who signed a paper that is not the commune's own: it came on paper, there is nothing to print.
    authority: str = ""

    @property
    def waiting(self) -> list[DeliveryLine]:
        return [line for line in self.deliveries if line.delivered_at is None]

    def has_reached(self, addressee: Addressee) -> bool:
        return any(line.addressee is addressee and line.delivered_at for line in self.deliveries)


@dataclass(frozen=True)
class OpenedDocument:
    """A paper ready to be rendered, and the name of its file."""

    paper: OfficialPaper
    file_name: str


class NoOrderError(DomainError):
    code = "cases.no_order"
    message = "Chưa có quyết định cấm tiếp xúc để lập mẫu này."


class NoSupervisorError(DomainError):
    code = "cases.no_supervisor"
    message = "Chưa phân công người giám sát, nên chưa lập được mẫu này."


def documents_of(actor: Actor, measure: NoContact) -> list[DocumentLine]:
    """The documents about a measure, ours and from above, oldest first, each with its addressees."""
    ours = OfficialDocument.objects.visible_to(actor).filter(no_contact=measure)
    above = PaperFromAbove.objects.visible_to(actor).filter(no_contact=measure)
    delivered = Delivery.objects.visible_to(actor).filter(no_contact=measure)
    reached: _Reached = {(row.document_id or row.paper_from_above_id, row.addressee): row for row in delivered}
    return sorted([_line(row, reached) for row in [*ours, *above]], key=lambda line: (line.issued_at, line.id))


def paper_about(actor: Actor, measure: NoContact, kind: DocumentKind) -> OfficialDocument | PaperFromAbove:
    """The paper of this kind about a measure, ours or from above. Raises `NotFoundError`."""
    above = PaperFromAbove.objects.visible_to(actor).filter(no_contact=measure, kind=kind)
    paper = above.select_related("no_contact__commune").first()
    return paper or OfficialDocument.objects.visible_to(actor).issued_for(measure, kind)


def documents_ended_by(actor: Actor, measure: NoContact, kind: DocumentKind) -> list[UUID]:
    """The documents a paper of this kind ends: those its template names, or the order that ran until it came."""
    documents = OfficialDocument.objects.visible_to(actor)
    before = measure.follows
    if kind is DocumentKind.ORDER and before and before.state == State.SUPERSEDED:
        ended = documents.filter(no_contact=before, kind__in=revoked_kinds(DocumentKind.CANCELLATION))
    else:
        ended = documents.filter(no_contact=measure, kind__in=revoked_kinds(kind))
    return list(ended.values_list("id", flat=True))


def deliveries_by_order(actor: Actor, measures: list[NoContact]) -> dict[UUID, list[str]]:
    """Whom the order of each measure has reached."""
    found: dict[UUID, list[str]] = defaultdict(list)
    reached = Delivery.objects.visible_to(actor).of_kind(DocumentKind.ORDER).filter(no_contact__in=measures)
    for measure_id, addressee in reached.values_list("no_contact_id", "addressee"):
        found[measure_id].append(addressee)
    return found


def document(actor: Actor, document_id: UUID, now: datetime) -> OpenedDocument:
    """One document as it was issued.

    Raises `NotFoundError`.
    """
    actor.require(Permission.VIEW_NO_CONTACT)
    row = OfficialDocument.objects.find(actor, document_id)
    audit.record_read(actor, "cases.document.read", row, at=now)
    return OpenedDocument(read_content(row.content), f"{row.number:02d}-{row.symbol}-{row.year}")


def form_to_fill(actor: Actor, measure_id: UUID, kind: FormKind, now: datetime) -> OpenedDocument:
    """A form to hand out, begun with what we know.

    Raises `NotFoundError`, `NoOrderError`, `NoSupervisorError`.
    """
    actor.require(Permission.VIEW_NO_CONTACT)
    measure = NoContact.objects.find(actor, measure_id)
    try:
        order = paper_about(actor, measure, DocumentKind.ORDER)
    except NotFoundError as missing:
        raise NoOrderError from missing
    audit.record_read(actor, "cases.form.read", measure, at=now)
    if kind is FormKind.CANCELLATION_REQUEST:
        return OpenedDocument(papers.cancellation_request(measure, order), "mau-10")
    supervisor = (
        Supervisor.objects.filter(supervision__no_contact=measure).order_by("-supervision__assigned_at").first()
    )
    if supervisor is None:
        raise NoSupervisorError
    return OpenedDocument(papers.contact_notice(measure, order, supervisor=supervisor.name), "mau-09")


def _line(row: OfficialDocument | PaperFromAbove, reached: _Reached) -> DocumentLine:
    kind = DocumentKind(row.kind)
    return DocumentLine(
        id=row.id,
        kind=kind,
        label=DOCUMENT_LABELS[kind],
        number=row.number_text,
        issued_at=row.issued_at,
        sha256=row.content_sha256 if isinstance(row, OfficialDocument) else "",
        deliveries=[_delivery(addressee, reached.get((row.id, addressee))) for addressee in addressees(kind)],
        authority=row.authority if isinstance(row, PaperFromAbove) else "",
    )


def _delivery(addressee: Addressee, row: Delivery | None) -> DeliveryLine:
    return DeliveryLine(
        addressee=addressee,
        label=ADDRESSEE_LABELS[addressee],
        method_label=DELIVERY_METHOD_LABELS[DeliveryMethod(row.method)] if row else "",
        delivered_at=row.delivered_at if row else None,
        received_by=row.received_by if row else "",
    )
