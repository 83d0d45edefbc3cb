"""The pages as people use them: from the report to the signed order, each within its budget of queries."""

from datetime import datetime, timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from maiam.contexts.cases.models import Breach, Case, Delivery, NoContact, OfficialDocument
from maiam.contexts.cases.rules.no_contact import Addressee, State
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.reports.models import Report
from maiam.core.text import VIETNAM, write_date, write_time

MOST_QUERIES = 40
STORY = "Chị kể tối qua anh đánh chị bằng gậy."


@pytest.fixture
def now() -> datetime:
    """Pages read the clock themselves, so these stories happen today."""
    return timezone.now()


@pytest.fixture
def see(client_for, django_assert_max_num_queries):
    """Open a page as somebody, within the budget."""

    def get(actor, name, *args, status=200):
        client = client_for(actor)
        with django_assert_max_num_queries(MOST_QUERIES):
            response = client.get(reverse(name if ":" in name else f"cases:{name}", args=args))
        assert response.status_code == status, response.content[:400]
        return response.content.decode()

    return get


@pytest.fixture
def send(client_for):
    """Send a form of a page as somebody."""

    def post(actor, name, *args, **typed):
        return client_for(actor).post(reverse(f"cases:{name}", args=args), typed)

    return post


def moment(name, at):
    local = at.astimezone(VIETNAM)
    return {f"{name}_0": write_date(local.date()), f"{name}_1": write_time(local)} | {
        f"{name}_date": write_date(local.date()),
        f"{name}_time": write_time(local),
    }


@pytest.fixture
def typed(people, wife, husband, daughter, village, now):
    """What Lan types on the page that opens an incident."""
    yesterday = (now - timedelta(days=1)).astimezone(VIETNAM).date()
    return {
        "occurred_on": write_date(yesterday),
        "occurred_time": "21:40",
        "village_id": village.id,
        "place": "tại nhà",
        "acts": ["ACT_A", "ACT_C"],
        "story": STORY,
        "injury": "treated",
        "weapon": "blunt",
        "alcohol": "unknown",
        "children_present": "yes",
        "reason": "Chưa có sự việc này.",
        "person": [str(wife), str(husband), str(daughter)],
        f"role-{wife}": "victim",
        f"role-{husband}": "aggressor",
        f"role-{daughter}": "exposed_child",
        f"relation-{husband}-{wife}": "husband",
        f"relation-{husband}-{daughter}": "birth_parent",
    }


def test_lan_opens_the_incident_and_lands_on_the_case(lan, reported, send, see, typed, wife):
    report_id = reported()
    assert "sau trường học" in see(lan, "open_from_report", report_id)

    answer = send(lan, "open_from_report", report_id, **typed)

    case = Case.objects.get(person_id=wife)
    assert answer.url == reverse("cases:detail", args=[case.id])
    assert "Y Blô Êban: chồng" in see(lan, "detail", case.id)


def test_all_faults_are_told_at_once_and_nothing_typed_is_lost(lan, reported, send, typed, wife, husband):
    faulty = typed | {"occurred_on": "31/02/2026", "acts": [], f"role-{wife}": "", "story": STORY}

    answer = send(lan, "open_from_report", reported(), **faulty).content.decode()

    assert "31/02/2026" in answer
    assert STORY in answer
    assert answer.count("Lỗi: ") >= 4  # the title, the date, the acts, the role
    assert not Case.objects.exists()


def test_a_missing_relation_is_asked_for_by_its_field(lan, reported, send, typed, wife, husband):
    del typed[f"relation-{husband}-{wife}"]

    answer = send(lan, "open_from_report", reported(), **typed).content.decode()

    assert "Y Blô Êban là gì của H" in answer
    assert Report.objects.get().is_open


def test_people_are_found_added_and_taken_away_without_script(lan, reported, send, typed, wife, husband, someone):
    aunt = someone("H'Yar Niê", born=1970)

    found = send(lan, "choose_people", reported(), **typed, q="yar nie").content.decode()
    added = send(lan, "choose_people", reported(), **typed, found=str(aunt)).content.decode()
    taken = send(lan, "choose_people", reported(), **typed, take_away=str(husband)).content.decode()

    assert f'value="{aunt}"' in found
    assert f"role-{aunt}" in added
    assert f"role-{husband}" not in taken
    assert all(STORY in shown and "tại nhà" in shown for shown in (found, added, taken))
    assert "Lỗi:" not in found + added + taken


def test_with_script_only_the_people_come_back(client_for, lan, reported, typed, wife):
    client = client_for(lan)

    answer = client.post(
        reverse("cases:choose_people", args=[reported()]), typed, headers={"HX-Request": "true"}
    ).content.decode()

    assert answer.lstrip().startswith('<div id="people">')


def test_a_second_report_joins_the_known_incident(lan, opened, reported, send, see):
    report_id = reported("tin thứ hai")
    assert "Ghép tin này" in see(lan, "open_from_report", report_id)

    answer = send(
        lan,
        "join_incident",
        report_id,
        incident_id=str(opened.incident_id),
        relation="adds_facts",
        reason="Cùng đêm, cùng nhà.",
    )

    assert answer.status_code == 302
    assert not Report.objects.get(id=report_id).is_open


def test_a_child_s_case_shows_who_must_take_part(lan, opened, see, daughter, wife):
    child = Case.objects.get(person_id=daughter)

    assert "người làm công tác bảo vệ trẻ em" in see(lan, "detail", child.id)
    assert "người làm công tác bảo vệ trẻ em" not in see(lan, "detail", Case.objects.get(person_id=wife).id)


def test_the_list_is_filtered_by_code_state_and_village(lan, opened, client_for, village):
    client = client_for(lan)

    def listed(**asked):
        return client.get(reverse("cases:list"), asked).content.decode().count("VV-2")

    assert listed() == 2
    assert listed(text="0001") == listed(text="1") == 1
    assert listed(status="closed") == listed(text="drop table") == 0
    assert listed(village_id=village.id) == 2
    assert listed(status="no such", page="99999999999999999999") == 2


def test_she_asks_and_the_chairwoman_sees_the_hours_left(lan, chairwoman, case, husband, send, see, now):
    answer = send(
        lan,
        "request_no_contact",
        case.id,
        perpetrator_id=str(husband),
        requester="victim",
        channel="phone",
        told="Sợ bị đánh tiếp.",
        **moment("asked_at", now - timedelta(hours=2)),
    )

    measure = NoContact.objects.get()
    assert answer.url == reverse("cases:no_contact", args=[measure.id])
    assert "còn 9 giờ" in see(chairwoman, "measures:waiting").lower()


def test_a_body_without_consent_is_told_so_by_the_field(lan, case, husband, send, now):
    answer = send(
        lan,
        "request_no_contact",
        case.id,
        perpetrator_id=str(husband),
        requester="competent_body",
        channel="post",
        told="Hội đề nghị.",
        **moment("asked_at", now),
    ).content.decode()

    assert "chỉ đề nghị được khi" in answer
    assert not NoContact.objects.exists()


def test_three_days_are_offered_and_signed_with_one_press(chairwoman, requested, send, see):
    assert "3 ngày, đến" in see(chairwoman, "decide_no_contact", requested.id)

    send(
        chairwoman,
        "decide_no_contact",
        requested.id,
        term="3",
        reason="Đã đánh và dọa đánh tiếp",
        perpetrator_residence="Bon Bu Đăk, Xã Đắk Mil",
    )

    requested.refresh_from_db()
    assert requested.state == State.IN_FORCE
    assert requested.ends_at - requested.starts_at == timedelta(days=3)


def test_the_form_refuses_a_minute_more_and_keeps_what_was_typed(chairwoman, requested, send, now):
    answer = send(
        chairwoman,
        "decide_no_contact",
        requested.id,
        term="other",
        reason="Đã đánh và dọa đánh tiếp",
        perpetrator_residence="Xã Đắk Mil",
        **moment("ends_at", now + timedelta(days=3, minutes=2)),
    ).content.decode()

    requested.refresh_from_db()
    assert "Mỗi lần cấm tiếp xúc không quá 3 ngày" in answer
    assert "Đã đánh và dọa đánh tiếp" in answer
    assert requested.state == State.REQUESTED


def test_a_refusal_without_reasons_is_asked_for_them(chairwoman, requested, send):
    assert "Hãy điền" in send(chairwoman, "refuse_no_contact", requested.id, reason=" ").content.decode()

    send(chairwoman, "refuse_no_contact", requested.id, reason="Không đủ căn cứ.")

    requested.refresh_from_db()
    assert requested.state == State.REFUSED


def test_the_chairwoman_orders_unasked_when_a_life_is_threatened(chairwoman, case, husband, send, see):
    see(chairwoman, "order_on_life_threat", case.id)

    send(
        chairwoman,
        "order_on_life_threat",
        case.id,
        perpetrator_id=str(husband),
        term="1",
        reason="Cầm dao dọa giết",
        perpetrator_residence="Xã Đắk Mil",
    )

    assert NoContact.objects.get().state == State.IN_FORCE


def test_the_police_receive_assign_meet_and_record_a_breach(police_chief, ordered, send, see, now):
    order = OfficialDocument.objects.get(no_contact=ordered, kind=DocumentKind.ORDER)
    assert "Y Blô Êban" in see(police_chief, "no_contact_list")

    send(
        police_chief,
        "serve_no_contact",
        ordered.id,
        order.id,
        addressee=Addressee.POLICE_CHIEF,
        method="electronic",
        **moment("delivered_at", now),
    )
    send(
        police_chief,
        "assign_supervisors",
        ordered.id,
        name_1="Điểu K'Rang",
        standing_1="Trưởng bon",
        name_2="",
        standing_2="",
    )
    send(police_chief, "record_breach", ordered.id, kind="remote", told="Nhắn tin dọa.", **moment("occurred_at", now))

    shown = see(police_chief, "no_contact", ordered.id)
    assert Delivery.objects.count() == Breach.objects.count() == 1
    assert "Điểu K&#x27;Rang (Trưởng bon)" in shown
    assert "sẽ quay lại" not in shown


def test_a_supervisor_without_a_standing_is_asked_for_it(police_chief, ordered, send):
    answer = send(
        police_chief, "assign_supervisors", ordered.id, name_1="Điểu K'Rang", standing_1="Trưởng bon", name_2="Thị Mai"
    ).content.decode()

    assert "Hãy ghi chức vụ hoặc thành phần của người này" in answer


def test_the_order_comes_as_docx_to_those_entitled_and_to_nobody_else(police_chief, binh, ordered, client_for):
    order = OfficialDocument.objects.get(no_contact=ordered)
    url = reverse("cases:document", args=[order.id, "docx"])

    answer = client_for(police_chief).get(url)

    assert answer.content[:2] == b"PK"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert client_for(binh).get(url).status_code == 404


def test_the_order_comes_as_pdf_ready_to_sign(chairwoman, ordered, client_for, settings):
    if not any(settings.PAPER_FONTS.glob("*.ttf")):
        pytest.skip("no paper fonts: build the front end first")
    order = OfficialDocument.objects.get(no_contact=ordered)

    answer = client_for(chairwoman).get(reverse("cases:document", args=[order.id, "pdf"]))

    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("binh", "detail"),
        ("police_chief", "detail"),
        ("village_head", "detail"),
        ("mai", "list"),
        ("lan", "measures:waiting"),
        ("administrator", "list"),
    ],
)
def test_a_page_one_may_not_open_stays_closed(request, who, name, case, client_for):
    args = [case.id] if name == "detail" else []

    address = reverse(name if ":" in name else f"cases:{name}", args=args)
    answer = client_for(request.getfixturevalue(who)).get(address)

    assert answer.status_code in {403, 404}
    assert "H'Lan" not in answer.content.decode()


def test_hidden_and_absent_cases_answer_alike(binh, case, client_for):
    client = client_for(binh)

    hidden = client.get(reverse("cases:detail", args=[case.id]))
    absent = client.get(reverse("cases:detail", args=["00000000-0000-7000-8000-000000000000"]))

    assert hidden.status_code == absent.status_code == 404


def test_odd_letters_in_a_story_break_nothing(lan, reported, send, typed):
    odd = "<svg onload=alert(1)> {{7*7}} \u202e \u0000 Ê̆ ' OR 1=1 --"

    answer = send(lan, "open_from_report", reported(), **(typed | {"story": odd}))

    assert answer.status_code == 302


def test_a_case_page_stays_within_twenty_five_queries_of_its_own(
    lan, ordered, case, client_for, django_assert_max_num_queries
):
    client = client_for(lan)
    client.get(reverse("cases:list"))

    with django_assert_max_num_queries(25 + 12):  # session, account, post, transaction, notices
        client.get(reverse("cases:detail", args=[case.id]))


@pytest.mark.parametrize("name", ["mau-09.xlsx", "mau-99.pdf", "mau-09.", "mau-09.pdf.exe"])
def test_a_form_that_is_none_is_not_found(chairwoman, client_for, ordered, name):
    assert client_for(chairwoman).get(f"/vu-viec/cam-tiep-xuc/{ordered.id}/{name}").status_code == 404


@pytest.mark.parametrize("arguments", [["mau-99", "pdf"], ["mau-09", "xlsx"], ["x", "y"]])
def test_no_address_is_made_for_a_form_that_is_none(ordered, arguments):
    with pytest.raises(NoReverseMatch):
        reverse("cases:form", args=[ordered.id, *arguments])
