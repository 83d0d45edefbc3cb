"""A gateway's word over HTTP: signed as our own calls are, heard once, and no key to anything else."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from maiam.contexts.contacts.rules.messages import State
from maiam.contexts.contacts.tests.conftest import *  # noqa: F403 - the same rule, the same message
from maiam.contexts.contacts.tests.conftest import tasks
from maiam.contexts.webhooks.rules import signature
from maiam.platform.access import Actor, acting

pytestmark = pytest.mark.django_db
SECRET = "k" * 32


@pytest.fixture
def post(settings):
    settings.CONTACT_GATEWAY_TOKEN = SECRET

    def send(message_id, body: dict, *, secret: str = SECRET, ago: timedelta = timedelta()):
        raw = json.dumps(body)
        mark = signature(raw.encode(), secrets=[secret], at=timezone.now() - ago)
        address = f"/api/v1/contacts/messages/{message_id}/delivery"
        return Client().post(address, raw, content_type="application/json", headers={"Maiam-Signature": mark})

    return send


def test_a_signed_word_is_taken(sent, post):
    answer = post(sent.id, {"status": "failed", "reason": "EXPIRED"})

    assert (answer.status_code, answer.json()["state"]) == (200, "by_person")
    assert post(sent.id, {"status": "failed", "reason": "EXPIRED"}).status_code == 200
    with acting(Actor.system("test")):
        assert len(tasks()) == 1


def test_a_word_not_signed_by_us_or_signed_long_ago_is_not_heard(sent, post, settings):
    body = {"status": "failed"}

    assert post(sent.id, body, secret="somebody else's").status_code == 401
    assert post(sent.id, body, ago=timedelta(minutes=6)).status_code == 401
    settings.CONTACT_GATEWAY_TOKEN = ""
    assert post(sent.id, body, secret="").status_code == 401
    with acting(Actor.system("test")):
        sent.refresh_from_db()
    assert sent.state == State.SENT


def test_a_gateway_opens_nothing_else(sent, post):
    mark = signature(b"", secrets=[SECRET], at=timezone.now())
    opened = Client().get("/api/v1/contacts/messages", headers={"Maiam-Signature": mark})

    assert opened.status_code == 403
    assert post(uuid4(), {"status": "delivered"}).status_code == 404
    assert post(sent.id, {"status": "lost"}).status_code == 422
