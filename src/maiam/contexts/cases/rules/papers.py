"""Which official documents the context issues, to whom they go, and the code that proves one. Pure."""

import hashlib
import hmac
import secrets
from enum import StrEnum
from typing import Final

from maiam.contexts.cases.rules.no_contact import Addressee
from maiam.core.law.codes import paper_templates
from maiam.core.text import clean, half_width

# Twenty letters of thirty-two: a hundred random bits, and none that the eye confuses.
CODE_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 20
_GROUP: Final = 5


class DocumentKind(StrEnum):
    ORDER = "order"
    REFUSAL = "refusal"
    CANCELLATION = "cancellation"
    ASSIGNMENT = "assignment"


DOCUMENT_LABELS = {kind: paper_templates()[kind].vi for kind in DocumentKind}


def addressees(kind: DocumentKind) -> list[Addressee]:
    """Who must receive a document of this kind, in the order of the law (Law Art. 25(3); Decree 76 Art. 20(2))."""
    return [Addressee(code) for code in paper_templates()[kind].addressees]


def revoked_kinds(kind: DocumentKind) -> tuple[str, ...]:
    """The documents about the same measure that lose their force by one of this kind."""
    return paper_templates()[kind].revokes


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str | None:
    """Read a code as it was scanned or typed; None when it cannot be one."""
    code = "".join(letter for letter in half_width(clean(typed)).upper() if letter not in " -.–—_/")
    code = code.replace("O", "0").replace("I", "1").replace("L", "1")
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else None


def grouped(code: str) -> str:
    return "-".join(code[start : start + _GROUP] for start in range(0, CODE_LENGTH, _GROUP))


def hash_of(code: str, secret: str) -> str:
    """What is kept of a code. A hundred random bits need no slow hash; the key keeps a stolen table useless."""
    return hmac.new(secret.encode(), b"paper code|" + code.encode(), hashlib.sha256).hexdigest()


class FormKind(StrEnum):
    """Forms handed out ready to fill: no number, not registered."""

    CONTACT_NOTICE = "contact_notice"
    CANCELLATION_REQUEST = "cancellation_request"


class FileFormat(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
