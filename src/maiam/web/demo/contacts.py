"""How officers of the demonstration keep in touch: in private, early and often; now and then somebody listens in."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from maiam.contexts.places.models import Unit
from maiam.contexts.support import services as support
from maiam.contexts.support.rules.contacts import How, Reached, Safe
from maiam.contexts.support.services import ContactMade
from maiam.platform.access import Role, acting
from maiam.web.demo.offices import seated

# When each of the five contacts is made, in days after the incident: before it is due.
DAYS = (0.8, 2.5, 11, 26, 80)
SOMEBODY_LISTENS = 0.15
WORDS = {
    Reached.ALONE: ("Chị nói mấy hôm nay yên.", "Chị còn lo, muốn được gọi lại tuần sau.", ""),
    Reached.NOT_ALONE: ("Có mẹ chồng ngồi cạnh, hẹn hôm khác.",),
}


def keep_in_touch(case_id: UUID, commune: Unit, random: Random, *, since: datetime, until: datetime) -> None:
    """Reach the person of a case by each due day; where somebody listened, again the next morning."""
    for days in DAYS:
        at = since + timedelta(days=days)
        if at < until and random.random() < SOMEBODY_LISTENS:
            _try(case_id, commune, random, Reached.NOT_ALONE, at - timedelta(hours=3))
        if at < until:
            _try(case_id, commune, random, Reached.ALONE, at)


def _try(case_id: UUID, commune: Unit, random: Random, reached: Reached, at: datetime) -> None:
    officer = seated(Role.CULTURE_OFFICER, commune, at)
    contact = ContactMade(
        tried_at=at,
        how=random.choice((How.VISIT, How.PHONE, How.OFFICE)),
        reached=reached,
        is_safe=Safe.YES if reached is Reached.ALONE else Safe.UNKNOWN,
        words=random.choice(WORDS[reached]),
    )
    with acting(officer):
        support.record_contact(actor=officer, case_id=case_id, contact=contact, now=at)
