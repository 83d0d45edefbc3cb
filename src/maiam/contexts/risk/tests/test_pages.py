"""The danger on screen: asked in private, explained in plain words."""

from datetime import timedelta

import pytest

from maiam.contexts.risk.models import CaseRisk
from maiam.contexts.risk.tests.conftest import CALM, GRAVE

pytestmark = pytest.mark.django_db


def test_an_officer_asks_signs_and_reads_why(client_for, lan, case):
    client = client_for(lan)

    page = client.post(f"/nguy-co/{case.id}/danh-gia/", GRAVE | {"note": ""}, follow=True).content.decode()

    assert "Từng bị bóp cổ hoặc làm ngạt" in page
    assert "không được dùng để từ chối giúp đỡ" in page
    assert "Rất cao" in client.get(f"/nguy-co/{case.id}/muc/").content.decode()


def test_a_lowering_without_its_reason_keeps_every_answer(client_for, lan, case, sign):
    sign(GRAVE)

    page = client_for(lan).post(f"/nguy-co/{case.id}/danh-gia/", CALM | {"note": "", "debt": "yes"}).content.decode()

    assert "Hãy ghi vì sao" in page
    assert page.count("checked") == len(CALM)


def test_the_chairwoman_raises_from_the_page(client_for, chairwoman, case, sign):
    sign()
    client = client_for(chairwoman)

    client.post(f"/nguy-co/{case.id}/nang-muc/", {"level": "high", "reason": "weapon", "words": "Có dao"})

    assert CaseRisk.objects.get(case=case).level == "high"
    assert "Có dao" in client.get(f"/nguy-co/{case.id}/").content.decode()


def test_the_chairwoman_answers_a_lowering_once(client_for, chairwoman, lan, case, sign):
    sign(GRAVE)
    row = sign(note="Đã giao nộp súng", after=timedelta(hours=1))
    client, address = client_for(chairwoman), f"/nguy-co/{case.id}/ha-muc/{row.id}/"

    client.post(address, {"agrees": "yes"})
    again = client.post(address, {"agrees": "no"})

    assert "đã có người trả lời" in again.content.decode()
    assert CaseRisk.objects.get(case=case).level == "low"


def test_the_case_page_shows_the_level_without_a_second_of_waiting(client_for, lan, case):
    assert f"/nguy-co/{case.id}/muc/" in client_for(lan).get(f"/vu-viec/{case.id}/").content.decode()


def test_the_analyst_reads_the_questions_and_who_set_their_weight(client_for, mai):
    page = client_for(mai).get("/nguy-co/hieu-chinh/").content.decode()

    assert "Chưa đủ số liệu" in page
    assert "(chuyên gia đặt)" in page
    assert "Glass et al. 2008" in page
