"""Another system asks for a correction and sees how it was answered."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries import token_digest
from maiam.contexts.changes.models import ChangeRequest

BASE = "/api/v1/changes"


@pytest.fixture
def machine():
    def of(actor):
        token = f"token of {actor.post_id}"
        ApiToken.objects.create(
            name="hệ thống",
            post_id=actor.post_id,
            made_by_id=actor.account_id,
            digest=token_digest(token),
            made_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=1),
        )
        return Client(headers={"Authorization": f"Bearer {token}"})

    return of


def _post(client, person_id, **facts):
    body = {"person_id": str(person_id), "facts": facts, "shown": "vneid"}
    return client.post(BASE, json.dumps(body), content_type="application/json")


def test_a_correction_is_asked_and_followed(machine, lan, woman, decide):
    client = machine(lan)
    asked = _post(client, woman.id, birth="khoảng 1985", phone="0905 000 222")
    assert asked.status_code == 201
    request = ChangeRequest.objects.get()
    assert (request.proposed["birth"], request.proposed["phone"]) == ([1985, None, None, True], "+84905000222")

    decide(request.id)

    answer = client.get(f"{BASE}/{request.id}").json()
    assert (answer["state"], set(answer["accepted"])) == ("approved", {"birth", "phone"})


def test_the_list_is_read_page_by_page(machine, lan, woman):
    client = machine(lan)
    for name in ("H'Một", "H'Hai", "H'Ba"):
        _post(client, woman.id, full_name=name)

    first = client.get(BASE, {"limit": 2}).json()
    rest = client.get(BASE, {"limit": 2, "before": first[-1]["id"]}).json()

    assert (len(first), len(rest)) == (2, 1)


def test_no_answer_repeats_what_was_asked(machine, lan, woman):
    answer = _post(machine(lan), woman.id, full_name="H'Bí Mật")

    assert "Bí Mật" not in answer.content.decode()


def test_another_commune_finds_nothing(machine, binh, ask):
    request = ask()

    assert machine(binh).get(f"{BASE}/{request.id}").status_code == 404


@pytest.mark.parametrize(("facts", "status"), [({"birth": "31/02/1985"}, 409), ({"full_name": " "}, 422), ({}, 409)])
def test_what_cannot_be_read_is_said(machine, lan, woman, facts, status):
    assert _post(machine(lan), woman.id, **facts).status_code == status


def test_someone_not_in_the_register_is_not_found(machine, lan):
    assert _post(machine(lan), uuid4(), full_name="Ai Đó").status_code == 404


def test_the_police_have_no_say(machine, police_chief, woman):
    assert _post(machine(police_chief), woman.id, full_name="Ai Đó").status_code == 403
