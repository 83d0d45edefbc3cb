"""What happened in a case, newest first: each line is a row that was written with the deed itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from maiam.contexts.cases.models import (
    Breach,
    Cancellation,
    Case,
    CaseStep,
    Delivery,
    NoContact,
    OfficialDocument,
    PaperFromAbove,
    PermittedContact,
    Supervision,
)
from maiam.contexts.cases.queries.incidents import IncidentDetail
from maiam.contexts.cases.rules.cases import STATUS_LABELS, Status
from maiam.contexts.cases.rules.no_contact import (
    ADDRESSEE_LABELS,
    ANSWER_LABELS,
    BREACH_KIND_LABELS,
    STATE_LABELS,
    Addressee,
    Answer,
    BreachKind,
    State,
)
from maiam.contexts.cases.rules.papers import DOCUMENT_LABELS, DocumentKind
from maiam.core.law.no_contact import CONTACT_REASON_LABELS, ContactReason
from maiam.platform.access import Actor


@dataclass(frozen=True)
class Fact:
    """One line of the timeline: when, what, and a little more."""

    at: datetime
    what: str
    more: str = ""


def timeline(actor: Actor, case: Case, incidents: list[IncidentDetail]) -> list[Fact]:
    """Everything on record in the case, newest first."""
    measures = list(NoContact.objects.visible_to(actor).filter(case=case))
    facts = [
        Fact(case.opened_at, "Mở vụ việc", case.code),
        *_of_incidents(incidents),
        *_of_steps(actor, case),
        *_of_measures(measures),
        *_of_papers(actor, measures),
        *_of_carrying_out(actor, measures),
    ]
    return sorted(facts, key=lambda fact: fact.at, reverse=True)


def _of_incidents(incidents: list[IncidentDetail]) -> Iterator[Fact]:
    for incident in incidents:
        yield Fact(incident.incident.recorded_at, "Ghi nhận sự việc", f"xảy ra {incident.when}")
        for link in incident.reports:
            yield Fact(link.told_at, "Có tin báo", link.relation_label)


def _of_steps(actor: Actor, case: Case) -> Iterator[Fact]:
    for step in CaseStep.objects.visible_to(actor).filter(case=case).select_related("by_post"):
        yield Fact(step.at, f"Vụ việc: {STATUS_LABELS[Status(step.status)].lower()}", step.reason)


def _of_measures(measures: list[NoContact]) -> Iterator[Fact]:
    for measure in measures:
        who = measure.perpetrator_name
        if measure.requested_at:
            yield Fact(measure.requested_at, "Đề nghị cấm tiếp xúc", who)
        if measure.decided_at and not measure.is_ordered:
            yield Fact(measure.decided_at, STATE_LABELS[State(measure.state)], who)
        if measure.stopped_at:
            yield Fact(measure.stopped_at, f"Cấm tiếp xúc: {STATE_LABELS[State(measure.state)].lower()}", who)


def _of_papers(actor: Actor, measures: list[NoContact]) -> Iterator[Fact]:
    ours = list(OfficialDocument.objects.visible_to(actor).filter(no_contact__in=measures))
    for document in ours:
        yield Fact(document.issued_at, DOCUMENT_LABELS[DocumentKind(document.kind)], f"số {document.number_text}")
    # Asked for only where one can be missing here: a page of a case whose papers are all ours needs no question more.
    here = {(document.no_contact_id, document.kind) for document in ours}
    elsewhere = [measure for measure in measures if any((measure.id, kind) not in here for kind in _signed(measure))]
    for above in PaperFromAbove.objects.visible_to(actor).filter(no_contact__in=elsewhere):
        signed = f"{above.authority}, số {above.number_text}"
        yield Fact(above.issued_at, DOCUMENT_LABELS[DocumentKind(above.kind)], signed)
    for delivery in Delivery.objects.visible_to(actor).filter(no_contact__in=measures).with_paper():
        label = DOCUMENT_LABELS[DocumentKind(delivery.paper.kind)]
        yield Fact(delivery.delivered_at, f"Đã giao: {ADDRESSEE_LABELS[Addressee(delivery.addressee)]}", label)


def _signed(measure: NoContact) -> Iterator[DocumentKind]:
    """The papers on which a measure stands as it is: those not the commune's own came from above."""
    if measure.is_ordered:
        yield DocumentKind.ORDER
    if measure.state == State.REFUSED:
        yield DocumentKind.REFUSAL
    if measure.state == State.CANCELLED:
        yield DocumentKind.CANCELLATION


def _of_carrying_out(actor: Actor, measures: list[NoContact]) -> Iterator[Fact]:
    for supervision in Supervision.objects.visible_to(actor).filter(no_contact__in=measures):
        if supervision.met_at:
            yield Fact(supervision.met_at, "Đã gặp hai bên, lập kế hoạch giám sát")
    for breach in Breach.objects.visible_to(actor).filter(no_contact__in=measures):
        yield Fact(breach.occurred_at, "Vi phạm quyết định cấm tiếp xúc", BREACH_KIND_LABELS[BreachKind(breach.kind)])
    for contact in PermittedContact.objects.visible_to(actor).filter(no_contact__in=measures):
        yield Fact(contact.starts_at, "Tiếp xúc được phép", CONTACT_REASON_LABELS[ContactReason(contact.reason)])
    for asked in Cancellation.objects.visible_to(actor).filter(no_contact__in=measures):
        yield Fact(asked.requested_at, "Đề nghị hủy bỏ cấm tiếp xúc")
        if asked.answered_at:
            yield Fact(asked.answered_at, ANSWER_LABELS[Answer(asked.answer)])
