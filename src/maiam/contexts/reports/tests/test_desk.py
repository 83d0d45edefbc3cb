"""At the desk: taking reports in, reading them, deciding about them, each role its part."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maiam.contexts.duties.models import Obligation
from maiam.contexts.reports.models import Attachment, CallRecord, Report, ReportMessage
from maiam.contexts.reports.rules.draft import ContactWay, Happening, Mode, Reporter, SafeContact, Sign
from maiam.contexts.reports.rules.states import Outcome, State
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor
from maiam.platform.audit.models import AuditEntry

from .conftest import picture

TAKE = reverse("reports:take")
THREE_ANSWERS = {"entry_key": "k", "happening": "not_now", "kinds": ["beaten"]}


@pytest.fixture
def open_page(client_for):
    """The text of a page as this person sees it, and its status."""

    def get(actor: Actor, name: str, *args: object, **query: str) -> tuple[int, str]:
        answer = client_for(actor).get(reverse(name, args=args), query)
        return answer.status_code, answer.content.decode()

    return get


@pytest.fixture
def send(client_for):
    def post(actor: Actor, name: str, *args: object, **typed: object):
        return client_for(actor).post(reverse(name, args=args), typed)

    return post


# --- taking


def test_a_village_head_needs_three_answers(send, village_head, commune, village, lan, chairwoman):
    answer = send(village_head, "reports:take", **THREE_ANSWERS, commune_text=commune.name, village_text=village.name)

    report = Report.objects.get()
    assert (report.commune, report.village, report.taken_by_post_id) == (commune, village, village_head.post_id)
    assert (report.channel, report.receiving_address) == ("in_person", "village_head")
    assert re.search(r"(\d{4} ){3}\d{4}", answer.content.decode())


def test_the_village_heads_form_is_for_a_thumb_and_knows_where_he_is(open_page, village_head, commune, village):
    status, text = open_page(village_head, "reports:take")

    assert status == 200
    assert "app-phone" in text
    assert f'value="{commune.name}"' in text
    assert f'value="{village.name}"' in text
    assert "Nơi tiếp nhận theo luật" not in text


def test_the_operator_works_by_a_script_in_the_order_of_a_call(open_page, operator):
    _, text = open_page(operator, "reports:take")

    places = [
        text.index(words) for words in ("Lời gọi", "Đang xảy ra lúc này không?", "Xã, phường nào?", "Ghi lại bằng lời")
    ]
    assert places == sorted(places)


def test_a_call_is_a_report_with_channel_and_receiving_address(send, operator, lan, chairwoman, commune):
    send(
        operator,
        "reports:take",
        **THREE_ANSWERS,
        commune_text="xa dak mil",
        channel="phone_call",
        receiving_address="national_hotline",
        phone="0905 000 111",
        way="call",
        mode="confidential",
    )

    report = Report.objects.get()
    assert (report.commune, report.channel, report.mode) == (commune, "phone_call", Mode.CONFIDENTIAL)
    assert Obligation.objects.get(rule="HOTLINE_NOTIFY").state == "met"


def test_a_call_that_was_no_report_is_logged(send, operator):
    send(operator, "reports:call", purpose="silent", note="thở nhẹ")

    call = CallRecord.objects.get()
    assert (call.purpose, call.note, call.by_post_id) == ("silent", "thở nhẹ", operator.post_id)


def test_every_fault_is_told_at_once_and_nothing_typed_is_lost(send, lan):
    answer = send(
        lan,
        "reports:take",
        happening="bay giờ",
        phone="113",
        channel="telepathy",
        receiving_address="commune_pc",
        place="sau trường học",
        told_at_date="31/02/2026",
        told_at_time="25:61",
        story="",
    )

    text = answer.content.decode()
    assert not Report.objects.exists()
    assert "sau trường học" in text
    assert "31/02/2026" in text
    for words in ("Đang xảy ra lúc này không?", "113", "Tin đến bằng cách nào?"):
        assert words in text[: text.index('data-draft="take"')], words


def moment(told_at) -> dict[str, str]:
    local = told_at.astimezone(VIETNAM)
    return {"told_at_date": f"{local:%d/%m/%Y}", "told_at_time": f"{local:%H:%M}"}


def test_told_earlier_needs_a_reason_by_the_field(send, village_head, lan, commune):
    earlier = moment(timezone.now() - timedelta(hours=3))
    typed = {**THREE_ANSWERS, "commune_text": commune.name, **earlier}

    answer = send(village_head, "reports:take", **typed)
    assert "hãy ghi vì sao nhập muộn" in answer.content.decode()

    send(village_head, "reports:take", **typed, told_at_reason="Mất sóng")
    report = Report.objects.get()
    assert report.received_at - report.told_at > timedelta(hours=2)


def test_a_double_press_at_the_desk_shows_the_same_code(send, lan, commune):
    typed = {**THREE_ANSWERS, "commune_text": commune.name, "channel": "in_person", "receiving_address": "commune_pc"}
    codes = {re.search(r"(\d{4} ){3}\d{4}", send(lan, "reports:take", **typed).content.decode())[0] for _ in range(2)}

    assert len(codes) == 1
    assert Report.objects.count() == 1


@pytest.mark.parametrize("who", ["mai", "inspector", "administrator", "province_leader"])
def test_who_takes_no_reports_is_told_so(request, open_page, who):
    assert open_page(request.getfixturevalue(who), "reports:take")[0] == 403


# --- reading


def test_open_reports_stand_first_the_one_longest_told_on_top(open_page, file_as, lan, told):
    _, text = open_page(lan, "reports:list")

    assert "Chưa ai xem" in text
    assert str(told.report_id) in text


def test_the_first_opening_is_kept_and_each_reading_is_in_the_audit(open_page, lan, told):
    for _ in range(2):
        open_page(lan, "reports:detail", told.report_id)

    assert Report.objects.get().opened_at is not None
    assert AuditEntry.objects.filter(action="reports.report.opened").count() == 1
    assert AuditEntry.objects.filter(action="reports.report.read").count() == 2


def test_the_officer_reads_the_story_the_clocks_and_the_law(open_page, lan, told):
    _, text = open_page(lan, "reports:detail", told.report_id)

    assert "Anh ấy đánh tôi từ tối qua." in text
    assert "Đồng hồ" in text
    assert "Phân loại khác" in text


@pytest.mark.parametrize(
    "who", ["binh", "village_head", "police_chief", "mai", "operator", "inspector", "administrator"]
)
@pytest.mark.parametrize("page", ["reports:detail", "reports:triage", "reports:reporter", "reports:answer"])
def test_others_cannot_tell_the_report_from_one_that_is_not_there(request, open_page, told, who, page):
    actor = request.getfixturevalue(who)
    absent = "01890000-0000-7000-8000-000000000000"

    there, not_there = (open_page(actor, page, report_id)[0] for report_id in (told.report_id, absent))

    assert there == not_there
    assert there in {403, 404}


def test_the_police_see_the_report_they_took_and_not_what_follows(open_page, file_as, police_chief, lan, chairwoman):
    filed = file_as(police_chief, receiving_address="police_border", story="Báo tại trụ sở")

    status, text = open_page(police_chief, "reports:detail", filed.report_id)
    assert status == 200
    assert "Báo tại trụ sở" in text
    assert "Phân loại" not in text
    assert "Trao đổi với người báo tin" not in text
    assert str(filed.report_id) in open_page(police_chief, "reports:own")[1]
    assert Report.objects.get().opened_at is None


def test_the_reporter_is_on_a_page_of_its_own_with_its_own_audit(open_page, file_as, lan, chairwoman):
    contact = SafeContact(way=ContactWay.CALL, phone="+84905000111", cover_words="Hợp tác xã", must_not_pick_up="chồng")
    filed = file_as(Actor.public(), reporter=Reporter(full_name="Thị Mai", contact=contact))

    assert "Thị Mai" not in open_page(lan, "reports:detail", filed.report_id)[1]
    status, text = open_page(lan, "reports:reporter", filed.report_id)

    assert status == 200
    for words in ("Thị Mai", "Hợp tác xã", "chồng", "Gọi bây giờ"):
        assert words in text
    assert "0905 000 111" not in text
    assert AuditEntry.objects.filter(action="reports.reporter.read").count() == 1
    assert open_page(chairwoman, "reports:reporter", filed.report_id)[0] == 403


def test_a_picture_is_served_as_a_picture_and_nothing_else(client_for, file_as, lan, binh):
    filed = file_as(Actor.public(), pictures=(picture(),))
    address = reverse("reports:picture", args=[filed.report_id, Attachment.objects.get().id])

    answer = client_for(lan).get(address)

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client_for(binh).get(address).status_code == 404


def test_hostile_words_are_only_words(open_page, file_as, lan):
    story = "<script>alert(1)</script>{{7*7}}%n'; DROP TABLE reports_report; --"
    filed = file_as(Actor.public(), story=story, place_as_given="<img src=x onerror=alert(1)>")

    _, text = open_page(lan, "reports:detail", filed.report_id)

    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "{{7*7}}" in text


@pytest.mark.parametrize("page", ["0", "-1", "9" * 5000, "x", "', 1", "٣"])
def test_any_page_number_answers(open_page, lan, told, page):
    assert open_page(lan, "reports:list", page=page, state="'; --", outcome="x")[0] == 200


# --- deciding


def test_the_officer_notes_an_outcome(send, lan, told):
    answer = send(lan, "reports:triage", told.report_id, outcome="not_dv", reason="Hai nhà cãi nhau về đất")

    assert answer.status_code == 302
    assert (Report.objects.get().state, Report.objects.get().outcome) == (State.CONCLUDED, Outcome.NOT_DV)


def test_sending_on_without_a_receiver_is_refused_by_the_field(send, lan, told):
    text = send(
        lan, "reports:triage", told.report_id, outcome="sent_to_crime_authority", reason="Có dao"
    ).content.decode()

    assert "nơi nhận và lúc họ đã nhận" in text
    assert "Có dao" in text


def test_incidents_are_not_opened_from_the_triage_form(send, lan, told):
    send(lan, "reports:triage", told.report_id, outcome="new_incident", reason="x")

    assert Report.objects.get().state == State.RECEIVED


def test_two_people_find_a_report_unfounded(send, open_page, lan, chairwoman, told):
    send(lan, "reports:triage", told.report_id, outcome="unfounded", reason="Nhà bên xem phim")
    assert "Đang chờ người thứ hai" in open_page(lan, "reports:detail", told.report_id)[1]

    send(lan, "reports:second", told.report_id, verdict="agree", reason="Tự đồng ý")
    assert Report.objects.get().is_open

    send(chairwoman, "reports:second", told.report_id, verdict="agree", reason="Tôi cũng đã hỏi")
    assert Report.objects.get().outcome == Outcome.UNFOUNDED


def test_a_question_is_asked_from_the_reports_page(send, lan, told):
    send(lan, "reports:ask", told.report_id, entry_key="1", body="Cháu bé có sao không?")

    assert ReportMessage.objects.get().body == "Cháu bé có sao không?"


def test_the_answer_ends_the_story(send, lan, told):
    send(lan, "reports:triage", told.report_id, outcome="not_dv", reason="x")
    send(lan, "reports:answer", told.report_id, body="Chúng tôi đã xem.")

    assert Report.objects.get().state == State.ANSWERED


def test_an_attempt_is_noted(send, open_page, lan, told):
    earlier = {
        name.replace("told", "tried"): typed for name, typed in moment(timezone.now() - timedelta(hours=1)).items()
    }

    send(lan, "reports:attempt", told.report_id, **earlier, result="Không ai nghe máy")

    assert "Không ai nghe máy" in open_page(lan, "reports:detail", told.report_id)[1]


# --- placing


def test_the_provinces_desk_finds_the_place_and_the_clock_goes_on(
    send, open_page, file_as, operator, lan, chairwoman, commune
):
    filed = file_as(Actor.public(), commune_id=None, place_as_given="gần cầu treo")
    assert "gần cầu treo" in open_page(operator, "reports:detail", filed.report_id)[1]
    assert str(filed.report_id) in open_page(operator, "reports:unplaced")[1]

    answer = send(operator, "reports:place", filed.report_id, commune_text="xa dak mil", reason="Cầu treo ở Đắk Mil")

    assert answer.status_code == 302
    report = Report.objects.get()
    running = Obligation.objects.get(rule="REPORT_CHAIR_ACT", state="running")
    assert (report.commune_id, report.owner_post_id) == (lan.commune_ids[0], lan.post_id)
    assert (running.owner_post_id, running.commune_id) == (lan.post_id, lan.commune_ids[0])
    assert running.started_at == report.told_at
    assert open_page(operator, "reports:detail", filed.report_id)[0] == 404
    assert open_page(lan, "reports:detail", filed.report_id)[0] == 200


def test_a_report_of_another_place_goes_back_to_the_desk(send, open_page, lan, operator, told):
    answer = send(lan, "reports:give_back", told.report_id, reason="Việc ở Đắk Wil")

    assert answer.status_code == 302
    assert open_page(lan, "reports:detail", told.report_id)[0] == 404
    _, text = open_page(operator, "reports:detail", told.report_id)
    assert "Việc ở Đắk Wil" in text
    assert Report.objects.get().owner_post_id == operator.post_id


def test_what_has_ended_is_not_moved(send, lan, operator, told):
    send(lan, "reports:triage", told.report_id, outcome="not_dv", reason="x")

    text = send(lan, "reports:give_back", told.report_id, reason="y").content.decode()

    assert "không chuyển xã được nữa" in text


def test_urgent_reports_say_so_in_the_list(open_page, file_as, lan, chairwoman):
    file_as(Actor.public(), happening=Happening.NOW, signs=(Sign.WEAPON,))

    assert "Khẩn" in open_page(lan, "reports:list")[1]
