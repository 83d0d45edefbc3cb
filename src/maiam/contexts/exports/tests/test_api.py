"""Whole lists for machines: the same purpose, the same second yes, the same mark, one line a row."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries import token_digest
from maiam.contexts.exports import services
from maiam.contexts.exports.models import Export
from maiam.platform.access import Actor, acting

pytestmark = pytest.mark.django_db
BASE = "/api/v1/exports"
ASKED = {"kind": "people", "columns": ["name", "id"], "purpose": "Đưa vào kho dữ liệu của tỉnh"}


@pytest.fixture
def machine(lan) -> Client:
    now = timezone.now()
    ApiToken.objects.create(
        name="kho", post_id=lan.post_id, made_by_id=lan.account_id, digest=token_digest("key of lan"),
        made_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return Client(headers={"Authorization": "Bearer key of lan"})


def _ask(client: Client, **more: object):
    return client.post(BASE, json.dumps(ASKED | more), "application/json")


def _make() -> None:
    house = Actor.system("exports")
    with acting(house):
        services.make_next_export(actor=house, now=timezone.now())


def test_a_machine_asks_waits_and_takes_one_row_a_line(machine, people):
    asked = _ask(machine)
    assert (asked.status_code, asked.json()["state"]) == (202, "approved")
    place = f"{BASE}/{asked.json()['id']}"
    assert machine.post(f"{place}/file").status_code == 409

    _make()

    assert machine.get(place).json()["state"] == "ready"
    file = machine.post(f"{place}/file")
    lines = [json.loads(line) for line in b"".join(file.streaming_content).decode().splitlines()]
    assert file["Content-Type"] == "application/x-ndjson"
    assert lines[0]["serial"] == asked.json()["serial"]
    assert {line["name"] for line in lines[1:]} == {"H'Lan Niê", "=HYPERLINK('x')", "Điểu K'Rang"}
    assert all(set(line) == {"name", "id"} for line in lines[1:])


def test_the_one_who_made_the_key_answers_for_the_list(machine, people, lan):
    _ask(machine)

    row = Export.objects.get()
    assert (row.asked_by_account_id, row.asked_by_post_id) == (lan.account_id, lan.post_id)


def test_a_long_list_waits_for_the_chairwoman(machine, people, chairwoman, monkeypatch, now):
    monkeypatch.setattr("maiam.contexts.exports.rules.MOST_ALONE", 2)
    asked = _ask(machine).json()
    assert asked["state"] == "waiting"

    with acting(chairwoman):
        services.decide_export(actor=chairwoman, export_id=asked["id"], agrees=True, reason="", now=now)

    assert machine.get(f"{BASE}/{asked['id']}").json()["state"] == "approved"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"columns": ["identity_number"]}, 409),
        ({"columns": []}, 422),
        ({"purpose": "ngắn"}, 422),
        ({"purpose": "          "}, 409),
        ({"kind": "cases"}, 422),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(machine, people, more, status):
    assert _ask(machine, **more).status_code == status
    assert not Export.objects.exists()
