"""A commune's messy Excel: brought, its columns confirmed, its doubts answered, taken into the register, and found."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from maiam.contexts.imports.tests import workbooks
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.people import Official
from tests.journeys.server import Site

pytestmark = pytest.mark.journey

PATIENCE_MS = 60_000


class Lan(Official):
    """A culture officer with the lists of their villages."""

    def brings(self, path: Path) -> None:
        self.opens("/gia-dinh/nhap/")
        self.finds_the_page_accessible()
        self.follows("Gửi một tệp")
        self.page.get_by_label("Tệp Excel hoặc CSV").set_input_files(path)
        self.finds_the_page_accessible()
        self.presses("Gửi tệp")

    def waits_for(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words, timeout=PATIENCE_MS)


@pytest.fixture
def officer(open_browser: Callable[..., Page], site: Site) -> Callable[..., Lan]:
    def signed_in(username: str, size: dict[str, int], **options: object) -> Lan:
        person = Lan(open_browser(size, **options), site)
        person.takes_the_seat_of(username)
        return person

    return signed_in


# Each in a commune of their own: what one of them teaches the house, the other is still asked.
@pytest.mark.parametrize(
    ("username", "size", "options"),
    [("lan", DESK, {}), ("binh", PHONE, {"has_touch": True, "is_mobile": True})],
    ids=["desk", "phone"],
)
def test_a_messy_list_is_repaired_accepted_and_found(
    officer: Callable[..., Lan], username: str, size: dict[str, int], options: dict[str, bool], tmp_path: Path
) -> None:
    lan = officer(username, size, **options)
    path = tmp_path / "Thôn Đồng Tâm 2026.xlsx"
    path.write_bytes(workbooks.messy())

    lan.brings(path)
    lan.waits_for("Chờ xác nhận cột")
    lan.follows("Xem và xác nhận các cột")
    expect(lan.page.get_by_label("Cột B, STT hộ")).to_have_value("household_mark")
    lan.finds_the_page_accessible()
    lan.presses("Xem thử từng dòng")

    lan.waits_for("Xem xong")
    lan.finds_the_page_accessible()
    lan.follows("Trả lời một lần cho cả tệp")
    lan.page.get_by_label("Quan hệ “bà cố ngoại”").select_option(label="Ông, bà")
    lan.finds_the_page_accessible()
    lan.presses("Lưu, xem lại từng dòng")

    lan.waits_for("Xem xong")
    lan.page.locator("dl a", has_text="chỗ").first.click()
    lan.sees("Tháng 2 không có ngày 31")
    lan.sees("dòng 13, cột D")
    lan.finds_the_page_accessible()
    lan.follows(path.name)
    lan.follows("Xem các hộ")
    lan.page.get_by_label("Hộ ở dòng 14").select_option(label="Không lấy")
    lan.finds_the_page_accessible()
    lan.presses("Lưu lựa chọn của trang này")
    lan.follows(path.name)
    lan.presses("Đưa vào sổ")

    lan.waits_for("Đã thêm 5 người, 2 hộ")
    lan.finds_the_page_accessible()
    lan.finds_in_the_register("tran thi thuy", "Trần Thị Thuỷ")


def test_the_same_list_again_adds_nobody_and_the_first_is_taken_back(
    officer: Callable[..., Lan], tmp_path: Path
) -> None:
    lan = officer("lan", DESK)
    path = tmp_path / "hai hộ.csv"
    heading, *rows = workbooks.PLAIN
    # Nobody of the lists that other journeys bring.
    rows = [(f"CSV-{code}", f"{name} Hai", *rest[:3], "", *rest[4:]) for code, name, *rest in rows]
    path.write_bytes(workbooks.csv_of([heading, *rows], separator=";", encoding="utf-16"))
    for _ in range(2):
        lan.brings(path)
        lan.waits_for("Chờ xác nhận cột")
        lan.follows("Xem và xác nhận các cột")
        lan.presses("Xem thử từng dòng")
        lan.waits_for("Xem xong")
        if lan.page.get_by_role("button", name="Đưa vào sổ").count():
            lan.presses("Đưa vào sổ")
            lan.waits_for("Đã thêm 5 người, 2 hộ")
            first = lan.page.url
    lan.sees("Không có ai mới để đưa vào sổ")
    lan.sees("Đúng tệp này đã được đưa vào sổ")

    lan.page.goto(first)
    lan.presses("Rút lại cả lần nhập")

    lan.waits_for("Đã rút lại cả lần nhập")
