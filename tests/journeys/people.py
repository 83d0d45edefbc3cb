"""What people do on the site, named as they would say it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.server import ROOT, Site

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def assert_accessible(page: Page) -> None:
    """No WCAG 2.2 AA fault that a machine can find, and no sideways scroll."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)["violations"]
    told = [(fault["id"], [node["html"][:160] for node in fault["nodes"]][:3]) for fault in found]
    assert told == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), (
        f"{page.url} scrolls sideways"
    )


@dataclass
class Person:
    """Someone with a browser."""

    page: Page
    site: Site

    def opens(self, path: str = "/") -> None:
        self.page.goto(self.site.url + path)

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def presses(self, label: str) -> None:
        self.page.get_by_role("button", name=label, exact=True).first.click()

    def follows(self, label: str) -> None:
        self.page.get_by_role("link", name=label).first.click()

    def chooses(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).first.check()

    def writes(self, label: str, words: str) -> None:
        self.page.get_by_label(label).first.fill(words)

    def finds_the_page_accessible(self) -> None:
        assert_accessible(self.page)


class Woman(Person):
    """A woman with a borrowed phone: no account, ninety seconds."""

    def reports(self, *, commune: str, story: str) -> str:
        """Answer the six questions and return the code."""
        self.opens()
        self.finds_the_page_accessible()
        self.page.get_by_role("link", name="Báo tin").click()
        self._answers(lambda: self.chooses("An toàn"))
        self._answers(lambda: self._tells(story))
        self._answers(lambda: self.writes("Xã, phường nào?", commune))
        self._answers(lambda: self.chooses("Tôi"))
        self._answers(lambda: self.chooses("Đừng liên lạc với tôi"))
        self.finds_the_page_accessible()
        self.sees(story)
        self.presses("Gửi")
        return self.keeps_the_code()

    def _answers(self, answer) -> None:
        self.finds_the_page_accessible()
        answer()
        self.presses("Tiếp tục")

    def _tells(self, story: str) -> None:
        self.writes("Kể bằng lời của bạn", story)
        self.chooses("Không, lúc này thì không")

    def keeps_the_code(self) -> str:
        code = self.page.locator(".app-receipt").first.inner_text()
        assert len(re.sub(r"\D", "", code)) == 16
        return code

    def comes_back_with(self, code: str) -> None:
        self.opens()
        self.follows("Tôi có mã")
        self.writes("Mã của bạn", code)
        self.presses("Xem")


class Official(Person):
    """Someone at work, signed in to their post."""

    def signs_in(self, name: str) -> None:
        """One press, as the demonstration allows."""
        self.opens("/nguoi-dung/dung-thu/")
        self.page.get_by_role("button", name=re.compile(name)).first.click()

    def takes_the_seat_of(self, username: str) -> None:
        """The page of the demonstration offers one seat of each role; another is taken by its account's name."""
        self.opens("/nguoi-dung/dung-thu/")
        self.page.locator("input[name=account]").first.evaluate("(field, name) => { field.value = name }", username)
        self.page.get_by_role("button", name="Vào với vai").first.click()

    def adds_to_the_register(self, name: str, *, sex: str, born: str) -> None:
        self.opens("/gia-dinh/nguoi/them/")
        self.writes("Họ và tên", name)
        self.chooses(sex)
        self.writes("Ngày sinh", born)
        self.presses("Lưu")
        if self.page.get_by_role("button", name="Vẫn thêm người mới").count():
            self.presses("Vẫn thêm người mới")
        expect(self.page.locator("h1")).to_have_text(name)

    def finds_in_the_register(self, typed: str, name: str) -> None:
        self.opens("/gia-dinh/")
        self.page.get_by_label("Tên, điện thoại, số định danh hoặc mã hộ").press_sequentially(typed)
        expect(self.page.locator("#hits")).to_contain_text(name)

    def opens_the_report_that_says(self, story: str) -> None:
        """Go through the day's list, the latest first, until the story is found."""
        self.opens("/viec/")
        self.finds_the_page_accessible()
        links = self.page.locator("main table a").evaluate_all("links => links.map(link => link.href)")
        for link in reversed(links):
            self.page.goto(link)
            if self.page.locator("main", has_text=story).count():
                return
        raise AssertionError("no duty of today leads to the report")

    def opens_an_incident(self, *, story: str, happened_on: str, people: dict[str, str], relation: str) -> None:
        """Describe what happened, to whom, and open a case for each person to protect."""
        self.follows("Mở sự việc, vụ việc")
        self.writes("Xảy ra ngày nào?", happened_on)
        self.page.locator("input[name=acts]").first.check()
        self.writes("Chuyện đã xảy ra", story)
        for name, role in people.items():
            self.page.get_by_label("Tìm người trong sổ hộ gia đình").fill(name)
            self.page.locator("#found").get_by_label(name).first.check()
            self.presses("Thêm người đã chọn, cập nhật quan hệ")
            self.page.get_by_label(f"{name} là ai trong sự việc?").select_option(label=role)
        self.page.get_by_label(" là gì của ").first.select_option(label=relation)
        self.finds_the_page_accessible()
        self.presses("Mở sự việc và vụ việc")

    def asks_for_no_contact(self, *, told: str) -> None:
        self.follows("Ghi đề nghị cấm tiếp xúc")
        self.page.locator("input[name=perpetrator_id]").first.check()
        self.page.locator("input[name=channel]").first.check()
        self.finds_the_page_accessible()
        self.writes("Hành vi, tổn hại hoặc đe dọa", told)
        self.writes("Nơi cư trú của người có hành vi bạo lực", "Xã Đắk Mil, tỉnh Lâm Đồng")
        self.presses("Ghi đề nghị, báo Chủ tịch xã")
        expect(self.page.locator(".govuk-error-summary")).to_have_count(0)
