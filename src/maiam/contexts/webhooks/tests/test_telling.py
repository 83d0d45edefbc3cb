"""From a change to the other system: in the same transaction, signed, in order, at least once, given up in the end."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from maiam.contexts.cases.queries import known_people
from maiam.contexts.families import services as families
from maiam.contexts.families.models import Person
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.webhooks import rules, services
from maiam.contexts.webhooks.models import Delivery, OutboxEvent, Subscription
from maiam.contexts.webhooks.rules import EventType, State
from maiam.contexts.webhooks.services import Wanted
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError

from .conftest import HOUSE

pytestmark = pytest.mark.django_db
NAME = "Đặng Thị Rất Riêng"


def _told(receiver):
    return [json.loads(body) for _, body in receiver.messages]


def test_a_change_is_told_signed_and_says_no_name(subscribed, receiver, add_person, work, commune, now):
    person = add_person(NAME)

    assert work() == 1

    ((headers, body),) = receiver.messages
    assert rules.is_signed(headers["Maiam-Signature"], body, secret=subscribed.secret, now=now)
    told = json.loads(body)
    assert told == {
        "id": headers["Maiam-Event-Id"],
        "number": 1,
        "type": "person.created",
        "at": now.isoformat(),
        "person": str(person.id),
        "unit": commune.code,
    }
    assert NAME not in body.decode()


def test_what_is_undone_is_told_to_nobody(lan, commune, now):
    with acting(lan), transaction.atomic():
        facts = PersonFacts(full_name=NAME, commune_id=commune.id)
        families.register_person(actor=lan, facts=facts, now=now)
        transaction.set_rollback(True)
    assert not Person.objects.filter(full_name=NAME).exists()

    assert not OutboxEvent.objects.exists()


def test_every_change_of_the_register_has_its_event(add_person, lan, commune, village, now):
    one, other = add_person("Người Một"), add_person("Người Hai")
    with acting(lan):
        home = families.register_household(
            actor=lan, commune_id=commune.id, village_id=village.id, code="BD-1", now=now
        )
        families.correct_person(
            actor=lan, person_id=one.id, facts=PersonFacts(full_name="Người Mốt", commune_id=commune.id), now=now
        )
        families.merge_persons(actor=lan, kept_id=one.id, folded_id=other.id, choices={}, now=now)
    with acting(HOUSE):
        families.erase_person(actor=HOUSE, person_id=one.id, now=now)

    types = OutboxEvent.objects.order_by("id").values_list("type", flat=True)
    assert list(types) == [
        "person.created", "person.created", "household.created", "person.changed", "person.merged", "person.erased",
    ]  # fmt: skip
    assert OutboxEvent.objects.get(type="household.created").subject_id == home.id


def test_messages_come_in_the_order_of_their_numbers(subscribed, receiver, add_person, work):
    people = [add_person(f"Người Số {number}") for number in range(5)]

    work()

    assert [told["number"] for told in _told(receiver)] == [1, 2, 3, 4, 5]
    assert [told["person"] for told in _told(receiver)] == [str(person.id) for person in people]


def test_one_that_fails_is_sent_again_and_nothing_overtakes_it(subscribed, receiver, add_person, work, now):
    first, second = add_person("Người Một"), add_person("Người Hai")
    receiver.answers = [500]

    assert work() == 0
    assert work(now + timedelta(seconds=9)) == 0
    assert work(now + timedelta(seconds=10)) == 2

    people = [told["person"] for told in _told(receiver)]
    assert people == [str(first.id), str(first.id), str(second.id)]
    ids = {headers["Maiam-Event-Id"] for headers, _ in receiver.messages}
    assert len(ids) == 2


def test_killed_after_sending_it_is_sent_again_under_the_same_id(subscribed, receiver, add_person, work, now):
    add_person(NAME)

    with acting(HOUSE):
        services.put_in_line(actor=HOUSE, now=now)
        assert services.deliver(actor=HOUSE, now=now) == 1
        transaction.set_rollback(True)
    work()

    ids = [headers["Maiam-Event-Id"] for headers, _ in receiver.messages]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert Delivery.objects.get().state == State.DELIVERED


def test_what_nobody_takes_is_given_up_and_can_be_sent_again(
    subscribed, receiver, add_person, work, administrator, now
):
    add_person(NAME)
    receiver.answers = [503] * rules.MOST_ATTEMPTS
    at = now
    for _ in range(rules.MOST_ATTEMPTS):
        work(at)
        at += timedelta(hours=5)
    dead = Delivery.objects.get()
    assert (dead.state, dead.attempts, dead.last_problem) == (State.DEAD, rules.MOST_ATTEMPTS, "HTTP 503")

    with acting(administrator):
        services.send_again(actor=administrator, delivery_id=dead.id, now=at)
        with pytest.raises(services.NotDeadError):
            services.send_again(actor=administrator, delivery_id=dead.id, now=at)
    assert work(at) == 1


def test_a_detour_is_not_followed(subscribed, receiver, add_person, work):
    add_person(NAME)
    receiver.answers = [302]

    assert work() == 0

    assert len(receiver.messages) == 1
    assert Delivery.objects.get().last_status == 302


def test_a_name_that_leads_inside_is_refused_when_it_is_sent(
    subscribed, receiver, add_person, work, settings, monkeypatch
):
    """The name may be public when it is written down and private when it is looked up."""
    inside = [(2, 1, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: inside)
    Subscription.objects.update(url="https://kho.lamdong.gov.vn/")
    add_person(NAME)

    assert work() == 0

    assert "nội bộ" in Delivery.objects.get().last_problem
    assert receiver.messages == []


def test_a_secret_is_changed_without_losing_a_message(subscribed, receiver, add_person, work, administrator, now):
    with acting(administrator):
        _, fresh = services.rotate_secret(actor=administrator, subscription_id=subscribed.row.id, now=now)
    add_person("Người Một")
    work()
    add_person("Người Hai")
    later = now + rules.OVERLAP
    work(later)

    (early, body), (late, last) = receiver.messages
    for secret in (subscribed.secret, fresh):
        assert rules.is_signed(early["Maiam-Signature"], body, secret=secret, now=now)
    assert rules.is_signed(late["Maiam-Signature"], last, secret=fresh, now=later)
    assert not rules.is_signed(late["Maiam-Signature"], last, secret=subscribed.secret, now=later)


def test_paused_it_waits_and_nothing_is_lost(subscribed, receiver, add_person, work, administrator, now):
    with acting(administrator):
        services.pause(actor=administrator, subscription_id=subscribed.row.id, now=now)
    add_person(NAME)
    assert work() == 0

    with acting(administrator):
        services.resume(actor=administrator, subscription_id=subscribed.row.id, now=now)
    assert work() == 1


def test_only_what_is_wanted_is_told(administrator, receiver, add_person, work, now):
    wanted = Wanted(name="Chỉ hộ", url=receiver.url, event_types=(EventType.HOUSEHOLD_CREATED,))
    with acting(administrator):
        services.subscribe(actor=administrator, wanted=wanted, now=now)
    add_person(NAME)

    assert work() == 0


def test_the_secret_lies_sealed_and_is_shown_once(subscribed, administrator):
    row = Subscription.objects.get()

    assert subscribed.secret.encode() not in bytes(row.secret_sealed)
    assert row.secrets_at(row.made_at) == [subscribed.secret]
    assert not AuditEntry.objects.filter(reason__contains=subscribed.secret).exists()


def test_nobody_but_the_administrator_subscribes_or_looks(lan, inspector, subscribed, now):
    for actor in (lan, inspector, Actor.public()):
        with acting(actor):
            assert not Subscription.objects.exists()
            with pytest.raises(ForbiddenError):
                services.pause(actor=actor, subscription_id=subscribed.row.id, now=now)
    with acting(lan), pytest.raises(ForbiddenError):
        services.deliver(actor=lan, now=now)


def test_the_administrator_sees_no_person(administrator, add_person):
    person = add_person(NAME)

    with acting(administrator):
        assert known_people(administrator, [person.id]) == {}
