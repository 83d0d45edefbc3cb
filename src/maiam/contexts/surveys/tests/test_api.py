"""A phone takes the work along and brings it back."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries import token_digest
from maiam.contexts.surveys.models import Sheet

pytestmark = pytest.mark.django_db
BASE = "/api/v1/surveys"


@pytest.fixture
def phone(client_for, village_head):
    """The village head's own phone, on which they have signed in."""
    return client_for(village_head)


@pytest.fixture
def body(homes, full_answers, now):
    def told(**changed):
        answers = full_answers(homes[0])
        return {
            "client_id": str(uuid4()),
            "household_id": str(homes[0].id),
            "base": 0,
            "household": answers["household"],
            "members": answers["members"],
            "collected_at": now.isoformat(),
        } | changed

    return told


def _send(client, running, body):
    return client.post(f"{BASE}/rounds/{running.id}/sheets", json.dumps(body), content_type="application/json")


def test_the_work_is_taken_along(phone, running, village):
    (mine,) = phone.get(f"{BASE}/villages").json()
    asked = phone.get(f"{BASE}/questionnaires/{mine['version_id']}").json()
    homes = phone.get(f"{BASE}/rounds/{running.id}/households", {"limit": 1}).json()
    rest = phone.get(f"{BASE}/rounds/{running.id}/households", {"after": homes[0]["id"]}).json()

    assert (mine["village"], mine["households"]) == (village.name, 2)
    assert [group["name"] for group in asked["groups"]][-1] == "thanh_vien"
    assert (len(homes), len(rest)) == (1, 1)
    assert homes[0]["told"]["so_nguoi"] == len(homes[0]["members"]) == 2


def test_a_sheet_sent_twice_is_one(phone, running, body):
    sheet = body()
    first, again = _send(phone, running, sheet).json(), _send(phone, running, sheet).json()

    assert (first["outcome"], again["outcome"]) == ("taken", "replayed")
    assert first["sheet_id"] == again["sheet_id"]


def test_the_same_id_with_other_answers_is_kept_for_a_person(phone, running, body):
    sheet = body()
    _send(phone, running, sheet)
    other = _send(phone, running, sheet | {"household": sheet["household"] | {"nha_o": "kien_co"}}).json()

    assert other["outcome"] == "kept_for_decision"
    assert Sheet.objects.count() == 2


def test_what_is_wrong_is_said_and_not_kept(phone, running, body):
    answer = _send(phone, running, body(household={"nha_o": "lâu đài"}))

    assert (answer.status_code, answer.json()["code"]) == (409, "surveys.answers_refused")
    assert not Sheet.objects.exists()


def test_a_machine_of_the_officer_may_send_too(running, lan, body):
    ApiToken.objects.create(
        name="máy",
        post_id=lan.post_id,
        made_by_id=lan.account_id,
        digest=token_digest("key"),
        made_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )

    assert _send(Client(headers={"Authorization": "Bearer key"}), running, body()).json()["outcome"] == "taken"


def test_a_page_elsewhere_cannot_send_with_the_phones_session(village_head, client_for, running, body):
    signed_in = client_for(village_head)
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.cookies = signed_in.cookies

    assert _send(elsewhere, running, body()).status_code == 403
    assert not Sheet.objects.exists()


def test_another_villages_round_is_not_there(client_for, binh, running, body):
    stranger = client_for(binh)

    assert stranger.get(f"{BASE}/rounds/{running.id}/households").status_code == 404
    assert _send(stranger, running, body()).status_code == 404
