"""The demonstration shows each kind of repeat on a report of today."""

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import PostHolding
from maiam.contexts.alarms import queries
from maiam.contexts.alarms.rules.found import Kind
from maiam.contexts.reports.models import Report
from maiam.platform.access import Actor, acting
from maiam.web.demo import people, told_again
from tests.cast import NOW

HOUSE = Actor.system("test")


def test_each_repeat_has_its_report(commune, village, province):
    with acting(HOUSE):
        people.seat_province(HOUSE, province)
        people.seat_main_commune(HOUSE, commune, village)
    told_again.happen(commune, NOW)
    holding = PostHolding.objects.select_related("account", "post").get(account__username="lan")
    lan = accounts.actor_in_post(holding.account, holding.post, NOW)

    with acting(lan):
        told = Report.objects.order_by("told_at")[len(told_again.TIMES_BEFORE) :]
        kinds = [{alarm.kind for alarm in queries.alarms_of(lan, one.id, {}, NOW).alarms} for one in told]

    wanted = (Kind.SAME_PERSON, Kind.SAME_HOUSEHOLD, Kind.NEW_PARTNER, Kind.NEAR_REPEAT)
    assert all(kind in found for kind, found in zip(wanted, kinds, strict=True))
