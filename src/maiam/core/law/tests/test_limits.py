from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.law.codes.deadlines import is_house_rule
from maiam.core.law.limits import (
    IMMEDIATE,
    Months,
    UnknownTimeLimitError,
    WorkingDays,
    due_at,
    remind_at,
    time_limit,
    time_limits,
)
from maiam.core.text.dates import VIETNAM

moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001
codes = st.sampled_from(sorted(time_limits()))
# Of these the day is named by people, and not reckoned from the start.
lengths = st.sampled_from(sorted(code for code, limit in time_limits().items() if not limit.is_agreed))


def at(*parts):
    return datetime(*parts, tzinfo=VIETNAM)


def test_the_chairman_has_twelve_hours_over_midnight_too():
    assert due_at(time_limit("BAN_DECIDE"), at(2026, 11, 23, 21, 40)) == at(2026, 11, 24, 9, 40)


def test_twelve_hours_run_through_tet():
    assert due_at(time_limit("BAN_DECIDE"), at(2026, 2, 16, 20, 0)) == at(2026, 2, 17, 8, 0)


def test_hours_and_days_do_not_wait_for_the_weekend():
    saturday = at(2026, 11, 21, 10, 0)

    assert due_at(time_limit("BAN_MAX_COMMUNE"), saturday) == at(2026, 11, 24, 10, 0)


def test_a_clock_started_in_greenwich_ends_at_the_same_moment():
    started = datetime(2026, 11, 23, 14, 40, tzinfo=UTC)

    assert due_at(time_limit("BAN_DECIDE"), started) == at(2026, 11, 24, 9, 40)


@pytest.mark.parametrize(
    ("started", "due"),
    [
        (at(2026, 1, 15, 8, 0), at(2026, 5, 15, 8, 0)),
        (at(2026, 10, 31, 8, 0), at(2027, 2, 28, 8, 0)),
        (at(2027, 10, 31, 8, 0), at(2028, 2, 29, 8, 0)),
        (at(2026, 8, 31, 8, 0), at(2026, 12, 31, 8, 0)),
        (at(2026, 9, 30, 8, 0), at(2027, 1, 30, 8, 0)),
    ],
)
def test_four_months_of_a_court_end_on_the_same_day_or_the_last_of_the_month(started, due):
    assert due_at(time_limit("BAN_MAX_COURT"), started) == due


def test_months_are_those_of_vietnam_and_not_of_greenwich():
    started = datetime(2026, 10, 30, 17, 30, tzinfo=UTC)  # 00:30 on the 31st in Vietnam

    assert due_at(time_limit("BAN_MAX_COURT"), started) == at(2027, 2, 28, 0, 30)


def test_working_days_are_counted_from_the_next_day_to_the_end_of_the_last():
    friday = at(2026, 11, 20, 16, 0)

    assert due_at(time_limit("CHILD_PLAN"), friday) == at(2026, 11, 27, 23, 59, 59)


def test_working_days_wait_for_tet_to_pass():
    friday_before_tet = at(2026, 2, 13, 9, 0)

    assert due_at(time_limit("CHILD_PLAN_APPROVE"), friday_before_tet) == at(2026, 2, 24, 23, 59, 59)


def test_at_once_is_due_the_moment_it_starts_and_late_after_the_tolerance_of_the_province():
    limit, started = time_limit("REPORT_CHAIR_ACT"), at(2026, 11, 23, 21, 40)

    assert limit.limit is IMMEDIATE
    assert due_at(limit, started) == started
    assert remind_at(limit, started) == started + timedelta(minutes=30)


def test_any_other_duty_is_late_when_it_is_due():
    limit, started = time_limit("BAN_DECIDE"), at(2026, 11, 23, 21, 40)

    assert remind_at(limit, started) == due_at(limit, started)


@pytest.mark.parametrize(
    ("code", "words", "article"),
    [
        ("BAN_DECIDE", "12 giờ", "khoản 2 Điều 25 Luật 13/2022/QH15"),
        ("BAN_MAX_COMMUNE", "3 ngày", "khoản 1 Điều 25 Luật 13/2022/QH15"),
        ("BAN_MAX_COURT", "4 tháng", "khoản 1 Điều 26 Luật 13/2022/QH15"),
        ("BAN_ASSIGN_SUPERVISOR", "1 giờ", "Thông tư 66/2025/TT-BCA"),
        ("BAN_CONTACT_MAX", "4 giờ", "khoản 2 Điều 18 Nghị định 76/2023/NĐ-CP"),
        ("REPORT_CHAIR_ACT", "ngay lập tức", "khoản 3 Điều 20 Luật 13/2022/QH15"),
        ("CHILD_PLAN", "5 ngày làm việc", "khoản 1 Điều 28 Nghị định 56/2017/NĐ-CP"),
        ("PD_BREACH", "72 giờ", "Điều 23 Luật 91/2025/QH15; Điều 28 Nghị định 356/2025/NĐ-CP"),
        ("REPEAT_WINDOW", "12 tháng", "điểm a khoản 1 Điều 32 Luật 13/2022/QH15"),
    ],
)
def test_a_limit_speaks_as_the_law_does(code, words, article):
    limit = time_limit(code)

    assert (limit.in_words, limit.article) == (words, article)


@given(codes)
def test_every_article_is_written_in_vietnamese(code):
    article = time_limit(code).article

    assert not {"Law", "Decree", "Circular", "Art.", "Arts", "same", "amended"} & set(article.split())


@given(lengths, moments, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_what_starts_later_is_never_due_earlier(code, started, wait):
    limit = time_limit(code)

    assert due_at(limit, started) <= due_at(limit, started + wait)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_day_that_people_named_is_when_it_is_due_and_late(started, wait):
    limit = time_limit("HOT_SPOT_ACTION")

    assert due_at(limit, started, started + wait) == remind_at(limit, started, started + wait) == started + wait
    with pytest.raises(ValueError, match="agreed"):
        due_at(limit, started)
    with pytest.raises(ValueError, match="agreed"):
        due_at(limit, started, started - timedelta(seconds=1))


def test_the_law_leaves_no_length_to_people():
    agreed = [code for code, limit in time_limits().items() if limit.is_agreed]

    assert agreed
    assert all(is_house_rule(code) for code in agreed)


@given(lengths, moments)
def test_nothing_is_due_before_it_starts_nor_late_before_it_is_due(code, started):
    limit = time_limit(code)

    assert started <= due_at(limit, started) <= remind_at(limit, started)


def test_a_fixed_length_is_had_only_where_there_is_one():
    assert time_limit("BAN_MAX_COMMUNE").duration == timedelta(days=3)
    for code in ("BAN_MAX_COURT", "CHILD_PLAN", "REPORT_CHAIR_ACT"):
        with pytest.raises(TypeError, match="no fixed length"):
            _ = time_limit(code).duration


def test_months_and_working_days_are_no_lengths():
    assert time_limit("BAN_MAX_COURT").limit == Months(4)
    assert time_limit("REP_HEALTH").limit == Months(12)
    assert time_limit("CHILD_PLAN").limit == WorkingDays(5)


@pytest.mark.parametrize("code", ["BAN_FOREVER", "REP_COMMUNE", ""])
def test_an_unknown_limit_or_a_calendar_date_is_refused(code):
    with pytest.raises(UnknownTimeLimitError):
        time_limit(code)


def test_a_clock_needs_its_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        due_at(time_limit("BAN_DECIDE"), datetime(2026, 11, 23, 21, 40))  # noqa: DTZ001
