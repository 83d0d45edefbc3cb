"""A woman with a borrowed phone reports, leaves no trace, and comes back with a code."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Woman
from tests.journeys.server import Site

pytestmark = pytest.mark.journey

STORY = "Tối nào chồng tôi cũng chửi mắng, dọa đánh."


@pytest.fixture
def woman(phone: Page, site: Site) -> Woman:
    return Woman(phone, site)


def test_she_reports_in_six_questions_and_comes_back(woman: Woman) -> None:
    code = woman.reports(commune="xa dak mil", story=STORY)
    woman.finds_the_page_accessible()
    woman.chooses("Tôi đã ghi lại mã")
    woman.presses("Xong")

    woman.comes_back_with(code)

    woman.sees("Đã nhận")
    woman.finds_the_page_accessible()
    woman.writes("Viết thêm", "Cháu nhỏ cũng ở nhà.")
    woman.presses("Gửi")
    woman.sees("Cháu nhỏ cũng ở nhà.")


def test_the_addresses_and_titles_she_leaves_behind_say_nothing(woman: Woman) -> None:
    seen = set()
    woman.page.on("framenavigated", lambda frame: seen.add((frame.url, woman.page.title())))

    woman.reports(commune="xa dak mil", story=STORY)

    paths = {url.removeprefix(woman.site.url) for url, _ in seen}
    assert paths <= {"/", "/gui/"}
    assert not any(re.search("bạo lực|gia đình|báo tin", title, re.IGNORECASE) for _, title in seen)


def test_nothing_stays_on_her_phone(woman: Woman) -> None:
    woman.reports(commune="xa dak mil", story=STORY)
    woman.chooses("Tôi đã ghi lại mã")
    woman.presses("Xong")

    assert woman.page.context.cookies() == []
    assert woman.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_quick_exit_leaves_at_once_and_back_shows_nothing(woman: Woman) -> None:
    woman.opens("/gui/")
    woman.chooses("An toàn")
    woman.presses("Tiếp tục")
    woman.writes("Kể bằng lời của bạn", STORY)

    woman.page.locator("a.app-exit__button").click()

    woman.page.wait_for_url(re.compile("/lich/"))
    woman.page.go_back()
    woman.page.wait_for_timeout(500)
    expect(woman.page.locator("body")).not_to_contain_text(STORY)


def test_what_she_typed_survives_an_error(woman: Woman) -> None:
    woman.opens("/gui/")
    woman.chooses("An toàn")
    woman.presses("Tiếp tục")
    woman.writes("Kể bằng lời của bạn", STORY)

    woman.presses("Tiếp tục")

    expect(woman.page.get_by_label("Kể bằng lời của bạn")).to_have_value(STORY)
    woman.finds_the_page_accessible()


def test_no_page_of_hers_is_cached(woman: Woman) -> None:
    for path in ("/", "/gui/", "/ma/", "/so/"):
        answer = woman.page.request.get(woman.site.url + path)

        assert "no-store" in answer.headers["cache-control"], path
        assert answer.headers["referrer-policy"] == "no-referrer"
