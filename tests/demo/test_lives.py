"""The demonstration shows homes through time, what a village head asks for, and people who stand there twice."""

import pytest

from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.changes.rules import State as Change
from maiam.contexts.families.models import FamilyEvent, Household
from maiam.contexts.families.rules import EventKind
from maiam.contexts.linkage.models import CandidatePair
from maiam.contexts.linkage.rules import State
from maiam.platform.access import Actor, acting
from maiam.web.demo import lives, put_right

pytestmark = pytest.mark.django_db

HOUSE = Actor.system("demonstration")


@pytest.fixture
def a_year(lan, commune, village, now):
    with acting(HOUSE):
        lives.happen(commune, now)


def test_a_year_holds_every_event_a_home_may_see(a_year):
    kinds = set(FamilyEvent.objects.values_list("kind", flat=True))

    assert kinds >= {
        EventKind.MARRIAGE, EventKind.BIRTH, EventKind.DEATH, EventKind.SPLIT, EventKind.HOUSEHOLD_MOVED,
        EventKind.HEAD_CHANGE, EventKind.REVOCATION,
    }  # fmt: skip
    assert set(Household.objects.values_list("code", flat=True)) == {lives.OLD_HOME, lives.HIS_HOME, lives.NEW_HOME}


def test_the_village_head_has_requests_in_every_state_an_officer_sees(a_year, village_head, commune, now):
    with acting(HOUSE):
        put_right.village_head_asks(commune, now)

    states = list(ChangeRequest.objects.values_list("state", flat=True))
    assert set(states) == {Change.WAITING, Change.ASKED_BACK, Change.PARTLY, Change.REFUSED}
    assert states.count(Change.WAITING) == 3


def test_doubles_wait_and_some_are_judged(a_year, seat, commune, elsewhere, binh, now):
    with acting(HOUSE):
        put_right.people_stand_twice(HOUSE, commune, elsewhere, now)

    states = list(CandidatePair.objects.values_list("state", flat=True))
    assert states.count(State.OPEN) >= 2
    assert State.SAME in states
    assert set(CandidatePair.objects.values_list("one_commune", "other_commune")) != {(commune.id, commune.id)}
