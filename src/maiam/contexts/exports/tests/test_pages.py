"""The pages of lists that leave."""

import re

import pytest
from django.utils import timezone

from maiam.contexts.exports import services
from maiam.contexts.exports.models import Export
from maiam.contexts.exports.rules import State
from maiam.platform.access import Actor, acting

pytestmark = pytest.mark.django_db

ASKED = {
    "kind": "people",
    "columns": ["name", "village"],
    "file_type": "csv",
    "purpose": "Lập danh sách mời họp thôn",
}


def test_an_officer_asks_sees_it_made_and_takes_the_file(client_for, lan, people, now):
    client, house = client_for(lan), Actor.system("exports")

    answer = client.post("/gia-dinh/xuat/xin/", ASKED, follow=True)

    assert "Đang lập tệp" in answer.content.decode()
    row = Export.objects.get()
    with acting(house):
        services.make_next_export(actor=house, now=timezone.now())
    assert "Tải tệp về" in client.get(f"/gia-dinh/xuat/{row.id}/").content.decode()
    file = client.post(f"/gia-dinh/xuat/{row.id}/tai-ve/")
    assert "Niê" in b"".join(file.streaming_content).decode()
    assert "no-store" in file["Cache-Control"]


def test_a_purpose_too_short_is_said_by_its_field_and_nothing_typed_is_lost(client_for, lan, people):
    page = client_for(lan).post("/gia-dinh/xuat/xin/", ASKED | {"purpose": "Họp"}).content.decode()

    assert "govuk-error-message" in page
    assert re.search(r">\s*Họp</textarea>", page)
    assert Export.objects.count() == 0


def test_the_chairwoman_refuses_with_a_reason_or_not_at_all(client_for, chairwoman, ask, monkeypatch):
    monkeypatch.setattr("maiam.contexts.exports.rules.MOST_ALONE", 2)
    row, client = ask(), client_for(chairwoman)
    assert "Trả lời" in client.get(f"/gia-dinh/xuat/{row.id}/").content.decode()

    silent = client.post(f"/gia-dinh/xuat/{row.id}/tra-loi/", {"agrees": "no", "reason": ""})
    client.post(f"/gia-dinh/xuat/{row.id}/tra-loi/", {"agrees": "no", "reason": "Chỉ cần danh sách một thôn"})

    assert "lý do" in silent.content.decode()
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.REFUSED, "Chỉ cần danh sách một thôn")


def test_a_file_that_has_gone_is_said_so_kindly(client_for, lan, made):
    row = made()
    Export.objects.filter(id=row.id).update(state=State.GONE)

    answer = client_for(lan).post(f"/gia-dinh/xuat/{row.id}/tai-ve/")

    assert "hết hạn" in answer.content.decode()
