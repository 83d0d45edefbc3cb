"""The pages: take down, answer, agree, watch; and the public's page."""

from html import unescape

import pytest
from django.test import Client

from maiam.contexts.rights import services
from maiam.contexts.rights.models import Copy, RightsRequest
from maiam.contexts.rights.rules import Right, State
from maiam.platform.access import acting

from .conftest import HOUSE, WOMAN

pytestmark = pytest.mark.django_db

BASE = "/gia-dinh/quyen/"
ASKED = {"right": "see", "asker": "person", "shown": "identity_card", "words": "Cho tôi xem."}


def test_an_officer_takes_a_request_down_and_gives_the_copy(client_for, lan, home):
    client = client_for(lan)

    page = client.post(f"{BASE}nguoi/{home.woman.id}/", ASKED, follow=True).content.decode()

    assert "Chờ trả lời lần đầu" in page
    request = RightsRequest.objects.get()
    client.post(f"{BASE}{request.id}/ban-sao/")
    copy = Copy.objects.get()
    assert WOMAN in unescape(client.get(f"{BASE}ban-sao/{copy.id}/in/").content.decode())
    file = client.post(f"{BASE}ban-sao/{copy.id}/tai-ve/")
    assert file.content[:2] == b"PK"
    assert "no-store" in file["Cache-Control"]
    done = client.post(f"{BASE}{request.id}/lam-xong/", {"words": "", "told": "here"}, follow=True).content.decode()
    assert "Đã làm xong" in done


def test_a_refusal_without_words_says_so_and_keeps_the_ground(client_for, lan, ask):
    request = ask(Right.ERASE)

    page = client_for(lan).post(f"{BASE}{request.id}/tu-choi/", {"ground": "kept_by_law", "words": ""})

    told = page.content.decode()
    assert "govuk-error-message" in told
    assert 'value="kept_by_law" checked' in " ".join(told.split())


def test_two_people_erase_and_the_proof_is_on_the_page(client_for, lan, chairwoman, ask, now):
    request = ask(Right.ERASE)
    officer, chair = client_for(lan), client_for(chairwoman)

    assert "Đồng ý xóa?" not in chair.get(f"{BASE}{request.id}/").content.decode()
    officer.post(f"{BASE}{request.id}/de-nghi-xoa/", {"words": ""})
    waiting = chair.get(f"{BASE}{request.id}/").content.decode()
    assert "Đồng ý xóa?" in waiting
    assert "Từ chối, nêu căn cứ" not in waiting
    silent = chair.post(f"{BASE}{request.id}/dong-y-xoa/", {"agrees": "no", "reason": ""})
    assert "lý do" in silent.content.decode()
    chair.post(f"{BASE}{request.id}/dong-y-xoa/", {"agrees": "yes", "reason": ""})
    with acting(HOUSE):
        services.carry_next_erasure(actor=HOUSE, now=now)

    page = unescape(officer.get(f"{BASE}{request.id}/").content.decode())
    assert "Giấy chứng nhận đã xóa" in page
    assert "Nguyên vẹn" in page
    assert WOMAN not in page
    request.refresh_from_db()
    assert request.state == State.DONE


def test_the_inspector_watches_without_a_name_or_a_word(client_for, inspector, ask):
    request = ask(Right.SEE, words="Lời rất riêng")
    client = client_for(inspector)

    pages = [unescape(client.get(address).content.decode()) for address in (BASE, f"{BASE}{request.id}/")]

    for page in pages:
        assert "Xem, nhận bản sao" in page
        assert "Đắk Mil" in page
        assert WOMAN not in page
        assert "Lời rất riêng" not in page
    assert client.post(f"{BASE}{request.id}/tu-choi/", {}).status_code == 403


def test_anyone_reads_what_they_may_ask_and_where(db):
    page = Client().get("/thong-tin-cua-ban/")

    told = page.content.decode()
    assert "10 ngày" in told
    assert "20 ngày" in told
    assert "2 ngày làm việc" in told
    assert "bạo lực" not in told
    assert not page.cookies


def test_the_list_costs_few_questions(client_for, lan, ask, home, django_assert_max_num_queries):
    for person in (home.woman, home.husband, home.child):
        ask(Right.SEE, person_id=person.id)
    client = client_for(lan)

    with django_assert_max_num_queries(16):
        client.get(BASE)
