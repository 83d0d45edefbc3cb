"""What waits on the desks of the demonstration at this moment, and the clocks that ran until now."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import Case, NoContact
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.rules.no_contact import Addressee
from maiam.contexts.duties import services as duties
from maiam.contexts.places.models import Unit
from maiam.contexts.reports import services as reports
from maiam.platform.access import Actor, Role, acting
from maiam.platform.audit import chain
from maiam.web.demo.casework import Casework
from maiam.web.demo.ends import KEPT_FOR_TODAY
from maiam.web.demo.homes import Home, homes
from maiam.web.demo.offices import seated, seated_if_any
from maiam.web.demo.stories import Matter, Teller
from maiam.web.demo.tellings import REASONS, TELLINGS

# Of the twelve hours the law gives, eight have passed.
WAITED = timedelta(hours=8)
JUST_TOLD = timedelta(minutes=12)
READERS = (Role.CULTURE_OFFICER, Role.COMMUNE_CHAIRMAN, Role.COMMUNE_POLICE, Role.PROVINCE_LEADER)


class Desk:
    """The main commune's desks, now."""

    def __init__(self, commune: Unit, random: Random, now: datetime) -> None:
        self.commune, self.now = commune, now
        self.teller, self.work = Teller(commune, random), Casework(commune, random, now)
        self.homes = homes(commune)[:KEPT_FOR_TODAY]

    def fills(self) -> None:
        waiting, watched, signed, regretted, proposed, new = self.homes
        self._request_waits(waiting)
        self._order_is_watched(watched)
        self._order_is_being_served(signed)
        self._end_is_asked_for(regretted)
        self._outcome_is_proposed(proposed)
        self._criticism_waits()
        self.teller.tells(Matter(new, TELLINGS[0]), self.now - JUST_TOLD)

    def _request_waits(self, home: Home) -> None:
        """The chairwoman has a few hours left to decide."""
        matter, asked_at = Matter(home, TELLINGS[1]), self.now - WAITED
        self.work.orders.asks(self._case(matter, asked_at - timedelta(hours=1)), matter, asked_at)

    def _order_is_watched(self, home: Home) -> None:
        """An order of yesterday, served to all four and supervised."""
        signed_at = self.now - timedelta(hours=20)
        measure = self._signed(home, signed_at)
        self.work.orders.serves(measure, signed_at)
        self.work.orders.supervises(measure, signed_at + timedelta(minutes=55))
        self.work.care.summons(measure.case_id, signed_at + timedelta(hours=1))

    def _order_is_being_served(self, home: Home) -> None:
        """Signed within the hour; the police have it, two addressees do not."""
        signed_at = self.now - timedelta(minutes=45)
        measure = self._signed(home, signed_at)
        self.work.orders.serves(measure, signed_at, to=(Addressee.POLICE_CHIEF, Addressee.VICTIM))

    def _end_is_asked_for(self, home: Home) -> None:
        """An order in force whose requester has asked this morning to have it ended."""
        signed_at = self.now - timedelta(hours=30)
        measure = self._signed(home, signed_at)
        self.work.orders.serves(measure, signed_at)
        self.work.orders.supervises(measure, signed_at + timedelta(minutes=50))
        self.work.orders.asks_to_end(measure, self.now - timedelta(hours=2))

    def _outcome_is_proposed(self, home: Home) -> None:
        """The officer found nothing to it; somebody else has not agreed yet."""
        told_at = self.now - timedelta(hours=3)
        report_id = self.teller.tells(Matter(home, TELLINGS[-1]), told_at)
        officer, at = seated(Role.CULTURE_OFFICER, self.commune, told_at), told_at + timedelta(hours=2)
        with acting(officer):
            reports.open_report(actor=officer, report_id=report_id, now=at)
            reports.propose_outcome(actor=officer, report_id=report_id, reason=REASONS["unfounded"], now=at)

    def _criticism_waits(self) -> None:
        """Somebody did it twice within a year: the chairwoman is asked for criticism in the community."""
        at = self.now - timedelta(hours=5)
        officer = seated(Role.CULTURE_OFFICER, self.commune, at)
        with acting(officer):
            open_cases = Case.objects.visible_to(officer).exclude(status=Status.CLOSED)
            case_ids = list(open_cases.order_by("opened_at", "number").values_list("id", flat=True))
        for case_id in case_ids:
            if self.work.care.asks_for_criticism(case_id, at):
                return

    def _signed(self, home: Home, at: datetime) -> NoContact:
        matter, asked_at = Matter(home, TELLINGS[4]), at - timedelta(hours=3)
        measure = self.work.orders.asks(self._case(matter, asked_at - timedelta(hours=1)), matter, asked_at)
        self.work.orders.decides(measure, at)
        return measure

    def _case(self, matter: Matter, at: datetime) -> UUID:
        """A case opened at that moment on a report told shortly before."""
        report_id = self.teller.tells(matter, at - timedelta(minutes=40))
        _, case_ids = self.work.opens_only(report_id, matter, at)
        return case_ids[0]


def read_what_they_were_told(commune: Unit, now: datetime) -> None:
    """Whoever works in a commune has read the notices of the year: only what comes from here on is new."""
    for role in READERS:
        if reader := seated_if_any(role, commune, now):
            with acting(reader):
                duties.read_notices(actor=reader, now=now)


def let_clocks_run(house: Actor, now: datetime) -> None:
    """End what is over, climb every ladder, seal the trail."""
    while cases.end_measures(actor=house, now=now):
        pass
    while duties.escalate(actor=house, now=now):
        pass
    while chain.seal(now=now):
        pass
