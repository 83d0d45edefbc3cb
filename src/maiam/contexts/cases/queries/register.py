"""The register of papers: each number of a year with its day, its neutral kind, and whether it still stands."""

from dataclasses import dataclass
from datetime import datetime

from maiam.contexts.cases.models import EntryRevocation, RegisterEntry
from maiam.core.law.codes import PaperTemplate, forms, paper_templates
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, Permission

_MOST_LINES = 500
_YEAR_AFTER_ALL = 9999


@dataclass(frozen=True)
class RegisterLine:
    number: str
    type_name: str
    issued_at: datetime
    commune: str
    sha256: str
    revoked_at: datetime | None
    revoked_by: str


@dataclass(frozen=True)
class TemplateLine:
    """One paper the house makes, with what the law's list says of its form."""

    label: str
    form_no: str
    is_confirmed: bool


@dataclass(frozen=True)
class RegisterPage:
    year: int
    years: list[int]
    lines: list[RegisterLine]
    templates: list[TemplateLine]


def paper_register(actor: Actor, year: int | None, now: datetime) -> RegisterPage:
    """One year of the registers within reach, the newest on top; this year unless another is asked for."""
    actor.require(Permission.VIEW_NO_CONTACT)
    this_year = now.astimezone(VIETNAM).year
    shown = year if year and year <= _YEAR_AFTER_ALL else this_year
    entries = RegisterEntry.objects.visible_to(actor)
    kept = set(entries.values_list("year", flat=True).distinct()) | {this_year}
    rows = entries.filter(year=shown).select_related("commune", "revocation__by_entry")
    return RegisterPage(
        year=shown,
        years=sorted(kept, reverse=True),
        lines=[_line(row) for row in rows.order_by("-issued_at", "-number")[:_MOST_LINES]],
        templates=[_template(row) for row in paper_templates().values()],
    )


def _line(row: RegisterEntry) -> RegisterLine:
    revocation = getattr(row, "revocation", None)
    return RegisterLine(
        number=row.number_text,
        type_name=row.type_name,
        issued_at=row.issued_at,
        commune=row.commune.name,
        sha256=row.content_sha256,
        revoked_at=revocation.revoked_at if revocation else None,
        revoked_by=_by(revocation) if revocation else "",
    )


def _by(revocation: EntryRevocation) -> str:
    by = revocation.by_entry
    return by.number_text if by else revocation.by_other


def _template(row: PaperTemplate) -> TemplateLine:
    form = forms()[row.form] if row.form else None
    return TemplateLine(row.vi, form.form_no or "" if form else "", row.layout_confirmed)
