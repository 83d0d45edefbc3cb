"""A hot spot in a browser: the alert of the morning, its file, what is done, and that it has cooled."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from maiam.core.text import VIETNAM, write_date
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.people import Official
from tests.journeys.server import Site

pytestmark = pytest.mark.journey

# Six weeks later: the morning's job looks again at the same real rows.
SIX_WEEKS_LATER = """
from datetime import timedelta
from django.utils import timezone
from maiam.contexts.hotspots import services
from maiam.platform.access import Actor, acting
house, then = Actor.system("a journey"), timezone.now() + timedelta(days=42)
with acting(house):
    services.ask_morning_runs(actor=house, now=then)
    for _ in services.carry_runs(actor=house, now=then):
        pass
"""
PATIENCE_MS = 90_000


def today() -> str:
    return write_date(datetime.now(tz=VIETNAM).date())


def test_an_outbreak_is_told_next_morning_worked_on_and_cools(open_browser: Callable[..., Page], site: Site) -> None:
    lan = Official(open_browser(DESK), site)
    lan.signs_in("Nguyễn Thị Lan")
    lan.opens("/diem-nong/")
    lan.sees("Xã Đắk Mil có")
    lan.sees("bình thường")
    lan.finds_the_page_accessible()
    lan.follows("Xã Đắk Mil")
    lan.sees("Vì sao có cảnh báo này")
    lan.sees("Đợt truyền thông")
    lan.sees("Hồ sơ của cảnh báo này")
    lan.finds_the_page_accessible()

    lan.follows("Mở hồ sơ điểm nóng")
    lan.finds_the_page_accessible()
    lan.page.get_by_label("Ai phụ trách?").select_option(label="Công chức văn hóa - xã hội, Xã Đắk Mil")
    lan.presses("Mở hồ sơ")
    lan.sees("Chưa giao việc nào")
    lan.follows("Giao một việc")
    lan.finds_the_page_accessible()
    lan.page.get_by_label("Loại việc").select_option(label="Đội phản ứng nhanh đi tuần")
    lan.writes("Làm gì cụ thể?", "Đi tuần buổi tối quanh chợ")
    lan.page.get_by_label("Ai làm?").select_option(label="Đội trưởng, Xã Đắk Mil")
    lan.writes("Hạn", today())
    lan.presses("Giao việc")
    lan.sees("Đi tuần buổi tối quanh chợ")
    file_page = lan.page.url

    hung = Official(open_browser(PHONE, has_touch=True, is_mobile=True), site)
    hung.signs_in("Phạm Văn Hùng")
    hung.opens("/viec/")
    hung.sees("Việc ở điểm nóng: Đội phản ứng nhanh đi tuần")
    hung.opens("/diem-nong/")
    hung.sees("Việc của bạn ở các điểm nóng")
    hung.finds_the_page_accessible()
    hung.follows("Ghi đã xong")
    hung.finds_the_page_accessible()
    hung.writes("Kết quả thế nào?", "Đã đi ba tối, nhắc các quán rượu")
    hung.presses("Ghi kết quả")
    hung.sees("Đã xong")

    site.run("shell", "-c", SIX_WEEKS_LATER)
    lan.page.goto(file_page)
    lan.sees("Đã nguội")
    lan.sees("khoảng tin cậy 95%")
    lan.finds_the_page_accessible()
    lan.follows("Xem lại")
    lan.writes("Nhận xét", "Yên ổn trở lại")
    lan.presses("Ghi lần xem lại")
    lan.follows("Kết thúc hồ sơ")
    lan.writes("Kết luận", "Theo dõi như thường lệ")
    lan.presses("Kết thúc")
    lan.sees("Đã kết thúc")
    lan.finds_the_page_accessible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_analyst_reads_the_map_the_runs_and_the_rules(
    open_browser: Callable[..., Page], site: Site, size: dict[str, int]
) -> None:
    mai = Official(open_browser(size), site)
    mai.signs_in("Đặng Thị Mai")
    for path in (
        "/diem-nong/",
        "/diem-nong/ho-so/",
        "/diem-nong/danh-gia/",
        "/diem-nong/nguong/",
        "/diem-nong/lan-chay/",
    ):
        mai.opens(path)
        mai.finds_the_page_accessible()
    mai.opens("/diem-nong/ban-do/")
    expect(mai.page.locator("[data-map]")).to_have_attribute("data-ready", re.compile(r"\d+"), timeout=PATIENCE_MS)
    slider = mai.page.locator("#map-time")
    newest = mai.page.locator("output").inner_text()
    slider.fill("0")
    expect(mai.page.locator("output")).not_to_have_text(newest)
    mai.finds_the_page_accessible()


def test_a_run_asked_for_is_carried_and_done_again(open_browser: Callable[..., Page], site: Site) -> None:
    mai = Official(open_browser(DESK), site)
    mai.signs_in("Đặng Thị Mai")
    mai.opens("/diem-nong/lan-chay/")
    mai.presses("Chạy ngay")
    mai.sees("trên 8 bước")
    expect(mai.page.locator("main")).to_contain_text("8 trên 8 bước", timeout=PATIENCE_MS)
    mai.finds_the_page_accessible()
    mai.presses("Tính lại để kiểm tra")
    expect(mai.page.locator("main")).to_contain_text("giống hệt", timeout=PATIENCE_MS)
