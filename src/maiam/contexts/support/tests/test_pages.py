"""The pages of support."""

import pytest

from maiam.contexts.support.models import Consent, Contact, Referral, SafetyPlan, UnmetNeed

pytestmark = pytest.mark.django_db


def test_an_officer_keeps_a_persons_support_from_the_page(client_for, lan, nurse, case):
    client, address = client_for(lan), f"/ho-tro/{case.id}/"
    day = {
        "tried_at_date": "23/11/2026",
        "tried_at_time": "09:00",
        "given_at_date": "22/11/2026",
        "given_at_time": "8:00",
    }

    contact = {"how": "visit", "reached": "alone", "is_safe": "yes", "words": "Đỡ sợ"}
    client.post(f"{address}lien-he/", day | contact)
    client.post(f"{address}ke-hoach-an-toan/", {"go_to": "Nhà chị Hoa"})
    agreed = {"to": nurse.post_id, "need": "medical", "facts": "Tên", "evidence": "Nói trực tiếp"}
    client.post(f"{address}dong-y/", day | agreed)
    asked = {"to": nurse.post_id, "need": "medical", "ground": "consent", "told": "Cần khám tay."}
    client.post(f"{address}chuyen-di/", asked | {"consent_id": Consent.objects.get().id})
    client.post(f"{address}chua-ai-giup/", {"need": "livelihood", "reason": "Chưa có việc"})

    page = client.get(address).content.decode()
    assert "Đỡ sợ" in page
    assert "Khám, chữa bệnh" in page
    assert [model.objects.count() for model in (Contact, SafetyPlan, Consent, Referral, UnmetNeed)] == [1] * 5


def test_a_referral_without_her_yes_is_refused_by_its_field_and_keeps_the_words(client_for, lan, nurse, case):
    asked = {"to": nurse.post_id, "need": "medical", "ground": "consent", "told": "Cần khám tay.", "consent_id": ""}

    page = client_for(lan).post(f"/ho-tro/{case.id}/chuyen-di/", asked).content.decode()

    assert "Hãy hỏi người ấy trước" in page
    assert "Cần khám tay." in page


def test_the_helper_answers_from_the_list(client_for, nurse, send):
    row, client = send(), client_for(nurse)

    assert "Khám, chữa bệnh" in client.get("/ho-tro/chuyen-den/").content.decode()
    silent = client.post(f"/ho-tro/de-nghi/{row.id}/", {"to": "rejected", "words": ""})
    client.post(f"/ho-tro/de-nghi/{row.id}/", {"to": "accepted", "words": ""})

    assert "Hãy ghi một câu" in silent.content.decode()
    row.refresh_from_db()
    assert row.state == "accepted"


def test_an_empty_safety_plan_is_not_kept(client_for, lan, case):
    page = client_for(lan).post(f"/ho-tro/{case.id}/ke-hoach-an-toan/", {"go_to": " "}).content.decode()

    assert "Ghi ít nhất một câu trả lời" in page
    assert not SafetyPlan.objects.exists()
