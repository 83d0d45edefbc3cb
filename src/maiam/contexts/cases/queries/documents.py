"""Official documents: which were issued, whom they have reached, and one opened to print."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases import papers
from maiam.contexts.cases.models import Delivery, NoContact, OfficialDocument, Supervisor
from maiam.contexts.cases.rules.no_contact import (
    ADDRESSEE_LABELS,
    DELIVERY_METHOD_LABELS,
    Addressee,
    DeliveryMethod,
)
from maiam.contexts.cases.rules.papers import DOCUMENT_LABELS, DocumentKind, FormKind, addressees
from maiam.core.papers import OfficialPaper
from maiam.core.papers.content import read_content
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


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
    """The documents about a measure, oldest first, each with its addressees."""
    rows = list(OfficialDocument.objects.visible_to(actor).filter(no_contact=measure).order_by("issued_at", "id"))
    reached: dict[tuple[UUID, str], Delivery] = {
        (row.document_id, row.addressee): row for row in Delivery.objects.filter(document__in=rows)
    }
    return [_line(row, reached) for row in rows]


def deliveries_by_order(actor: Actor, measures: list[NoContact]) -> dict[UUID, list[str]]:
    """Whom the order of each measure has reached."""
    found: dict[UUID, list[str]] = defaultdict(list)
    reached = Delivery.objects.visible_to(actor).filter(no_contact__in=measures, document__kind=DocumentKind.ORDER)
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
    order = OfficialDocument.objects.filter(no_contact=measure, kind=DocumentKind.ORDER).first()
    if order is None:
        raise NoOrderError
    audit.record_read(actor, "cases.form.read", measure, at=now)
    if kind is FormKind.CANCELLATION_REQUEST:
        return OpenedDocument(papers.cancellation_request(measure, order), "mau-10")
    supervisor = (
        Supervisor.objects.filter(supervision__no_contact=measure).order_by("-supervision__assigned_at").first()
    )
    if supervisor is None:
        raise NoSupervisorError
    return OpenedDocument(papers.contact_notice(measure, order, supervisor=supervisor.name), "mau-09")


def _line(row: OfficialDocument, reached: dict[tuple[UUID, str], Delivery]) -> DocumentLine:
    kind = DocumentKind(row.kind)
    return DocumentLine(
        id=row.id,
        kind=kind,
        label=DOCUMENT_LABELS[kind],
        number=f"{row.number:02d}/{row.symbol}",
        issued_at=row.issued_at,
        sha256=row.content_sha256,
        deliveries=[_delivery(addressee, reached.get((row.id, addressee))) for addressee in addressees(kind)],
    )


def _delivery(addressee: Addressee, row: Delivery | None) -> DeliveryLine:
    return DeliveryLine(
        addressee=addressee,
        label=ADDRESSEE_LABELS[addressee],
        method_label=DELIVERY_METHOD_LABELS[DeliveryMethod(row.method)] if row else "",
        delivered_at=row.delivered_at if row else None,
        received_by=row.received_by if row else "",
    )
