"""Issue an official document: numbered, kept as it is, in the transaction of what it says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from maiam.contexts.cases.models import NoContact, NumberRegister, OfficialDocument
from maiam.contexts.cases.papers import Issue
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.core.papers import MissingFactError, OfficialPaper
from maiam.core.papers.content import write_content
from maiam.core.papers.paper import Number
from maiam.core.text import VIETNAM
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
    symbol, paper = _drafted(write, Issue(now, actor.name))
    year = now.astimezone(VIETNAM).year
    number = NumberRegister.objects.take(commune_id=measure.commune_id, year=year, series=symbol)
    document = OfficialDocument(
        no_contact=measure,
        commune_id=measure.commune_id,
        kind=kind,
        year=year,
        symbol=symbol,
        number=number,
        issued_at=now,
        issued_by_post_id=actor.post_id,
    )
    document.keep(write_content(replace(paper, number=Number(number, symbol))))
    document.save(force_insert=True)
    audit.record(actor, "cases.document.issued", document, at=now)
    return document


def _drafted(write: Write, issue: Issue) -> tuple[str, OfficialPaper]:
    try:
        paper = write(issue)
    except MissingFactError as missing:
        raise FactsMissingError(str(missing)) from missing
    if paper.number is None:
        raise TypeError(f"{paper.type_name} is no numbered document.")
    return paper.number.symbol, paper
