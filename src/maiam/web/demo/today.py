"""What waits on the desks of the demonstration at this moment, and the clocks that ran until now."""

from datetime import datetime, timedelta
from random import Random

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.duties import services as duties
from maiam.contexts.places.models import Unit
from maiam.platform.access import Actor
from maiam.platform.audit import chain
from maiam.web.demo.casework import Casework
from maiam.web.demo.stories import Year
from maiam.web.demo.tellings import TELLINGS

WAITED = timedelta(hours=8)
TOLD_AGO = timedelta(minutes=12)


def leave_open(commune: Unit, random: Random, now: datetime) -> None:
    """One report nobody has looked at, and one request the chairwoman has a few hours left to decide."""
    year = Year(commune, random, now)
    asked_at = now - WAITED
    report_id = year.tell(asked_at - timedelta(hours=2), TELLINGS[1], year.couples[0])
    work = Casework(commune, random, now)
    couple = (year.couples[0].wife_id, year.couples[0].husband_id)
    work.opens(report_id, TELLINGS[1], couple, asked_at - timedelta(hours=1))
    case = Case.objects.filter(person_id=couple[0]).latest("opened_at")
    work.asks(case.id, couple[1], asked_at, is_left_waiting=True)
    year.tell(now - TOLD_AGO, TELLINGS[0], year.couples[1])


def let_clocks_run(house: Actor, now: datetime) -> None:
    """End what is over, climb every ladder, seal the trail."""
    while cases.end_measures(actor=house, now=now):
        pass
    while duties.escalate(actor=house, now=now):
        pass
    while chain.seal(now=now):
        pass
