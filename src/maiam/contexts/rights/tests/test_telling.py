"""An answer reaches whoever asked by their own rule, or the officer has it to tell; never against the rule."""

from datetime import time

import pytest

from maiam.contexts.contacts import services as contacts
from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.models import DemoMessage, Message
from maiam.contexts.contacts.rules.messages import State
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind, SafeRule, Way
from maiam.contexts.contacts.rules.verdicts import Refusal
from maiam.contexts.duties.models import Obligation
from maiam.contexts.duties.rules import Subject
from maiam.contexts.rights import services
from maiam.contexts.rights.rules import Asker, Ground, Right, Told
from maiam.platform.access import Actor, acting
from maiam.platform.ids import new_id

pytestmark = pytest.mark.django_db
PHONE, WORDS = "+84905000333", "Hợp tác xã mời họp"


@pytest.fixture
def says(lan, home, commune, now):
    """The woman says, in a case of hers, how she may be reached."""

    def lay(**rule):
        record = Subject("cases.case", new_id())
        to = Addressed(
            recipient=Recipient(RecipientKind.PERSON, home.woman.id), record=record, label="chị", code="VV",
            commune_id=commune.id, village_id=None, owner_post_id=lan.post_id,
        )  # fmt: skip
        with acting(lan):
            contacts.lay_down_rule(actor=lan, to=to, rule=SafeRule(**rule), now=now)

    return lay


@pytest.fixture
def answer(lan, now):
    def answers(request, told: Told = Told.BY_RULE) -> None:
        with acting(lan):
            services.answer_first(actor=lan, request_id=request.id, words="Đã nhận.", now=now, told=told)

    return answers


def tasks() -> list[Obligation]:
    return list(Obligation.objects.filter(rule="CONTACT_BY_PERSON", state="running"))


def leaves(now) -> None:
    house = Actor.system("contacts")
    with acting(house):
        contacts.send_due(actor=house, now=now)


def test_her_rule_lets_it_leave_in_her_cover_words(says, ask, answer, now):
    says(ways=frozenset({Way.SMS}), phone=PHONE, cover_words=WORDS)
    answer(ask(Right.SEE))
    leaves(now)

    assert DemoMessage.objects.get().number_and_text == (PHONE, WORDS)
    assert not tasks()


def test_outside_her_hours_it_waits_for_them(says, ask, answer, now):
    says(ways=frozenset({Way.SMS}), phone=PHONE, cover_words=WORDS, starts=time(22), ends=time(5))
    answer(ask(Right.SEE))
    leaves(now)

    assert Message.objects.get().state == State.WAITING
    assert not DemoMessage.objects.exists()


def test_who_said_nothing_is_told_by_the_officer(ask, answer, lan):
    answer(ask(Right.SEE))

    assert Message.objects.get().refusal == Refusal.NO_RULE
    assert [task.owner_post_id for task in tasks()] == [lan.post_id]


def test_who_must_not_be_written_to_is_told_by_the_officer(says, ask, answer):
    says(ways=frozenset({Way.SMS}), phone=PHONE, others_read_phone=True)
    answer(ask(Right.SEE))

    assert Message.objects.get().refusal == Refusal.OTHERS_READ_PHONE
    assert len(tasks()) == 1


def test_who_heard_it_before_the_officer_is_told_nothing_more(says, ask, answer):
    says(ways=frozenset({Way.SMS}), phone=PHONE, cover_words=WORDS)
    request = ask(Right.SEE)
    answer(request, Told.HERE)

    assert not Message.objects.exists()
    assert request.steps.get(act="first_answered").told == Told.HERE


def test_a_representative_the_register_does_not_know_is_told_face_to_face(says, ask, answer, home):
    says(ways=frozenset({Way.SMS}), phone=PHONE, cover_words=WORDS)
    answer(ask(Right.SEE, asker=Asker.REPRESENTATIVE, representative_name="Bà ngoại H'Lan"))

    assert Message.objects.get().way == Way.VISIT
    assert len(tasks()) == 1


def test_a_refusal_is_told_too_and_each_answer_once(ask, answer, lan, now):
    request = ask(Right.ERASE)
    answer(request)
    with acting(lan):
        services.refuse(
            actor=lan, request_id=request.id, ground=Ground.KEPT_BY_LAW, words="Luật buộc giữ.", now=now
        )  # fmt: skip

    assert sorted(Message.objects.values_list("key", flat=True)) == [
        f"right:{request.id}:first_answered",
        f"right:{request.id}:refused",
    ]


def test_an_erasure_carried_out_is_told_by_the_officer_with_its_paper(erase):
    request = erase()

    assert Message.objects.filter(key=f"right:{request.id}:finished", purpose="paper_ready").count() == 1
