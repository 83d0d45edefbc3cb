"""No sequence of rules, sendings and register changes lets a message out against the rule in force as it leaves."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from maiam.contexts.cases.models import Case
from maiam.contexts.contacts import events, services
from maiam.contexts.contacts.models import Attempt, ContactRule, DemoMessage, Message
from maiam.contexts.contacts.rules.messages import Result, State
from maiam.contexts.contacts.rules.safe_rule import SafeRule, Way
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.contacts.services import Telling, ToldByPerson
from maiam.contexts.duties.models import Obligation
from maiam.contexts.families.models import Person
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, acting
from maiam.platform.errors import DomainError

HOUSE = Actor.system("contacts")
PHONES = ["", "+84905000111", "+84905000222", "+84905000333"]
HOURS = [None, time(0), time(5), time(8), time(9), time(21, 30), time(23, 59)]
WORDS = ["", "Hợp tác xã mời họp", "Công an mời", "H'Lan Niê ơi", "mở http://a.vn"]
GIVES_AWAY = ("Công an", "H'Lan Niê", "http")
RULES = st.builds(
    SafeRule,
    ways=st.frozensets(st.sampled_from(Way), min_size=1),
    phone=st.sampled_from(PHONES),
    starts=st.sampled_from(HOURS),
    ends=st.sampled_from(HOURS),
    days=st.frozensets(st.integers(0, 6), max_size=3),
    cover_words=st.sampled_from(WORDS),
    others_read_phone=st.sampled_from([False, False, False, True]),
    never_phones=st.sampled_from([(), (), (PHONES[2],)]),
    through_whom=st.sampled_from(["", "", "Y Blô Êban"]),
    letter_to=st.sampled_from(["", "Nhà bà ngoại"]),
)
PAUSES = st.sampled_from(
    [timedelta(seconds=59), timedelta(minutes=30), *(timedelta(hours=hours) for hours in (3, 14, 48, 91 * 24))]
)


@dataclass
class World:
    lan: Actor
    case: Case
    husband: UUID
    now: datetime


def is_within(rule_: SafeRule, at: datetime) -> bool:
    """Her hours told another way: go back to the last time they began, and see whether they have ended since."""
    local = at.astimezone(VIETNAM).replace(second=0, microsecond=0)
    starts, ends = rule_.starts or time(0), rule_.ends or time(0)
    length = (ends.hour * 60 + ends.minute - starts.hour * 60 - starts.minute) % 1440 or 1440
    began = local.replace(hour=starts.hour, minute=starts.minute)
    if began > local:
        began -= timedelta(days=1)
    return local - began < timedelta(minutes=length) and (not rule_.days or began.weekday() in rule_.days)


class SafeContactMachine(RuleBasedStateMachine):
    world: World

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = self.world.now
        self.known: tuple[SafeRule, datetime] | None = None
        self.his = ""
        self.seen: set[UUID] = set()
        self.keys = 0
        with acting(self.world.lan):
            self.to = events.addressed(self.world.lan, self.world.case.subject, self.now)

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, actor: Actor, service: Any, **arguments: Any) -> Any:
        try:
            with acting(actor):
                return service(actor=actor, now=self.now, **arguments)
        except DomainError:
            return None

    @rule(pause=PAUSES)
    def time_passes(self, pause):
        self.now += pause

    @rule(asked=RULES)
    def she_is_asked(self, asked):
        if self.attempt(self.world.lan, services.lay_down_rule, to=self.to, rule=asked):
            self.known = (asked, self.now)

    @rule(asked=RULES)
    def a_rule_comes_in_unlooked_at(self, asked):
        """As answers of a public form do: nothing told is refused, so the door alone must hold."""
        row = ContactRule(
            recipient_kind=self.to.recipient.kind,
            recipient_id=self.to.recipient.id,
            record_kind="cases.case",
            record_id=self.world.case.id,
            commune_id=self.to.commune_id,
            version=ContactRule.objects.filter(recipient_id=self.to.recipient.id).count() + 1,
            recorded_at=self.now,
            ask_again_on=(self.now + timedelta(days=90)).astimezone(VIETNAM).date(),
            by_name="người ấy",
        )
        row.lay_down(asked)
        row.save(force_insert=True)
        self.known = (asked, self.now)

    @rule(phone=st.sampled_from(PHONES))
    def he_gets_another_number(self, phone):
        Person.objects.filter(id=self.world.husband).update(phone=phone)
        self.his = phone

    @rule(way=st.sampled_from(Way), purpose=st.sampled_from([p for p in Purpose if p is not Purpose.RECEIPT]))
    def somebody_wants_her_told(self, way, purpose):
        self.keys += 1
        telling = Telling(purpose=purpose, way=way, key=f"key {self.keys}")
        self.attempt(self.world.lan, services.tell_person, to=self.to, telling=telling)

    @rule()
    def somebody_wants_to_call(self):
        opened = self.attempt(self.world.lan, services.open_number, to=self.to)
        if opened.number:
            self.must_be_allowed(Way.CALL, opened.number)

    @rule(is_told=st.booleans(), way=st.sampled_from(Way))
    def a_colleague_does_it(self, is_told, way):
        message = Message.objects.filter(state=State.BY_PERSON).order_by("asked_at", "id").first()
        if message:
            told = ToldByPerson(at=self.now, way=way, is_told=is_told, words="Đã thử.")
            self.attempt(self.world.lan, services.record_told, message_id=message.id, told=told)

    @rule()
    def the_machine_sends(self):
        self.attempt(HOUSE, services.send_due)
        for row in DemoMessage.objects.exclude(message_id__in=self.seen):
            self.seen.add(row.message_id)
            number, text = row.number_and_text
            self.must_be_allowed(Way(row.way), number)
            assert not any(words in text for words in GIVES_AWAY)
            assert not self.known[0].cover_words or text == self.known[0].cover_words
            assert not self.known[0].others_read_phone
            assert row.message.asked_at <= self.now <= row.message.worth_until

    def must_be_allowed(self, way: Way, number: str) -> None:
        assert self.known, "nothing leaves before she was asked"
        asked, since = self.known
        assert way in asked.ways
        assert number == asked.phone
        assert number not in {"", self.his, *asked.never_phones}
        assert is_within(asked, self.now)
        assert self.now.astimezone(VIETNAM).date() <= (since + timedelta(days=90)).astimezone(VIETNAM).date()
        assert asked.through_whom == ""

    @invariant()
    def whatever_is_in_a_colleagues_hands_is_on_a_list_and_nothing_else_is(self):
        owed = set(
            Obligation.objects.filter(rule="CONTACT_BY_PERSON", state="running").values_list("subject_id", flat=True)
        )
        assert owed == set(Message.objects.filter(state=State.BY_PERSON).values_list("id", flat=True))

    @invariant()
    def each_message_left_once_and_by_a_version_of_the_rule(self):
        sent = list(Attempt.objects.filter(result=Result.SENT).values_list("message_id", "rule_id"))
        assert len(sent) == len({message_id for message_id, _ in sent})
        assert all(rule_id for _, rule_id in sent)


@pytest.mark.django_db
def test_no_message_leaves_against_the_rule_in_force(lan, case, husband, now):
    machine = type("Played", (SafeContactMachine,), {"world": World(lan, case, husband, now)})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
