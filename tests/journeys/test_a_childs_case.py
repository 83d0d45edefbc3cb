"""A child is hit by his father: the clocks of child protection run, and the father does not speak for him."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from maiam.core.text import VIETNAM, write_date
from tests.journeys.conftest import PHONE
from tests.journeys.people import Official, Woman
from tests.journeys.server import Site

pytestmark = pytest.mark.journey

STORY = "Bố cháu đánh cháu bằng dây điện, cô giáo thấy vết trên lưng."
CHILD, FATHER = "Nguyễn Văn Bé Thử", "Nguyễn Văn Cha Thử"


def test_from_the_report_to_the_approved_plan(site: Site, phone: Page, at_work: Callable[..., Official]) -> None:
    Woman(phone, site).reports(commune="xa dak mil", story=STORY)

    lan = at_work("Nguyễn Thị Lan")
    lan.adds_to_the_register(CHILD, sex="Nam", born="5/2017")
    lan.adds_to_the_register(FATHER, sex="Nam", born="1985")
    lan.opens_the_report_that_says(STORY)
    today = datetime.now(tz=VIETNAM).date()
    people = {CHILD: "Người bị bạo lực", FATHER: "Người có hành vi bạo lực"}
    lan.opens_an_incident(story=STORY, happened_on=write_date(today), people=people, relation="Cha, mẹ đẻ")
    lan.sees("Người được bảo vệ là trẻ em")
    lan.sees("bảo vệ trẻ em ngay")
    lan.sees("lập kế hoạch hỗ trợ, can thiệp trẻ em")

    lan.follows("Mọi biện pháp bảo vệ, hỗ trợ, xử lý")
    lan.sees("Chưa ghi người làm công tác bảo vệ trẻ em")
    measures_url = lan.page.url
    lan.follows("Ghi người làm công tác bảo vệ trẻ em")
    lan.finds_the_page_accessible()
    lan.writes("Họ tên", FATHER)
    lan.writes("Chức vụ, cơ quan", "cha")
    lan.presses("Ghi")
    lan.sees("không thay mặt người bị bạo lực được")
    lan.writes("Họ tên", "Nguyễn Thị Mận")
    lan.writes("Chức vụ, cơ quan", "người làm công tác bảo vệ trẻ em cấp xã")
    lan.presses("Ghi")
    lan.sees("Nguyễn Thị Mận")

    lan.page.goto(measures_url)
    lan.page.get_by_text("Thêm biện pháp với người được bảo vệ").click()
    lan.page.locator("details").get_by_role("link", name="Kế hoạch hỗ trợ, can thiệp trẻ em").click()
    lan.finds_the_page_accessible()
    lan.writes("Tình trạng của trẻ, gia đình", "Có vết thương ở lưng, sợ về nhà.")
    lan.writes("Nguyện vọng của trẻ", "Cháu muốn ở với bà.")
    lan.writes("Dịch vụ, việc làm", "Ở nhà bà, khám, cô giáo để ý.")
    lan.presses("Ghi đề nghị")
    lan.sees("Chờ quyết định")

    hoa = at_work("H'Hoa Niê", PHONE)
    hoa.opens("/bien-phap/cho-quyet-dinh/")
    hoa.finds_the_page_accessible()
    card = hoa.page.locator("section").filter(has_text=CHILD)
    card.get_by_role("link", name="Xem và quyết định").click()
    hoa.sees("Có người làm công tác bảo vệ trẻ em tham gia")
    hoa.finds_the_page_accessible()
    hoa.writes("Ngày rà soát kế hoạch", write_date(today + timedelta(days=30)))
    hoa.writes("Lý do", "Phù hợp với nhu cầu của cháu.")
    hoa.presses("Ký quyết định")
    hoa.sees("Đang thực hiện")
