"""Which papers a measure may have now, who signs each, whom it must reach. Pure."""

from maiam.contexts.measures.rules import kinds
from maiam.core.law.codes import PaperTemplate, paper_templates, templates_for
from maiam.platform.access.policy import Role

# The addressees of what is cancelled are those of what was decided.
_AS_DECIDED = "as_decided"


def is_by_police(template: PaperTemplate, kind: str) -> bool:
    """Whether the commune's police issue it; who decides on the measure tells, where the template does not."""
    if template.issuer == "police":
        return True
    return template.issuer != "committee" and kinds.decider(kind) is Role.COMMUNE_POLICE


def signer(template: PaperTemplate, kind: str) -> Role:
    return Role.COMMUNE_POLICE if is_by_police(template, kind) else Role.COMMUNE_CHAIRMAN


def addressees(template: PaperTemplate, kind: str) -> list[str]:
    """Who must receive it, by code."""
    decided = list(kinds.addressees(kind))
    if template.served:
        return decided
    return [code for one in template.addressees for code in (decided if one == _AS_DECIDED else [one])]


def numbered(kind: str, state: str) -> list[PaperTemplate]:
    return [row for row in templates_for(kind, state) if row.numbered]


def to_fill(kind: str, state: str) -> list[PaperTemplate]:
    """Forms handed out to fill and sign: no number, in no register."""
    return [row for row in templates_for(kind, state) if not row.numbered]


def template(code: str) -> PaperTemplate | None:
    """A template for measures, or None."""
    found = paper_templates().get(code)
    return found if found and found.is_for_measures else None
