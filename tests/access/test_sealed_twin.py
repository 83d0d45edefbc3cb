"""A sealed case leaves no word anywhere an officer of its commune can get to: every page there is, link by link."""

import re
from collections import deque
from html import unescape

import pytest

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.contexts.cases.services import Account, People
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.rules.draft import ReportDraft
from maiam.core.text import PartialDate
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db
PLANTED = ("Khơrialạ", "Bổmđũngxa", "Quézưnhà")
MOST_PAGES = 250
# Signing out would end the walk.
ELSEWHERE = ("/tai-khoan/", "/static/", "/api/")


@pytest.fixture
def twin(lan, chairwoman, village_head, commune, village, someone, case, now):
    """A second case, as open as the first; then sealed, with three words planted in what was told."""
    victim, man = someone("H'Nhiên Ktla", born=1991), someone("Y Thon Ktla", born=1985)
    draft = ReportDraft(
        channel="in_person",
        receiving_address="village_head",
        entry_key="sổ tay, trang 40",
        story=f"Chị kể {PLANTED[0]}.",
        commune_id=commune.id,
        village_id=village.id,
        place_as_given=f"cạnh {PLANTED[1]}",
    )
    with acting(village_head):
        report_id = reports.file_report(actor=village_head, draft=draft, now=now).report_id
    told = Account(
        occurred_on=PartialDate(2026, 11, 22),
        occurred_time=None,
        acts=("ACT_A",),
        story=f"Anh ta {PLANTED[2]} chị.",
        village_id=village.id,
    )
    people = People(roles={victim: PartyRole.VICTIM, man: PartyRole.AGGRESSOR}, relations={(man, victim): "husband"})
    with acting(lan):
        opened = cases.open_from_report(
            actor=lan, report_id=report_id, account=told, people=people, reason="Sự việc mới.", now=now
        )
    return Case.objects.get(id=opened.case_ids[0])


def _crawl(client, code: str):
    """Every page that links lead to from the day's first, with the searches somebody curious would try."""
    waiting = deque(["/ban-lam-viec/", f"/vu-viec/?text={code}", f"/gia-dinh/?q={PLANTED[0][:5]}", "/viec/thong-bao/"])
    seen = set(waiting)
    pages = {}
    while waiting and len(pages) < MOST_PAGES:
        address = waiting.popleft()
        answer = client.get(address, follow=True)
        if "html" not in answer.get("Content-Type", ""):
            continue
        pages[address] = text = unescape(answer.content.decode())
        for link in re.findall(r'(?:href|hx-get|action)="(/[^"#]*)"', text):
            if link not in seen and not link.startswith(ELSEWHERE):
                seen.add(link)
                waiting.append(link)
    return pages


def _with_any(pages, words):
    return {
        address: [word for word in words if word in text]
        for address, text in pages.items()
        if any(word in text for word in words)
    }


def test_before_the_seal_the_crawl_finds_the_words(lan, twin, client_for):
    found = _with_any(_crawl(client_for(lan), twin.code), [*PLANTED, twin.code, str(twin.id)])

    assert {word for words in found.values() for word in words} >= {*PLANTED, twin.code, str(twin.id)}


def test_after_the_seal_not_one_word_is_found(lan, chairwoman, case, twin, client_for, now):
    with acting(chairwoman):
        cases.seal_case(actor=chairwoman, case_id=twin.id, people=[], reason="Vụ việc của cán bộ.", now=now)

    pages = _crawl(client_for(lan), twin.code)
    text = " ".join(page for address, page in pages.items() if twin.code not in address)

    assert len(pages) > 20
    assert case.code in text
    assert _with_any(pages, [*PLANTED, str(twin.id)]) == {}
    assert twin.code not in text
