"""The demonstration shows a place that is hot this week, and one that has cooled."""

import pytest

from maiam.contexts.hotspots import queries
from maiam.contexts.hotspots.models import Alert, HomeRepeat, HotSpot, Measure
from maiam.contexts.hotspots.rules.alerts import State, Tier
from maiam.contexts.hotspots.rules.files import Cooled
from maiam.platform.access import Actor, acting
from maiam.web.demo import world
from tests.cast import NOW
from tests.demo.test_world import actor, small_world, twice  # noqa: F401 - the small world is made once

HOUSE = Actor.system("test")


@pytest.mark.usefixtures("small_world")
def test_this_weeks_outbreak_is_red_this_morning() -> None:
    (alert,) = Alert.objects.filter(centre__name=world.MAIN).exclude(state=State.CLOSED)

    assert alert.tier == Tier.RED


@pytest.mark.usefixtures("small_world")
def test_the_older_one_has_its_file_and_has_cooled() -> None:
    hot_spot = HotSpot.objects.get()

    newest = Measure.objects.filter(hot_spot=hot_spot).order_by("-day")[0]
    assert newest.answer == Cooled.YES
    assert hot_spot.actions.filter(done_on__isnull=True).count() == 0


@pytest.mark.usefixtures("small_world")
def test_the_officer_reads_her_alert_and_the_one_elsewhere_does_not() -> None:
    with acting(lan := actor("lan")):
        assert len(queries.alerts(lan, Alert.objects.get(centre__name=world.MAIN).raised_on)) == 1
    with acting(binh := actor("binh")):
        centres = {line.numbers.centre for line in queries.alerts(binh, Alert.objects.all()[0].raised_on)}
    assert world.MAIN not in centres


@pytest.mark.usefixtures("small_world")
def test_homes_told_of_again_stand_on_their_officers_list() -> None:
    home = HomeRepeat.objects.filter(is_listed=True, commune__name=world.MAIN).order_by("due_on")[0]

    with acting(lan := actor("lan")):
        lines = queries.home_repeats(lan, NOW, is_own=True)
    assert home.id in {line.row.id for line in lines}
    with acting(binh := actor("binh")):
        assert queries.home_repeats(binh, NOW, is_own=False) == [
            line for line in queries.home_repeats(binh, NOW, is_own=False) if line.row.commune.name != world.MAIN
        ]
