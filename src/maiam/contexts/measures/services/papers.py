"""A paper about a measure is issued, numbered and kept as it is; it reaches its addressees one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.services import note_handed_over, register_paper, revoke_papers
from maiam.contexts.measures import papers
from maiam.contexts.measures.models import Measure, MeasurePaper, PaperDelivery, ShelterPlace
from maiam.contexts.measures.rules import papers as rules
from maiam.contexts.measures.rules.states import PROTECTED, ServiceMethod
from maiam.contexts.measures.services.carrying import AlreadyServedError, NotAnAddresseeError, OutOfTimeError
from maiam.contexts.measures.services.deciding import NotCompetentError
from maiam.core.law.codes import PaperTemplate
from maiam.core.papers import MissingFactError, OfficialPaper
from maiam.core.papers.content import write_content
from maiam.core.text import fold
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError

_TOO_SHORT_TO_TELL = 6


class PaperFactsMissingError(DomainError):
    code = "measures.paper_facts_missing"
    message = "Chưa lập được văn bản, còn thiếu thông tin."


class AlreadyIssuedError(DomainError):
    code = "measures.paper_already_issued"
    message = "Văn bản này đã được ban hành. Muốn thay thì hủy bỏ bằng một văn bản sau."


class SecretOnPaperError(DomainError):
    code = "measures.secret_on_paper"
    message = "Trong văn bản có nơi tạm lánh. Văn bản này đến tay nhiều người: hãy viết lại không có nơi ấy."


@dataclass(frozen=True, kw_only=True)
class PaperDraft:
    """Which template, and what the signer typed for the facts the record does not hold."""

    template: str
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PaperHandover:
    """How a paper reached one addressee."""

    addressee: str
    method: ServiceMethod
    delivered_at: datetime
    received_by: str = ""


@transaction.atomic
def issue_paper(*, actor: Actor, measure_id: UUID, draft: PaperDraft, now: datetime) -> MeasurePaper:
    """Sign a paper about a measure: numbered, entered in the register, kept; what it revokes loses its force.

    Raises `NotCompetentError`, `AlreadyIssuedError`, `PaperFactsMissingError`, which names every fact the paper waits
    for, `SecretOnPaperError`; `NotFoundError` when there is no such paper now. No number is taken then.
    """
    actor.require(Permission.DECIDE_MEASURES)
    rows = Measure.objects.select_related("competent_commune").select_for_update(of=("self",))
    measure = rows.find(actor, measure_id)
    template = rules.template(draft.template)
    if template is None or template not in rules.numbered(measure.kind, measure.state):
        raise NotFoundError
    if actor.role is not rules.signer(template, measure.kind) or measure.competent_commune_id not in actor.commune_ids:
        raise NotCompetentError
    issued = list(MeasurePaper.objects.visible_to(actor).filter(measure=measure).order_by("issued_at"))
    if any(paper.template == template.code for paper in issued):
        raise AlreadyIssuedError
    _, post_id = accounts.own_seat(actor)
    paper = _written(measure, template, issued, typed=draft.typed, issue=papers.Issue(now, actor.name))
    _check_secrets(actor, measure, paper)
    row = MeasurePaper(
        measure=measure,
        commune_id=measure.competent_commune_id,
        template=template.code,
        issued_at=now,
        issued_by_post_id=post_id,
    )
    entered = register_paper(
        actor=actor, paper=paper, paper_id=row.id, template=template.code, commune_id=row.commune_id, now=now
    )
    row.year, row.symbol, row.number = entered.year, entered.symbol, entered.number
    row.keep(entered.content)
    row.save(force_insert=True)
    ended = [one.id for one in issued if one.template in template.revokes]
    revoke_papers(actor=actor, paper_ids=ended, by=row.id, now=now)
    audit.record(actor, "measures.paper.issued", row, at=now)
    return row


@transaction.atomic
def deliver_paper(*, actor: Actor, paper_id: UUID, handover: PaperHandover, now: datetime) -> PaperDelivery:
    """Record that a paper reached one of its addressees.

    Raises `NotAnAddresseeError`, `AlreadyServedError`, `OutOfTimeError`.
    """
    actor.require(Permission.CARRY_MEASURES)
    paper = MeasurePaper.objects.select_related("measure").find(actor, paper_id)
    template = rules.template(paper.template)
    # What was decided is served at the measure itself, where its clock runs.
    if template is None or template.served or handover.addressee not in rules.addressees(template, paper.measure.kind):
        raise NotAnAddresseeError
    if not paper.issued_at.replace(second=0, microsecond=0) <= handover.delivered_at <= now:
        raise OutOfTimeError
    if paper.deliveries.filter(addressee=handover.addressee).exists():
        raise AlreadyServedError
    _, post_id = accounts.own_seat(actor)
    row = PaperDelivery(
        paper=paper,
        measure=paper.measure,
        addressee=handover.addressee,
        method=handover.method,
        delivered_at=handover.delivered_at,
        received_by=handover.received_by,
        recorded_at=now,
        recorded_by_post_id=post_id,
    )
    row.save(force_insert=True)
    if handover.addressee == PROTECTED and paper.measure.case_id:
        note_handed_over(
            actor=actor,
            case_id=paper.measure.case_id,
            method=handover.method,
            received_by=handover.received_by,
            at=handover.delivered_at,
            now=now,
        )
    audit.record(actor, "measures.paper.delivered", row, at=now, fields=[handover.addressee])
    return row


def _written(
    measure: Measure,
    template: PaperTemplate,
    issued: list[MeasurePaper],
    *,
    typed: Mapping[str, str],
    issue: papers.Issue,
) -> OfficialPaper:
    try:
        return papers.write(template, measure, issued, typed, issue)
    except MissingFactError as missing:
        raise PaperFactsMissingError(str(missing)) from missing


def _check_secrets(actor: Actor, measure: Measure, paper: OfficialPaper) -> None:
    """No template asks where a refuge is; words typed by a tired hand may still say it."""
    content = fold(write_content(paper))
    for refuge in ShelterPlace.objects.visible_to(actor).filter(measure__case_id=measure.case_id):
        place = fold(refuge.place)
        if len(place) >= _TOO_SHORT_TO_TELL and place in content:
            raise SecretOnPaperError
