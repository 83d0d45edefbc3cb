"""A file for a court: made by two people, numbered, without what must not leave; it says what and why."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction

from maiam.contexts.cases.models import RegisterEntry
from maiam.contexts.disclosures import queries, services
from maiam.contexts.disclosures.models import CourtFile
from maiam.contexts.disclosures.rules import Kept, Secret, State, slipped_in
from maiam.contexts.disclosures.tests.conftest import COVER, HER_NUMBER, LETTERS, REQUEST
from maiam.core.text import fold
from maiam.platform.access import acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db
PLANTED = (HER_NUMBER, "905 777 888", LETTERS, COVER, "H'Bơ̆ng", "đánh chị bằng gậy", "con gái đứng nhìn", "Điểu K'Rang")


def test_who_prepared_it_does_not_sign_it(drafted, lan, now):
    with acting(lan), pytest.raises(ForbiddenError):
        services.answer_court_file(actor=lan, file_id=drafted.id, agrees=True, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourtFile.objects.filter(id=drafted.id).update(
            state=State.DECLINED, answered_by=lan.account_id, answered_at=now
        )


def test_signed_it_takes_a_number_of_the_register_and_never_changes(issued, chairwoman, now):
    entry = RegisterEntry.objects.get(paper_id=issued.id)

    assert (entry.number, entry.symbol) == (issued.number, "BC-UBND")
    assert entry.content_sha256 == issued.content_sha256
    with acting(chairwoman), pytest.raises(services.AnsweredAlreadyError):
        services.answer_court_file(actor=chairwoman, file_id=issued.id, agrees=False, now=now)
    assert AuditEntry.objects.filter(action="disclosures.file.issued").exists()


def test_nothing_planted_leaves_in_any_form(issued, lan, client_for):
    content = fold(issued.content)
    for words in PLANTED:
        assert fold(words) not in content, words
    assert "y blo eban" in content
    assert "h'lan nie" in content or "h lan nie" in content or "hlan nie" in content
    word = client_for(lan).get(f"/ho-so-toa/{issued.id}.docx")
    with ZipFile(BytesIO(word.content)) as parts:
        told = " ".join(fold(parts.read(name).decode()) for name in parts.namelist() if name.endswith(".xml"))
    for words in PLANTED:
        assert fold(words) not in told, words


def test_it_names_what_was_left_out_and_why(issued, lan, now):
    with acting(lan):
        page = queries.court_file(lan, issued.id, now)
    left_out = " ".join(f"{what}: {why}" for what, why in page.left_out)

    for kind in ("Người báo tin", "lời dặn liên lạc", "Lời kể", "Nơi ở hiện nay", "trẻ em có mặt"):
        assert kind in left_out
    assert "nơi tạm lánh" not in left_out
    assert "Những nội dung không đưa vào bản này" in issued.content


@pytest.mark.parametrize("typed", [LETTERS, "gọi 0905 777 888", "cháu H'Bơ̆ng Êban thấy"])
def test_a_secret_typed_by_a_tired_hand_stops_it(lan, case, rule, ordered, now, typed):
    with acting(lan), pytest.raises(services.SecretSlippedInError):
        services.ask_court_file(actor=lan, case_id=case.id, request=replace(REQUEST, ground=typed), now=now)
    assert not CourtFile.objects.exists()


def test_words_are_found_without_marks_and_numbers_however_written():
    kept = [Kept(Secret.SAFE_CONTACT, HER_NUMBER), Kept(Secret.REFUGES, "Nhà bà Tám, thôn 3"), Kept(Secret.HOME, "")]

    assert slipped_in("so 0905.777.888", kept) == [Secret.SAFE_CONTACT]
    assert slipped_in("o nha ba tam, thon 3", kept) == [Secret.REFUGES]
    assert slipped_in("không có gì", kept) == []


def test_another_commune_does_not_see_it(issued, binh, client_for, now):
    with acting(binh), pytest.raises(NotFoundError):
        queries.court_file(binh, issued.id, now)
    assert client_for(binh).get(f"/ho-so-toa/{issued.id}.pdf").status_code == 404


def test_the_pages_go_from_asking_to_printing(lan, chairwoman, case, ordered, rule, client_for):
    officer, head = client_for(lan), client_for(chairwoman)
    url = f"/ho-so-toa/vu-viec/{case.id}/"
    typed = {"authority": "Tòa án khu vực 5", "request": "", "ground": f"Gửi đến {LETTERS}"}

    assert "Không đưa vào, và vì sao" in officer.get(url).content.decode()
    assert LETTERS in officer.post(url, typed).content.decode()
    refused = officer.post(url, typed | {"request": "Công văn 1"}).content.decode()
    assert "Chữ đã gõ để lộ" in refused
    made = officer.post(url, typed | {"request": "Công văn 1", "ground": "Yêu cầu của Tòa"})
    draft = officer.get(made["Location"]).content.decode()
    assert "Bản chờ ký" in draft
    assert "Ký, cấp số" not in draft
    assert "Ký, cấp số" in head.get(made["Location"]).content.decode()
    assert head.post(f"{made['Location']}ky/", {"agrees": "yes"}).status_code == 302
    assert 'Số <span class="app-unbroken">0' in officer.get(made["Location"]).content.decode()
    paper = officer.get(made["Location"].rstrip("/") + ".pdf")
    assert paper.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(action="disclosures.file.printed").exists()
