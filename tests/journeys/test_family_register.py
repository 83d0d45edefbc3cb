"""The family register in a browser: found in spite of spelling, moved across the merger, merged and unmerged."""

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

SEARCH_FOR_DOUBLES = """
from django.utils import timezone
from maiam.contexts.linkage import services
from maiam.platform.access import Actor, acting
house = Actor.system("a journey")
with acting(house):
    services.find_doubles(actor=house, now=timezone.now())
"""


@pytest.fixture
def lan(open_browser: Callable[..., Page], site: Site) -> Official:
    officer = Official(open_browser(DESK), site)
    officer.signs_in("Nguyễn Thị Lan")
    return officer


def test_a_woman_is_found_by_a_misspelt_name_on_a_phone(
    lan: Official, open_browser: Callable[..., Page], site: Site
) -> None:
    lan.adds_to_the_register("Phùng Thị Hòa Nhã", sex="Nữ", born="1984")

    on_the_way = Official(open_browser(PHONE), site)
    on_the_way.signs_in("Nguyễn Thị Lan")
    for typed in ("phung thi hao nha", "Hoà Nhã", "nha phung 1984", "Phùng Thị Hoà Nhả"):
        on_the_way.finds_in_the_register(typed, "Phùng Thị Hòa Nhã")
    on_the_way.finds_the_page_accessible()


def test_a_household_moves_and_is_still_found_where_it_stood_before_the_merger(lan: Official) -> None:
    name = "Lương Thị Mận Thử"
    lan.adds_to_the_register(name, sex="Nữ", born="1975")
    lan.opens("/gia-dinh/ho/them/")
    lan.writes("Mã hộ", "HT-2025")
    lan.presses("Lưu")
    household = lan.page.url
    lan.follows("Ghi người chuyển đến")
    lan.finds_the_page_accessible()
    lan.writes("Tìm người trong sổ", "luong thi man thu")
    # Who is like it is shown while one types; nothing else of the form is lost by it.
    lan.page.get_by_label(re.compile(name)).check()
    lan.page.get_by_label("Là gì trong hộ").select_option("head")
    lan.writes("Ngày xảy ra", "1/3/2020")
    lan.presses("Ghi vào sổ")
    expect(lan.page).to_have_url(household)
    lan.follows("Ghi hộ đổi chỗ ở")
    lan.writes("Địa chỉ mới", "Số 5 đường Mới")
    lan.writes("Ngày xảy ra", write_date(datetime.now(tz=VIETNAM).date()))
    lan.presses("Ghi vào sổ")
    lan.sees("Số 5 đường Mới")
    lan.finds_the_page_accessible()

    lan.writes("Xem hộ như vào ngày", "1/6/2020")
    lan.presses("Xem")

    lan.sees("ngày 01/06/2020")
    lan.sees("Huyện")
    lan.sees("nay là")
    lan.sees(name)
    expect(lan.page.locator("h1 + p")).not_to_contain_text("Số 5 đường Mới")
    lan.finds_in_the_register("man luong", name)


def test_a_double_is_merged_and_unmerged_with_everything_restored(lan: Official, site: Site) -> None:
    lan.adds_to_the_register("Tống Thị Diễm Thử", sex="Nữ", born="12/03/1984")
    first = _facts(lan, lan.page.url)
    lan.adds_to_the_register("TONG THI DIEM THU", sex="Nữ", born="12/03/1984")
    second = _facts(lan, lan.page.url)
    site.run("shell", "-c", SEARCH_FOR_DOUBLES)

    lan.opens("/gia-dinh/trung/")
    lan.finds_the_page_accessible()
    lan.page.get_by_role("link", name=re.compile("TONG THI DIEM THU")).first.click()
    lan.finds_the_page_accessible()
    pair = lan.page.url
    lan.page.locator("input[name=full_name]").first.check()
    lan.presses("Một người: gộp hai hồ sơ")
    lan.sees("Một người, đã gộp")
    lan.page.goto(second[0])
    assert lan.page.url == first[0] or lan.page.url == second[0]
    lan.sees("Hồ sơ đã gộp vào đây")

    lan.page.goto(pair)
    lan.presses("Tách lại thành hai hồ sơ")

    lan.sees("Đã tách lại")
    assert _facts(lan, first[0]) == first
    assert _facts(lan, second[0]) == second


def _facts(officer: Official, url: str) -> tuple[str, str]:
    """A person's page and all it says of them."""
    officer.page.goto(url)
    return url, officer.page.locator("main .govuk-summary-list").inner_text()
