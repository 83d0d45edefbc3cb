"""The accused is the brother of the commune's chairwoman: she sees nothing and gets nothing; her deputy decides."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from maiam.core.text import VIETNAM, write_date
from maiam.web.demo.too_near import BROTHER, DEPUTY
from tests.journeys.conftest import PHONE
from tests.journeys.people import Official, Woman
from tests.journeys.server import Site

pytestmark = pytest.mark.journey

STORY = "Anh ấy bẻ tay tôi, nói em gái làm to ở xã nên chẳng ai dám động đến."
HER = "Lê Thị Ngại Thử"


@pytest.fixture
def the_deputy(open_browser: Callable[..., Page], site: Site) -> Official:
    deputy = Official(open_browser(PHONE), site)
    deputy.takes_the_seat_of(DEPUTY)
    return deputy


def _notices(official: Official) -> set[str]:
    """Where the notices of somebody lead."""
    official.opens("/viec/thong-bao/")
    links = official.page.locator("main li a").evaluate_all("links => links.map(link => link.href)")
    return set(links)


def test_the_chairwoman_gets_nothing_and_the_deputy_decides(
    site: Site, phone: Page, at_work: Callable[..., Official], the_deputy: Official
) -> None:
    hoa = at_work("H'Hoa Niê")
    told_before = _notices(hoa)
    Woman(phone, site).reports(commune="xa dak mil", story=STORY)

    lan = at_work("Nguyễn Thị Lan")
    lan.adds_to_the_register(HER, sex="Nữ", born="1990")
    lan.opens_the_report_that_says(STORY)
    people = {HER: "Người bị bạo lực", BROTHER: "Người có hành vi bạo lực"}
    today = write_date(datetime.now(tz=VIETNAM).date())
    lan.opens_an_incident(story=STORY, happened_on=today, people=people, relation="Chồng")
    lan.sees("Đồng hồ gần nhất")
    case_url = lan.page.url.removeprefix(site.url)
    code = re.search(r"VV-\d{4}-\d{4}", lan.page.locator("main").inner_text())[0]
    lan.asks_for_no_contact(told="Tôi sợ, xin cho anh ấy tránh xa tôi.")

    for address in ("/vu-viec/", f"/vu-viec/?text={code}", "/bien-phap/cho-quyet-dinh/", "/viec/", "/viec/ca-xa/"):
        hoa.opens(address)
        for told in (HER, code):
            expect(hoa.page.locator("main")).not_to_contain_text(told)
    assert hoa.page.goto(site.url + case_url).status == 404
    for link in _notices(hoa) - told_before:
        assert hoa.page.goto(link).status == 200, "a notice of what she may not see"
        expect(hoa.page.locator("main")).not_to_contain_text(HER)

    the_deputy.opens("/bien-phap/cho-quyet-dinh/")
    the_deputy.sees(HER)
    the_deputy.finds_the_page_accessible()
    the_deputy.page.locator(".app-card, article, section, li").filter(has_text=HER).get_by_role(
        "link", name="Xem và quyết định"
    ).first.click()
    the_deputy.writes("Lý do", "Có hành vi gây tổn hại sức khỏe, người bị bạo lực đề nghị.")
    the_deputy.presses("Ký ra quyết định")
    the_deputy.sees("không được tiếp xúc với")

    inspector = at_work("Ngô Văn Tín")
    inspector.opens("/xung-dot/")
    inspector.sees("H'Hoa Niê")
    inspector.sees("Mở thẳng địa chỉ")
    inspector.finds_the_page_accessible()
