"""The administrator's pages."""

import re

import pytest
from django.utils import timezone

from maiam.contexts.webhooks.models import Delivery, Subscription
from maiam.contexts.webhooks.rules import State

pytestmark = pytest.mark.django_db
BASE = "/he-thong-khac/"


def test_a_system_is_added_and_its_secret_shown_once(client_for, administrator):
    client = client_for(administrator)
    asked = {"name": "Kho tỉnh", "url": "https://kho.lamdong.gov.vn/nhan", "event_types": ["person.changed"]}

    page = client.post(f"{BASE}them/", asked).content.decode()

    row = Subscription.objects.get()
    secret = re.search(r"whsec_[\w-]+", page)[0]
    assert row.secrets_at(row.made_at) == [secret]
    assert secret not in client.get(f"{BASE}{row.id}/").content.decode()
    fresh = client.post(f"{BASE}{row.id}/doi-khoa/").content.decode()
    assert re.search(r"whsec_[\w-]+", fresh)[0] != secret


def test_an_inner_address_is_refused_by_its_field_and_kept(client_for, administrator):
    asked = {"name": "Kho", "url": "https://10.1.2.3/", "event_types": ["person.changed"]}

    page = client_for(administrator).post(f"{BASE}them/", asked).content.decode()

    assert "mạng nội bộ" in page
    assert 'value="https://10.1.2.3/"' in page
    assert not Subscription.objects.exists()


def test_the_log_shows_what_was_given_up_and_sends_it_again(
    client_for, administrator, subscribed, add_person, receiver, work
):
    add_person("Người Một")
    receiver.answers = [500]
    work()
    Delivery.objects.update(state=State.DEAD, next_at=None)
    client = client_for(administrator)

    page = client.get(f"{BASE}{subscribed.row.id}/?hong=1").content.decode()
    assert "HTTP 500" in page
    dead = Delivery.objects.get()
    client.post(f"{BASE}{subscribed.row.id}/gui-lai/{dead.id}/")

    dead.refresh_from_db()
    assert dead.state == State.WAITING
    assert "Kho dữ liệu tỉnh" in client.get(BASE).content.decode()


def test_a_test_message_goes_at_once(client_for, administrator, subscribed, receiver, work):
    client_for(administrator).post(f"{BASE}{subscribed.row.id}/gui-thu/")

    assert work(timezone.now()) == 1
    assert b"webhook.test" in receiver.messages[0][1]
