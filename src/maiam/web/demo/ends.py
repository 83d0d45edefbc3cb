"""What an office makes of a report: looked at in minutes or in days, brought to one of its ends, answered."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from maiam.contexts.cases.rules.incidents import ReportRelation
from maiam.contexts.duties import services as duties
from maiam.contexts.places.models import Unit
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.rules.states import Outcome
from maiam.contexts.reports.services import Handover
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo import reaching
from maiam.web.demo.casework import Casework
from maiam.web.demo.dice import around, deck, moment_of_the_past_year
from maiam.web.demo.homes import Home, homes
from maiam.web.demo.offices import seated
from maiam.web.demo.stories import Matter, Teller
from maiam.web.demo.tellings import CONTRADICTING, ECHOES, NOT_OURS, REASONS, TELLINGS, Telling

# The first households of a commune are kept for what waits today.
KEPT_FOR_TODAY = 6
SEEN_LATE = 0.2
ECHOED, ANSWERED, ASKED_BACK = 0.25, 0.6, 0.15
TIME_TO_AGREE = timedelta(minutes=4)
# What nobody has concluded yet is of these days.
STILL_OPEN = timedelta(days=20)
ENDS = {"new": 10, "not_dv": 3, "elsewhere": 2, "no_contact": 2, "unfounded": 2, "crime": 1, "open": 2}


class Year:
    """One commune's year."""

    def __init__(self, commune: Unit, random: Random, now: datetime, *, asking_in_ten: int = 0) -> None:
        """Of ten cases, `asking_in_ten` ask for a no-contact order."""
        self.commune, self.random, self.now = commune, random, now
        self.teller = Teller(commune, random)
        self.work = Casework(commune, random, now, asking_in_ten=asking_in_ten)

    def happens(self, how_many: int) -> None:
        known = homes(self.commune)
        at_home, ends = around(self.random, known[KEPT_FOR_TODAY:] or known), deck(self.random, ENDS)
        tellings = around(self.random, TELLINGS)
        for at in sorted(moment_of_the_past_year(self.random, self.now) for _ in range(how_many)):
            self._one(next(ends), next(at_home), next(tellings), at)

    def happens_at(self, moments: Iterable[datetime], ends: Iterable[str]) -> None:
        """Let something happen at each of these moments, each in another home, and end as it is told."""
        known = homes(self.commune)
        at_home, tellings = around(self.random, known[KEPT_FOR_TODAY:] or known), around(self.random, TELLINGS)
        for at, end in zip(moments, ends, strict=True):
            self._one(end, next(at_home), next(tellings), at)

    def _one(self, end: str, home: Home, telling: Telling, at: datetime) -> None:
        if end == "not_dv":
            telling = Telling(self.random.choice(NOT_OURS), (), ())
        if end == "open" and self.now - at > STILL_OPEN:
            end = "unfounded"
        matter = Matter(home, telling)
        report_id = self.teller.tells(matter, at)
        getattr(self, f"_ends_as_{end}")(report_id, matter, self._seen_at(at))

    def _seen_at(self, at: datetime) -> datetime:
        """The moment an officer opens it. One in five waits, and the ladder is climbed meanwhile."""
        if self.random.random() >= SEEN_LATE:
            return at + timedelta(minutes=self.random.randint(2, 25))
        seen_at = at + timedelta(hours=self.random.randint(3, 40))
        house = Actor.system("demonstration")
        with acting(house):
            duties.escalate(actor=house, now=seen_at)
        return seen_at

    def _ends_as_new(self, report_id: UUID, matter: Matter, at: datetime) -> None:
        self._opens(report_id, at)
        incident_id = self.work.opens(report_id, matter, at)
        self._answers(report_id, at)
        if self.random.random() < ECHOED:
            self._echo(incident_id, matter, at + timedelta(hours=self.random.randint(1, 30)))

    def _echo(self, incident_id: UUID, matter: Matter, at: datetime) -> None:
        """Somebody else tells another office of the same night, not always the same thing."""
        echo = self.random.choice(ECHOES)
        report_id = self.teller.tells(Matter(matter.home, echo), at)
        relation = ReportRelation.CONTRADICTS if echo in CONTRADICTING else ReportRelation.SAME
        self.work.joins(report_id, incident_id, relation, at + timedelta(minutes=self.random.randint(5, 40)))

    def _ends_as_not_dv(self, report_id: UUID, _: Matter, at: datetime) -> None:
        self._triage(report_id, Outcome.NOT_DV, "not_dv", at)

    def _ends_as_elsewhere(self, report_id: UUID, _: Matter, at: datetime) -> None:
        handover = Handover(receiver="Ủy ban nhân dân xã nơi xảy ra", accepted_at=at, reference="12/TB")
        self._triage(report_id, Outcome.SENT_ELSEWHERE, "elsewhere", at, handover=handover)

    def _ends_as_crime(self, report_id: UUID, _: Matter, at: datetime) -> None:
        handover = Handover(receiver="Cơ quan Cảnh sát điều tra", accepted_at=at, reference="07/BG")
        self._triage(report_id, Outcome.SENT_TO_CRIME_AUTHORITY, "crime", at, handover=handover)

    def _ends_as_no_contact(self, report_id: UUID, _: Matter, at: datetime) -> None:
        self._grade(report_id, at)
        officer = self._officer(at)
        with acting(officer):
            for number in range(3):
                tried_at = at + timedelta(hours=4 * number)
                reports.record_attempt(
                    actor=officer, report_id=report_id, tried_at=tried_at, result="Không có ai ở nhà", now=tried_at
                )
        self._triage(report_id, Outcome.NO_CONTACT_POSSIBLE, "no_contact", at + timedelta(hours=12))

    def _ends_as_unfounded(self, report_id: UUID, _: Matter, at: datetime) -> None:
        """One proposes, another agrees: nobody says alone that there was nothing."""
        self._opens(report_id, at)
        officer, chairman = self._officer(at), seated(Role.COMMUNE_CHAIRMAN, self.commune, at)
        with acting(officer):
            reports.propose_outcome(actor=officer, report_id=report_id, reason=REASONS["unfounded"], now=at)
        with acting(chairman):
            reports.confirm_proposal(actor=chairman, report_id=report_id, reason="Đồng ý", now=at + TIME_TO_AGREE)
        self._answers(report_id, at + TIME_TO_AGREE)

    def _ends_as_open(self, report_id: UUID, _: Matter, at: datetime) -> None:
        self._grade(report_id, at)

    def _grade(self, report_id: UUID, at: datetime) -> None:
        self._opens(report_id, at)
        officer = self._officer(at)
        with acting(officer):
            reports.grade_report(actor=officer, report_id=report_id, reason=REASONS["looked_into"], now=at)

    def _triage(
        self, report_id: UUID, outcome: Outcome, why: str, at: datetime, *, handover: Handover | None = None
    ) -> None:
        self._opens(report_id, at)
        officer = self._officer(at)
        with acting(officer):
            reports.triage_report(
                actor=officer, report_id=report_id, outcome=outcome, reason=REASONS[why], now=at, handover=handover
            )
        self._answers(report_id, at)

    def _opens(self, report_id: UUID, at: datetime) -> None:
        officer = self._officer(at)
        with acting(officer):
            reports.open_report(actor=officer, report_id=report_id, now=at)
            if self.random.random() < ASKED_BACK:
                question = "Nhà ở gần mốc nào để cán bộ tìm đúng?"
                reports.ask_reporter(
                    actor=officer, report_id=report_id, body=question, now=at, entry_key=f"demo:{report_id}"
                )
        reaching.settle(report_id, officer, at)

    def _answers(self, report_id: UUID, at: datetime) -> None:
        if self.random.random() < ANSWERED:
            officer = self._officer(at)
            words = "Việc anh/chị báo đã có người phụ trách. Cảm ơn anh/chị."
            with acting(officer):
                reports.answer_reporter(actor=officer, report_id=report_id, body=words, now=at + timedelta(hours=2))
            reaching.settle(report_id, officer, at + timedelta(hours=2))

    def _officer(self, at: datetime) -> Actor:
        return seated(Role.CULTURE_OFFICER, self.commune, at)
