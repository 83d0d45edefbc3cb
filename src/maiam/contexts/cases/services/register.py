"""The commune's register: every numbered paper of the house takes its number, its code and its line here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from maiam.contexts.cases.models import EntryRevocation, NumberRegister, RegisterEntry
from maiam.contexts.cases.rules import papers as rules
from maiam.contexts.reports.services import count_wrong_code
from maiam.core.law.codes import paper_templates
from maiam.core.papers import OfficialPaper
from maiam.core.papers.content import digest, write_content
from maiam.core.papers.paper import Number
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor


@dataclass(frozen=True)
class Entered:
    """A paper as it was registered: its number, and its whole content with the number and the code in it."""

    year: int
    symbol: str
    number: int
    content: str


@dataclass(frozen=True)
class Checked:
    """What the public learns of a paper whose code they hold: that it is one of ours, and whether it still stands."""

    type_name: str
    number: str
    issued_at: datetime
    commune: str
    short_hash: str
    revoked_at: datetime | None


@transaction.atomic
def register_paper(
    *, actor: Actor, paper: OfficialPaper, paper_id: UUID, template: str, commune_id: int, now: datetime
) -> Entered:
    """Number a whole paper from its register, give it a code, enter its line; one that lacks a fact never gets here."""
    row = paper_templates()[template]
    if not row.numbered or paper.number is None or not paper.number.symbol.startswith(f"{row.series}-"):
        raise TypeError(f"{template} is no numbered document.")
    symbol, year = paper.number.symbol, now.astimezone(VIETNAM).year
    number = NumberRegister.objects.take(commune_id=commune_id, year=year, series=symbol)
    code = rules.new_code()
    content = write_content(replace(paper, number=Number(number, symbol), check_url=_address(code)))
    entry = RegisterEntry(
        paper_id=paper_id,
        commune_id=commune_id,
        year=year,
        symbol=symbol,
        number=number,
        type_name=row.type_name.capitalize(),
        issued_at=now,
        content_sha256=digest(content),
        code_hash=rules.hash_of(code, settings.INDEX_KEY),
    )
    entry.save(force_insert=True)
    audit.record(actor, "cases.register.entered", entry, at=now)
    return Entered(year, symbol, number, content)


@transaction.atomic
def revoke_papers(*, actor: Actor, paper_ids: Iterable[UUID], by: UUID | str, now: datetime) -> None:
    """Note that registered papers lost their force; what was revoked before stays as it was.

    `by` is the later paper: its id in the register, or who signed which number where the commune did not.
    """
    entries = RegisterEntry.objects.filter(paper_id__in=list(paper_ids), revocation__isnull=True).order_by("issued_at")
    for entry in entries:
        told: dict[str, object] = (
            {"by_other": by} if isinstance(by, str) else {"by_entry": RegisterEntry.objects.get(paper_id=by)}
        )
        EntryRevocation(entry=entry, commune_id=entry.commune_id, revoked_at=now, **told).save(force_insert=True)
        audit.record(actor, "cases.register.revoked", entry, at=now)


@transaction.atomic
def check_paper(*, actor: Actor, typed: str, now: datetime) -> Checked | None:
    """Answer whoever holds a paper. A code nobody gave gets None, whatever was wrong with it, and is counted."""
    code = rules.read_code(typed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_check_paper(%s)", [rules.hash_of(code or "", settings.INDEX_KEY)])
        found = cursor.fetchone()
    if found is None:
        count_wrong_code(actor=actor, now=now)
        return None
    type_name, number, symbol, issued_at, commune, sha256, revoked_at = found
    return Checked(type_name, f"{number:02d}/{symbol}", issued_at, commune, sha256[:12], revoked_at)


def _address(code: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse('papers_public:check', args=[rules.grouped(code)])}"
