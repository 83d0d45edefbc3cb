"""States, lists and filters: words first, colour second."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError

from maiam.platform.access import Actor, Permission
from maiam.platform.ui import time_left as clock
from maiam.platform.ui.browsers import browser_in_words
from maiam.platform.ui.templatetags import ui

STARTED = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
DUE = STARTED + timedelta(hours=12)
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "level", "words"),
    [
        (STARTED, "calm", "Còn 12 giờ"),
        (DUE - timedelta(hours=6), "calm", "Còn 6 giờ"),
        (DUE - timedelta(hours=6) + A_SECOND, "soon", "Sắp đến hạn: còn 5 giờ 59 phút"),
        (DUE - timedelta(hours=3), "soon", "Sắp đến hạn: còn 3 giờ"),
        (DUE - timedelta(hours=3) + A_SECOND, "urgent", "Gấp: còn 2 giờ 59 phút"),
        (DUE, "urgent", "Gấp: còn dưới 1 phút"),
        (DUE + A_SECOND, "late", "Quá hạn dưới 1 phút"),
        (DUE + timedelta(days=2, hours=4), "late", "Quá hạn 2 ngày 4 giờ"),
    ],
)
def test_a_clock_turns_amber_at_half_and_red_at_a_quarter(now, level, words):
    left = clock.time_left(DUE, STARTED, now)

    assert (left.level, left.words) == (level, words)


@pytest.mark.parametrize(
    ("left", "level"),
    [(timedelta(days=8), "calm"), (timedelta(days=7) - A_SECOND, "soon"), (timedelta(days=1) - A_SECOND, "urgent")],
)
def test_a_clock_of_two_months_is_not_urgent_for_two_weeks(left, level):
    assert clock.time_left(STARTED + timedelta(days=60), STARTED, STARTED + timedelta(days=60) - left).level == level


def test_a_badge_says_in_words_what_its_colour_says(page):
    html = page("{% due_badge due started now %}", due=DUE, started=STARTED, now=DUE + A_SECOND)

    assert "app-due--late" in html
    assert "Quá hạn" in html


def test_a_state_has_one_of_our_colours_or_none(page):
    assert "app-tag--green" in page('{% tag "Đang giúp" "green" %}')
    with pytest.raises(TemplateSyntaxError):
        page('{% tag "Đang giúp" "pink" %}')


def test_law_that_was_not_compared_with_its_text_says_so(page):
    assert "chưa đối chiếu với văn bản gốc" in page("{% doubtful_mark True %}")
    assert page("{% doubtful_mark False %}") == ""


def test_a_count_too_small_to_show_is_hidden_and_zero_is_not(page):
    source = "{{ count|vn_number_or_hidden }}"

    assert page(source, count=None) == "dưới 5"
    assert page(source, count=0) == "0"
    assert page(source, count=1234) == "1.234"


def test_dates_numbers_and_phones_are_written_the_vietnamese_way(page):
    noon = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)

    assert page("{{ day|vn_date }}", day=date(2026, 2, 3)) == "03/02/2026"
    assert page("{{ at|vn_datetime }}", at=noon) == "12:00, Thứ Hai 23/11/2026"
    assert page("{{ at|vn_time }}", at=noon) == "12:00"
    assert page("{{ number|vn_number }}", number=1500000) == "1.500.000"
    assert page("{{ phone|vn_phone }}", phone="+84905000111") == "0905 000 111"


@pytest.mark.parametrize("name", ["vn_date", "vn_datetime", "vn_time", "vn_duration", "vn_number", "vn_phone"])
def test_nothing_is_written_as_a_dash(page, name):
    assert page(f"{{{{ nothing|{name} }}}}", nothing=None) == "—"


def test_nobody_can_do_anything_until_they_are_somebody(page):
    source = "{% if actor|can:'reports.report.filed' %}may{% endif %}"

    assert page(source, actor=Actor.public()) == "may"
    assert page(source, actor=None) == ""
    assert Permission("reports.report.filed")


def test_a_power_nobody_has_heard_of_is_a_mistake_in_the_page(page):
    with pytest.raises(ValueError, match=r"reports\.everything"):
        page("{{ actor|can:'reports.everything' }}", actor=Actor.public())


def test_pages_keep_what_was_asked(page):
    pages = Paginator(range(100), 10)

    html = page("{% pagination pages %}", pages=pages.get_page(5), address="/?q=lan")

    assert "?q=lan&amp;page=6" in html
    assert 'aria-current="page"' in html
    assert page("{% pagination pages %}", pages=Paginator([], 10).get_page(1)).strip() == ""


def test_an_empty_list_teaches_what_belongs_in_it(page):
    html = page('{% empty_state "Chưa có tin báo." "Tin mới sẽ hiện ở đây." "/tin/" "Ghi tin" %}')

    assert "Tin mới sẽ hiện ở đây." in html
    assert 'href="/tin/"' in html


def test_a_summary_row_may_lead_to_its_change(page):
    html = page("{% summary_list rows %}", rows=[("Thôn", "Bon Bu Prâng", "/sua/"), ("Xã", None)])

    assert 'href="/sua/"' in html
    assert "—" in html


def test_numbers_stand_to_the_right(page):
    html = page('{% data_table "Theo xã" columns rows "2" %}', columns=["Xã", "Tin"], rows=[["Đắk Mil", "12"]])

    assert html.count("--numeric") == 2


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "Chrome trên điện thoại Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge trên máy Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari trên iPhone"),
        ("curl/8.5", "Trình duyệt khác"),
    ],
)
def test_a_browser_is_told_in_words_its_owner_knows(said, read):
    assert browser_in_words(said) == read


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("VV-2026-0021", '<span class="app-unbroken">VV-2026-0021</span>'),
        ("số 01/QĐ-UBND.", 'số <span class="app-unbroken">01/QĐ-UBND</span>.'),
        (
            "VV-2026-0021: bảo vệ trẻ em ngay",
            '<span class="app-unbroken">VV-2026-0021</span>: bảo vệ trẻ em ngay',
        ),
        ("Ban-công và/hoặc sân", "Ban-công và/hoặc sân"),
        ("<b>", "&lt;b&gt;"),
        ("", ""),
    ],
)
def test_the_number_of_a_file_or_paper_never_breaks_over_lines(text, drawn):
    assert ui.unbroken(text) == drawn
