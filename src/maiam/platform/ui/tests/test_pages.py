"""The pages around every page: what they show, and above all what the public ones do not."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from maiam.platform.access import Actor
from maiam.platform.access.doors import is_public
from maiam.platform.ui.views import month_calendar

DIST = settings.ROOT / "frontend" / "dist"
FIRST_VIEW_BYTES = 40_000  # all a public page may weigh at first sight; half of it is left to its words
TELLING = re.compile(r"bạo lực|bạo hành|nạn nhân|cấm tiếp xúc|mái ấm|violence", re.IGNORECASE)
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
STATUSES = (400, 403, 404, 405, 409, 413, 429, 500, 503)


def shown(template: str, **context: object) -> str:
    return render_to_string(template, context, request=RequestFactory().get("/"))


def test_a_public_page_names_nothing_that_could_betray_her():
    assert not TELLING.search(shown("ui/public_base.html"))


def test_quick_exit_is_the_first_link_and_a_plain_one():
    html = shown("ui/public_base.html")

    first_link = re.search(r"<a\s[^>]*href=\"([^\"]+)\"", html)
    assert first_link[1] == reverse("public:exit")
    assert html.count(f'href="{reverse("public:exit")}"') == 2
    assert html.count("<script") == 1


@pytest.mark.skipif(not DIST.exists(), reason="the front end is not built: ./maiam test builds it")
def test_the_first_view_comes_through_a_weak_signal():
    files = [DIST / name for name in ("public.css", "public.js", "icons/public.svg")]

    bytes_sent = sum(file.stat().st_size for file in files) + len(shown("ui/public_base.html").encode())

    assert bytes_sent < FIRST_VIEW_BYTES / 2
    assert "url(" not in files[0].read_text(), "a public page fetches no font and no picture"


def test_quick_exit_leads_to_a_calendar_that_leads_nowhere():
    html = month_calendar(RequestFactory().get("/lich/")).content.decode()

    assert is_public(month_calendar)
    assert 'aria-current="date"' in html
    assert "<a " not in html
    assert "<script" not in html
    assert not TELLING.search(html)


@pytest.mark.parametrize("base", ["ui/public_base.html", "ui/desk_base.html", "ui/phone_base.html", "ui/calendar.html"])
def test_no_page_carries_script_or_style_of_its_own(base):
    assert not INLINE.search(shown(base, weeks=[], weekdays=[]))


def test_the_desk_shows_who_acts_and_where_they_are():
    menu = [{"label": "Hôm nay", "url": "/viec/", "is_current": True, "count": 12}]

    html = shown("ui/desk_base.html", navigation=menu, actor=Actor.system("demo"), demo_mode=True)

    assert 'aria-current="page"' in html
    assert "12" in html
    assert "hư cấu" in html


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_page_has_a_number_and_says_what_to_do(status):
    html = shown("ui/error.html", status=status, number="1a2b3c4d5e6f", message="")

    assert "1a2b3c4d5e6f" in html
    assert "Hãy" in html or "hãy" in html
    assert "Thoát nhanh" in html


def test_an_officials_error_page_stays_on_the_desk_and_asks_the_database_nothing():
    def ask() -> int:
        raise AssertionError("counted notices on an error page")

    menu = [{"label": "Hôm nay", "url": "/viec/", "is_current": False, "count": None}]

    html = shown("ui/error.html", status=500, number="1", navigation=menu, notices_url="/", unread_notices=ask)

    assert "Mái Ấm" in html
    assert "Thoát nhanh" not in html
