"""From a measure to its papers: which facts of the record each template is given.

What was told when it was asked for (`why`, an assessment, wishes) never goes in, nor where anybody lives or stays but
the perpetrator, as the signer types it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from maiam.contexts.cases.papers import commune_of
from maiam.contexts.measures.models import Measure, MeasurePaper
from maiam.contexts.measures.rules import kinds, papers
from maiam.contexts.measures.rules.states import ADDRESSEE_LABELS
from maiam.core.law.codes import PaperTemplate, paper_templates
from maiam.core.papers import OfficialPaper
from maiam.core.papers.forms.facts import Signer
from maiam.core.papers.templates import Frame, write_paper
from maiam.core.papers.wording import date_in_words, moment_in_words
from maiam.core.text import VIETNAM


@dataclass(frozen=True)
class Issue:
    """One issuing: the moment, and who signs; neither for a form that is handed out."""

    at: datetime | None = None
    signer: str = ""


def write(
    template: PaperTemplate, measure: Measure, issued: Iterable[MeasurePaper], typed: Mapping[str, str], issue: Issue
) -> OfficialPaper:
    """Write one paper about a measure. Raises `MissingFactError`."""
    frame = Frame(
        commune=commune_of(measure.competent_commune),
        by_police=papers.is_by_police(template, measure.kind),
        article=kinds.article(measure.kind),
        signer=Signer(issue.signer) if issue.signer else None,
        issued_at=issue.at,
        recipients=tuple(ADDRESSEE_LABELS[code] for code in papers.addressees(template, measure.kind)),
    )
    given = {code: typed.get(code, "") for code in template.typed}
    return write_paper(template, _facts(measure, issued, frame) | given, frame)


def _facts(measure: Measure, issued: Iterable[MeasurePaper], frame: Frame) -> dict[str, str]:
    """The facts a paper may print; a template takes those it names."""
    decided = measure.decision_facts
    stopped = measure.outcome_facts.get("reason", "")
    return kinds.answers(measure.kind, "decision", decided) | {
        "person_name": measure.person_name,
        "child_name": measure.person_name,
        "requester_name": measure.requester_name or frame.commune.full_name,
        "requested": moment_in_words(measure.requested_at) if measure.requested_at else "",
        "reason": stopped or decided.get("reason", ""),
        "measure": kinds.label(measure.kind),
        "decision": _reference(issued, frame),
        "ends": moment_in_words(measure.ends_at) if measure.ends_at else "",
    }


def _reference(issued: Iterable[MeasurePaper], frame: Frame) -> str:
    """How other papers name what was decided, if it was put on paper."""
    for paper in issued:
        if paper_templates()[paper.template].served:
            day = date_in_words(paper.issued_at.astimezone(VIETNAM).date())
            name = paper_templates()[paper.template].type_name.capitalize()
            return f"{name} số {paper.number_text} {day} của {frame.decider}"
    return ""
