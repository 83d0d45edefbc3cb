"""A report becomes an incident with its acts and people, and a case for each person to protect; or joins one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases.models import (
    Case,
    CaseIncident,
    Incident,
    IncidentAct,
    IncidentParty,
    IncidentRelation,
    IncidentReport,
    NumberRegister,
    PerpetratorFile,
)
from maiam.contexts.cases.queries.people import KnownPerson, known_people
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.cases.rules import cases as case_rules
from maiam.contexts.cases.rules import incidents as rules
from maiam.contexts.cases.rules.incidents import (
    PROTECTED_ROLES,
    Answer,
    Injury,
    PartyRole,
    ReportRelation,
    Verification,
    Weapon,
)
from maiam.contexts.cases.services.aftermath import ask_for_assessment, plan_follow_ups, protect_child
from maiam.contexts.cases.services.matters import tie_cases
from maiam.contexts.conflicts import queries as conflicts
from maiam.contexts.families import queries as families
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.models import Report
from maiam.contexts.reports.rules.states import Outcome
from maiam.core.law.regimes import name_of
from maiam.core.text import VIETNAM, PartialDate
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError


class PlaceUnknownError(DomainError):
    code = "cases.place_unknown"
    message = "Tin này chưa rõ thuộc xã nào. Hãy chuyển tin về đúng xã trước."


class NoVictimError(DomainError):
    code = "cases.no_victim"
    message = "Hãy thêm ít nhất một người bị bạo lực."


class PersonUnknownError(DomainError):
    code = "cases.person_unknown"
    message = "Có người không còn trong sổ hộ gia đình của xã. Hãy tìm lại người đó."


class RelationMissingError(DomainError):
    code = "cases.relation_missing"
    message = "Hãy chọn quan hệ giữa mỗi người có hành vi bạo lực và mỗi người được bảo vệ."


class OwnMatterError(DomainError):
    code = "cases.own_matter"
    message = (
        "Bạn là người trong việc này, người thân, hoặc đã khai có liên quan, nên không mở vụ việc này được. "
        "Ở trang tin báo, hãy bấm “Tôi có liên quan” để người khác lo."
    )


class ActNotInLawError(DomainError):
    code = "cases.act_not_in_law"
    message = "Luật có hiệu lực vào ngày đó chưa có hành vi này."
    field = "acts"


class HappenedInFutureError(DomainError):
    code = "cases.happened_in_future"
    message = "Sự việc không thể xảy ra sau bây giờ."
    field = "occurred_on"


@dataclass(frozen=True, kw_only=True)
class Account:
    """An incident as the officer tells it."""

    occurred_on: PartialDate
    occurred_time: time | None
    acts: tuple[str, ...]
    story: str
    place: str = ""
    village_id: int | None = None
    injury: Injury = Injury.UNKNOWN
    weapon: Weapon = Weapon.UNKNOWN
    alcohol: Answer = Answer.UNKNOWN
    children_present: Answer = Answer.UNKNOWN

    @property
    def occurred_at(self) -> datetime:
        """The earliest moment it may have been."""
        return datetime.combine(self.occurred_on.earliest, self.occurred_time or time(), tzinfo=VIETNAM)


@dataclass(frozen=True)
class People:
    """Who was what in it; and what each perpetrator is to each protected person, by their two ids."""

    roles: Mapping[UUID, PartyRole]
    relations: Mapping[tuple[UUID, UUID], str]

    def of(self, *roles: PartyRole) -> list[UUID]:
        """Those who were one of these in it."""
        return [person for person, role in self.roles.items() if role in roles]

    @property
    def pairs(self) -> list[tuple[UUID, UUID]]:
        """Each perpetrator with each protected person."""
        return [
            (aggressor, protected)
            for aggressor, role in self.roles.items()
            if role is PartyRole.AGGRESSOR
            for protected, other in self.roles.items()
            if other in PROTECTED_ROLES
        ]


@dataclass(frozen=True)
class Opened:
    incident_id: UUID
    case_ids: tuple[UUID, ...]


@transaction.atomic
def open_from_report(
    *, actor: Actor, report_id: UUID, account: Account, people: People, reason: str, now: datetime
) -> Opened:
    """Conclude a report with a new incident, and open a case for each person to protect who has none open.

    Raises `OwnMatterError`, `HappenedInFutureError`, `ActNotInLawError`, `NoVictimError`, `RelationMissingError`,
    `PersonUnknownError`,
    `PlaceUnknownError`, and what `triage_report` raises.
    """
    actor.require(Permission.OPEN_CASES)
    _check(account, people, now)
    known = known_people(actor, people.roles)
    if len(known) < len(people.roles):
        raise PersonUnknownError
    if conflicts.stands_near(actor, accused=people.of(PartyRole.AGGRESSOR), others=people.of(*PROTECTED_ROLES)):
        raise OwnMatterError
    decision = reports.triage_report(
        actor=actor, report_id=report_id, outcome=Outcome.NEW_INCIDENT, reason=reason, now=now
    )
    incident = _record(actor, decision.report, account, now)
    _name_parties(incident, account, people, known)
    _open_files(incident, people, known, now)
    _link(incident, decision.report, ReportRelation.FIRST, now)
    cases = [
        _case_of(actor, incident, known[person], decision.report.told_at, now)
        for person, role in people.roles.items()
        if role in PROTECTED_ROLES
    ]
    tie_cases(actor=actor, cases=cases, people=list(people.roles), now=now)
    audit.record(actor, "cases.incident.opened", incident, at=now)
    return Opened(incident.id, tuple(case.id for case in cases))


@transaction.atomic
def join_incident(
    *, actor: Actor, report_id: UUID, incident_id: UUID, relation: ReportRelation, reason: str, now: datetime
) -> Incident:
    """Conclude a report with an incident we already know.

    Raises what `triage_report` raises; `NotFoundError` when the incident is out of reach.
    """
    actor.require(Permission.OPEN_CASES)
    incident = Incident.objects.find(actor, incident_id)
    decision = reports.triage_report(
        actor=actor, report_id=report_id, outcome=Outcome.SAME_INCIDENT, reason=reason, now=now
    )
    _link(incident, decision.report, relation, now)
    audit.record(actor, "cases.incident.joined", incident, at=now)
    return incident


class VerificationNotOpenError(DomainError):
    code = "cases.verification_not_open"
    message = "Kết quả kiểm tra đã đổi. Hãy tải lại trang."
    field = "verification"


@transaction.atomic
def verify_incident(*, actor: Actor, incident_id: UUID, to: Verification, now: datetime) -> Incident:
    """Record how far the incident has been checked. Help goes on whatever the answer.

    Raises `VerificationNotOpenError`.
    """
    actor.require(Permission.OPEN_CASES)
    incident = Incident.objects.select_for_update(of=("self",)).find(actor, incident_id)
    if to not in rules.next_verifications(Verification(incident.verification)):
        raise VerificationNotOpenError
    incident.verification = to
    incident.save(update_fields=["verification"])
    audit.record(actor, f"cases.incident.{to}", incident, at=now)
    return incident


def _check(account: Account, people: People, now: datetime) -> None:
    if account.occurred_at > now:
        raise HappenedInFutureError
    regime = rules.regime_of(account.occurred_on)
    if foreign := rules.acts_not_in_law(account.acts, regime):
        raise ActNotInLawError(
            f"{name_of(regime)} chưa có hành vi này: {', '.join(foreign)}. Hãy xem lại ngày hoặc hành vi."
        )
    if PartyRole.VICTIM not in people.roles.values():
        raise NoVictimError
    if any(not people.relations.get(pair) for pair in people.pairs):
        raise RelationMissingError


def _record(actor: Actor, report: Report, account: Account, now: datetime) -> Incident:
    if report.commune_id is None:
        raise PlaceUnknownError
    regime = rules.regime_of(account.occurred_on)
    incident = Incident(
        commune_id=report.commune_id,
        village_id=account.village_id,
        occurred_at=account.occurred_at,
        precision=rules.precision_of(account.occurred_on, has_time=account.occurred_time is not None),
        is_approximate=account.occurred_on.approximate,
        regime=regime,
        kinds=rules.kinds_of(account.acts, regime),
        injury=account.injury,
        weapon=account.weapon,
        alcohol=account.alcohol,
        children_present=account.children_present,
        recorded_at=now,
        recorded_by_post_id=actor.post_id,
    )
    incident.tell(story=account.story, place=account.place)
    incident.save(force_insert=True)
    IncidentAct.objects.bulk_create([IncidentAct(incident=incident, code=code) for code in account.acts])
    return incident


def _name_parties(incident: Incident, account: Account, people: People, known: Mapping[UUID, KnownPerson]) -> None:
    parties = {
        person_id: IncidentParty(
            incident=incident,
            person_id=person_id,
            name=known[person_id].name,
            birth_year=known[person_id].birth_year,
            role=role,
            was_child=rules.is_child(known[person_id].birth, account.occurred_on),
        )
        for person_id, role in people.roles.items()
    }
    IncidentParty.objects.bulk_create(parties.values())
    IncidentRelation.objects.bulk_create(
        IncidentRelation(
            incident=incident,
            perpetrator=parties[aggressor],
            victim=parties[protected],
            relation=people.relations[aggressor, protected],
        )
        for aggressor, protected in people.pairs
    )


def _open_files(incident: Incident, people: People, known: Mapping[UUID, KnownPerson], now: datetime) -> None:
    aggressors = [person for person, role in people.roles.items() if role is PartyRole.AGGRESSOR]
    files = [
        PerpetratorFile(commune_id=incident.commune_id, person_id=person, name=known[person].name, opened_at=now)
        for person in aggressors
    ]
    PerpetratorFile.objects.bulk_create(files, ignore_conflicts=True)


def _link(incident: Incident, report: Report, relation: ReportRelation, now: datetime) -> None:
    link = IncidentReport(incident=incident, report=report, relation=relation, linked_at=now)
    link.save(force_insert=True)


def _case_of(actor: Actor, incident: Incident, person: KnownPerson, told_at: datetime, now: datetime) -> Case:
    """The open case of this person here, or a new one; the incident belongs to it from now on."""
    ids = families.all_ids_of(actor, person.id)
    open_cases = Case.objects.filter(commune_id=incident.commune_id, person_id__in=ids)
    case = open_cases.exclude(status=case_rules.Status.CLOSED).first() or _open_case(actor, incident, person, now)
    is_new = case.opened_at == now
    link = CaseIncident(case=case, incident=incident)
    link.save(force_insert=True)
    what = f"{case.code}: {'đánh giá nguy cơ lần đầu' if is_new else 'có sự việc mới, đánh giá lại nguy cơ'}"
    ask_for_assessment(actor=actor, case_id=case.id, commune=incident.commune, what=what, now=now)
    plan_follow_ups(actor=actor, case=case, commune=incident.commune, now=now)
    party = IncidentParty.objects.get(incident=incident, person_id=person.id)
    if rules.needs_child_protection(
        PartyRole(party.role), birth_known=person.birth is not None, was_child=party.was_child
    ):
        protect_child(actor=actor, case=case, commune=incident.commune, told_at=told_at, now=now)
    return case


def _open_case(actor: Actor, incident: Incident, person: KnownPerson, now: datetime) -> Case:
    year = now.astimezone(VIETNAM).year
    officer = answering_post(Role.CULTURE_OFFICER, incident.commune)
    case = Case(
        year=year,
        number=NumberRegister.objects.take(commune_id=incident.commune_id, year=year, series=case_rules.CASE_SERIES),
        commune_id=incident.commune_id,
        village_id=incident.village_id,
        person_id=person.id,
        person_name=person.name,
        responsible_post_id=conflicts.free_post(actor, officer.id, record_id=incident.id, now=now),
        opened_at=now,
    )
    case.save(force_insert=True)
    audit.record(actor, "cases.case.opened", case, at=now)
    return case
