"""The chairman decides: an order, with or without a request, or a refusal; and orders end by themselves."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases import papers
from maiam.contexts.cases.models import Cancellation, Case, NoContact
from maiam.contexts.cases.queries.pairs import pair_in_case
from maiam.contexts.cases.queries.people import residence_of_victim
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.cases.rules import no_contact as rules
from maiam.contexts.cases.rules.no_contact import Answer, State
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.cases.services.documents import issue_document
from maiam.contexts.cases.services.reaching import tell_protected
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import Subject
from maiam.core.law import children
from maiam.core.law import no_contact as law
from maiam.core.law.no_contact import Ground
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError

ENDED_AT_ONCE = 500
# Duties that lose their ground when an order stops, however it stops.
_DUTIES_OF_A_LIVE_ORDER = (law.ASSIGN_SUPERVISOR, law.SUPERVISION_MEETING, law.CANCEL)


class AlreadyDecidedError(DomainError):
    code = "no_contact.already_decided"
    message = "Đề nghị này đã được quyết định hoặc đã trả lời."


class TermNotLawfulError(DomainError):
    code = "no_contact.term_not_lawful"
    message = f"Mỗi lần cấm tiếp xúc không quá {law.TERM.in_words}, và phải kết thúc sau lúc ký."
    field = "ends_at"


class NotCompetentError(DomainError):
    code = "no_contact.not_competent"
    message = "Chỉ Chủ tịch xã nơi xảy ra hành vi mới ra quyết định này."


class ReasonMissingError(DomainError):
    code = "no_contact.reason_missing"
    message = "Hãy ghi lý do: luật yêu cầu nêu rõ bằng văn bản."
    field = "reason"


class RequestWaitsError(DomainError):
    code = "no_contact.request_waits"
    message = "Đã có đề nghị cấm tiếp xúc cho hai người này đang chờ. Hãy quyết định đề nghị đó."


@dataclass(frozen=True)
class Order:
    """What the chairman decides: until when, why in one sentence of their own, and where the perpetrator lives."""

    ends_at: datetime
    reason: str
    perpetrator_residence: str


@transaction.atomic
def decide_no_contact(*, actor: Actor, measure_id: UUID, order: Order, now: datetime) -> NoContact:
    """Put a requested measure in force from this minute; a running order for the same two gives way to it.

    Raises `AlreadyDecidedError`, `NotCompetentError`, `TermNotLawfulError`, `ReasonMissingError`,
    `FactsMissingError` when the paper cannot be made; `NotFoundError` when out of reach.
    """
    actor.require(Permission.DECIDE_NO_CONTACT)
    measure = NoContact.objects.select_for_update(of=("self",)).find(actor, measure_id)
    if not rules.can_move(State(measure.state), State.IN_FORCE):
        raise AlreadyDecidedError
    NoContact.objects.lock_pair(measure.victim_id, measure.perpetrator_id)
    return _put_in_force(actor, measure, order, now)


@transaction.atomic
def order_on_life_threat(
    *, actor: Actor, case_id: UUID, perpetrator_id: UUID, order: Order, now: datetime
) -> NoContact:
    """Put a measure in force on the chairman's own decision, because a life is threatened (Art. 25(1)(b)).

    Raises `NotAPairError`, `RequestWaitsError`, and what `decide_no_contact` raises.
    """
    actor.require(Permission.DECIDE_NO_CONTACT)
    case = Case.objects.find(actor, case_id)
    pair = pair_in_case(actor, case, perpetrator_id)
    NoContact.objects.lock_pair(case.person_id, perpetrator_id)
    if NoContact.objects.of_pair(case.person_id, perpetrator_id).waiting().exists():
        raise RequestWaitsError
    measure = NoContact(
        case=case,
        ground=Ground.LIFE_THREAT,
        recorded_at=now,
        **pair.as_printed(),
        **residence_of_victim(actor, case),
    )
    return _put_in_force(actor, measure, order, now)


@transaction.atomic
def refuse_no_contact(*, actor: Actor, measure_id: UUID, reason: str, now: datetime) -> NoContact:
    """Answer in writing, with reasons, that no order is made (Art. 25(2)).

    Raises `AlreadyDecidedError`, `NotCompetentError`, `ReasonMissingError`.
    """
    actor.require(Permission.DECIDE_NO_CONTACT)
    measure = NoContact.objects.select_for_update(of=("self",)).find(actor, measure_id)
    if not rules.can_move(State(measure.state), State.REFUSED):
        raise AlreadyDecidedError
    _decide(actor, measure, State.REFUSED, reason=reason, now=now)
    measure.save()
    issue_document(
        actor=actor, measure=measure, kind=DocumentKind.REFUSAL, write=partial(papers.refusal, measure), now=now
    )
    duties.meet_obligation(
        actor=actor,
        rule=law.DECIDE.code,
        subject=measure.subject,
        met_at=now,
        now=now,
        proof="cases.no_contact.refused",
    )
    _tell(actor, measure, Role.CULTURE_OFFICER, "Chủ tịch xã đã trả lời, không ra quyết định cấm tiếp xúc", now)
    audit.record(actor, "cases.no_contact.refused", measure, at=now)
    return measure


@transaction.atomic
def end_measures(*, actor: Actor, now: datetime) -> int:
    """End each order whose term is over, at its exact end; return how many."""
    actor.require(Permission.KEEP_HOUSE)
    over = NoContact.objects.over(now).select_for_update(skip_locked=True, of=("self",)).order_by("ends_at", "id")
    measures = list(over[:ENDED_AT_ONCE])
    for measure in measures:
        _, ends_at = measure.term
        stop_measure(actor=actor, measure=measure, state=State.ENDED, at=ends_at, now=now)
        _tell(
            actor,
            measure,
            Role.CULTURE_OFFICER,
            "Quyết định cấm tiếp xúc đã hết thời hạn: hỏi xem còn cần bảo vệ không",
            now,
        )
    return len(measures)


@transaction.atomic
def stop_measure(*, actor: Actor, measure: NoContact, state: State, at: datetime, now: datetime) -> None:
    """Stop a running order at a moment within its term; duties and requests that hang on it lapse."""
    measure.state, measure.stopped_at = state, at
    measure.save(update_fields=["state", "stopped_at"])
    for limit in _DUTIES_OF_A_LIVE_ORDER:
        duties.lapse_obligation(
            actor=actor, rule=limit.code, subject=measure.subject, at=at, now=now, proof=f"cases.no_contact.{state}"
        )
    waiting = Cancellation.objects.filter(no_contact=measure, answer=Answer.WAITING)
    waiting.update(answer=Answer.LAPSED, answered_at=now)
    audit.record(actor, f"cases.no_contact.{state}", measure, at=now)


def _put_in_force(actor: Actor, measure: NoContact, order: Order, now: datetime) -> NoContact:
    starts_at, ends_at = rules.to_the_minute(now), rules.to_the_minute(order.ends_at)
    if not (law.is_term_lawful(now, order.ends_at) and law.is_term_lawful(starts_at, ends_at)):
        raise TermNotLawfulError
    _decide(actor, measure, State.IN_FORCE, reason=order.reason, now=now)
    measure.starts_at, measure.ends_at = starts_at, ends_at
    measure.perpetrator_residence = order.perpetrator_residence
    measure.follows = make_way(actor=actor, measure=measure, starts_at=starts_at, now=now)
    measure.save()
    issue_document(actor=actor, measure=measure, kind=DocumentKind.ORDER, write=partial(papers.order, measure), now=now)
    duties.meet_obligation(
        actor=actor,
        rule=law.DECIDE.code,
        subject=measure.subject,
        met_at=now,
        now=now,
        proof="cases.no_contact.ordered",
    )
    set_going(actor=actor, measure=measure, at=now, now=now)
    _tell(actor, measure, Role.CULTURE_OFFICER, "Chủ tịch xã đã ra quyết định cấm tiếp xúc: giao cho bốn nơi nhận", now)
    audit.record(actor, "cases.no_contact.ordered", measure, at=now)
    return measure


def _decide(actor: Actor, measure: NoContact, state: State, *, reason: str, now: datetime) -> None:
    if actor.account_id is None or measure.commune_id not in actor.commune_ids:
        raise NotCompetentError
    if not reason.strip():
        raise ReasonMissingError
    measure.state, measure.decided_at = state, now
    measure.decided_by_id, measure.decided_by_post_id = actor.account_id, actor.post_id
    measure.explain(reason)


def make_way(*, actor: Actor, measure: NoContact, starts_at: datetime, now: datetime) -> NoContact | None:
    """Stop the order that runs for the same two people, if one does; an order over by now ends at its own end."""
    pair = NoContact.objects.of_pair(measure.victim_id, measure.perpetrator_id)
    running = pair.filter(state=State.IN_FORCE).select_for_update(of=("self",)).first()
    if running is None:
        return pair.filter(state=State.ENDED).order_by("-ends_at").first()
    _, ends_at = running.term
    state, at = (State.ENDED, ends_at) if ends_at <= starts_at else (State.SUPERSEDED, starts_at)
    stop_measure(actor=actor, measure=running, state=state, at=at, now=now)
    return running


def set_going(*, actor: Actor, measure: NoContact, at: datetime, now: datetime) -> None:
    """What an order in force sets going: a child is protected, the police hear of it, and the person themselves."""
    duties.meet_obligation(
        actor=actor,
        rule=children.EMERGENCY.code,
        subject=Subject("cases.case", measure.case_id),
        met_at=at,
        now=now,
        proof="cases.no_contact.ordered",
    )
    _tell(actor, measure, Role.COMMUNE_POLICE, "Có quyết định cấm tiếp xúc mới: nhận, phân công người giám sát", now)
    tell_protected(
        actor=actor, case_id=measure.case_id, purpose=Purpose.PAPER_READY, key=f"order:{measure.id}", now=now
    )


def _tell(actor: Actor, measure: NoContact, role: Role, what: str, now: datetime) -> None:
    duties.notify(
        actor=actor,
        to_post_id=answering_post(role, measure.commune).id,
        what=what,
        subject=measure.subject,
        now=now,
        key=f"{measure.id}:{measure.state}",
    )
