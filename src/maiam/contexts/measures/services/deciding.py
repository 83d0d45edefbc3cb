"""A measure is decided by whom the law says, where it says; or written down when another decided or helped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases import queries as cases
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import DecidedAbove, Subject
from maiam.contexts.measures import queries
from maiam.contexts.measures.models import Measure, MeasureService, ShelterPlace
from maiam.contexts.measures.rules import conditions, kinds
from maiam.contexts.measures.rules.states import AUTHORITY, DECIDED, State, can_move
from maiam.contexts.measures.services.asking import FactMissingError, NotThisWayError, Wish, draft, tell
from maiam.contexts.places.models import Unit
from maiam.core.law import children
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role, acting
from maiam.platform.errors import DomainError

_HOUSE = Actor.system("decided above")


class AlreadyDecidedError(DomainError):
    code = "measures.already_decided"
    message = "Đề nghị này đã được quyết định hoặc đã trả lời."


class NotCompetentError(DomainError):
    code = "measures.not_competent"
    message = "Chức vụ hoặc địa bàn của bạn không có thẩm quyền với biện pháp này."


class ConditionUnmetError(DomainError):
    code = "measures.condition_unmet"
    message = "Chưa đủ điều kiện luật định:"


class TermNotLawfulError(DomainError):
    code = "measures.term_not_lawful"
    message = "Thời hạn không đúng luật."
    field = "ends_at"


class ReasonMissingError(DomainError):
    code = "measures.reason_missing"
    message = "Hãy ghi lý do bằng văn bản."
    field = "reason"


class NotHandedOverError(DomainError):
    code = "measures.not_handed_over"
    message = "Hãy ghi đã chuyển hồ sơ và giấy nhận trước."


class DecidedInFutureError(DomainError):
    code = "measures.decided_in_future"
    message = "Ngày này chưa tới."
    field = "starts_at"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided: why, from when, until when, the facts its kind asks for, and where a refuge is."""

    reason: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    decided_on: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    secret_place: str = ""


@transaction.atomic
def decide_measure(*, actor: Actor, measure_id: UUID, decision: Decision, now: datetime) -> Measure:
    """Order what was asked for; what binds by its signing is in force now, the rest once it was served.

    Raises `AlreadyDecidedError`, `NotCompetentError`, `ReasonMissingError`, `FactMissingError`, `TermNotLawfulError`,
    `ConditionUnmetError`, which names what does not hold.
    """
    measure = _waiting(actor, measure_id)
    _check_competent(actor, measure)
    if not decision.reason.strip():
        raise ReasonMissingError
    if lacks := conditions.unmet(queries.findings(actor, measure)):
        raise ConditionUnmetError(f"{ConditionUnmetError.message} {lacks[0].what.lower()}. {lacks[0].why}")
    _decide(actor, measure, decision, now)
    if kinds.addressees(measure.kind):
        _start_serving(actor, measure, now)
    audit.record(actor, "measures.measure.ordered", measure, at=now)
    return measure


@transaction.atomic
def refuse_measure(*, actor: Actor, measure_id: UUID, reason: str, now: datetime) -> Measure:
    """Answer in writing, with reasons, that it is not ordered; or write down that the authority answered so.

    Raises `AlreadyDecidedError`, `NotCompetentError`, `ReasonMissingError`.
    """
    measure = _waiting(actor, measure_id)
    _check_competent(actor, measure)
    if not reason.strip():
        raise ReasonMissingError
    measure.state = State.REFUSED
    _sign(actor, measure, {"reason": reason}, now)
    measure.save()
    _stop_clock(actor, measure, now, "measures.measure.refused")
    tell(
        actor=actor,
        measure=measure,
        role=Role.CULTURE_OFFICER,
        what=f"Đã trả lời, không áp dụng: {kinds.label(measure.kind)}",
        now=now,
    )
    audit.record(actor, "measures.measure.refused", measure, at=now)
    return measure


@transaction.atomic
def end_as_decided_above(*, actor: Actor, measure_id: UUID, decided: DecidedAbove, now: datetime) -> None:
    """End a request that a competent authority decided, because nobody free in the commune could."""
    with acting(_HOUSE):
        measure = Measure.objects.select_for_update(of=("self",)).filter(id=measure_id).first()
        if measure is None or not can_move(State(measure.state), State.ABOVE):
            return
        measure.state = State.ABOVE
        _sign(actor, measure, {"reason": decided.in_words}, now)
        measure.save()
    audit.record(actor, "measures.measure.decided_above", measure, at=now)


@transaction.atomic
def record_measure(*, actor: Actor, case_id: UUID, wish: Wish, decision: Decision, now: datetime) -> Measure:
    """Write down what was done or decided by others: help that began, an order of a court.

    Raises `NotThisWayError`, `DecidedInFutureError`, `TermNotLawfulError`, and what `request_measure` raises.
    """
    actor.require(Permission.REQUEST_MEASURES)
    if kinds.starts_with_request(wish.kind):
        raise NotThisWayError
    measure = draft(actor=actor, case_id=case_id, wish=wish, now=now)
    measure.state = State.REQUESTED
    _decide(actor, measure, decision, now)
    if decision.secret_place.strip():
        refuge = ShelterPlace(measure=measure, commune_id=measure.commune_id)
        refuge.tell(decision.secret_place)
        refuge.save(force_insert=True)
    _start_leaving(actor, measure, now)
    audit.record(actor, "measures.measure.recorded", measure, at=now)
    return measure


def _waiting(actor: Actor, measure_id: UUID) -> Measure:
    actor.require_one(Permission.DECIDE_MEASURES, Permission.CARRY_MEASURES)
    measure = Measure.objects.select_for_update(of=("self",)).find(actor, measure_id)
    if not can_move(State(measure.state), State.REFUSED):
        raise AlreadyDecidedError
    return measure


def _check_competent(actor: Actor, measure: Measure) -> None:
    """The signature of the law, in the commune of the law; what others decided, who carries the matter writes down."""
    role = kinds.decider(measure.kind)
    may = actor.role is role if role else actor.can(Permission.CARRY_MEASURES)
    here = measure.competent_commune_id in actor.commune_ids
    # A machine writes down what others decided; what is signed here, a person signs.
    is_signed_by_nobody = role is not None and actor.account_id is None
    if not may or not here or is_signed_by_nobody:
        raise NotCompetentError
    handed = MeasureService.objects.filter(measure=measure, addressee=AUTHORITY).exists()
    if kinds.procedure(measure.kind).handed_over and not handed:
        raise NotHandedOverError


def _decide(actor: Actor, measure: Measure, decision: Decision, now: datetime) -> None:
    FactMissingError.check(measure.kind, "decision", decision.facts)
    if decision.decided_on and decision.decided_on > now.astimezone(VIETNAM).date():
        raise DecidedInFutureError
    measure.state = State.IN_FORCE if kinds.procedure(measure.kind).effective == "signing" else State.ORDERED
    measure.decided_on = decision.decided_on
    if measure.state == State.IN_FORCE:
        measure.starts_at, measure.ends_at = _term(measure, decision, now)
    _make_way(actor, measure, now)
    facts = dict(decision.facts) | {"reason": decision.reason}
    _sign(actor, measure, facts, now)
    measure.save()
    _stop_clock(actor, measure, now, "measures.measure.ordered")
    tell(
        actor=actor,
        measure=measure,
        role=Role.CULTURE_OFFICER,
        what=f"Đã có quyết định: {kinds.label(measure.kind)}",
        now=now,
    )
    _meet_child_emergency(actor, measure, now)


def _term(measure: Measure, decision: Decision, now: datetime) -> tuple[datetime, datetime | None]:
    starts_at = decision.starts_at or now
    # What we sign binds from now; what others did may have begun before.
    if starts_at > now or (kinds.decider(measure.kind) and starts_at < now):
        raise DecidedInFutureError
    limit = kinds.term_limit(measure.kind, decision.facts)
    if not kinds.is_term_lawful(limit, starts_at, decision.ends_at):
        within = f" Không quá {limit.in_words}, và phải ghi lúc kết thúc." if limit else ""
        raise TermNotLawfulError(f"{TermNotLawfulError.message}{within}")
    return starts_at, decision.ends_at


def _sign(actor: Actor, measure: Measure, facts: Mapping[str, str], now: datetime) -> None:
    account_id, post_id = accounts.answering_seat(actor)
    measure.decided_at, measure.decided_by_id, measure.decided_by_post_id = now, account_id, post_id
    measure.decide_with(facts)


def _make_way(actor: Actor, measure: Measure, now: datetime) -> None:
    """A new decision of an exclusive kind takes the place of the one that runs."""
    if measure.kind not in kinds.EXCLUSIVE:
        return
    same = Measure.objects.filter(kind=measure.kind, case_id=measure.case_id, person_id=measure.person_id)
    running = same.filter(state__in=sorted(DECIDED)).exclude(id=measure.id).select_for_update(of=("self",)).first()
    if running is None:
        return
    at = max(now, running.starts_at or now)
    running.state, running.stopped_at = State.SUPERSEDED, min(at, running.ends_at or at)
    running.save(update_fields=["state", "stopped_at"])
    _lapse(actor, running, now)
    measure.follows = running
    audit.record(actor, "measures.measure.superseded", running, at=now)


def _stop_clock(actor: Actor, measure: Measure, now: datetime, proof: str) -> None:
    limit = kinds.decide_limit(measure.kind)
    if limit:
        duties.meet_obligation(actor=actor, rule=limit.code, subject=measure.subject, met_at=now, now=now, proof=proof)


def _lapse(actor: Actor, measure: Measure, now: datetime) -> None:
    for rule in (kinds.SERVE, kinds.LEAVE_HEALTH):
        duties.lapse_obligation(
            actor=actor, rule=rule, subject=measure.subject, at=now, now=now, proof=f"measures.measure.{measure.state}"
        )


def _start_serving(actor: Actor, measure: Measure, now: datetime) -> None:
    role = Role.COMMUNE_POLICE if kinds.decider(measure.kind) is Role.COMMUNE_POLICE else Role.CULTURE_OFFICER
    _start(actor, measure, kinds.SERVE, role, what=f"Giao quyết định: {kinds.label(measure.kind)}", now=now)


def _start_leaving(actor: Actor, measure: Measure, now: datetime) -> None:
    """A stay at a health facility is short: somebody looks for the next safe place before it must end."""
    if measure.kind == "M_D_SHELTER" and kinds.term_limit(measure.kind, measure.facts):
        what = "Tìm nơi an toàn tiếp theo trước khi hết hạn tạm lánh tại cơ sở y tế"
        _start(actor, measure, kinds.LEAVE_HEALTH, Role.CULTURE_OFFICER, what=what, now=now)


def _start(actor: Actor, measure: Measure, rule: str, role: Role, *, what: str, now: datetime) -> None:
    commune = Unit.objects.get(id=measure.competent_commune_id)
    duties.start_obligation(
        actor=actor,
        rule=rule,
        subject=measure.subject,
        commune_id=commune.id,
        owner_post_id=cases.answering_post(role, commune).id,
        what=what,
        started_at=measure.starts_at or now,
        now=now,
    )


def _meet_child_emergency(actor: Actor, measure: Measure, now: datetime) -> None:
    """What protects the person of a case proves the first duty to a child done; where none runs, nothing happens."""
    if measure.kind in kinds.PROTECTING:
        duties.meet_obligation(
            actor=actor,
            rule=children.EMERGENCY.code,
            subject=Subject("cases.case", measure.case_id),
            met_at=measure.starts_at or now,
            now=now,
            proof="measures.measure.protects",
        )
