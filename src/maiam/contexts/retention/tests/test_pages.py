"""One page tells all retention; a preview shows counts, never who."""

from html import unescape

import pytest

from maiam.contexts.retention.models import PeriodSet
from maiam.contexts.retention.rules import Kind
from maiam.core.law.codes.personal_data import retention_rules

from .conftest import DEAD, YEAR

pytestmark = pytest.mark.django_db
BASE = "/luu-giu/"


def test_one_page_tells_all_and_calls_nothing_law_that_is_not(client_for, inspector):
    page = unescape(client_for(inspector).get(BASE).content.decode())

    assert all(rule.vi in page for rule in retention_rules().values())
    assert "Quy định của tỉnh" in page
    assert "Điều" not in page.split("Giữ gì, bao lâu")[1]


def test_a_period_is_changed_on_screen_and_the_older_stays_told(client_for, inspector):
    client, address = client_for(inspector), f"{BASE}thoi-han/{Kind.CHANGE_ENDED}/"

    wrong = client.post(address, {"months": "mười", "why": "Lý do tôi viết"}).content.decode()
    assert "Lý do tôi viết" in unescape(wrong)
    assert "govuk-error-message" in wrong
    client.post(address, {"months": "36", "why": "Quyết định 12"})

    assert PeriodSet.objects.get().months == 36
    assert "3 năm" in client.get(BASE).content.decode()
    assert "Quyết định 12" in client.get(address).content.decode()


def test_two_people_answer_a_preview_and_see_no_name(client_for, inspector, administrator, people, preview, now):
    row = preview(now + 30 * YEAR)[Kind.PERSON_ERASE]
    first, second = client_for(administrator), client_for(inspector)

    page = unescape(first.get(f"{BASE}{row.id}/").content.decode())
    assert "Đắk Mil" in page
    assert DEAD not in page
    assert "Đề nghị làm" in page
    first.post(f"{BASE}{row.id}/de-nghi/")
    assert "Đồng ý?" not in first.get(f"{BASE}{row.id}/").content.decode()
    silent = second.post(f"{BASE}{row.id}/tra-loi/", {"agrees": "no", "reason": ""}).content.decode()
    assert "lý do" in silent
    done = second.post(f"{BASE}{row.id}/tra-loi/", {"agrees": "yes", "reason": ""}, follow=True).content.decode()
    assert "Đang làm" in done
    again = first.post(f"{BASE}{row.id}/de-nghi/").content.decode()
    assert "sang bước khác" in again


def test_an_officer_has_no_business_there(client_for, lan):
    assert client_for(lan).get(BASE).status_code == 403
