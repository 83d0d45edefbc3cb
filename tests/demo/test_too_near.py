"""The demonstration shows matters too near to a chairman: one the deputy has, and one that went up to the province."""

import pytest

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import PostHolding
from maiam.contexts.cases.models import Case
from maiam.contexts.duties.models import Obligation
from maiam.platform.access import Actor, acting
from maiam.web.demo import people, too_near
from tests.cast import NOW

HOUSE = Actor.system("test")


@pytest.fixture
def told(commune, village, province):
    with acting(HOUSE):
        people.seat_province(HOUSE, province)
        people.seat_main_commune(HOUSE, commune, village)
        too_near.happen(HOUSE, commune, NOW)


def _who(username):
    holding = PostHolding.objects.select_related("account", "post").get(account__username=username)
    return accounts.actor_in_post(holding.account, holding.post, NOW)


def test_the_deputy_has_the_matter_and_the_chairwoman_sees_none(told):
    hoa, deputy = _who("hoa"), _who(too_near.DEPUTY)

    assert Case.objects.visible_to(hoa).count() == 0
    assert Case.objects.visible_to(deputy).count() == 1
    assert Obligation.objects.get(rule="BAN_DECIDE", state="running").owner_post_id == deputy.post_id


def test_a_matter_without_a_deputy_is_with_the_province(province, elsewhere):
    with acting(HOUSE):
        people.seat_province(HOUSE, province)
        people.seat_other_commune(HOUSE, elsewhere, is_neighbour=True)
        too_near.go_up(HOUSE, elsewhere, NOW)

    duty = Obligation.objects.get(rule="BAN_DECIDE", state="running")
    assert duty.owner_post_id == _who("hanh").post_id
    assert duty.meant_post.commune_id == elsewhere.id
