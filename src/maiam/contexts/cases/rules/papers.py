"""Which official documents the context issues, and to whom they go. Pure."""

from enum import StrEnum

from maiam.contexts.cases.rules.no_contact import Addressee


class DocumentKind(StrEnum):
    ORDER = "order"
    REFUSAL = "refusal"
    CANCELLATION = "cancellation"
    ASSIGNMENT = "assignment"


DOCUMENT_LABELS = {
    DocumentKind.ORDER: "Quyết định cấm tiếp xúc",
    DocumentKind.REFUSAL: "Thông báo không ra quyết định cấm tiếp xúc",
    DocumentKind.CANCELLATION: "Quyết định hủy bỏ quyết định cấm tiếp xúc",
    DocumentKind.ASSIGNMENT: "Quyết định phân công người giám sát",
}
# Service of these is tracked, addressee by addressee (Law Art. 25(3); Decree 76 Art. 20(2)).
_SENT_TO_FOUR = frozenset({DocumentKind.ORDER, DocumentKind.CANCELLATION})


def addressees(kind: DocumentKind) -> list[Addressee]:
    """Who must receive a document of this kind, in the order of the law."""
    return list(Addressee) if kind in _SENT_TO_FOUR else []


class FormKind(StrEnum):
    """Forms handed out ready to fill: no number, not registered."""

    CONTACT_NOTICE = "contact_notice"
    CANCELLATION_REQUEST = "cancellation_request"


class FileFormat(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
