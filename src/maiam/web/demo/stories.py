"""A year of reports in one commune: each is told, answered, and carried to an outcome; some late, some contradictory."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.families.models import HouseholdMembership
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.rules.draft import Mode, ReportDraft, Reporter
from maiam.contexts.reports.rules.states import Outcome
from maiam.contexts.reports.services import Handover
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.casework import Casework
from maiam.web.demo.tellings import NOT_OURS, REASONS, TELLINGS, WAYS, Telling, Way

# Evenings and weekends weigh more; so does the month of Tết.
HOURS = (7, 9, 11, 15, 18, 19, 20, 20, 21, 21, 22, 23)
LONGEST_AGO_DAYS = 350
# What nobody has concluded yet is of these days.
STILL_OPEN = timedelta(days=20)
ENDS = {
    "new": 46, "same": 8, "not_dv": 12, "elsewhere": 8, "crime": 5, "no_contact": 7, "unfounded": 6, "open": 8,
}  # fmt: skip


@dataclass(frozen=True)
class Couple:
    """Two people of one household whom a made-up story is about."""

    wife_id: UUID
    husband_id: UUID
    village_id: int


class Year:
    """One commune's year."""

    def __init__(self, commune: Unit, random: Random, now: datetime) -> None:
        self.commune, self.random, self.now = commune, random, now
        self.couples = _couples(commune)
        self.known_incident: UUID | None = None

    def happens(self, how_many: int) -> None:
        for at in sorted(self._moment() for _ in range(how_many)):
            self._report(at)

    def _moment(self) -> datetime:
        day = self.now - timedelta(days=self.random.randint(3, LONGEST_AGO_DAYS))
        if day.weekday() < 5 and self.random.random() < 0.3:
            day += timedelta(days=5 - day.weekday())
        hour = time(self.random.choice(HOURS), self.random.randint(0, 59), tzinfo=VIETNAM)
        return min(datetime.combine(day.date(), hour), self.now - timedelta(days=2))

    def _report(self, at: datetime) -> None:
        random = self.random
        end = random.choices(list(ENDS), weights=list(ENDS.values()))[0]
        telling = Telling(random.choice(NOT_OURS), (), ()) if end == "not_dv" else random.choice(TELLINGS)
        couple = random.choice(self.couples)
        report_id = self.tell(at, telling, couple)
        is_late = random.random() < 0.2
        seen_at = (
            at + timedelta(hours=random.randint(3, 40)) if is_late else at + timedelta(minutes=random.randint(2, 25))
        )
        getattr(self, f"_ends_as_{end}")(report_id, telling, couple, seen_at)

    def tell(self, at: datetime, telling: Telling, couple: Couple) -> UUID:
        """Let the story reach an office by one of the ways there are."""
        way, actor = self._way(at)
        village_id = couple.village_id if way.role is not Role.HOTLINE_OPERATOR else None
        if actor.village_ids:
            village_id = actor.village_ids[0]
        draft = ReportDraft(
            channel=way.channel,
            receiving_address=way.address,
            entry_key=f"demo:{self.commune.code}:{at.isoformat()}:{couple.wife_id}",
            story=telling.story,
            kinds=telling.kinds,
            happening=telling.happening,
            in_danger=telling.in_danger,
            commune_id=self.commune.id,
            village_id=village_id,
            mode=Mode.ANONYMOUS if way.role is None else Mode.CONFIDENTIAL,
            reporter=Reporter()
            if way.role is None
            else Reporter(type_code=way.reporter_type, full_name="Người báo tin mẫu"),
        )
        with acting(actor):
            return reports.file_report(actor=actor, draft=draft, now=at).report_id

    def _way(self, at: datetime) -> tuple[Way, Actor]:
        """A way whose taker has a seat here; the public always has one."""
        for way in self.random.choices(WAYS, weights=[way.weight for way in WAYS], k=20):
            actor = accounts.the_public() if way.role is None else seated(way.role, self.commune, at)
            if actor:
                return way, actor
        return WAYS[0], accounts.the_public()

    def _ends_as_new(self, report_id: UUID, telling: Telling, couple: Couple, at: datetime) -> None:
        work = Casework(self.commune, self.random, self.now)
        self.known_incident = work.opens(report_id, telling, (couple.wife_id, couple.husband_id), at)

    def _ends_as_same(self, report_id: UUID, telling: Telling, couple: Couple, at: datetime) -> None:
        if self.known_incident is None:
            self._ends_as_new(report_id, telling, couple, at)
        else:
            Casework(self.commune, self.random, self.now).joins(report_id, self.known_incident, at)

    def _ends_as_not_dv(self, report_id: UUID, _telling: Telling, _couple: Couple, at: datetime) -> None:
        self._triage(report_id, Outcome.NOT_DV, "not_dv", at)

    def _ends_as_elsewhere(self, report_id: UUID, _telling: Telling, _couple: Couple, at: datetime) -> None:
        handover = Handover(receiver="Ủy ban nhân dân xã nơi xảy ra", accepted_at=at, reference="12/TB")
        self._triage(report_id, Outcome.SENT_ELSEWHERE, "elsewhere", at, handover=handover)

    def _ends_as_crime(self, report_id: UUID, _telling: Telling, _couple: Couple, at: datetime) -> None:
        handover = Handover(receiver="Cơ quan Cảnh sát điều tra", accepted_at=at, reference="07/BG")
        self._triage(report_id, Outcome.SENT_TO_CRIME_AUTHORITY, "crime", at, handover=handover)

    def _ends_as_no_contact(self, report_id: UUID, _telling: Telling, _couple: Couple, at: datetime) -> None:
        officer = self._officer(at)
        with acting(officer):
            for number in range(3):
                tried_at = at + timedelta(hours=4 * number)
                reports.record_attempt(
                    actor=officer, report_id=report_id, tried_at=tried_at, result="Không có ai ở nhà", now=tried_at
                )
        self._triage(report_id, Outcome.NO_CONTACT_POSSIBLE, "no_contact", at + timedelta(hours=12))

    def _ends_as_unfounded(self, report_id: UUID, _telling: Telling, _couple: Couple, at: datetime) -> None:
        officer, chairman = self._officer(at), seated(Role.COMMUNE_CHAIRMAN, self.commune, at)
        if chairman is None:
            return
        with acting(officer):
            reports.propose_outcome(actor=officer, report_id=report_id, reason=REASONS["unfounded"], now=at)
        with acting(chairman):
            reports.confirm_proposal(actor=chairman, report_id=report_id, reason="Đồng ý", now=at + timedelta(hours=1))

    def _ends_as_open(self, report_id: UUID, _telling: Telling, _couple: Couple, at: datetime) -> None:
        if self.now - at > STILL_OPEN:
            self._triage(report_id, Outcome.NOT_DV, "not_dv", at)
            return
        officer = self._officer(at)
        with acting(officer):
            reports.open_report(actor=officer, report_id=report_id, now=at)

    def _triage(
        self, report_id: UUID, outcome: Outcome, why: str, at: datetime, *, handover: Handover | None = None
    ) -> None:
        officer = self._officer(at)
        with acting(officer):
            reports.open_report(actor=officer, report_id=report_id, now=at)
            reports.triage_report(
                actor=officer, report_id=report_id, outcome=outcome, reason=REASONS[why], now=at, handover=handover
            )

    def _officer(self, at: datetime) -> Actor:
        officer = seated(Role.CULTURE_OFFICER, self.commune, at)
        if officer is None:
            raise LookupError(f"{self.commune} has no officer")
        return officer


def seated(role: Role, commune: Unit, at: datetime) -> Actor | None:
    """Who sits in this commune's seat for the role, or in the province's."""
    post = accounts.post_for(role, commune_id=commune.id) or accounts.province_post(
        role, places.province_of(commune).id
    )
    holders = accounts.holders_of(post, at) if post else []
    return accounts.actor_in_post(holders[0], post, at) if post and holders else None


def _couples(commune: Unit) -> list[Couple]:
    """Wives and husbands who live together in the commune."""
    heads = HouseholdMembership.objects.filter(
        household__commune=commune, role=MemberRole.HEAD, ends_on__isnull=True, person__sex=Sex.MALE
    )
    husbands = dict(heads.order_by("id").values_list("household_id", "person_id"))
    wives = HouseholdMembership.objects.filter(household_id__in=husbands, role=MemberRole.SPOUSE, ends_on__isnull=True)
    rows = wives.order_by("id").values_list("household_id", "person_id", "household__village_id")
    return [Couple(wife, husbands[home], village) for home, wife, village in rows if village]
