"""A woman with a borrowed phone: six short questions under one address, nothing left behind, nothing lost."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from maiam.contexts.reports.models import Attachment, Report, ReporterIdentity
from maiam.contexts.reports.rules.draft import Happening, InDanger, Kind, Mode
from maiam.contexts.reports.rules.receipts import DIGITS

from .conftest import picture

ADDRESS = "/gui/"
WHAT = {"kinds": ["beaten"], "happening": "not_now"}
WHERE = {"commune_text": "xa dak mil"}
WHO = {"in_danger": ["me"]}
CONTACT = {"way": "none"}


class Phone:
    """A phone on which someone answers; it sees what a browser would send back."""

    def __init__(self) -> None:
        self.browser = Client(enforce_csrf_checks=True)
        self.shown = self.browser.get(ADDRESS)

    @property
    def page(self) -> str:
        return self._hidden("page")

    @property
    def text(self) -> str:
        return self.shown.content.decode()

    @property
    def code(self) -> str:
        return re.sub(r"\s", "", re.search(r'app-receipt">([\d\s]+)<', self.text)[1])

    def _hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else ""

    def press(self, go: str = "next", **typed: object) -> "Phone":
        sent = {"state": self._hidden("state"), "page": self.page, "go": go, **typed}
        self.shown = self.browser.post(ADDRESS, sent)
        return self

    def answer_all(self, **changed: dict) -> "Phone":
        answers = {"safe": {"safe": "yes"}, "what": WHAT, "where": WHERE, "who": WHO, "contact": CONTACT} | changed
        for page in ("safe", "what", "where", "who", "contact"):
            assert self.page == page, self.text
            self.press(**answers[page])
        return self

    def send(self, **sent: object) -> "Phone":
        return self.press("send", **sent)


@pytest.fixture
def phone(lan, chairwoman) -> Phone:
    return Phone()


def test_six_answers_are_one_report_with_a_code(phone, commune, lan):
    phone.answer_all().send()

    report = Report.objects.get()
    assert len(phone.code) == DIGITS
    assert (report.commune, report.kinds, report.happening) == (commune, [Kind.BEATEN], Happening.NOT_NOW)
    assert (report.mode, report.in_danger, report.owner_post_id) == (Mode.ANONYMOUS, [InDanger.ME], lan.post_id)


def test_nothing_is_set_on_the_phone(phone):
    phone.answer_all().send()

    assert not phone.browser.cookies
    assert phone.shown["Cache-Control"] == "no-store, private"
    assert phone.shown["Referrer-Policy"] == "no-referrer"


def test_every_page_has_the_same_address_and_a_neutral_title(phone):
    titles = set()
    for answer in ({"safe": "yes"}, WHAT, WHERE, WHO, CONTACT, {}):
        titles.add(re.search(r"<title>\s*(.*?)\s*</title>", phone.text, re.DOTALL)[1])
        assert "?" not in phone.shown.request["PATH_INFO"] + phone.shown.request.get("QUERY_STRING", "")
        phone.press(**answer)
        assert phone.shown.request["PATH_INFO"] == ADDRESS

    assert titles == {"Thông tin địa phương"}


def test_what_she_wrote_is_nowhere_readable_in_the_page_that_carries_it(phone):
    phone.press(safe="yes").press(**WHAT, story="bông hoa tím")

    assert "bông hoa tím" not in phone.text


def test_an_error_keeps_everything_she_typed(phone):
    phone.press(safe="yes").press(story="bông hoa tím")

    assert phone.page == "what"
    assert "bông hoa tím" in phone.text
    assert "Hãy trả lời câu “Việc này đang xảy ra lúc này không?”" in phone.text


def test_back_shows_what_was_typed_even_when_wrong(phone):
    phone.answer_all()
    phone.press("back").press("next", way="call", phone="12").press("back", way="call", phone="12")

    assert phone.page == "who"
    phone.press(**WHO)
    assert 'value="12"' in phone.text


def test_an_hour_later_the_same_page_still_sends(phone, monkeypatch):
    phone.answer_all()
    later = timezone.now() + timedelta(hours=30)
    monkeypatch.setattr(timezone, "now", lambda: later)

    phone.send()

    assert Report.objects.get().received_at == later


def test_a_page_that_is_none_of_ours_begins_anew_and_keeps_the_answer(phone):
    phone.shown = phone.browser.post(ADDRESS, {"state": "abc", "page": "what", "story": "bông hoa tím"})

    assert phone.page == "what"
    assert "bông hoa tím" in phone.text


def test_a_double_press_shows_the_same_code(phone):
    phone.answer_all()
    before = phone.shown

    first = phone.send().code
    phone.shown = before
    second = phone.send().code

    assert first == second
    assert Report.objects.count() == 1


# --- the short way


def test_what_is_happening_now_shows_the_call_button_first_and_can_be_sent_at_once(phone, commune):
    phone.press(safe="not_sure").press(kinds=["beaten"], happening="now")

    assert phone.page == "urgent"
    assert phone.text.index('href="tel:113"') < phone.text.index("Gửi ngay")

    phone.press(commune_text="Xã Đắk Mil")

    report = Report.objects.get()
    assert (report.commune, report.is_urgent) == (commune, True)


def test_a_child_shows_the_childrens_line(phone):
    phone.press(safe="yes").press(kinds=["beaten"], signs=["child"], happening="unknown")

    assert 'href="tel:111"' in phone.text


def test_the_short_way_needs_no_place(phone, operator):
    phone.press(safe="yes").press(kinds=["not_sure"], happening="now").press()

    assert Report.objects.get().owner_post_id == operator.post_id


def test_the_short_way_asks_once_which_commune_and_never_holds_back(phone):
    phone.press(safe="yes").press(kinds=["not_sure"], happening="now").press(commune_text="dak")
    assert "Nơi nào trong các nơi này?" in phone.text

    phone.press(commune_text="dak", asked_which="yes")

    report = Report.objects.get()
    assert (report.commune, report.place_as_given) == (None, "dak")


def test_telling_more_first_leads_on_to_the_other_questions(phone):
    phone.press(safe="yes").press(kinds=["beaten"], happening="now").press("more", commune_text="dak mil")

    assert phone.page == "where"
    assert 'value="dak mil"' in phone.text


def test_not_safe_to_talk_stops_at_a_page_that_says_so(phone):
    phone.press(safe="no")

    assert phone.page == "stay_safe"
    assert phone.press().page == "what"


# --- the place


@pytest.mark.parametrize("typed", ["xa dak mil", "XÃ ĐẮK MIL", "Xã Đắk Mil", "xã đăk mil"])
def test_a_commune_is_found_without_marks(phone, commune, typed):
    phone.answer_all(where={"commune_text": typed}).send()

    assert Report.objects.get().commune == commune


def test_a_name_that_was_also_an_old_towns_is_asked_about(phone, commune):
    phone.press(safe="yes").press(**WHAT).press(commune_text="dak mil")
    assert "Thị trấn Đắk Mil" in phone.text

    phone.press(commune_text="dak mil", commune=commune.id).press(**WHO).press(**CONTACT).send()

    assert Report.objects.get().commune == commune


def test_several_communes_are_asked_about(phone, elsewhere):
    phone.press(safe="yes").press(**WHAT).press(commune_text="dak")
    assert phone.page == "where"
    assert elsewhere.name in phone.text or "Nơi nào trong các nơi này?" in phone.text


def test_i_do_not_know_the_commune_goes_to_the_province(phone, operator):
    phone.answer_all(where={"place_unknown": "on", "place": "gần cầu treo"}).send()

    report = Report.objects.get()
    assert (report.commune, report.place_as_given, report.owner_post_id) == (None, "gần cầu treo", operator.post_id)


def test_an_unknown_name_is_asked_again_and_may_be_sent_as_typed(phone):
    phone.press(safe="yes").press(**WHAT).press(commune_text="qqqq zzzz")
    assert "Chưa thấy nơi nào tên như vậy" in phone.text

    phone.press(commune_text="qqqq zzzz", place_unknown="on").press(**WHO).press(**CONTACT).send()

    assert Report.objects.get().place_as_given == "qqqq zzzz"


def test_a_village_typed_is_found(phone, village):
    phone.answer_all(where={"commune_text": "xa dak mil", "village_text": "bu dak"}).send()

    assert Report.objects.get().village == village


# --- contact


def test_a_safe_way_to_call_is_kept_sealed(phone, lan, now):
    contact = {"way": "call", "phone": "0905 000 111", "starts": "8h", "ends": "10:30", "must_not_pick_up": "chồng"}
    phone.answer_all(contact=contact).send()

    assert Report.objects.get().mode == Mode.CONFIDENTIAL
    assert ReporterIdentity.objects.count() == 1


def test_a_call_without_a_number_is_asked_for_one(phone):
    phone.press(safe="yes").press(**WHAT).press(**WHERE).press(**WHO).press(way="call")

    assert "Ghi số để liên lạc" in phone.text


def test_who_changes_her_mind_about_contact_leaves_no_number(phone):
    phone.answer_all(contact={"way": "none", "phone": "0905000111"}).send()

    report = Report.objects.get()
    assert report.mode == Mode.ANONYMOUS


# --- pictures


def upload(content: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def test_pictures_come_with_the_report(phone):
    phone.answer_all().send(pictures=[upload(picture()), upload(picture("PNG"))])

    assert Attachment.objects.count() == 2


def test_a_file_that_is_no_picture_never_loses_the_report(phone):
    phone.answer_all().send(pictures=[upload(b"<svg onload=alert(1)>"), upload(picture())])

    assert Report.objects.count() == Attachment.objects.count() == 1
    assert "Ảnh 1: không phải ảnh đọc được" in phone.text


def test_the_twenty_first_picture_is_named(phone):
    phone.answer_all().send(pictures=[upload(picture(size=(8, 8))) for _ in range(21)])

    assert Attachment.objects.count() == 20
    assert "Chỉ giữ được 20 ảnh; 1 ảnh sau không giữ." in phone.text


# --- machines


def test_what_fills_the_box_nobody_sees_waits_in_quarantine_and_is_kept(phone, monkeypatch):
    phone.answer_all().send(website="http://spam")

    assert Report.objects.get().is_doubtful


def test_a_person_takes_longer_than_a_machine(phone, monkeypatch):
    phone.answer_all()
    phone.send()
    assert Report.objects.get().is_doubtful

    slow = Phone().answer_all(what={**WHAT, "story": "khác"})
    later = timezone.now() + timedelta(seconds=90)
    monkeypatch.setattr(timezone, "now", lambda: later)
    slow.send()

    assert not Report.objects.order_by("received_at").last().is_doubtful


# --- leaving


def test_the_code_must_be_noted_before_leaving(phone):
    phone.answer_all().send()
    code, ticket = phone.code, phone._hidden("ticket")

    phone.shown = phone.browser.post(ADDRESS, {"page": "receipt", "ticket": ticket})
    assert phone.code == code
    assert "Hãy ghi lại mã" in phone.text

    left = phone.browser.post(ADDRESS, {"page": "receipt", "ticket": ticket, "noted": "on"})
    assert left.url == "/lich/"
    assert left["Clear-Site-Data"] == '"cache", "storage"'


def test_an_official_signed_in_reports_as_anyone_else(lan, inspector, client_for):
    phone = Phone()
    phone.browser = client_for(inspector)
    phone.shown = phone.browser.get(ADDRESS)

    phone.answer_all().send()

    assert Report.objects.get().taken_by_post is None


def test_the_public_pages_are_light(phone, client):
    for page in (client.get("/"), client.get("/so/"), client.get("/ma/"), phone.press(safe="yes").shown):
        assert len(page.content) < 12_000


def test_home_offers_the_calls_first(client, db):
    text = client.get("/").content.decode()

    assert text.index("tel:113") < text.index("tel:111") < text.index("Báo tin") < text.index("Tôi có mã")
