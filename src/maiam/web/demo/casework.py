"""What officers do with a report that is one: an incident with its people, a case for each, moved to its end."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.rules.incidents import Answer, Injury, PartyRole, ReportRelation, Verification, Weapon
from maiam.contexts.cases.services import Account, People
from maiam.contexts.places.models import Unit
from maiam.core.text import VIETNAM, PartialDate
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo import contacts, danger
from maiam.web.demo.dice import deck
from maiam.web.demo.homes import Hurt
from maiam.web.demo.measures import Care
from maiam.web.demo.offices import seated
from maiam.web.demo.orders import Orders
from maiam.web.demo.stories import Matter
from maiam.web.demo.tellings import REASONS

# Days after its opening on which a case takes each step, and why, where a reason is owed.
STEPS = (
    (Status.ASSESSING, 2, ""),
    (Status.ACTIVE, 6, ""),
    (Status.WATCH, 30, ""),
    (Status.CLOSE_PROPOSED, 121, "Ba tháng không có việc mới; người bị bạo lực nói đã yên ổn."),
    (Status.CLOSED, 123, "Đồng ý. Trưởng thôn tiếp tục để ý."),
)
# How far cases come when they are old enough: some stop on the way, as in life.
LAST_STEPS = {Status.CLOSED: 5, Status.CLOSE_PROPOSED: 1, Status.WATCH: 1, Status.ACTIVE: 1, Status.ASSESSING: 1}
CHILD_SAW_IT = 0.4
FOUND = (Verification.CONFIRMED, Verification.CONFIRMED, Verification.PROBABLE, Verification.NOT_CONFIRMED)


class Casework:
    """One commune's officers at work."""

    def __init__(self, commune: Unit, random: Random, now: datetime, *, asking_in_ten: int = 0) -> None:
        self.commune, self.random, self.now = commune, random, now
        self.asks = deck(random, {True: asking_in_ten, False: 10 - asking_in_ten})
        self.last_steps = deck(random, LAST_STEPS)
        self.orders = Orders(commune, random, now)
        self.care = Care(commune, random, now)

    def opens(self, report_id: UUID, matter: Matter, at: datetime) -> UUID:
        """Open an incident with its people, a case for each to protect, and go on from there."""
        incident_id, case_ids = self.opens_only(report_id, matter, at)
        self._checks(incident_id, at)
        if next(self.asks):
            self.orders.happen(case_ids[0], matter, at + timedelta(hours=1))
        for case_id in case_ids:
            self.care.happen(case_id, at)
            self._moves(case_id, at)
        return incident_id

    def opens_only(self, report_id: UUID, matter: Matter, at: datetime) -> tuple[UUID, tuple[UUID, ...]]:
        """Return the incident, and the cases it opened or joined, first that of the one who was hurt."""
        officer = self._officer(at)
        with acting(officer):
            opened = cases.open_from_report(
                actor=officer,
                report_id=report_id,
                account=self._account(matter, at),
                people=self._people(matter),
                reason=REASONS["new"],
                now=at,
            )
        return opened.incident_id, opened.case_ids

    def joins(self, report_id: UUID, incident_id: UUID, relation: ReportRelation, at: datetime) -> None:
        officer = self._officer(at)
        with acting(officer):
            cases.join_incident(
                actor=officer,
                report_id=report_id,
                incident_id=incident_id,
                relation=relation,
                reason=REASONS["same"],
                now=at,
            )

    def _account(self, matter: Matter, at: datetime) -> Account:
        random, day = self.random, (at - timedelta(hours=6)).astimezone(VIETNAM)
        return Account(
            occurred_on=PartialDate(day.year, day.month, day.day),
            occurred_time=day.time().replace(second=0, microsecond=0) if random.random() < 0.5 else None,
            acts=matter.telling.acts,
            story=matter.telling.story,
            village_id=matter.home.village_id,
            injury=random.choice((Injury.UNKNOWN, Injury.NONE, Injury.UNTREATED, Injury.TREATED)),
            weapon=random.choice((Weapon.UNKNOWN, Weapon.NONE, Weapon.NONE, Weapon.BLUNT, Weapon.BLADE)),
            alcohol=random.choice(list(Answer)),
            children_present=random.choice(list(Answer)),
        )

    def _people(self, matter: Matter) -> People:
        """The two of the story; sometimes the child who had to see it, who gets a case too."""
        pair, child = matter.pair, matter.home.child
        roles = {pair.hurt.id: PartyRole.VICTIM, pair.hurts.id: PartyRole.AGGRESSOR}
        relations = dict(pair.relations)
        if child and matter.telling.hurt is Hurt.WIFE and self.random.random() < CHILD_SAW_IT:
            roles[child.id] = PartyRole.EXPOSED_CHILD
            relations[pair.hurts.id, child.id] = "birth_parent"
        return People(roles, relations)

    def _checks(self, incident_id: UUID, at: datetime) -> None:
        """Look into it; the newest are still being looked into."""
        officer, found_at = self._officer(at), at + timedelta(days=self.random.randint(1, 9))
        with acting(officer):
            cases.verify_incident(actor=officer, incident_id=incident_id, to=Verification.BEING_CHECKED, now=at)
            if found_at < self.now:
                found = self.random.choice(FOUND)
                cases.verify_incident(actor=officer, incident_id=incident_id, to=found, now=found_at)

    def _moves(self, case_id: UUID, opened_at: datetime) -> None:
        """Take a new case as far as its age allows."""
        with acting(self._officer(opened_at)):
            is_known = Case.objects.get(id=case_id).status != Status.NEW
        if is_known:
            danger.looked_again(case_id, self.commune, opened_at)
            contacts.keep_in_touch(case_id, self.commune, self.random, since=opened_at, until=self.now)
            return
        last = next(self.last_steps)
        ends = last is Status.CLOSED and opened_at + timedelta(days=STEPS[-1][1]) < self.now
        until = opened_at + timedelta(days=STEPS[-2][1]) if ends else self.now
        danger.look(case_id, self.commune, self.random, opened_at=opened_at, until=until, is_end=ends)
        contacts.keep_in_touch(case_id, self.commune, self.random, since=opened_at, until=until)
        for status, days, reason in STEPS:
            at = opened_at + timedelta(days=days)
            if at > self.now:
                return
            actor = seated(Role.COMMUNE_CHAIRMAN, self.commune, at) if status is Status.CLOSED else self._officer(at)
            try:
                with acting(actor):
                    cases.move_case(actor=actor, case_id=case_id, to=status, reason=reason, now=at)
            except cases.NotYetToCloseError:
                # The danger still stands too high, as after an order that was not kept: the watch goes on.
                return
            if status is last:
                return

    def _officer(self, at: datetime) -> Actor:
        return seated(Role.CULTURE_OFFICER, self.commune, at)
