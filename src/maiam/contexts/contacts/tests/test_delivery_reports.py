"""What a gateway says afterwards: arrived ends it, lost makes it somebody's task, twice is once."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.contexts.contacts import services
from maiam.contexts.contacts.models import Attempt, Message
from maiam.contexts.contacts.rules.messages import Fate, Result, State, after
from maiam.contexts.contacts.rules.safe_rule import Way
from maiam.contexts.contacts.rules.verdicts import Refusal
from maiam.contexts.contacts.services import DeliveryReport
from maiam.contexts.contacts.tests.conftest import RULE, tasks
from maiam.platform.access import Actor, acting

pytestmark = pytest.mark.django_db
GATEWAY = Actor.gateway()


def say(message_id, fate: Fate, at, reason: str = "") -> Message:
    with acting(GATEWAY):
        told = DeliveryReport(fate=fate, at=at, reason=reason)
        return services.take_delivery_report(actor=GATEWAY, message_id=message_id, report=told, now=at)


def test_arrived_ends_it(sent, now):
    assert say(sent.id, Fate.DELIVERED, now).state == State.DELIVERED
    assert not tasks()


def test_lost_becomes_the_officers_task_with_the_reason(sent, lan, now):
    message = say(sent.id, Fate.FAILED, now, reason="UNDELIV 84905000111")

    (task,) = tasks()
    assert task.owner_post_id == lan.post_id
    assert (message.state, message.refusal) == (State.BY_PERSON, Refusal.NOT_DELIVERED)
    assert Attempt.objects.get(result=Result.LOST).reference == "UNDELIV …"


@pytest.mark.parametrize("fate", list(Fate))
def test_said_twice_it_is_said_once(sent, now, fate):
    for minutes in (0, 1, 5):
        say(sent.id, fate, now + timedelta(minutes=minutes))

    assert Attempt.objects.filter(message=sent).count() == 2
    assert len(tasks()) == (fate is Fate.FAILED)


def test_arrived_after_all_takes_the_task_away(sent, now):
    say(sent.id, Fate.FAILED, now)
    message = say(sent.id, Fate.DELIVERED, now + timedelta(minutes=3))

    assert (message.state, message.refusal) == (State.DELIVERED, "")
    assert not tasks()


def test_lost_after_it_arrived_changes_nothing(sent, now):
    say(sent.id, Fate.DELIVERED, now)

    assert say(sent.id, Fate.FAILED, now).state == State.DELIVERED
    assert not tasks()


def test_what_has_not_left_is_no_gateways_business(lay, tell, now):
    lay(starts=(now + timedelta(hours=9)).time().replace(microsecond=0))
    waits = tell()

    with pytest.raises(services.NotSentYetError):
        say(waits.id, Fate.DELIVERED, now)


def test_a_task_of_a_colleague_is_not_ended_by_a_machine(lay, tell, now):
    lay(**{**vars(RULE), "ways": frozenset({Way.SMS}), "others_read_phone": True})
    message = tell()

    assert say(message.id, Fate.DELIVERED, now).state == State.BY_PERSON
    assert len(tasks()) == 1


@given(
    said=st.lists(st.sampled_from(Fate), max_size=8),
    first=st.sampled_from([state for state in State if state is not State.WAITING]),
)
def test_whatever_a_gateway_says_in_whatever_order_arrived_stays_and_what_people_ended_stays(said, first):
    state, was_lost = first, False
    for fate in said:
        moved = after(state, fate, was_lost=was_lost)
        was_lost = moved is State.BY_PERSON or (was_lost and moved is None)
        state = moved or state

    if first in {State.DELIVERED, State.TOLD, State.DROPPED, State.BY_PERSON}:
        assert state is first
    elif Fate.DELIVERED in said:
        assert state is State.DELIVERED
    else:
        assert state is (State.BY_PERSON if said else first)
