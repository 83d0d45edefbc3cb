"""The papers of a measure: issued, still to be issued and what they lack, to be filled by hand; one opened to print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.measures import papers
from maiam.contexts.measures.models import Measure, MeasurePaper, PaperDelivery
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules import papers as rules
from maiam.contexts.measures.rules.states import ADDRESSEE_LABELS, SERVICE_METHOD_LABELS, ServiceMethod
from maiam.core.law.codes import PaperTemplate, paper_facts, paper_templates
from maiam.core.papers import MissingFactError, OfficialPaper
from maiam.core.papers.content import read_content
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.access.policy import ROLE_LABELS
from maiam.platform.errors import DomainError, NotFoundError


class FormNotReadyError(DomainError):
    code = "measures.form_not_ready"
    message = "Chưa lập được mẫu này."


@dataclass(frozen=True)
class PaperDeliveryLine:
    code: str
    label: str
    delivered_at: datetime | None
    method_label: str
    received_by: str


@dataclass(frozen=True)
class PaperLine:
    """One issued paper. `deliveries` is empty where the measure itself tells who was served."""

    id: UUID
    label: str
    number: str
    issued_at: datetime
    sha256: str
    is_official_layout: bool
    deliveries: list[PaperDeliveryLine]

    @property
    def waiting(self) -> list[PaperDeliveryLine]:
        return [line for line in self.deliveries if line.delivered_at is None]


@dataclass(frozen=True)
class PaperChoice:
    """A paper that may be made now: by whom, and whether the reader is the one."""

    code: str
    label: str
    signer: str
    is_mine: bool


@dataclass(frozen=True)
class PapersSection:
    issued: list[PaperLine]
    to_issue: list[PaperChoice]
    to_fill: list[PaperChoice]


@dataclass(frozen=True)
class PaperPage:
    """One paper about to be issued: what it still lacks, by name, and what the signer must type."""

    measure_id: UUID
    measure_label: str
    person_name: str
    template: PaperTemplate
    missing: list[str]
    typed: list[tuple[str, str]]
    addressees: list[str]
    preview: OfficialPaper | None


@dataclass(frozen=True)
class OpenedPaper:
    paper: OfficialPaper
    file_name: str


def papers_of(actor: Actor, measure: Measure) -> PapersSection:
    """The papers of a measure within reach."""
    rows = list(MeasurePaper.objects.visible_to(actor).filter(measure=measure).order_by("issued_at", "id"))
    reached = {(row.paper_id, row.addressee): row for row in PaperDelivery.objects.filter(paper__in=rows)}
    done = {row.template for row in rows}
    return PapersSection(
        issued=[_line(row, measure.kind, reached) for row in rows],
        to_issue=[
            _choice(actor, measure, one) for one in rules.numbered(measure.kind, measure.state) if one.code not in done
        ],
        to_fill=[_choice(actor, measure, one) for one in rules.to_fill(measure.kind, measure.state)],
    )


def paper_page(actor: Actor, measure_id: UUID, code: str, *, typed: Mapping[str, str], now: datetime) -> PaperPage:
    """One paper as it would be issued. Raises `NotFoundError`."""
    actor.require(Permission.DECIDE_MEASURES)
    measure, template = _found(actor, measure_id, code)
    if template not in rules.numbered(measure.kind, measure.state):
        raise NotFoundError
    issued = MeasurePaper.objects.visible_to(actor).filter(measure=measure).order_by("issued_at")
    audit.record_read(actor, "measures.paper.drafted", measure, at=now)
    missing: list[str] = []
    preview: OfficialPaper | None = None
    try:
        preview = papers.write(template, measure, issued, typed, papers.Issue(now, actor.name))
    except MissingFactError as lacks:
        missing = [fact.label for fact in lacks.missing]
    return PaperPage(
        measure_id=measure.id,
        measure_label=kinds.label(measure.kind),
        person_name=measure.person_name,
        template=template,
        missing=missing,
        typed=[(name, paper_facts()[name]) for name in template.typed],
        addressees=[ADDRESSEE_LABELS[one] for one in rules.addressees(template, measure.kind)],
        preview=preview,
    )


def issued_paper(actor: Actor, paper_id: UUID, now: datetime) -> OpenedPaper:
    """One paper word for word as it was issued. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_MEASURES)
    row = MeasurePaper.objects.find(actor, paper_id)
    audit.record_read(actor, "measures.paper.read", row, at=now)
    return OpenedPaper(read_content(row.content), f"{row.number:02d}-{row.symbol}-{row.year}")


def paper_line(actor: Actor, paper_id: UUID) -> tuple[UUID, PaperLine]:
    """One issued paper with whom it has reached, and its measure. Raises `NotFoundError`."""
    actor.require(Permission.CARRY_MEASURES)
    row = MeasurePaper.objects.select_related("measure").find(actor, paper_id)
    reached = {(one.paper_id, one.addressee): one for one in PaperDelivery.objects.filter(paper=row)}
    return row.measure_id, _line(row, row.measure.kind, reached)


def paper_to_fill(actor: Actor, measure_id: UUID, code: str, now: datetime) -> OpenedPaper:
    """A form to hand out, begun with what we know. Raises `NotFoundError`, `FormNotReadyError`."""
    actor.require(Permission.VIEW_MEASURES)
    measure, template = _found(actor, measure_id, code)
    if template not in rules.to_fill(measure.kind, measure.state):
        raise NotFoundError
    issued = MeasurePaper.objects.visible_to(actor).filter(measure=measure).order_by("issued_at")
    audit.record_read(actor, "measures.form.read", measure, at=now)
    try:
        return OpenedPaper(papers.write(template, measure, issued, {}, papers.Issue()), code.replace("_", "-"))
    except MissingFactError as missing:
        raise FormNotReadyError(str(missing)) from missing


def _found(actor: Actor, measure_id: UUID, code: str) -> tuple[Measure, PaperTemplate]:
    measure = Measure.objects.select_related("competent_commune").find(actor, measure_id)
    template = rules.template(code)
    if template is None:
        raise NotFoundError
    return measure, template


def _choice(actor: Actor, measure: Measure, template: PaperTemplate) -> PaperChoice:
    role = rules.signer(template, measure.kind)
    return PaperChoice(template.code, template.vi, _post(role), actor.role is role)


def _post(role: Role) -> str:
    return "Trưởng Công an xã" if role is Role.COMMUNE_POLICE else ROLE_LABELS[role]


def _line(row: MeasurePaper, kind: str, reached: dict[tuple[UUID, str], PaperDelivery]) -> PaperLine:
    template = paper_templates()[row.template]
    codes = [] if template.served else rules.addressees(template, kind)
    return PaperLine(
        id=row.id,
        label=template.vi,
        number=row.number_text,
        issued_at=row.issued_at,
        sha256=row.content_sha256,
        is_official_layout=template.layout_confirmed,
        deliveries=[_delivery(code, reached.get((row.id, code))) for code in codes],
    )


def _delivery(code: str, row: PaperDelivery | None) -> PaperDeliveryLine:
    return PaperDeliveryLine(
        code=code,
        label=ADDRESSEE_LABELS[code],
        delivered_at=row.delivered_at if row else None,
        method_label=SERVICE_METHOD_LABELS[ServiceMethod(row.method)] if row else "",
        received_by=row.received_by if row else "",
    )
