"""One report travels from a borrowed phone to a signed decision, and everyone on the way sees only their part."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from maiam.core.text import VIETNAM, write_date
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.people import Official, Woman
from tests.journeys.server import Site

pytestmark = pytest.mark.journey

STORY = "Chồng tôi đánh tôi từ tối qua, tôi đang ở nhà mẹ."
HER, HIM = "Trần Thị Bích Thử", "Nguyễn Văn Thử"


def test_from_her_phone_to_the_chairwomans_signature(site: Site, phone: Page, at_work: Callable[..., Official]) -> None:
    woman = Woman(phone, site)
    code = woman.reports(commune="xa dak mil", story=STORY)

    lan = at_work("Nguyễn Thị Lan")
    lan.adds_to_the_register(HER, sex="Nữ", born="1990")
    lan.adds_to_the_register(HIM, sex="Nam", born="12/1988")
    lan.finds_in_the_register("bich thu tran", HER)
    lan.opens_the_report_that_says(STORY)
    lan.finds_the_page_accessible()
    today = write_date(datetime.now(tz=VIETNAM).date())
    people = {HER: "Người bị bạo lực", HIM: "Người có hành vi bạo lực"}
    lan.opens_an_incident(story=STORY, happened_on=today, people=people, relation="Chồng")
    lan.sees(HER)
    lan.finds_the_page_accessible()
    lan.asks_for_no_contact(told="Tôi sợ, xin cho anh ấy tránh xa tôi.")

    hoa = at_work("H'Hoa Niê", PHONE)
    hoa.opens("/bien-phap/cho-quyet-dinh/")
    hoa.sees(HER)
    hoa.finds_the_page_accessible()
    hoa.page.locator(".app-card, article, section, li").filter(has_text=HER).get_by_role(
        "link", name="Xem và quyết định"
    ).first.click()
    hoa.writes("Lý do", "Có hành vi gây tổn hại sức khỏe, người bị bạo lực đề nghị.")
    hoa.finds_the_page_accessible()
    hoa.presses("Ký ra quyết định")
    hoa.sees("không được tiếp xúc với")
    order_url = hoa.page.url

    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        link = hoa.page.locator(f'a[href$=".{kind}"]').first.get_attribute("href")
        answer = hoa.page.request.get(site.url + str(link))
        assert answer.body().startswith(start)

    dung = at_work("Trần Văn Dũng")
    dung.opens("/vu-viec/cam-tiep-xuc/")
    dung.sees(HIM)
    dung.finds_the_page_accessible()
    dung.page.goto(order_url)
    expect(dung.page.locator("main")).not_to_contain_text(STORY)

    thao = at_work("Lê Thị Thảo")
    assert thao.page.request.get(order_url).status == 403

    woman.opens()
    woman.comes_back_with(code)
    woman.sees("Đang giúp")


def test_a_village_head_reports_in_a_minute_on_his_phone(at_work: Callable[..., Official]) -> None:
    rang = at_work("Điểu K'Rang", PHONE)
    rang.opens("/tin-bao/nhan/")

    rang.finds_the_page_accessible()


def test_the_province_sees_a_map_and_no_name(at_work: Callable[..., Official]) -> None:
    mai = at_work("Đặng Thị Mai")

    mai.sees("tin báo và đồng hồ theo luật")
    expect(mai.page.locator("figure.app-map canvas")).to_be_visible(timeout=30_000)
    mai.finds_the_page_accessible()
    expect(mai.page.locator("main")).not_to_contain_text("Nguyễn Thị")


def test_the_inspector_reads_the_trail_and_the_trail_is_whole(site: Site, at_work: Callable[..., Official]) -> None:
    tin = at_work("Ngô Văn Tín")

    tin.opens("/nhat-ky/")
    tin.page.locator("form.app-filters input[name=action]").fill("reports.report.filed")
    tin.presses("Tìm")
    tin.sees("Tin báo: ghi nhận")
    tin.finds_the_page_accessible()
    assert "whole" in site.run("audit", "verify")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Lan",
        "H'Hoa Niê",
        "Trần Văn Dũng",
        "Điểu K'Rang",
        "Hoàng Thị Nga",
        "Đặng Thị Mai",
        "Ngô Văn Tín",
        "Bùi Văn Quân",
    ],
)
def test_every_menu_leads_to_accessible_pages(
    at_work: Callable[..., Official], name: str, size: dict[str, int]
) -> None:
    person = at_work(name, size)
    for path in person.page.locator("nav#menu a").evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        person.opens(path)
        person.finds_the_page_accessible()
