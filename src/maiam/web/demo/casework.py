"""What officers, chairmen and police do with a report of the demonstration, up to the end of an order."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import Case, NoContact
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.rules.incidents import Answer, Injury, PartyRole, ReportRelation, Verification, Weapon
from maiam.contexts.cases.rules.no_contact import Addressee, BreachKind, DeliveryMethod, RequestChannel
from maiam.contexts.cases.services import (
    Account,
    Assigned,
    BreachFacts,
    Handover,
    Order,
    People,
    Request,
)
from maiam.contexts.places.models import Unit
from maiam.core.law import no_contact as law
from maiam.core.text import VIETNAM, PartialDate
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.tellings import REASONS, Telling

STEPS = (Status.ASSESSING, Status.ACTIVE, Status.WATCH)
# How a request for an order went: share of all requests.
DECISIONS = {"ordered": 50, "late": 15, "refused": 20, "breached": 15}
ASKED = 0.45


class Casework:
    """One commune's officials at work on one matter."""

    def __init__(self, commune: Unit, random: Random, now: datetime) -> None:
        self.commune, self.random, self.now = commune, random, now

    def opens(self, report_id: UUID, telling: Telling, couple: tuple[UUID, UUID], at: datetime) -> UUID:
        """Open an incident with its people, a case for her, and go on from there."""
        wife, husband = couple
        officer = self._seated(Role.CULTURE_OFFICER, at)
        day = (at - timedelta(hours=6)).astimezone(VIETNAM)
        account = Account(
            occurred_on=PartialDate(day.year, day.month, day.day),
            occurred_time=None,
            acts=telling.acts,
            story=telling.story,
            injury=self.random.choice((Injury.UNKNOWN, Injury.NONE, Injury.UNTREATED, Injury.TREATED)),
            weapon=self.random.choice(list(Weapon)),
            alcohol=self.random.choice(list(Answer)),
        )
        people = People({wife: PartyRole.VICTIM, husband: PartyRole.AGGRESSOR}, {(husband, wife): "husband"})
        with acting(officer):
            opened = cases.open_from_report(
                actor=officer, report_id=report_id, account=account, people=people, reason=REASONS["new"], now=at
            )
            cases.verify_incident(actor=officer, incident_id=opened.incident_id, to=Verification.BEING_CHECKED, now=at)
        if self.random.random() < ASKED:
            self.asks(opened.case_ids[0], husband, at + timedelta(hours=1))
        self._moves(officer, opened.case_ids[0], at)
        return opened.incident_id

    def joins(self, report_id: UUID, incident_id: UUID, at: datetime) -> None:
        officer = self._seated(Role.CULTURE_OFFICER, at)
        with acting(officer):
            cases.join_incident(
                actor=officer,
                report_id=report_id,
                incident_id=incident_id,
                relation=self.random.choice([ReportRelation.SAME, ReportRelation.CONTRADICTS]),
                reason=REASONS["same"],
                now=at,
            )

    def asks(
        self, case_id: UUID, husband: UUID, asked_at: datetime, *, is_left_waiting: bool = False
    ) -> NoContact | None:
        """She asks for an order; unless left waiting, it is decided one way or another."""
        officer = self._seated(Role.CULTURE_OFFICER, asked_at)
        request = Request(
            perpetrator_id=husband,
            requester=law.Requester.VICTIM,
            requester_name="Người bị bạo lực",
            channel=RequestChannel.IN_PERSON,
            asked_at=asked_at,
            told="Tôi sợ, xin cho anh ấy tránh xa tôi mấy hôm.",
        )
        with acting(officer):
            if NoContact.objects.filter(case_id=case_id).waiting().exists():
                return None
            measure = cases.request_no_contact(actor=officer, case_id=case_id, request=request, now=asked_at)
        if not is_left_waiting:
            self._decides(measure, asked_at)
        return measure

    def _decides(self, measure: NoContact, asked_at: datetime) -> None:
        how = self.random.choices(list(DECISIONS), weights=list(DECISIONS.values()))[0]
        hours = 15 if how == "late" else self.random.randint(1, 10)
        at = asked_at + timedelta(hours=hours)
        chairman = self._seated(Role.COMMUNE_CHAIRMAN, at)
        if how == "refused":
            with acting(chairman):
                reason = "Hai bên đã ở riêng, không còn nguy cơ trước mắt; đã giao Công an xã theo dõi."
                cases.refuse_no_contact(actor=chairman, measure_id=measure.id, reason=reason, now=at)
            return
        term = law.TERM.duration if self.random.random() < 0.6 else law.TERM.duration / 3
        order = Order(
            ends_at=at.replace(second=0, microsecond=0) + term,
            reason="Có hành vi gây tổn hại sức khỏe, người bị bạo lực đề nghị được bảo vệ.",
            perpetrator_residence=f"{self.commune.name}, tỉnh Lâm Đồng",
        )
        with acting(chairman):
            cases.decide_no_contact(actor=chairman, measure_id=measure.id, order=order, now=at)
        self._carries_out(measure, at, is_breached=how == "breached")

    def _carries_out(self, measure: NoContact, signed_at: datetime, *, is_breached: bool) -> None:
        officer = self._seated(Role.CULTURE_OFFICER, signed_at)
        for number, addressee in enumerate(Addressee):
            at = signed_at + timedelta(minutes=10 * (number + 1))
            handover = Handover(addressee=addressee, method=DeliveryMethod.IN_PERSON, delivered_at=at)
            with acting(officer):
                cases.record_delivery(actor=officer, measure_id=measure.id, handover=handover, now=at)
        police = self._seated(Role.COMMUNE_POLICE, signed_at)
        assigned_at = signed_at + timedelta(minutes=self.random.choice((50, 70, 150)))
        with acting(police):
            supervisors = [Assigned("Điểu K'Rang", "Trưởng bon")]
            cases.assign_supervisors(actor=police, measure_id=measure.id, supervisors=supervisors, now=assigned_at)
            met_at = assigned_at + timedelta(minutes=40)
            plan = "Mỗi ngày ghé hai lần; gọi cho Công an xã khi có việc."
            cases.record_supervision_meeting(actor=police, measure_id=measure.id, met_at=met_at, plan=plan, now=met_at)
            if is_breached:
                at = signed_at + timedelta(hours=8)
                breach = BreachFacts(kind=BreachKind.REMOTE, occurred_at=at, told="Gọi điện dọa nhiều lần trong đêm.")
                cases.record_breach(actor=police, measure_id=measure.id, breach=breach, now=at)

    def _moves(self, officer: Actor, case_id: UUID, at: datetime) -> None:
        """Take a new case as far as its age allows; the newest stay where they are."""
        with acting(officer):
            if Case.objects.get(id=case_id).status != Status.NEW:
                return
        for number, status in enumerate(STEPS, start=1):
            on = at + timedelta(days=4 * number)
            if on > self.now or self.random.random() < 0.2:
                return
            with acting(officer):
                cases.move_case(actor=officer, case_id=case_id, to=status, reason="", now=on)

    def _seated(self, role: Role, at: datetime) -> Actor:
        post = accounts.post_for(role, commune_id=self.commune.id)
        if post is None:
            raise LookupError(f"{self.commune} has no {role}")
        return accounts.actor_in_post(accounts.holders_of(post, at)[0], post, at)
