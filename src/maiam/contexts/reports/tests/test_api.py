"""Other systems report too: same service, same clocks; refusals in problem JSON, by the field."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries.tokens import token_digest
from maiam.contexts.reports.models import Report, ReporterIdentity
from maiam.platform.access import Role

ADDRESS = "/api/v1/reports"
TOLD = {"happening": "not_now", "kinds": ["beaten"], "story": "Người gọi kể: bị đánh"}


class Machine:
    """The hotline's own system."""

    def __init__(self, token: str) -> None:
        self._client = Client(headers={"Authorization": f"Bearer {token}"})

    def post(self, told: object, key: str = "call 0000001", **more: object):
        headers = {"Idempotency-Key": key} if key else {}
        answer = self._client.post(ADDRESS, told, content_type="application/json", headers=headers, **more)
        return self._out_of_character(answer)

    def get(self, path: str = "", **query: object):
        return self._out_of_character(self._client.get(f"{ADDRESS}{path}", query))

    def _out_of_character(self, answer):
        """A test lives in one transaction, where the last actor would stay."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
        return answer


@pytest.fixture
def machine_of():
    def make(actor) -> Machine:
        now = timezone.now()
        ApiToken.objects.create(
            name="máy",
            post_id=actor.post_id,
            made_by_id=actor.account_id,
            digest=token_digest(f"token of {actor.post_id}"),
            made_at=now,
            expires_at=now + timedelta(days=1),
        )
        return Machine(f"token of {actor.post_id}")

    return make


@pytest.fixture
def hotline(machine_of, operator, chairwoman) -> Machine:
    return machine_of(operator)


def test_the_hotline_files_a_report(hotline, commune, operator):
    answer = hotline.post(TOLD | {"commune_id": commune.id, "reporter": {"phone": "0905 000 111"}})

    report = Report.objects.get()
    assert answer.status_code == 201
    assert len(answer.json()["receipt_code"]) == 16
    assert (report.commune, report.receiving_address) == (commune, "national_hotline")
    assert report.taken_by_post_id == operator.post_id
    assert ReporterIdentity.objects.count() == 1


def test_the_same_key_and_content_is_answered_again(hotline):
    first, second = hotline.post(TOLD), hotline.post(TOLD)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_the_same_key_with_other_content_keeps_both(hotline):
    hotline.post(TOLD)

    assert hotline.post(TOLD | {"story": "khác"}).status_code == 201
    assert Report.objects.count() == 2


def test_what_became_of_it_is_told_to_who_took_it_alone(hotline, machine_of, police_chief):
    report_id = hotline.post(TOLD).json()["report_id"]

    mine, others = hotline.get(f"/{report_id}"), machine_of(police_chief).get(f"/{report_id}")

    assert (mine.status_code, mine.json()["state"]) == (200, "received")
    assert others.status_code == 404
    assert [row["id"] for row in hotline.get().json()] == [report_id]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "told.happening"),
        (TOLD | {"happening": "maybe"}, "told.happening"),
        (TOLD | {"status": "closed"}, "told.status"),
        (TOLD | {"received_at": "2020-01-01T00:00:00Z"}, "told.received_at"),
        (TOLD | {"id": 1, "is_staff": True}, "told.is_staff"),
        (TOLD | {"story": "x" * 50_001}, "told.story"),
        (TOLD | {"commune_id": 2**70}, "told.commune_id"),
        (TOLD | {"commune_id": -1}, "told.commune_id"),
        (TOLD | {"told_at": "2026-11-23T10:00:00"}, "told.told_at"),
        (TOLD | {"told_at": "02/03/2026"}, "told.told_at"),
        (TOLD | {"channel": "telepathy"}, "told.channel"),
        (TOLD | {"reporter": {"phone": "113"}}, "told.reporter.phone"),
        (TOLD | {"kinds": ["beaten"] * 1000}, "told.kinds"),
        (TOLD | {"reporter": None}, "told.reporter"),
        ([], "told"),
    ],
)
def test_bad_input_is_refused_by_the_field(hotline, told, field):
    answer = hotline.post(told)

    assert answer.status_code == 422
    assert field in answer.json()["fields"]
    assert not Report.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[" * 50_000, '{"happening": NaN}', '"\\ud800"', "\ufffe"])
def test_a_broken_body_is_refused(hotline, body):
    assert hotline.post(body).status_code in {400, 422}


def test_words_are_cleaned_at_the_door(hotline):
    hotline.post(TOLD | {"story": "chị\u0000 ấy\u202e \u200bkêu", "place": "hoa\u0300"})

    report = Report.objects.get()
    assert (report.story, report.place_as_given) == ("chị ấy kêu", "hoà")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"commune_id": 2**40}, "reports.place_unknown"),
        ({"told_at": "2999-01-01T00:00:00Z"}, "reports.told_in_future"),
        ({"told_at": "2001-01-01T00:00:00Z"}, "reports.told_too_long_ago"),
    ],
)
def test_a_rules_refusal_has_its_code(hotline, told, code):
    answer = hotline.post(TOLD | told)

    assert (answer.status_code, answer.json()["code"]) == (409, code)


@pytest.mark.parametrize("key", ["", "short", "k" * 201])
def test_a_key_is_needed(hotline, key):
    assert hotline.post(TOLD, key=key).status_code == 422


@pytest.mark.parametrize("query", [{"limit": 10**6}, {"limit": 0}, {"offset": -1}, {"offset": "x"}])
def test_pages_are_bounded(hotline, query):
    assert hotline.get(**query).status_code == 422


def test_an_unknown_token_is_refused(db):
    assert Machine("nobody").post(TOLD).status_code == 401


def test_a_post_without_the_power_is_refused(machine_of, seat, commune):
    nurse = seat(Role.HEALTH_STATION, "Y tá", commune=commune)

    assert machine_of(nurse).post(TOLD).status_code == 403
