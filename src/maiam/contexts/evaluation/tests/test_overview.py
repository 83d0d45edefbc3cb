"""The province sees counts, never a small one, never a name."""

from datetime import timedelta
from uuid import uuid4

import pytest

from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import Subject
from maiam.contexts.evaluation import queries, rules
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(mai, now):
    def look():
        with acting(mai):
            return queries.overview(mai, since=now - timedelta(days=365), until=now + timedelta(days=1), now=now)

    return look


def _duty(lan, commune, chairwoman, now, *, late: bool) -> None:
    subject = Subject("reports.report", uuid4())
    with acting(lan):
        duties.start_obligation(
            actor=lan,
            rule="REPORT_CHAIR_ACT",
            subject=subject,
            commune_id=commune.id,
            owner_post_id=chairwoman.post_id,
            what="Xử lý tin báo",
            started_at=now,
            now=now,
        )
        done_at = now + timedelta(hours=2 if late else 0)
        duties.meet_obligation(
            actor=lan, rule="REPORT_CHAIR_ACT", subject=subject, met_at=done_at, now=done_at, proof="test"
        )


def test_every_commune_of_the_province_has_its_line(picture):
    assert len(picture().communes) == 124


def test_a_small_count_is_hidden_and_the_total_does_not_give_it_away(picture, lan, commune, chairwoman, now):
    for _ in range(3):
        _duty(lan, commune, chairwoman, now, late=False)

    shown = picture()

    line = next(line for line in shown.communes if line.id == commune.id)
    assert line.on_time is None
    assert shown.on_time is None
    assert line.shade is rules.Shade.FEW


def test_enough_duties_are_counted_and_drawn(picture, lan, commune, chairwoman, now):
    for number in range(8):
        _duty(lan, commune, chairwoman, now, late=number < 6)

    line = next(line for line in picture().communes if line.id == commune.id)

    assert line.late == 6
    assert line.shade is rules.Shade.MANY_LATE


def test_an_officer_has_no_view_of_the_province(lan, now):
    with acting(lan), pytest.raises(ForbiddenError):
        queries.overview(lan, since=now, until=now, now=now)


def test_the_map_carries_no_count_and_no_name_of_a_person(picture, mai, commune):
    with acting(mai):
        drawn = queries.map_of(picture())

    assert {key for feature in drawn["features"] for key in feature["properties"]} == {
        "name",
        "approximate",
        "shade",
        "label",
    }
