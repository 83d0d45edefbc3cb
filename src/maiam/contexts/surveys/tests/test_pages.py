"""The pages: a village head asks a household page by page, an officer runs the round, the province keeps questions."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from maiam.contexts.surveys import services
from maiam.contexts.surveys.models import Assignment, Draft, QuestionnaireVersion, Recheck, Round, Sheet
from maiam.contexts.surveys.rules.rounds import RoundKind
from maiam.contexts.surveys.tests.conftest import CHILD, GROWN, HOUSEHOLD_ANSWERS, workbook
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(client_for, village_head):
    return client_for(village_head)


@pytest.fixture
def officer(client_for, lan):
    return client_for(lan)


@pytest.fixture
def keeper(client_for, mai):
    return client_for(mai)


def _body(answer):
    return answer.content.decode()


def _page(assignment, household, key, name="page"):
    return reverse(f"surveys:{name}", args=[assignment.id, household.id, key])


def _shown(client, address):
    """What the page showed, as a browser sends it back."""
    return {"shown_before": client.get(address).context["form"].shown_now()}


def test_a_village_head_asks_a_household_from_the_list_to_the_end(head, assignment, homes):
    home = homes[0]
    village = _body(head.get(reverse("surveys:assignment", args=[assignment.id])))
    assert "H&#x27;Lan Niê" in village
    asked = {"chung_ho": {"loai_ho": "me_con"}, "muc_song": {}, "van_hoa": {}}
    for name, value in HOUSEHOLD_ANSWERS.items():
        asked["chung_ho" if name == "loai_ho" else "van_hoa" if name in {"danh_hieu", "ung_xu"} else "muc_song"][
            name
        ] = value
    for stay in home.memberships.all():
        asked[f"thanh_vien~{stay.person_id}"] = GROWN if stay.role == "head" else CHILD
    for key, values in asked.items():
        address = _page(assignment, home, key)
        answer = head.post(address, values | _shown(head, address))
        assert answer.status_code == 302, (key, answer.context["form"].errors)

    review = head.get(reverse("surveys:household", args=[assignment.id, home.id]))
    assert "Gửi phiếu" in _body(review)
    head.post(reverse("surveys:send", args=[assignment.id, home.id]))

    assert Sheet.objects.get().answers["household"] == HOUSEHOLD_ANSWERS
    assert "Đã hỏi" in _body(head.get(reverse("surveys:assignment", args=[assignment.id])))


def test_what_is_missing_is_said_by_its_question_and_nothing_typed_is_lost(head, assignment, homes):
    address = _page(assignment, homes[0], "muc_song")
    answer = head.post(address, {"nha_o": "kien_co", "so_nguoi_di_lam_xa": "nhiều"} | _shown(head, address))

    assert "Chưa trả lời câu này." in _body(answer)
    assert 'value="nhiều"' in _body(answer)
    assert answer.context["form"]["nha_o"].value() == "kien_co"


def test_a_page_may_be_left_half_done_and_is_kept(head, assignment, homes):
    answer = head.post(_page(assignment, homes[0], "muc_song"), {"nha_o": "kien_co", "later": "1"})

    assert answer.status_code == 302
    assert Draft.objects.get().answers["household"]["nha_o"] == "kien_co"
    assert "Ghi dở" in _body(head.get(reverse("surveys:assignment", args=[assignment.id])))


def test_what_looks_odd_is_kept_with_a_reason(head, assignment, homes):
    address = _page(assignment, homes[0], "chung_ho")
    odd = {"loai_ho": "don_than"} | _shown(head, address)

    answer = head.post(address, odd)
    assert "Sổ hộ gia đình cho thấy loại khác" in _body(answer)
    assert "ghi một câu lý do" in _body(answer)
    assert head.post(address, odd | {"vi_sao_loai_ho": "Con đi học xa"}).status_code == 302
    assert Draft.objects.get().reasons == {"loai_ho": "Con đi học xa"}


def test_while_typing_what_is_odd_shows_at_once_and_nothing_is_kept(head, assignment, homes):
    answer = head.post(_page(assignment, homes[0], "muc_song", "check"), {"so_nguoi_di_lam_xa": "9"})

    assert "Nhiều hơn số người trong sổ" in _body(answer)
    assert "Chưa trả lời câu này." not in _body(answer)
    assert "<html" not in _body(answer)
    assert not Draft.objects.exists()


def test_while_typing_what_is_wrong_shows_at_once(head, assignment, homes):
    answer = head.post(_page(assignment, homes[0], "muc_song", "check"), {"so_nguoi_di_lam_xa": "31"})

    assert "Nhập số người từ 0 đến 30." in _body(answer)


def test_an_answer_that_brings_up_a_question_shows_it_before_going_on(head, assignment, homes):
    address = _page(assignment, homes[0], "van_hoa")
    typed = {"danh_hieu": "co", "ung_xu": "co"}

    again = head.post(address, typed | _shown(head, address))
    assert "Gia đình chọn giữ điều nào trước?" in _body(again)
    shown = {"shown_before": again.context["form"].shown_now()}
    assert head.post(address, typed | shown | {"ung_xu_dieu": ["chia_se"]}).status_code == 302
    assert Draft.objects.get().answers["household"]["ung_xu_dieu"] == ["chia_se"]


def test_a_household_not_met_is_said_why(head, assignment, homes):
    address = reverse("surveys:not_met", args=[assignment.id, homes[0].id])

    assert "Chọn" in _body(head.post(address, {})) or "chọn" in _body(head.post(address, {}))
    assert "Ghi rõ vì sao" in _body(head.post(address, {"why_not_met": "other"}))
    assert head.post(address, {"why_not_met": "away"}).status_code == 302


def test_a_draft_is_thrown_away_on_purpose_only(head, assignment, homes):
    head.post(_page(assignment, homes[0], "muc_song"), {"nha_o": "kien_co", "later": "1"})
    head.post(reverse("surveys:forget", args=[assignment.id, homes[0].id]))

    assert "Ghi dở" not in _body(head.get(reverse("surveys:assignment", args=[assignment.id])))


def test_today_leads_to_the_village(head, assignment):
    assert reverse("surveys:assignment", args=[assignment.id]) in _body(head.get(reverse("duties:today")))


def test_a_month_without_change_is_affirmed_on_the_page(head, start, village):
    row = start(RoundKind.CHANGES)
    address = reverse("surveys:assignment", args=[Assignment.objects.get(round=row, village=village).id])

    assert "Hãy xác nhận" in _body(head.post(address, {}))
    assert "xác nhận các hộ không có phiếu là không thay đổi" in _body(
        head.post(address, {"affirms_nil": "on"}, follow=True)
    )


# --- the officer


def test_an_officer_prepares_and_starts_a_round(officer, version, village, village_head):
    page = officer.post(
        reverse("surveys:prepare"),
        {"title": "Đợt 1", "version_id": str(version.id), "kind": "every", "limit": "SURVEY_COLLECT_MONTH"},
        follow=True,
    )
    row = Round.objects.get()
    assert "Bắt đầu, báo cho từng thôn" in _body(page)
    started = officer.post(reverse("surveys:start", args=[row.id]), follow=True)

    assert "Đang thu thập" in _body(started)
    assert "Đợt này đã bắt đầu rồi." in _body(officer.post(reverse("surveys:start", args=[row.id])))


def test_without_a_published_questionnaire_nothing_is_asked(officer):
    assert "Tỉnh chưa phát hành" in _body(officer.get(reverse("surveys:prepare")))


def test_an_officer_gives_a_village_to_another(officer, running, assignment, lan):
    address = reverse("surveys:assign", args=[running.id, assignment.id])
    officer.post(address, {"post_id": lan.post_id})
    assignment.refresh_from_db()

    assert assignment.post_id == lan.post_id
    assert "govuk-error-summary" in _body(officer.post(address, {"post_id": "0"}))


def test_a_village_is_given_back_and_the_village_head_reads_why(officer, head, send, homes, hand_in, assignment):
    for household in homes:
        send(household)
    hand_in()
    address = reverse("surveys:give_back", args=[assignment.id])
    village = reverse("surveys:assignment", args=[assignment.id])
    assert address in _body(officer.get(village))
    assert address not in _body(head.get(village))

    assert "govuk-error-summary" in _body(officer.post(address, {"why": ""}))
    assert "Nhầm nhà ở" in _body(officer.post(address, {"why": "Nhầm nhà ở"}, follow=True))

    assert "Nhầm nhà ở" in _body(head.get(village))
    assert "Trả lại để sửa" in _body(head.get(reverse("surveys:list")))
    assert "Đã nộp" in _body(head.post(village, {}, follow=True))


def test_two_sheets_are_shown_side_by_side_and_one_is_chosen(officer, send, homes, running, full_answers):
    send()
    other = send(answers=full_answers(homes[0], nha_o="kien_co")).sheet
    assert reverse("surveys:conflict", args=[other.id]) in _body(
        officer.get(reverse("surveys:round", args=[running.id]))
    )
    address = reverse("surveys:conflict", args=[other.id])
    page = _body(officer.get(address))
    assert "Kiên cố" in page
    assert "Bán kiên cố" in page

    chosen = _body(officer.post(address, {"choice": "take"}, follow=True))
    assert "đã chọn lúc" in chosen
    assert Sheet.objects.get(is_current=True) == other


def test_a_sample_is_asked_again_by_the_officer(officer, head, send, homes, running):
    for household in homes:
        send(household)
    officer.post(reverse("surveys:draw", args=[running.id]), {"share": "0.05"})
    recheck = Recheck.objects.get()
    address = reverse("surveys:recheck", args=[recheck.id])
    assert "Phúc tra phải do người khác làm." in _body(head.get(address))
    assert "Ghi ít nhất một câu" in _body(officer.post(address, {}))
    officer.post(address, HOUSEHOLD_ANSWERS | {"nha_o": "don_so"})

    page = _body(officer.get(reverse("surveys:round", args=[running.id])))
    assert "khớp nhau 6 trên 7 câu (85,7%)" in page


def test_a_round_is_closed_with_a_reason(officer, running):
    address = reverse("surveys:close", args=[running.id])

    assert "Ghi lý do kết thúc sớm" in _body(officer.post(address, {}))
    assert "Đã kết thúc" in _body(officer.post(address, {"why": "Mưa lũ"}, follow=True))
    assert "Mưa lũ" in _body(officer.get(reverse("surveys:round", args=[running.id])))


# --- the province


def _upload(client, *rows, name="x.xlsx"):
    content = workbook([["type", "name", "label"], *rows])
    return client.post(reverse("surveys:questionnaires"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_workbook_is_looked_over_published_and_compared(keeper):
    first = _upload(keeper, ["text", "rac", "Rác để đâu?"])
    draft = QuestionnaireVersion.objects.get()
    assert "Rác để đâu?" in _body(first)
    keeper.post(reverse("surveys:publish", args=[draft.id]))
    second = _upload(keeper, ["text", "rac", "Rác nhà mình để đâu?"])

    assert "Khác bản 1" in _body(second)
    assert "Rác nhà mình để đâu?" in _body(second)
    assert [row.number for row in QuestionnaireVersion.objects.order_by("number")] == [1, 2]
    assert keeper.get(reverse("surveys:source", args=[draft.id])).content[:2] == b"PK"


def test_problems_are_shown_by_sheet_row_and_column(keeper):
    page = _body(_upload(keeper, ["geopoint", "o", "Ở đâu?"]))

    assert "Chỗ phải sửa trong tệp" in page
    assert "Kiểu “geopoint” chưa dùng được" in page
    assert not QuestionnaireVersion.objects.exists()


def test_a_question_about_violence_is_refused_with_the_reason(keeper):
    assert "để lại dấu trên cả hộ" in _body(_upload(keeper, ["text", "a", "Nhà có bạo lực không?"]))


def test_no_file_is_said_by_the_field(keeper):
    assert "govuk-error-summary" in _body(keeper.post(reverse("surveys:questionnaires"), {}))


def test_a_published_version_is_not_published_again(keeper, version):
    assert "đã phát hành" in _body(keeper.post(reverse("surveys:publish", args=[version.id])))
    assert "Không có câu nào khác" in _body(keeper.post(reverse("surveys:publish_situation")))


@pytest.mark.parametrize("change", [{"title": "Khác"}, {"definition": {}}, {"published_at": None}])
def test_the_database_keeps_a_published_version_as_it_is(version, change):
    published = QuestionnaireVersion.objects.filter(id=version.id)

    with pytest.raises(DatabaseError, match="stays as it was published"), transaction.atomic():
        published.update(**change)
    with pytest.raises(DatabaseError, match="stays as it was published"), transaction.atomic():
        published.delete()
    assert published.get().asked == version.asked


def test_a_draft_gives_way_to_the_next(mai, now):
    with acting(mai):
        for label in ("A?", "B?"):
            content = workbook([["type", "name", "label"], ["text", "a", label]])
            services.upload_version(actor=mai, content=content, file_name="x.xlsx", now=now)

    assert QuestionnaireVersion.objects.get().asked.questions["a"].label == "B?"


@pytest.mark.parametrize("name", ["list", "assignment", "household", "page"])
def test_pages_of_the_village_take_few_queries(name, head, assignment, homes, django_assert_max_num_queries):
    arguments = {
        "list": [],
        "assignment": [assignment.id],
        "household": [assignment.id, homes[0].id],
        "page": [assignment.id, homes[0].id, "muc_song"],
    }[name]
    with django_assert_max_num_queries(40):
        assert head.get(reverse(f"surveys:{name}", args=arguments)).status_code == 200
