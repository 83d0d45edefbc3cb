"""Issue an official document: numbered, kept as it is, in the transaction of what it says."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from maiam.contexts.cases.models import NoContact, OfficialDocument
from maiam.contexts.cases.papers import Issue
from maiam.contexts.cases.queries.documents import documents_ended_by
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.cases.services.register import register_paper, revoke_papers
from maiam.core.papers import MissingFactError, OfficialPaper
from maiam.platform import audit
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError

Write = Callable[[Issue], OfficialPaper]


class NobodySignsError(DomainError):
    code = "cases.nobody_signs"
    message = "Văn bản phải do một người ký, không phải một máy."


class FactsMissingError(DomainError):
    code = "cases.facts_missing"
    message = "Chưa lập được văn bản, còn thiếu thông tin."


@transaction.atomic
def issue_document(
    *, actor: Actor, measure: NoContact, kind: DocumentKind, write: Write, now: datetime
) -> OfficialDocument:
    """Write a paper, number it from the commune's register, and keep its content.

    Raises `FactsMissingError`, which names every fact the paper waits for, and `NobodySignsError`; no number is taken.
    """
    if actor.account_id is None or actor.post_id is None:
        raise NobodySignsError
    paper = _drafted(write, Issue(now, actor.name))
    document = OfficialDocument(
        no_contact=measure,
        commune_id=measure.commune_id,
        kind=kind,
        issued_at=now,
        issued_by_post_id=actor.post_id,
    )
    entered = register_paper(
        actor=actor, paper=paper, paper_id=document.id, template=kind, commune_id=measure.commune_id, now=now
    )
    document.year, document.symbol, document.number = entered.year, entered.symbol, entered.number
    document.keep(entered.content)
    document.save(force_insert=True)
    revoke_papers(actor=actor, paper_ids=documents_ended_by(actor, measure, kind), by=document.id, now=now)
    audit.record(actor, "cases.document.issued", document, at=now)
    return document


def _drafted(write: Write, issue: Issue) -> OfficialPaper:
    try:
        return write(issue)
    except MissingFactError as missing:
        raise FactsMissingError(str(missing)) from missing
