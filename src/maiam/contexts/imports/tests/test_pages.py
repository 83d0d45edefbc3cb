"""The pages and the endpoints of lists that come in."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries import token_digest
from maiam.contexts.families.models import Person
from maiam.contexts.imports import services
from maiam.contexts.imports.models import ImportedList
from maiam.contexts.imports.rules import State
from maiam.contexts.imports.tests import workbooks

pytestmark = pytest.mark.django_db


def _file(content: bytes, name: str = "ds.xlsx") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def test_an_officer_sends_a_list_and_is_led_to_its_columns(client_for, lan, work):
    client = client_for(lan)

    answer = client.post("/gia-dinh/nhap/gui/", _file(workbooks.messy()), follow=True)
    assert "Đang mở tệp" in answer.content.decode()
    work()

    row = ImportedList.objects.get()
    page = client.get(f"/gia-dinh/nhap/{row.id}/cot/").content.decode()
    assert "Cột B, STT hộ" in page
    assert "trang ẩn" in page


def test_columns_sent_twice_lead_both_times_to_how_far_the_list_is(client_for, lan, bring):
    row, client = bring(workbooks.workbook()), client_for(lan)
    columns = row.read_as.pages[0].columns.items()
    sent = {"take0": "on", "village0": "", **{f"field0_{column}": field.value for column, field in columns}}

    answers = [client.post(f"/gia-dinh/nhap/{row.id}/cot/", sent) for _ in range(2)]

    assert [answer.headers.get("Location") for answer in answers] == [f"/gia-dinh/nhap/{row.id}/"] * 2


def test_a_file_with_macros_is_refused_by_its_field(client_for, lan):
    page = client_for(lan).post("/gia-dinh/nhap/gui/", _file(b"PK\x03\x04", "ds.xlsm")).content.decode()

    assert "macro" in page
    assert "govuk-error-message" in page
    assert ImportedList.objects.count() == 0


def test_doubts_are_shown_by_sheet_row_and_column(client_for, lan, check):
    row, client = check(workbooks.messy()), client_for(lan)

    whole = client.get(f"/gia-dinh/nhap/{row.id}/").content.decode()
    errors = client.get(f"/gia-dinh/nhap/{row.id}/can-xem/?muc=error").content.decode()

    assert "từ chưa hiểu" in whole
    assert "Thôn Đồng Tâm, dòng 13, cột D" in errors
    assert "31/02/1990" in errors


def test_a_home_unticked_is_left_out(client_for, lan, check, take):
    row, client = check(workbooks.workbook()), client_for(lan)

    client.post(f"/gia-dinh/nhap/{row.id}/tra-loi/", {"homes": "1", "answer-h0:2": "", "answer-h0:5": "leave"})
    client.post(f"/gia-dinh/nhap/{row.id}/dua-vao-so/", {"which": "all"})

    row.refresh_from_db()
    assert row.state == State.TAKING
    assert not Person.objects.filter(full_name="Thị Mai").exists()


def test_saved_choices_are_confirmed_on_the_page_they_were_made_on(client_for, lan, check):
    row, client = check(workbooks.workbook()), client_for(lan)

    answer = client.post(
        f"/gia-dinh/nhap/{row.id}/tra-loi/", {"homes": "1", "page": "1", "answer-h0:5": "take"}, follow=True
    )

    assert answer.redirect_chain == [(f"/gia-dinh/nhap/{row.id}/ho/?page=1", 302)]
    assert "Đã lưu các lựa chọn" in answer.content.decode()


def test_only_a_home_like_one_of_the_register_is_asked_whether_it_is_that_one(client_for, lan, check, take):
    take(check(workbooks.workbook()))
    strangers = [
        workbooks.PLAIN[0],
        ("DM-001", "Lê Văn Khác", "Nam", "1990", "Chủ hộ", "", "", "Kinh"),
        *workbooks.PLAIN[4:],
    ]
    row = check(workbooks.workbook(strangers))

    page = client_for(lan).get(f"/gia-dinh/nhap/{row.id}/ho/").content.decode()

    assert page.count("Là hộ đã có trong sổ") == 1


def test_a_page_saved_as_it_stood_chooses_no_home(client_for, lan, check):
    row, client = check(workbooks.workbook()), client_for(lan)

    client.post(f"/gia-dinh/nhap/{row.id}/tra-loi/", {"homes": "1", "answer-h0:2": "", "answer-h0:5": ""})
    page = client.post(f"/gia-dinh/nhap/{row.id}/dua-vao-so/", {"which": "chosen"}).content.decode()

    row.refresh_from_db()
    assert row.state == State.CHECKED
    assert services.NothingToTakeError.message in page


def test_the_marked_file_is_fetched_by_its_own_commune_alone(client_for, lan, binh, check):
    row = check(workbooks.messy())

    own = client_for(lan).get(f"/gia-dinh/nhap/{row.id}/tep-ghi-chu/")
    assert b"".join(own.streaming_content).startswith(b"PK")
    assert client_for(binh).get(f"/gia-dinh/nhap/{row.id}/tep-ghi-chu/").status_code == 404


def test_a_machine_brings_a_list_follows_it_and_lets_it_be_written(lan, work):
    now = timezone.now()
    ApiToken.objects.create(
        name="hệ thống",
        post_id=lan.post_id,
        made_by_id=lan.account_id,
        digest=token_digest("key"),
        made_at=now,
        expires_at=now + timedelta(days=1),
    )
    client = Client(headers={"Authorization": "Bearer key"})

    brought = client.post("/api/v1/imports", _file(workbooks.workbook())).json()
    work()
    address = f"/api/v1/imports/{brought['id']}"
    assert client.get(address).json()["state"] == "columns"
    client.post(f"{address}/columns", "{}", content_type="application/json")
    work()
    checked = client.get(address).json()
    assert (checked["state"], checked["new"]) == ("checked", 5)
    assert client.get(f"{address}/problems?severity=error").json() == []
    client.post(f"{address}/take")
    work()

    assert client.get(address).json()["people_added"] == 5
    assert Person.objects.count() == 5
