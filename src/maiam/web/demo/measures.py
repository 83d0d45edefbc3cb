"""Measures of the demonstration: a child protected and planned for, refuge, counsel, a summons, criticism."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.duties import queries as clocks
from maiam.contexts.measures import queries
from maiam.contexts.measures import services as measures
from maiam.contexts.measures.models import Measure
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import EventKind, ServiceMethod
from maiam.contexts.measures.services import Decision, Served, Told, Wish
from maiam.contexts.places.models import Unit
from maiam.core.law import children
from maiam.core.law.no_contact import Requester
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.offices import seated

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# What is written down of a case that gets such help: kind, after how long, for how long.
HELP = (("M_D_SHELTER", 2 * HOUR, 6 * DAY), ("M_DD_MEDICAL", 5 * HOUR, 2 * DAY), ("M_E_COUNSEL", 3 * DAY, 24 * DAY))
PROTECTOR = ("Nguyễn Thị Mận", "người làm công tác bảo vệ trẻ em cấp xã")
WORDS = {
    "M_A_STOP": {"stopped_by": "Công an xã và trưởng thôn", "how": "Can ra, đưa hai bên về hai nơi."},
    "M_D_SHELTER": {"children": "1", "essentials": "Cơm, chăn, quần áo cho hai mẹ con."},
    "M_DD_MEDICAL": {"facility": "Trạm y tế xã", "sheet": "Phiếu khám số 41"},
    "M_E_COUNSEL": {"service": "psychology", "helper": "Hội Liên hiệp Phụ nữ xã"},
}
RESULTS = {
    "M_A_STOP": "Đã dừng, không ai bị thương thêm.",
    "M_D_SHELTER": "Về ở nhà mẹ đẻ, thấy an toàn.",
    "M_DD_MEDICAL": "Vết thương đã lành.",
    "M_E_COUNSEL": "Chị nói đã ngủ được, biết gọi ai khi cần.",
    "X_CHILD_PLAN": "Trẻ đi học đều, ở với mẹ và bà ngoại.",
}


class Care:
    """One commune's officers as they help, protect and answer for what was done."""

    def __init__(self, commune: Unit, random: Random, now: datetime) -> None:
        self.commune, self.random, self.now = commune, random, now

    def happen(self, case_id: UUID, at: datetime) -> None:
        """Protect a child where one is; else help as much as the story needs."""
        if self._is_childs(case_id, at):
            self._protects_child(case_id, at)
        elif self.random.random() < 0.35:
            for kind, after, lasts in HELP[: self.random.randint(1, len(HELP))]:
                self._helps(case_id, kind, at + after, at + after + lasts)

    def asks_for_criticism(self, case_id: UUID, at: datetime) -> Measure | None:
        """Ask the chairwoman for criticism in the community where the conditions hold; leave it waiting for her."""
        officer = seated(Role.CULTURE_OFFICER, self.commune, at)
        with acting(officer):
            person_id = self._perpetrator(officer, case_id)
            if person_id is None or not all(found.holds for found in queries.condition_table(officer, person_id)):
                return None
            wish = Wish(
                kind="M_H_CRITICISM",
                asked_at=at,
                person_id=person_id,
                facts={"why": "Đã hai lần trong mười hai tháng, đã được nhắc mà vẫn tái phạm."},
            )
            return measures.request_measure(actor=officer, case_id=case_id, wish=wish, now=at)

    def summons(self, case_id: UUID, at: datetime) -> None:
        """The police chief has the perpetrator come, who does not."""
        officer, chief = (seated(role, self.commune, at) for role in (Role.CULTURE_OFFICER, Role.COMMUNE_POLICE))
        with acting(officer):
            wish = Wish(
                kind="M_B_SUMMON",
                asked_at=at,
                person_id=self._perpetrator(officer, case_id),
                requester=Requester.VICTIM,
                facts={"why": "Dọa đánh, dọa đốt nhà.", "danger": "yes"},
            )
            measure = measures.request_measure(actor=officer, case_id=case_id, wish=wish, now=at)
        with acting(chief):
            at += 3 * HOUR
            decision = Decision(reason="Hành vi có thể gây nguy hiểm.", facts={"appear_at": "8:00, sáng mai"})
            measures.decide_measure(actor=chief, measure_id=measure.id, decision=decision, now=at)
            served = Served(addressee="perpetrator", method=ServiceMethod.REFUSED_TO_SIGN, served_at=at + HOUR)
            measures.serve_measure(actor=chief, measure_id=measure.id, served=served, now=at + HOUR)
            told = Told(kind=EventKind.BREACH, happened_at=at + 20 * HOUR, told="Không đến trụ sở, nói bận đi rẫy.")
            if told.happened_at < self.now:
                measures.record_event(actor=chief, measure_id=measure.id, told=told, now=told.happened_at)

    def _is_childs(self, case_id: UUID, at: datetime) -> bool:
        officer = seated(Role.CULTURE_OFFICER, self.commune, at)
        with acting(officer):
            owed = clocks.obligations_of(officer, Case.objects.get(id=case_id).subject)
        return any(clock.is_running and clock.limit.code == children.PLAN.code for clock in owed)

    def _protects_child(self, case_id: UUID, at: datetime) -> None:
        officer = seated(Role.CULTURE_OFFICER, self.commune, at)
        with acting(officer):
            measures.name_protector(actor=officer, case_id=case_id, name=PROTECTOR[0], standing=PROTECTOR[1], now=at)
        self._helps(case_id, "M_A_STOP", at + 2 * HOUR, at + 3 * HOUR)
        self._plans(case_id, officer, at + 2 * DAY)

    def _plans(self, case_id: UUID, officer: Actor, at: datetime) -> None:
        """The plan, drafted in time, approved the next day, looked at again after two months."""
        if at + DAY >= self.now:
            return
        wish = Wish(
            kind=kinds.CHILD_PLAN,
            asked_at=at,
            facts={
                "assessment": "Trẻ sợ tiếng to, hay giật mình. Mẹ và bà ngoại chăm được.",
                "wishes": "Con muốn ở với mẹ.",
                "plan": "Ở nhà bà ngoại; cô giáo để ý; trạm y tế khám; hai tuần thăm một lần.",
            },
        )
        with acting(officer):
            plan = measures.request_measure(actor=officer, case_id=case_id, wish=wish, now=at)
        chairwoman = seated(Role.COMMUNE_CHAIRMAN, self.commune, at)
        with acting(chairwoman):
            decision = Decision(reason="Phù hợp, đủ người làm.", facts={"review_on": "sau hai tháng"})
            measures.decide_measure(actor=chairwoman, measure_id=plan.id, decision=decision, now=at + DAY)
        with acting(officer):
            served = Served(addressee="bodies_in_plan", method=ServiceMethod.IN_PERSON, served_at=at + DAY + HOUR)
            if served.served_at < self.now:
                measures.serve_measure(actor=officer, measure_id=plan.id, served=served, now=served.served_at)
        self._ends(plan, at + 60 * DAY)

    def _helps(self, case_id: UUID, kind: str, since: datetime, until: datetime) -> None:
        if since >= self.now:
            return
        officer = seated(Role.CULTURE_OFFICER, self.commune, since)
        with acting(officer):
            case = Case.objects.get(id=case_id)
            about = self._perpetrator(officer, case_id) if kinds.is_about_perpetrator(kind) else None
            wish = Wish(kind=kind, asked_at=since, person_id=about, consent_by=case.person_name, consent_at=since)
            decision = Decision(starts_at=since, facts=WORDS[kind])
            measure = measures.record_measure(actor=officer, case_id=case_id, wish=wish, decision=decision, now=since)
        self._ends(measure, until)

    def _ends(self, measure: Measure, at: datetime) -> None:
        if at >= self.now:
            return
        officer = seated(Role.CULTURE_OFFICER, self.commune, at)
        with acting(officer):
            facts = {"result": RESULTS[measure.kind]}
            measures.end_measure(actor=officer, measure_id=measure.id, ended_at=at, facts=facts, now=at)

    def _perpetrator(self, officer: Actor, case_id: UUID) -> UUID | None:
        pairs = cases.pairs_of_case(officer, Case.objects.get(id=case_id))
        return pairs[0].perpetrator.person_id if pairs else None
