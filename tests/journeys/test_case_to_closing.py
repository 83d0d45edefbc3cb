"""A case on its way: what is done for her and with him, the end by two people, the day it opens again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.people import Official

pytestmark = pytest.mark.journey

AGAIN = "Chị gọi lại, nói anh ấy lại dọa."


def test_help_is_written_down_and_the_time_line_tells_all_of_it(at_work: Callable[..., Official]) -> None:
    lan = at_work("Nguyễn Thị Lan")
    lan.opens("/vu-viec/?status=active")
    lan.page.locator("main table a").first.click()
    lan.follows("Mọi biện pháp bảo vệ, hỗ trợ, xử lý")
    lan.finds_the_page_accessible()
    lan.page.get_by_text("Thêm biện pháp với người được bảo vệ").click()
    lan.page.locator("details").get_by_role("link", name="Chăm sóc, điều trị").click()
    lan.finds_the_page_accessible()
    lan.writes("Cơ sở khám bệnh, chữa bệnh", "Trạm y tế xã Đắk Mil")
    lan.presses("Ghi")
    lan.sees("Chỉ làm khi người ấy (hoặc người giám hộ) đồng ý")
    expect(lan.page.get_by_label("Cơ sở khám bệnh, chữa bệnh")).to_have_value("Trạm y tế xã Đắk Mil")
    lan.writes("Ai đồng ý?", "Chính chị")
    consent = lan.page.locator("[name=consent_at_date], [name=consent_at_time]")
    asked = lan.page.locator("[name=asked_at_date], [name=asked_at_time]")
    for place in range(2):
        consent.nth(place).fill(asked.nth(place).input_value())
    lan.presses("Ghi")
    lan.sees("Đang thực hiện")
    lan.finds_the_page_accessible()

    lan.page.locator(".govuk-back-link").click()
    lan.follows("Xem cả vụ việc trên một dòng thời gian")
    lan.sees("Chăm sóc, điều trị")
    lan.sees("Có tin báo")
    lan.finds_the_page_accessible()


def test_two_people_end_a_case_and_one_opens_it_again(at_work: Callable[..., Official]) -> None:
    hoa = at_work("H'Hoa Niê", PHONE)
    _opens_a_case_that_may_end(hoa)
    hoa.sees("Muốn kết thúc thì")
    hoa.finds_the_page_accessible()
    case_url = hoa.page.url
    hoa.chooses("Đã kết thúc")
    hoa.writes("Lý do", "Đồng ý. Trưởng thôn để ý.")
    hoa.presses("Chuyển bước")
    expect(hoa.page.locator(".app-heading-row").first).to_contain_text("Đã kết thúc")

    lan = at_work("Nguyễn Thị Lan")
    lan.page.goto(case_url)
    lan.chooses("Đang đánh giá")
    lan.presses("Chuyển bước")
    lan.sees("Hãy ghi lý do")
    lan.chooses("Đang đánh giá")
    lan.writes("Lý do", AGAIN)
    lan.presses("Chuyển bước")
    lan.sees("mở lại, đánh giá nguy cơ")
    lan.sees("liên hệ riêng với người bị bạo lực, lần 1")
    lan.follows("cả vụ việc trên dòng thời gian")
    lan.sees(AGAIN)
    lan.finds_the_page_accessible()


def _opens_a_case_that_may_end(official: Official) -> None:
    official.opens("/vu-viec/?status=close_proposed")
    links = official.page.locator("main table a").evaluate_all("links => links.map(link => link.href)")
    for link in links:
        official.page.goto(link)
        if not official.page.get_by_text("Chưa đạt").count():
            return
    raise AssertionError(f"none of {len(links)} proposed ends meets its conditions")


def test_the_police_chief_has_the_files_and_no_case(at_work: Callable[..., Official]) -> None:
    dung = at_work("Trần Văn Dũng")
    dung.opens("/bien-phap/ho-so/")
    dung.finds_the_page_accessible()
    dung.page.locator("main table a").first.click()
    dung.sees("Điều kiện luật định")
    dung.finds_the_page_accessible()
    assert dung.page.request.get(f"{dung.site.url}/vu-viec/").status == 403
