"""Who is told of an alert, with which numbers; what is closed to somebody is told by no sum."""

from datetime import date, timedelta

import pytest

from maiam.contexts.conflicts import services as conflicts
from maiam.contexts.conflicts.rules import Why
from maiam.contexts.duties.models import Notice
from maiam.contexts.hotspots import queries, services
from maiam.contexts.hotspots.models import Alert, AlertRecord
from maiam.contexts.hotspots.rules.alerts import Verdict
from maiam.contexts.hotspots.rules.shades import Layer
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError, NotFoundError

TODAY = date(2026, 11, 23)


def test_the_officer_of_the_commune_reads_the_count_and_opens_the_records(alert, lan, outbreak, now):
    with acting(lan):
        (line,) = queries.alerts(lan, TODAY)
        page = queries.alert_page(lan, alert.id, now)

    assert line.numbers.observed == len(outbreak)
    assert {record.id for record in page.records} == {report.id for report in outbreak}
    assert "7 vụ được báo" in line.sentences[0]
    assert "48 giờ" in line.sentences[1]


def test_the_officer_elsewhere_neither_sees_nor_finds_it(alert, binh):
    with acting(binh):
        assert queries.alerts(binh, TODAY) == []
        assert list(Alert.objects.all()) == []
        with pytest.raises(NotFoundError):
            queries.open_alert(binh, alert.id)


def test_the_analyst_reads_counts_and_no_record(alert, mai, now):
    with acting(mai):
        page = queries.alert_page(mai, alert.id, now)
        assert list(AlertRecord.objects.all()) == []

    assert page.records is None
    assert page.line.numbers.observed == 7


def test_the_analyst_is_not_told_a_count_under_five(alert, mai, now):
    alert.observed = 4
    alert.facts["communes"][0]["observed"] = 4
    alert.facts["weeks"][-1]["observed"] = 4
    alert.save()

    with acting(mai):
        page = queries.alert_page(mai, alert.id, now)

    assert page.line.numbers.observed is None
    assert "dưới 5 vụ" in page.line.sentences[0]
    assert page.communes[0].observed is None
    assert page.weeks[-1].observed is None


def test_a_village_head_hears_of_no_alert(alert, village_head):
    with acting(village_head), pytest.raises(ForbiddenError):
        queries.alerts(village_head, TODAY)


def test_a_record_closed_to_the_officer_is_told_by_no_sum(alert, lan, outbreak, now):
    _close(lan, outbreak[:1], now)

    with acting(lan):
        page = queries.alert_page(lan, alert.id, now)

    assert page.line.numbers.observed == 6
    assert len(page.records) == 6
    assert [line.observed for line in page.communes] == [6]
    assert page.weeks == []


def test_who_opens_the_records_of_one_commune_is_told_nothing_of_the_next_by_the_total(alert, lan, elsewhere, now):
    """The officer opens seven here; nine in all would tell of two next door."""
    _reaches_into(alert, elsewhere, 2)

    with acting(lan):
        page = queries.alert_page(lan, alert.id, now)

    assert page.line.numbers.observed is None
    assert "có từ 8 vụ trở lên được báo" in page.line.sentences[0]
    assert [line.observed for line in page.communes] == [7, None]
    assert page.weeks == []
    assert not any(label.startswith("Giá trị p") for label, _ in page.why)


def test_a_record_closed_here_is_told_by_no_sum_with_the_next_commune(alert, lan, elsewhere, outbreak, now):
    _reaches_into(alert, elsewhere, 6)
    _close(lan, outbreak[:1], now)

    with acting(lan):
        page = queries.alert_page(lan, alert.id, now)

    assert page.line.numbers.observed == 12
    assert [line.observed for line in page.communes] == [6, 6]


def test_the_analyst_is_told_two_small_communes_by_their_sum_alone(alert, mai, elsewhere, now):
    _reaches_into(alert, elsewhere, 2)

    with acting(mai):
        page = queries.alert_page(mai, alert.id, now)

    assert page.line.numbers.observed == 9
    assert [line.observed for line in page.communes] == [None, None]


def _reaches_into(alert, other, cases):
    """Let the alert be of another commune too."""
    alert.communes = [*alert.communes, other.id]
    alert.observed += cases
    line = alert.facts["communes"][0]
    alert.facts["communes"].append({**line, "id": other.id, "observed": cases})
    alert.save()


def test_an_alert_of_closed_records_alone_is_not_told(alert, lan, outbreak, now):
    _close(lan, outbreak[:5], now)

    with acting(lan):
        assert queries.alerts(lan, TODAY) == []
        with pytest.raises(NotFoundError):
            queries.alert_page(lan, alert.id, now)


def _close(official, reports, now):
    """Let the official be too near to what these reports tell of."""
    for report in reports:
        with acting(official):
            conflicts.declare_conflict(actor=official, why=Why.FRIEND, words="Bạn thân", record_id=report.id, now=now)


def test_the_posts_are_told_without_a_number(alert, lan, chairwoman, mai):
    told = Notice.objects.filter(subject_id=alert.id)

    assert told.exists()
    assert not any(character.isdigit() for notice in told for character in notice.what.partition(" ngày ")[0])


def test_a_judgement_is_kept_and_days_gained_are_counted(alert, lan, mai, now):
    with acting(lan):
        services.judge_alert(
            actor=lan,
            alert_id=alert.id,
            verdict=Verdict.CONFIRMED,
            noticed_on=alert.raised_on,
            words="Ba hộ cùng một nguyên nhân.",
            now=now,
        )
    with acting(mai):
        weighed = queries.weighed(mai)

    red = weighed.by_colour[0][1]
    assert (red.raised, red.confirmed, red.gained) == (1, 1, (0,))


def test_nobody_notices_ahead_of_time(alert, lan, now):
    with acting(lan), pytest.raises(services.NoticedAheadError):
        services.judge_alert(
            actor=lan,
            alert_id=alert.id,
            verdict=Verdict.CONFIRMED,
            noticed_on=TODAY + timedelta(days=3),
            words="",
            now=now,
        )


def test_what_officers_wrote_down_stands_beside_the_alert(alert, lan, commune, mai, now):
    with acting(lan):
        services.note_event(
            actor=lan,
            kind="campaign",
            communes=[commune.id],
            first_day=TODAY - timedelta(days=10),
            last_day=TODAY - timedelta(days=8),
            words="Loa phát thanh cả tuần",
            now=now,
        )
    with acting(mai):
        page = queries.alert_page(mai, alert.id, now)

    assert [event.words for event in page.events] == ["Loa phát thanh cả tuần"]


def test_the_map_hides_few_and_draws_the_alert(alert, mai, commune):
    with acting(mai):
        drawn = queries.picture(mai, Layer.HOT)
        shapes = queries.map_of(drawn)

    outlined = [feature["id"] for feature in shapes["features"] if feature["properties"].get("outline")]
    assert outlined == [commune.id]
    assert {"few", "no_spot"} & {shade for line in drawn.lines for shade in line.shades}
    assert len(drawn.frames) == 12
