"""The register of the demonstration has a year behind it, so that its table of events tells something."""

from datetime import date

import pytest

from maiam.contexts.families import queries as families
from maiam.contexts.families.models import FamilyEvent
from maiam.contexts.statistics import queries as statistics
from maiam.platform.access import Actor
from tests.cast import NOW
from tests.demo.test_world import small_world, twice  # noqa: F401 - the small world is made once

HOUSE = Actor.system("test")
YEAR = date(2025, 12, 1), date(2026, 12, 1)


@pytest.mark.usefixtures("small_world")
def test_every_kind_of_event_that_changes_how_many_live_there_has_happened() -> None:
    province = statistics.province_kept()
    assert province is not None

    counted = families.event_counts(HOUSE, *YEAR, province_id=province.id)

    assert {one.fact for one in counted} >= {"birth", "death", "marriage", "move_in", "move_out"}


@pytest.mark.usefixtures("small_world")
def test_nothing_was_told_before_it_happened_or_is_told_only_tomorrow() -> None:
    told = FamilyEvent.objects.values_list("happened_on", "recorded_at")

    assert all(day <= at.date() and at <= NOW for day, at in told)
