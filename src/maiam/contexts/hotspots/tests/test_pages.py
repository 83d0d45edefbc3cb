"""The pages: whole without a script, in plain words, and with nothing typed lost."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries import token_digest
from maiam.contexts.hotspots import services
from maiam.contexts.hotspots.models import HotSpot, Run, ThresholdSet
from maiam.contexts.hotspots.rules.thresholds import Thresholds
from maiam.contexts.hotspots.tests.conftest import HOUSE
from maiam.core.text import write_date
from maiam.platform.access import acting


@pytest.fixture
def now():
    """The pages read the clock themselves."""
    return timezone.now()


def html(client, name, *args, **query):
    answer = client.get(reverse(f"hotspots:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_the_list_tells_the_two_sentences_and_leads_on(alert, lan, client_for):
    page = html(client_for(lan), "alerts")

    assert "bình thường" in page
    assert reverse("hotspots:alert", args=[alert.id]) in page


def test_an_alert_opened_shows_why_what_else_and_the_records(alert, lan, outbreak, client_for):
    page = html(client_for(lan), "alert", alert.id)

    assert "Vì sao có cảnh báo này" in page
    assert "Còn có thể do điều gì khác?" in page
    assert reverse("reports:detail", args=[outbreak[0].id]) in page
    assert "?canh-bao=" in page


def test_the_analyst_reads_every_page_of_the_province(alert, mai, client_for):
    client = client_for(mai)

    for name in ("alerts", "map", "runs", "evaluation", "thresholds", "files"):
        html(client, name)
    assert "giống hệt" not in html(client, "run", alert.last_run_id)
    assert "Phiên bản cách tính" in html(client, "run", alert.last_run_id)


def test_the_map_goes_through_time_without_a_script(alert, mai, client_for):
    client = client_for(mai)
    newest, oldest = html(client, "map"), html(client, "map", frame="0", layer="hot")
    rates = html(client, "map", layer="rate")

    assert 'type="range"' in newest
    assert newest != oldest
    assert "Một năm đến" in rates
    shapes = json.loads(client.get(reverse("hotspots:map_shapes")).content)
    assert len(shapes["features"][0]["properties"]["shades"]) == 12


def test_strange_questions_of_the_map_are_answered(alert, mai, client_for):
    assert html(client_for(mai), "map", frame="999", layer="x")
    assert html(client_for(mai), "map", frame="-1")


def test_a_file_is_opened_worked_on_and_ended_in_the_browser(alert, lan, client_for, now):
    client, today = client_for(lan), write_date(timezone.localdate())
    opening = reverse("hotspots:open_file") + f"?canh-bao={alert.id}"
    first = client.get(opening).content.decode()
    assert write_date(alert.first_day) in first
    sent = {
        "title": "Đắk Mil",
        "first_day": write_date(alert.first_day),
        "last_day": write_date(alert.last_day),
        "owner_post": lan.post_id,
    }
    assert client.post(opening, sent).status_code == 302
    row = HotSpot.objects.get()
    action = {"kind": "visits", "what": "Đến từng nhà", "owner_post": lan.post_id, "due_on": today}
    assert client.post(reverse("hotspots:add_action", args=[row.id]), action).status_code == 302
    done = {"done_on": today, "note": "Đã gặp"}
    assert client.post(reverse("hotspots:finish_action", args=[row.actions.get().id]), done).status_code == 302
    assert client.post(reverse("hotspots:review", args=[row.id]), {"words": "Ổn"}).status_code == 302
    assert client.post(reverse("hotspots:close_file", args=[row.id]), {"words": "Xong"}).status_code == 302
    page = html(client, "file", row.id)
    assert "Đã kết thúc" in page
    assert "Đến từng nhà" in page


def test_nothing_typed_is_lost_when_a_task_is_refused(alert, lan, client_for, now):
    with acting(lan):
        row = services.open_file(
            actor=lan,
            alert_id=alert.id,
            title="Đắk Mil",
            communes=[],
            first_day=alert.first_day,
            last_day=alert.last_day,
            owner_post=lan.post_id,
            now=now,
        )
    typed = {"kind": "visits", "what": "Đến nhà trưởng thôn", "owner_post": "", "due_on": "hôm kia"}
    answer = client_for(lan).post(reverse("hotspots:add_action", args=[row.id]), typed)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Đến nhà trưởng thôn" in page
    assert "hôm kia" in page
    assert "govuk-error-summary" in page


def test_thresholds_are_tried_before_they_are_set(alert, mai, client_for):
    client, address = client_for(mai), reverse("hotspots:thresholds")
    stricter = Thresholds(least_cases=20).as_plain()

    tried = client.post(address, {**stricter, "preview": "1"}).content.decode()
    assert "Sẽ bỏ:" in tried
    assert not ThresholdSet.objects.exists()
    assert "Viết một câu lý do" in client.post(address, stricter).content.decode()

    assert client.post(address, {**stricter, "why": "Báo nhầm nhiều"}).status_code == 302
    assert ThresholdSet.objects.get().values["least_cases"] == 20


def test_thresholds_that_would_name_a_family_are_refused(alert, mai, client_for):
    loose = {**Thresholds(least_cases=1).as_plain(), "why": "Thử"}
    page = client_for(mai).post(reverse("hotspots:thresholds"), loose).content.decode()

    assert "govuk-error-summary" in page
    assert not ThresholdSet.objects.exists()


def test_a_run_asked_for_in_the_browser_shows_how_far_it_is(usual, mai, client_for, now):
    client = client_for(mai)
    asked = client.post(reverse("hotspots:ask_run"))
    run = Run.objects.get()
    assert asked["Location"] == reverse("hotspots:run", args=[run.id])

    waiting = html(client, "run", run.id)
    assert "0 trên 8 bước" in waiting
    with acting(HOUSE):
        next(services.carry_runs(actor=HOUSE, now=now))
    fragment = client.get(reverse("hotspots:run", args=[run.id]), headers={"HX-Request": "true"}).content.decode()
    assert "1 trên 8 bước" in fragment
    assert "<html" not in fragment
    assert "đang chờ hoặc đang chạy" in client.post(reverse("hotspots:ask_run"), follow=True).content.decode()


def test_the_api_tells_the_analyst_alerts_and_hides_small_counts(alert, mai, client_for, settings):
    alert.observed = 4
    alert.facts["communes"][0]["observed"] = 4
    alert.save()
    client = _keyed(mai)
    (told,) = client.get("/api/v1/hotspots/alerts").json()
    opened = client.get(f"/api/v1/hotspots/alerts/{told['id']}").json()

    assert told["observed"] is None
    assert opened["by_commune"][0]["observed"] is None
    assert "dưới 5" in told["says"][0]


def test_the_api_tells_the_map_in_shades_the_worth_of_alerts_and_a_file(alert, mai, lan, now):
    with acting(lan):
        row = services.open_file(
            actor=lan, alert_id=alert.id, title="Đắk Mil", communes=[], owner_post=lan.post_id, now=now
        )
    client = _keyed(mai)
    drawn = client.get("/api/v1/hotspots/map").json()
    worth = client.get("/api/v1/hotspots/evaluation").json()
    opened = client.get(f"/api/v1/hotspots/files/{row.id}").json()

    assert len(drawn["communes"][0]["shades"]) == len(drawn["periods"]) == 12
    assert [line["tier"] for line in worth] == ["red", "amber", None]
    assert worth[-1]["raised"] == 1
    assert (opened["title"], opened["cooled"], opened["actions"]) == ("Đắk Mil", "too_early", [])


def _keyed(official):
    """A machine with the powers of the official's post."""
    ApiToken.objects.create(
        name="hệ thống",
        post_id=official.post_id,
        made_by_id=official.account_id,
        digest=token_digest("a key"),
        made_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return Client(headers={"Authorization": "Bearer a key"})
