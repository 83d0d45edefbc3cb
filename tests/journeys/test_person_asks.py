"""A woman asks what the register holds about her, takes the copy home, and later has everything erased, with proof."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.people import Official, Person
from tests.journeys.server import Site

pytestmark = pytest.mark.journey

HER = "Phạm Thị Hỏi Thử"
# The house carries an erasure out within seconds; a busy machine may take longer.
PATIENCE_MS = 60_000


class RightsOfficer(Official):
    """The officer at whose desk people ask."""

    def takes_down(self, name: str, what: str) -> None:
        self.finds_in_the_register(name, name)
        self.follows(name)
        self.follows("Người này yêu cầu về thông tin của mình")
        self.finds_the_page_accessible()
        self.chooses(what)
        self.chooses("Xem thẻ căn cước")
        self.presses("Ghi yêu cầu, bắt đầu tính thời hạn")
        self.sees("Chờ trả lời lần đầu")
        self.finds_the_page_accessible()

    def unfolds(self, summary: str) -> None:
        self.page.locator("summary", has_text=summary).click()

    def answers_first(self, words: str) -> None:
        self.unfolds("Trả lời lần đầu")
        self.writes("Viết ở đây", words)
        self.chooses("Đang ở đây, đã nói trực tiếp")
        self.presses("Ghi đã trả lời")
        self.sees("Đang làm")

    def gives_the_copy(self) -> None:
        self.presses("Lập bản sao")
        with self.page.expect_download() as download:
            self.presses("Tải tệp về (một lần)")
        assert download.value.suggested_filename.startswith("ban-sao-ma-")
        self.page.reload()
        self.follows("Mở để in")
        self.finds_the_page_accessible()

    def signs_off(self) -> None:
        self.unfolds("Đã trao bản sao")
        self.presses("Ghi đã làm xong")
        self.sees("Đã làm xong")


@pytest.fixture
def at_work(at_work: Callable[..., Official]) -> Callable[..., RightsOfficer]:
    return partial(at_work, kind=RightsOfficer)


def test_from_her_question_to_the_proof(site: Site, phone: Page, at_work: Callable[..., RightsOfficer]) -> None:
    she = Person(phone, site)
    she.opens("/thong-tin-cua-ban/")
    she.sees("Thông tin của bạn là của bạn")
    she.finds_the_page_accessible()

    lan = at_work("Nguyễn Thị Lan")
    lan.adds_to_the_register(HER, sex="Nữ", born="1991")
    lan.takes_down(HER, "Xem, nhận bản sao thông tin về mình")
    lan.answers_first("Đã nhận. Bản sao có ngay hôm nay.")
    request_page = lan.page.url
    lan.gives_the_copy()
    lan.sees(HER)
    lan.sees("1991")
    lan.page.goto(request_page)
    lan.signs_off()

    lan.takes_down(HER, "Xóa thông tin")
    request_page = lan.page.url
    lan.unfolds("Đề nghị Chủ tịch xã đồng ý xóa")
    lan.presses("Gửi đề nghị xóa")
    lan.sees("Chờ Chủ tịch xã đồng ý xóa")

    hoa = at_work("H'Hoa Niê", PHONE)
    hoa.page.goto(request_page)
    hoa.finds_the_page_accessible()
    hoa.chooses("Đồng ý xóa")
    hoa.presses("Trả lời")

    lan.page.goto(request_page)
    expect(lan.page.locator("main")).to_contain_text("Giấy chứng nhận đã xóa", timeout=PATIENCE_MS)
    lan.page.reload()
    lan.sees("Nguyên vẹn")
    lan.finds_the_page_accessible()
    expect(lan.page.locator("main")).not_to_contain_text(HER)
    lan.opens("/gia-dinh/?q=Hỏi Thử")
    expect(lan.page.locator("#hits")).not_to_contain_text(HER)
