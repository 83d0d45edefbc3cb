"""What people do on the site, named as they would say it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.conftest import assert_accessible
from tests.journeys.server import Site


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
        code = self.page.locator(".app-receipt").inner_text()
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
