"""The police's own system: orders on their beat, service and breaches recorded, refusals as problems."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries import token_digest
from maiam.contexts.cases.models import Breach, Delivery
from maiam.platform.access import acting
from maiam.platform.audit.models import AuditEntry

BASE = "/api/v1/cases/no-contact"


@pytest.fixture
def now():
    """The API reads the clock itself, so these stories happen today."""
    return timezone.now()


@pytest.fixture
def machine(now):
    """A system that speaks for a post by its token."""

    def of(actor):
        token = f"token of {actor.post_id}"
        ApiToken.objects.create(
            name="hệ thống",
            post_id=actor.post_id,
            made_by_id=actor.account_id,
            digest=token_digest(token),
            made_at=now,
            expires_at=now + timedelta(days=1),
        )
        return Client(headers={"Authorization": f"Bearer {token}"})

    return of


def post(client, path, **body):
    return client.post(f"{BASE}/{path}", json.dumps(body, default=str), content_type="application/json")


def test_the_police_see_the_orders_on_their_beat_and_nothing_told(machine, police_chief, ordered):
    answer = machine(police_chief).get(f"{BASE}/in-force")

    (order,) = answer.json()
    assert order["perpetrator_name"] == "Y Blô Êban"
    assert set(order) == {
        "id",
        "victim_name",
        "victim_village",
        "perpetrator_name",
        "starts_at",
        "ends_at",
        "undelivered",
        "is_supervised",
        "signed_above",
    }


def test_without_a_token_there_is_nothing(db):
    answer = Client().get(f"{BASE}/in-force")

    assert answer.status_code == 401


def test_the_chairman_s_list_is_not_for_the_police(machine, police_chief, requested):
    answer = machine(police_chief).get(f"{BASE}/awaiting-decision")

    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_receiving_the_order_is_recorded_once(machine, police_chief, ordered, now):
    client = machine(police_chief)
    service = {"addressee": "commune_police_chief", "method": "electronic", "delivered_at": timezone.now()}

    first = post(client, f"{ordered.id}/services", **service)
    second = post(client, f"{ordered.id}/services", **service)

    assert (first.status_code, second.status_code) == (201, 409)
    assert second.json()["fields"] == {"addressee": ["Nơi này đã được ghi nhận là đã nhận văn bản."]}
    assert Delivery.objects.count() == 1


def test_a_breach_is_recorded_and_in_the_trail(machine, police_chief, inspector, ordered):
    answer = post(
        machine(police_chief),
        f"{ordered.id}/breaches",
        kind="came_near",
        occurred_at=timezone.now(),
        told="Đứng trước cổng.",
    )

    assert answer.status_code == 201
    assert Breach.objects.get().told == "Đứng trước cổng."
    with acting(inspector):
        assert AuditEntry.objects.filter(action="cases.no_contact.breached").count() == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "no such kind"},
        {"occurred_at": "31/02/2026"},
        {"occurred_at": "2026-11-23T09:00:00"},
        {"told": ""},
        {"told": "\u200b\u202e"},
        {"told": "x" * 5001},
    ],
)
def test_bad_input_is_told_by_its_field_and_changes_nothing(machine, police_chief, ordered, fault):
    breach = {"kind": "remote", "occurred_at": timezone.now(), "told": "Gọi điện."} | fault

    answer = post(machine(police_chief), f"{ordered.id}/breaches", **breach)

    assert answer.status_code == 422
    assert any(next(iter(fault)) in field for field in answer.json()["fields"])
    assert not Breach.objects.exists()


def test_an_order_elsewhere_and_one_that_is_not_look_alike(machine, seat, elsewhere, ordered):
    neighbour = machine(seat("commune_police", "Công an xã bên", commune=elsewhere))
    breach = {"kind": "remote", "occurred_at": timezone.now(), "told": "Gọi điện."}

    hidden = post(neighbour, f"{ordered.id}/breaches", **breach)
    absent = post(neighbour, "00000000-0000-7000-8000-000000000000/breaches", **breach)

    assert hidden.status_code == absent.status_code == 404
    assert hidden.json().keys() == absent.json().keys()
