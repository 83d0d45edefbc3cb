"""Somebody asks for a measure: who, about whom, since when; the clock of whoever must decide starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Case, PerpetratorFile
from maiam.contexts.cases.services import GuardianIsPerpetratorError
from maiam.contexts.duties import services as duties
from maiam.contexts.measures import queries
from maiam.contexts.measures.models import Measure
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import State
from maiam.contexts.places.models import Unit
from maiam.core.law import children
from maiam.core.law.no_contact import Requester, needs_victim_consent
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError


class CaseClosedError(DomainError):
    code = "measures.case_closed"
    message = "Vụ việc đã kết thúc. Hãy mở lại vụ việc trước."


class NotThisWayError(DomainError):
    code = "measures.not_this_way"
    message = "Biện pháp này không đi theo cách đó."


class NotForThisPersonError(DomainError):
    code = "measures.not_for_this_person"
    message = "Người này không phải người có hành vi bạo lực trong các sự việc của vụ việc."
    field = "person_id"


class AlreadyLiveError(DomainError):
    code = "measures.already_live"
    message = "Đã có đề nghị về biện pháp này với người này đang chờ quyết định."


class AskedInFutureError(DomainError):
    code = "measures.asked_in_future"
    message = "Lúc này chưa tới."
    field = "asked_at"


class ConsentMissingError(DomainError):
    code = "measures.consent_missing"
    message = "Chỉ làm khi người ấy (hoặc người giám hộ) đồng ý. Hãy ghi ai đồng ý, lúc nào."
    field = "consent_by"


class FactMissingError(DomainError):
    code = "measures.fact_missing"
    message = "Còn thiếu thông tin."

    @classmethod
    def check(cls, kind: str, step: str, facts: Mapping[str, str]) -> None:
        """Raise with the name of every fact the step waits for."""
        if lacks := kinds.missing(kind, step, facts):
            raise cls(f"{cls.message} {', '.join(ask.vi for ask in lacks)}.")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A measure asked for or done. `person_id` is the perpetrator it is about; None for the protected person."""

    kind: str
    asked_at: datetime
    person_id: UUID | None = None
    requester: Requester | None = None
    requester_name: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    consent_by: str = ""
    consent_at: datetime | None = None


@transaction.atomic
def request_measure(*, actor: Actor, case_id: UUID, wish: Wish, now: datetime) -> Measure:
    """Record a request, and start the clock of whoever must decide.

    Raises `NotThisWayError`, `CaseClosedError`, `NotForThisPersonError`, `AlreadyLiveError`, `AskedInFutureError`,
    `ConsentMissingError`, `FactMissingError`, `GuardianIsPerpetratorError`.
    """
    actor.require(Permission.REQUEST_MEASURES)
    if not kinds.starts_with_request(wish.kind):
        raise NotThisWayError
    measure = draft(actor=actor, case_id=case_id, wish=wish, now=now)
    measure.state, measure.requested_at = State.REQUESTED, wish.asked_at
    measure.ask_with(wish.facts)
    measure.save(force_insert=True)
    _start_clock(actor, measure, now)
    if wish.kind == kinds.CHILD_PLAN:
        duties.meet_obligation(
            actor=actor,
            rule=children.PLAN.code,
            subject=measure.case.subject,
            met_at=wish.asked_at,
            now=now,
            proof="measures.measure.requested",
        )
    audit.record(actor, "measures.measure.requested", measure, at=now)
    return measure


def draft(*, actor: Actor, case_id: UUID, wish: Wish, now: datetime) -> Measure:
    """A measure about the right person, in the right place, not saved yet."""
    case = Case.objects.select_related("commune").find(actor, case_id)
    if case.is_closed:
        raise CaseClosedError
    _check(actor, case, wish, now)
    measure = Measure(
        case=case,
        kind=wish.kind,
        commune_id=case.commune_id,
        requester=wish.requester or "",
        requester_name=wish.requester_name,
        consent_by=wish.consent_by,
        consent_at=wish.consent_at,
        recorded_at=now,
    )
    _name_person(actor, measure, case, wish)
    _check_nothing_live(measure)
    return measure


def _check(actor: Actor, case: Case, wish: Wish, now: datetime) -> None:
    if wish.asked_at > now or (wish.consent_at and wish.consent_at > now):
        raise AskedInFutureError
    consented = wish.consent_at is not None and bool(wish.consent_by.strip())
    is_body = wish.requester is not None and needs_victim_consent(wish.requester)
    if (kinds.procedure(wish.kind).consent or is_body) and not consented:
        raise ConsentMissingError
    by_guardian = [wish.consent_by] + [wish.requester_name] * (wish.requester is Requester.GUARDIAN)
    if any(cases.is_perpetrator_named(actor, case, name) for name in by_guardian):
        raise GuardianIsPerpetratorError
    if kinds.starts_with_request(wish.kind):
        FactMissingError.check(wish.kind, "request", wish.facts)


def _name_person(actor: Actor, measure: Measure, case: Case, wish: Wish) -> None:
    if not kinds.is_about_perpetrator(wish.kind):
        measure.person_id, measure.person_name = case.person_id, case.person_name
        measure.competent_commune_id = case.commune_id
        return
    pair = next((one for one in cases.pairs_of_case(actor, case) if one.perpetrator.person_id == wish.person_id), None)
    if pair is None:
        raise NotForThisPersonError
    measure.person_id, measure.person_name = pair.perpetrator.person_id, pair.perpetrator.name
    measure.incident = pair.incident
    measure.file = PerpetratorFile.objects.visible_to(actor).get(
        commune_id=pair.incident.commune_id, person_id=pair.perpetrator.person_id
    )
    measure.competent_commune_id = queries.competent_commune(actor, wish.kind, pair)
    measure.carried_in_id = measure.competent_commune_id


def _check_nothing_live(measure: Measure) -> None:
    """One request at a time of a kind that allows one; what was done or decided elsewhere replaces the old."""
    if measure.kind not in kinds.EXCLUSIVE or not kinds.starts_with_request(measure.kind):
        return
    same = Measure.objects.filter(kind=measure.kind, case=measure.case, person_id=measure.person_id)
    if same.filter(state=State.REQUESTED).exists():
        raise AlreadyLiveError


def _start_clock(actor: Actor, measure: Measure, now: datetime) -> None:
    limit, role = kinds.decide_limit(measure.kind), kinds.decider(measure.kind)
    if limit is None or role is None or measure.requested_at is None:
        return
    post = cases.answering_post(role, Unit.objects.get(id=measure.competent_commune_id))
    what = f"Quyết định hoặc trả lời đề nghị: {kinds.label(measure.kind)}"
    duties.start_obligation(
        actor=actor,
        rule=limit.code,
        subject=measure.subject,
        commune_id=measure.competent_commune_id,
        owner_post_id=post.id,
        what=what,
        started_at=measure.requested_at,
        now=now,
    )
    duties.notify(
        actor=actor,
        to_post_id=post.id,
        what=f"Có đề nghị đang chờ quyết định: {kinds.label(measure.kind)}",
        subject=measure.subject,
        now=now,
        key=f"{measure.id}:requested",
    )


def tell(*, actor: Actor, measure: Measure, role: Role, what: str, now: datetime) -> None:
    """Tell the seat of the competent commune one sentence; the officer of the case's commune too."""
    communes = {measure.competent_commune_id}
    if role is Role.CULTURE_OFFICER:
        communes |= {measure.commune_id}
    for commune in Unit.objects.filter(id__in=communes):
        post, key = cases.answering_post(role, commune), f"{measure.id}:{what}"[:120]
        duties.notify(actor=actor, to_post_id=post.id, what=what, subject=measure.subject, now=now, key=key)
