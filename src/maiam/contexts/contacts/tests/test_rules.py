"""The rule alone: hours across midnight, words that give nothing away, numbers that never ring."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.contexts.contacts.rules.safe_rule import SafeRule, Way
from maiam.contexts.contacts.rules.verdicts import NumberOwner, Refusal, Standing, is_near, judge
from maiam.contexts.contacts.rules.words import Purpose, compose, is_unsafe
from maiam.core.text import VIETNAM

PHONE, HIS = "+84905000111", "+84905000222"
MONDAY = datetime(2026, 11, 23, tzinfo=VIETNAM)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
DAYS = st.frozensets(st.integers(0, 6))
MOMENTS = st.integers(0, 525_600).map(lambda minute: MONDAY + timedelta(minutes=minute))
RULES = st.builds(
    SafeRule,
    ways=st.frozensets(st.sampled_from(Way)),
    phone=st.sampled_from(["", PHONE, HIS]),
    starts=st.none() | CLOCKS,
    ends=st.none() | CLOCKS,
    days=DAYS,
    cover_words=st.sampled_from(["", "Hợp tác xã mời họp", "Công an mời", "xem maiam.vn"]),
    others_read_phone=st.booleans(),
    never_phones=st.sampled_from([(), (HIS,), (PHONE, HIS)]),
)


def at(clock: str, day: datetime = MONDAY) -> datetime:
    return datetime.combine(day.date(), time.fromisoformat(clock), VIETNAM)


@pytest.mark.parametrize(
    ("starts", "ends", "clock", "is_open"),
    [
        (time(8), time(10, 30), "07:59:59", False),
        (time(8), time(10, 30), "08:00", True),
        (time(8), time(10, 30), "10:29:59", True),
        (time(8), time(10, 30), "10:30", False),
        (time(22), time(5), "23:59:59", True),
        (time(22), time(5), "00:00", True),
        (time(22), time(5), "04:59:59", True),
        (time(22), time(5), "05:00", False),
        (time(22), time(0), "23:59:59", True),
        (time(22), time(0), "00:00", False),
        (time(22), None, "23:00", True),
        (None, time(5), "04:00", True),
        (None, time(5), "05:00", False),
        (None, None, "03:00", True),
        (time(9), time(9), "03:00", True),
    ],
)
def test_her_hours_begin_with_their_first_minute_and_end_before_their_last(starts, ends, clock, is_open):
    assert SafeRule(starts=starts, ends=ends).is_open(at(clock)) is is_open


def test_a_night_belongs_to_the_day_on_which_it_began():
    rule = SafeRule(starts=time(22), ends=time(5), days=frozenset({0}))

    assert not rule.is_open(at("01:00"))
    assert rule.is_open(at("22:00"))
    assert rule.is_open(at("04:59", MONDAY + timedelta(days=1)))
    assert not rule.is_open(at("22:00", MONDAY + timedelta(days=1)))


@given(rule=RULES, moment=MOMENTS)
def test_the_next_opening_is_open_and_nothing_between_is(rule, moment):
    opens_at = rule.opens_at(moment)

    assert opens_at >= moment
    assert rule.is_open(opens_at)
    assert opens_at - moment <= timedelta(days=8)
    if opens_at > moment:
        step = (opens_at - moment) / 7
        assert not any(rule.is_open(moment + step * part) for part in range(7))


@given(rule=RULES)
def test_a_rule_comes_back_as_it_was_sealed(rule):
    assert SafeRule.of(rule.as_values()) == rule


@given(rule=RULES, way=st.sampled_from(Way), moment=MOMENTS, owner=st.sampled_from(NumberOwner))
def test_what_is_allowed_is_allowed_in_every_part_of_the_rule(rule, way, moment, owner):
    text = compose(Purpose.CALL_BACK, cover_words=rule.cover_words)
    verdict = judge(way, Standing(rule, None, owner), at=moment, text=text)

    if verdict.is_allowed:
        assert way in rule.ways
        assert rule.is_open(moment)
        if way in {Way.SMS, Way.ZALO, Way.CALL}:
            assert rule.phone not in {"", *rule.never_phones}
            assert owner is NumberOwner.NOBODY_NEAR
        if way in {Way.SMS, Way.ZALO}:
            assert not rule.others_read_phone
            assert not is_unsafe(text)
    elif verdict.may_wait:
        assert verdict.opens_at
        assert judge(way, Standing(rule, None, owner), at=verdict.opens_at, text=text).is_allowed


def test_without_a_rule_nothing_leaves():
    assert judge(Way.SMS, Standing(), at=MONDAY).refusal is Refusal.NO_RULE


def test_a_rule_holds_to_the_end_of_the_day_before_it_is_asked_again():
    rule = SafeRule(ways=frozenset({Way.CALL}), phone=PHONE)
    known = Standing(rule, MONDAY.date())

    assert judge(Way.CALL, known, at=at("23:59:59")).is_allowed
    assert judge(Way.CALL, known, at=at("00:00", MONDAY + timedelta(days=1))).refusal is Refusal.OUT_OF_DATE


@pytest.mark.parametrize("purpose", list(Purpose))
def test_our_own_words_give_nothing_away(purpose):
    assert not is_unsafe(compose(purpose, cover_words="", code="1234 5678 9012 3456"))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Anh ấy đánh đập chị à",
        "CÔNG AN xã mời chị",
        "bao luc gia dinh",
        "UBND xã mời họp",
        "mở https://x.vn xem",
        "vào maiam.vn nhé",
        "a" * 161,
        "Chị H'Lan Niê ra lấy đồ",
    ],
)
def test_words_that_would_give_her_away_are_caught(words):
    assert is_unsafe(words, names=["H'Lan Niê"])


@pytest.mark.parametrize("words", ["Hợp tác xã mời họp", "Mời chị đến lấy giống cây", "Lan ơi, mai đi chợ nhé"])
def test_everyday_words_pass(words):
    assert not is_unsafe(words, names=["Nguyễn Thị Lan"])


@pytest.mark.parametrize(
    ("typed", "is_his"),
    [
        ("Y Blô Êban", True),
        ("y blo eban", True),
        ("Y Blô", True),
        ("anh Y Blô Êban nhà", True),
        ("Êban", False),
        ("H'Lan Niê", False),
        ("", False),
    ],
)
def test_somebody_near_is_known_by_two_words_of_a_name(typed, is_his):
    assert is_near(typed, ["Y Blô Êban"]) is is_his
