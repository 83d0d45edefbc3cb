"""A reporter's own rule, from their answers to the moment a message leaves: gateway, spool, hours, failures, tasks."""

from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from maiam.contexts.contacts import queries, services
from maiam.contexts.contacts.models import Attempt, ContactRule, DemoMessage
from maiam.contexts.contacts.rules.messages import Result, State
from maiam.contexts.contacts.rules.safe_rule import Way
from maiam.contexts.contacts.rules.verdicts import Refusal
from maiam.contexts.contacts.services import ToldByPerson
from maiam.contexts.contacts.tests.conftest import PHONE, tasks, work
from maiam.contexts.duties.models import Obligation
from maiam.platform.access import acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db


def test_a_message_leaves_with_her_cover_words_alone(lay, tell, now):
    lay()
    message = tell()

    assert work(now) == 1
    (row,) = DemoMessage.objects.all()
    assert row.number_and_text == (PHONE, "Mời họp hội")
    message.refresh_from_db()
    assert (message.state, message.text) == (State.SENT, "Mời họp hội")
    assert not tasks()


def test_the_same_thing_is_told_once(lay, tell, now):
    lay()

    assert tell().id == tell().id
    work(now)
    assert work(now) == 0


def test_outside_her_hours_it_waits_for_them(lay, tell, now):
    lay(starts=time(22), ends=time(5))
    message = tell()

    assert work(now) == 0
    assert work(now + timedelta(hours=12, minutes=59, seconds=59)) == 0
    assert work(now + timedelta(hours=13)) == 1
    message.refresh_from_db()
    assert message.state == State.SENT


def test_a_rule_changed_while_it_waits_is_the_rule_it_leaves_by(lay, tell, now):
    lay(starts=time(22), ends=time(5))
    message = tell()
    lay(ways=frozenset({Way.VISIT}))

    assert work(now + timedelta(hours=13)) == 0
    message.refresh_from_db()
    assert (message.state, message.refusal) == (State.BY_PERSON, Refusal.WAY_NOT_ALLOWED)
    assert not DemoMessage.objects.exists()


def test_what_may_not_be_sent_is_on_the_officers_list_with_its_reason(tell, lan):
    message = tell()

    (task,) = tasks()
    assert message.refusal == Refusal.NO_RULE
    assert task.owner_post_id == lan.post_id
    assert task.subject_id == message.id
    assert "Chưa hỏi người ấy" in task.what
    assert "báo tin" not in task.what


def test_a_message_that_would_come_too_late_becomes_a_task(lay, tell, now):
    lay(days=frozenset({5}))
    message = tell()

    assert message.refusal == Refusal.TOO_LATE
    assert len(tasks()) == 1


def test_telling_her_oneself_ends_the_task(tell, lan, now):
    message = tell()
    told = ToldByPerson(at=now, way=Way.VISIT, is_told=True, words="Gặp ở chợ, một mình.")
    with acting(lan):
        services.record_told(actor=lan, message_id=message.id, told=told, now=now + timedelta(hours=1))
        page = queries.message(lan, message.id, now)

    assert not tasks()
    assert page.line.state is State.TOLD
    assert [line.words for line in page.attempts] == ["", "Gặp ở chợ, một mình."]


def test_not_reached_needs_words_and_keeps_the_task(tell, lan, now):
    message = tell()
    silent = ToldByPerson(at=now, way=Way.VISIT, is_told=False)
    with acting(lan), pytest.raises(services.WordsNeededError):
        services.record_told(actor=lan, message_id=message.id, told=silent, now=now)
    with acting(lan):
        tried = ToldByPerson(at=now, way=Way.VISIT, is_told=False, words="Đi vắng.")
        services.record_told(actor=lan, message_id=message.id, told=tried, now=now)

    assert len(tasks()) == 1


def test_a_message_need_not_be_told_any_more_for_a_reason(tell, lan, now):
    message = tell()
    with acting(lan):
        services.drop_message(actor=lan, message_id=message.id, words="Chị đã tự đến.", now=now)
        with pytest.raises(services.AlreadyEndedError):
            services.drop_message(actor=lan, message_id=message.id, words="Lần nữa.", now=now)

    assert not tasks()


def test_reaching_her_against_her_rule_starts_a_look_at_her_safety(lay, tell, lan, now):
    lay()
    message = tell(way=Way.LETTER)
    with acting(lan):
        told = ToldByPerson(at=now, way=Way.LETTER, is_told=True)
        services.record_told(actor=lan, message_id=message.id, told=told, now=now)

    (task,) = Obligation.objects.filter(rule="CONTACT_WENT_WRONG")
    assert task.subject_id == message.record_id
    assert AuditEntry.objects.filter(action="contacts.rule.broken").exists()


def test_the_number_opens_within_her_hours_and_each_opening_is_in_the_trail(lay, lan, to, now):
    lay(must_not_pick_up="chồng")
    with acting(lan):
        opened = services.open_number(actor=lan, to=to, now=now)

    assert (opened.number, opened.must_not_pick_up) == (PHONE, "chồng")
    assert AuditEntry.objects.filter(action="contacts.number.shown").exists()
    assert Attempt.objects.get().result == Result.NUMBER_SHOWN


def test_outside_her_hours_the_number_stays_shut_and_the_call_becomes_a_task(lay, lan, to, now):
    lay()
    with acting(lan):
        opened = services.open_number(actor=lan, to=to, now=now + timedelta(hours=1))

    assert opened.number == ""
    assert opened.verdict.refusal is Refusal.OUT_OF_HOURS
    assert "được từ 08:00 24/11/2026" in tasks()[0].what or "08:00" in tasks()[0].what


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"phone": ""}, services.NumberMissingError),
        ({"never_phones": (PHONE,)}, services.NumberNotSafeError),
        ({"cover_words": "Công an mời"}, services.WordsNotSafeError),
        ({"ways": frozenset({Way.LETTER})}, services.AddressMissingError),
    ],
)
def test_a_rule_that_could_not_be_kept_is_not_laid_down(lay, changes, error):
    with pytest.raises(error):
        lay(**changes)
    assert not ContactRule.objects.exists()


def test_a_rule_that_is_too_old_lets_nothing_out(lay, tell, now):
    lay()
    later = now + timedelta(days=91)

    assert tell(at=later).refusal == Refusal.OUT_OF_DATE


def test_each_version_stays_and_the_newest_is_in_force(lay, lan, to, now):
    lay()
    lay(phone="+84905000333")
    with acting(lan):
        page = queries.guidance(lan, to.recipient, to.record, now)

    assert page.rule.phone == "+84905000333"
    assert [line.version for line in page.versions] == [2, 1]
    assert page.ask_again_on == date(2027, 2, 21)


# --- machines


def test_a_gateway_is_told_the_number_and_the_words_once_by_their_id(lay, tell, gateway, settings, now):
    settings.CONTACT_DEMO, settings.CONTACT_GATEWAYS = False, {"sms": gateway.url}
    settings.CONTACT_GATEWAY_TOKEN = "chìa khóa"[:4]
    lay()
    message = tell()
    work(now)

    ((headers, body),) = gateway.messages
    assert body == {"id": str(message.id), "channel": "sms", "to": PHONE, "text": "Mời họp hội"}
    assert headers["Idempotency-Key"] == str(message.id)
    assert Attempt.objects.get(result=Result.SENT).reference == "SMSC-77"


def test_a_gateway_that_fails_is_tried_again_and_in_the_end_a_colleague_is_asked(lay, tell, gateway, settings, now):
    settings.CONTACT_DEMO, settings.CONTACT_GATEWAYS = False, {"sms": gateway.url}
    settings.CONTACT_GATEWAY_TOKEN = "k"
    gateway.answers[:] = [500] * 9
    lay(ends=time(20))
    message = tell()
    for minutes in (0, 1, 6, 21, 81, 200):
        work(now + timedelta(minutes=minutes))

    message.refresh_from_db()
    assert (message.state, message.refusal) == (State.BY_PERSON, Refusal.NOT_TAKEN)
    assert len(gateway.messages) == 5
    assert len(tasks()) == 1


def test_a_gateway_that_is_away_does_not_stop_the_house(lay, tell, settings, now):
    settings.CONTACT_DEMO, settings.CONTACT_GATEWAYS = False, {"sms": "http://127.0.0.1:9/"}
    settings.CONTACT_GATEWAY_TOKEN = "k"
    lay()
    tell()

    assert work(now) == 0
    assert Attempt.objects.get().result == Result.FAILED


def test_without_any_machine_a_colleague_is_asked(lay, tell, settings, now):
    settings.CONTACT_DEMO, settings.CONTACT_GATEWAYS, settings.CONTACT_SPOOL = False, {}, ""
    lay()
    message = tell()
    work(now)

    message.refresh_from_db()
    assert message.refusal == Refusal.NO_CHANNEL
    assert len(tasks()) == 1


def test_a_modem_finds_one_whole_file_for_each_message(lay, tell, settings, tmp_path, now):
    settings.CONTACT_DEMO, settings.CONTACT_GATEWAYS, settings.CONTACT_SPOOL = False, {}, str(tmp_path)
    lay()
    message = tell()
    work(now)

    (file,) = tmp_path.iterdir()
    assert file.name == f"maiam-{message.id}"
    assert file.read_text() == "To: 84905000111\nAlphabet: UTF-8\n\nMời họp hội"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_receipts_code_is_sent_and_kept_nowhere(lay, lan, to, now):
    lay()
    with acting(lan):
        message = services.send_code(actor=lan, to=to, code="1234 5678 9012 3456", now=now)
    work(now)

    message.refresh_from_db()
    assert DemoMessage.objects.get().number_and_text[1] == "Mời họp hội 1234 5678 9012 3456"
    assert message.code_sealed is None
    assert "1234" not in message.text


def test_a_code_that_may_not_be_sent_is_forgotten(lan, to, now):
    with acting(lan):
        message = services.send_code(actor=lan, to=to, code="1234 5678 9012 3456", now=now)

    assert message.state == State.BY_PERSON
    assert message.code_sealed is None


# --- who may


def test_nobody_elsewhere_sees_the_rule_or_the_message(lay, tell, binh, to, now):
    lay()
    message = tell()
    with acting(binh):
        assert queries.rule_in_force(binh, to.recipient) is None
        assert queries.messages_waiting(binh) == []
        with pytest.raises(NotFoundError):
            queries.message(binh, message.id, now)


def test_a_post_without_the_power_is_refused(police_chief, to, now):
    with acting(police_chief), pytest.raises(ForbiddenError):
        services.open_number(actor=police_chief, to=to, now=now)


def test_who_may_not_know_reporters_does_not_read_how_one_is_reached(lay, tell, chairwoman, to, now):
    lay()
    message = tell(way=Way.LETTER)
    with acting(chairwoman):
        assert queries.messages_waiting(chairwoman) == []
        for read in (
            lambda: queries.message(chairwoman, message.id, now),
            lambda: queries.guidance(chairwoman, to.recipient, to.record, now),
        ):
            with pytest.raises(NotFoundError):
                read()


def test_a_message_only_goes_forward(lay, tell, now):
    lay()
    message = tell()
    work(now)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_message SET state = 'waiting', next_try_at = now() WHERE id = %s", [message.id])


def test_a_stolen_database_tells_no_number_and_no_words(lay, tell, now):
    lay()
    tell()
    work(now)
    with connection.cursor() as cursor:
        for table in ("contacts_contactrule", "contacts_message", "contacts_attempt", "contacts_demomessage"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} AS t")
            dump = cursor.fetchone()[0]
            assert "905000111" not in dump
            assert "Mời họp" not in dump
