"""She comes back with the code: plain status, words both ways, and nothing that betrays."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.utils import ProgrammingError
from django.test import Client
from django.utils import timezone

from maiam.contexts.duties.models import Notice, Obligation
from maiam.contexts.reports import services
from maiam.contexts.reports.models import Attachment, GuessHour, Report, ReportMessage
from maiam.contexts.reports.models.talk import MessageKind
from maiam.contexts.reports.rules.limits import MOST_MESSAGES_A_DAY, WRONG_CODES_PER_HOUR
from maiam.contexts.reports.rules.receipt_words import in_words
from maiam.contexts.reports.rules.states import Outcome, State
from maiam.contexts.reports.services import talk
from maiam.contexts.reports.views_public.follow import SOURCES
from maiam.core.text import fold
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry

from .conftest import picture

ADDRESS = "/ma/"
BETRAYING = ("bạo lực", "bạo hành", "đánh", "chồng", "vợ", "công an")


class Reader:
    """A browser in which the code was typed."""

    def __init__(self, code: str) -> None:
        self.browser = Client(enforce_csrf_checks=True)
        self.shown = self.browser.post(ADDRESS, {"code": code})

    @property
    def text(self) -> str:
        return self.shown.content.decode()

    @property
    def heading(self) -> str:
        return re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)[1].strip()

    def press(self, act: str, **typed: object) -> "Reader":
        ticket = re.search(r'name="ticket" value="([^"]+)"', self.text)[1]
        self.shown = self.browser.post(ADDRESS, {"ticket": ticket, "act": act, **typed})
        return self


@pytest.fixture
def reader(told) -> Reader:
    return Reader(told.receipt_code)


def test_the_code_opens_as_it_was_noted(told):
    code = told.receipt_code
    spaced = " ".join(code[at : at + 4] for at in range(0, 16, 4))

    for typed in (code, spaced, spaced.replace(" ", "-"), in_words(code), fold(in_words(code))):
        assert Reader(typed).heading == "Đã nhận"


def test_until_somebody_opens_it_nobody_has_seen_it(reader, told, lan, now):
    assert "Chưa ai xem" in reader.text

    with acting(lan):
        services.open_report(actor=lan, report_id=told.report_id, now=now)

    assert Reader(told.receipt_code).heading == "Đã có người xem"


@pytest.mark.parametrize(("outcome", "heading"), [(Outcome.NEW_INCIDENT, "Đang giúp"), (Outcome.NOT_DV, "Xong")])
def test_the_end_is_told_plainly(told, lan, now, outcome, heading):
    with acting(lan):
        services.triage_report(actor=lan, report_id=told.report_id, outcome=outcome, reason="Đã xem", now=now)

    assert Reader(told.receipt_code).heading == heading


def test_silence_past_the_clock_says_who_was_told(reader, told):
    assert "Cấp trên đã được báo" in reader.text  # the report of the tests is days old by the real clock


def test_the_page_betrays_nothing_to_whoever_looks_over_her_shoulder(reader, client):
    for text in (reader.text, client.get(ADDRESS).content.decode()):
        plain = re.sub(r"<[^>]+>|Bản thử nghiệm.*", " ", text).lower()
        assert [word for word in BETRAYING if word in plain] == []


def test_a_code_found_in_her_pocket_shows_no_words_at_once(reader, told):
    reader.press("say", body="Chồng tôi có dao")
    assert "Chồng tôi có dao" in reader.text

    assert "Chồng tôi có dao" not in Reader(told.receipt_code).text


def test_nothing_is_set_and_nothing_is_cached(reader):
    assert not reader.browser.cookies
    assert reader.shown["Cache-Control"] == "no-store, private"


def test_a_question_is_read_and_answered(told, lan, now):
    with acting(lan):
        services.ask_reporter(actor=lan, report_id=told.report_id, body="Cháu bé có sao không?", now=now, entry_key="1")
    reader = Reader(told.receipt_code)
    assert "Có câu hỏi cho bạn" in reader.text
    assert "Cháu bé có sao không?" in reader.press("read").text

    reader.press("say", body="Cháu không sao ạ")

    answer = ReportMessage.objects.get(kind=MessageKind.REPLY)
    assert answer.body == "Cháu không sao ạ"
    assert answer.answers.body == "Cháu bé có sao không?"
    assert Notice.objects.filter(to_post_id=lan.post_id, what="Người báo tin vừa viết thêm").exists()


def test_facts_are_added_without_a_question(reader):
    reader.press("say", body="Anh ấy có dao")

    assert ReportMessage.objects.get().kind == MessageKind.FACTS


def test_a_double_press_adds_once(reader):
    before = reader.shown
    reader.press("say", body="Anh ấy có dao", pictures=SimpleUploadedFile("a.jpg", picture()))
    reader.shown = before
    reader.press("say", body="Anh ấy có dao", pictures=SimpleUploadedFile("a.jpg", picture()))

    assert (ReportMessage.objects.count(), Attachment.objects.count()) == (1, 1)


def test_a_picture_is_added_later(reader):
    reader.press("say", body="", pictures=SimpleUploadedFile("a.jpg", picture()))

    assert Attachment.objects.count() == 1


def test_nothing_said_is_asked_again(reader):
    reader.press("say", body=" ")

    assert "Chưa có chữ nào" in reader.text


def test_a_withdrawal_is_seen_and_closes_nothing(reader, told, lan):
    reader.press("withdraw", body="anh xin lỗi, huỷ nhé")

    report = Report.objects.get(id=told.report_id)
    duty = Obligation.objects.get(subject_id=report.id)
    assert (report.state, duty.state) == (State.RECEIVED, "running")
    assert ReportMessage.objects.get().kind == MessageKind.WITHDRAWAL
    assert "Bạn đã xin rút" in reader.text
    assert Notice.objects.filter(to_post_id=lan.post_id, what__startswith="Người báo tin xin rút").exists()


def test_a_page_left_open_asks_for_the_code_and_keeps_the_words(reader, told, monkeypatch):
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    reader.press("say", body="chữ đã gõ")

    assert "Chữ bạn vừa viết vẫn còn" in reader.text
    opened = reader.browser.post(ADDRESS, {"code": told.receipt_code, "kept": "chữ đã gõ"})
    assert "chữ đã gõ" in opened.content.decode()


def test_a_ticket_made_by_hand_opens_nothing(told):
    shown = Client().post(ADDRESS, {"ticket": "AAAA", "act": "say", "body": "x"})

    assert "Mã của bạn" in shown.content.decode()
    assert not ReportMessage.objects.exists()


def test_fifty_messages_a_day_are_enough(told, now):
    holder = Actor.receipt_holder(told.report_id)

    def say(number: int) -> None:
        with acting(holder):
            services.answer_as_reporter(
                actor=holder, report_id=told.report_id, body=f"{number}", now=now, entry_key=f"{number}"
            )

    for number in range(MOST_MESSAGES_A_DAY):
        say(number)
    with pytest.raises(talk.TooManyMessagesError):
        say(MOST_MESSAGES_A_DAY)


# --- what a code does not open


def test_a_holder_sees_their_own_report_alone(file_as, told):
    other = file_as(Actor.public(), entry_key="khác")

    with acting(Actor.receipt_holder(told.report_id)), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM reports_report")
        assert [row[0] for row in cursor.fetchall()] == [told.report_id]
        cursor.execute("SELECT count(*) FROM reports_reporteridentity")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM reports_receipt")
        assert cursor.fetchone() == (0,)
    assert other.report_id != told.report_id


def test_a_holder_cannot_write_on_another_report(file_as, told, now):
    other = file_as(Actor.public(), entry_key="khác")
    holder = Actor.receipt_holder(told.report_id)

    with pytest.raises(ProgrammingError, match="row-level security"), acting(holder), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reports_reportmessage (id, report_id, kind, body_sealed, sent_at, entry_hash)"
            " VALUES (gen_random_uuid(), %s, 'facts', '', %s, 'x')",
            [other.report_id, now],
        )


# --- guessing


@pytest.mark.parametrize("wrong", ["0000 0000 0000 0000", "123", "abc", "'; DROP TABLE x", "%", "１２３４"])
def test_wrong_and_broken_codes_get_the_same_answer(told, wrong):
    assert "Chưa thấy mã này" in Reader(wrong).text


def test_too_many_wrong_codes_raise_one_alarm(told, now):
    hour = now.replace(minute=0, second=0, microsecond=0)
    GuessHour.objects.create(hour=hour, wrong=WRONG_CODES_PER_HOUR - 1)

    for _ in range(3):
        with acting(Actor.public()):
            services.open_by_receipt(actor=Actor.public(), typed="1" * 16, now=now)

    assert AuditEntry.objects.filter(action="reports.receipt.guessing_alarm").count() == 1


def test_guessing_is_slowed_and_the_right_code_from_elsewhere_still_works(told):
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    GuessHour.objects.create(hour=hour, wrong=WRONG_CODES_PER_HOUR)
    guesser = Client(REMOTE_ADDR="203.0.113.7")

    answers = [guesser.post(ADDRESS, {"code": "1" * 16}).content.decode() for _ in range(10)]

    assert sum("Chờ vài giây rồi bấm lại" in answer for answer in answers) == 9
    assert Reader(told.receipt_code).heading == "Đã nhận"


def test_no_address_is_kept_even_in_memory(told):
    SOURCES.may_try("203.0.113.7", timezone.now())

    assert "203.0.113.7" not in repr(vars(SOURCES))


def test_no_address_of_the_reporter_is_kept_anywhere(told):
    Client(REMOTE_ADDR="203.0.113.7").post(ADDRESS, {"code": told.receipt_code})

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM audit_auditentry AS t")
        assert "203.0.113.7" not in cursor.fetchone()[0]
