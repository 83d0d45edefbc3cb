"""From a finding to a colour, from yesterday's alert to today's, and the words a commune reads."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.contexts.hotspots.rules.alerts import (
    Answers,
    Earlier,
    Found,
    Kind,
    Reason,
    State,
    Tier,
    findings,
    is_same,
    turns,
)
from maiam.contexts.hotspots.rules.files import Beside, Cooled, Counted, answer
from maiam.contexts.hotspots.rules.shades import hot_shade, rate_shade
from maiam.contexts.hotspots.rules.thresholds import BOUNDS, Thresholds, out_of_bounds
from maiam.contexts.hotspots.rules.weighing import Judged, Verdict, played, worth
from maiam.contexts.hotspots.rules.words import Numbers, explanations, rarity_in_words, sentences
from maiam.core.science.cooling import Ratio

START, DAYS, LIMITS = date(2026, 1, 1), 393, Thresholds()
TODAY = START + timedelta(days=DAYS - 1)


def cluster(**told):
    usual = {
        "centre": 1,
        "members": [1, 2],
        "first": 388,
        "last": 392,
        "observed": 7,
        "expected": 1.0,
        "homes": 6,
        "latest": 392,
        "rarity_days": 1000.0,
        "events": ["a", "b"],
    }
    return usual | told


def told(*clusters, units=(), grave=None):
    answers = Answers({"clusters": list(clusters)}, {"found": list(units)}, grave)
    return findings(START, answers, LIMITS, days=DAYS)


@pytest.mark.parametrize(
    "short_of",
    [
        {"rarity_days": 99.0},
        {"observed": 2},
        {"homes": 1},
        {"expected": 3.6},
        {"latest": 389},
        {"rarity_days": None},
    ],
)
def test_what_misses_one_floor_is_no_alert(short_of):
    assert told(cluster(**short_of)) == []


@pytest.mark.parametrize(
    ("days", "tier"), [(365.0, Tier.RED), (364.9, Tier.AMBER), (100.0, Tier.AMBER), (9e9, Tier.RED)]
)
def test_the_colour_goes_by_rarity(days, tier):
    assert [one.tier for one in told(cluster(rarity_days=days))] == [tier]


def test_a_commune_by_itself_is_amber_and_red_when_the_scan_sees_it_too():
    alone = told(units=[cluster(centre=9, members=[9], rarity_days=None, homes=7)])
    seen = told(cluster(rarity_days=20.0), units=[cluster(centre=2, members=[2], rarity_days=None, homes=7)])

    assert [(one.kind, one.tier) for one in alone] == [(Kind.COMMUNE, Tier.AMBER)]
    assert [(one.tier, one.reasons) for one in seen] == [(Tier.RED, (Reason.OWN_PAST, Reason.SCAN_AGREES))]


def test_a_commune_within_an_alert_is_not_told_twice():
    (one,) = told(cluster(), units=[cluster(centre=2, members=[2], rarity_days=None)])

    assert Reason.SCAN_AGREES in one.reasons


GRAVE = {"clusters": [cluster(observed=4, homes=4, rarity_days=800.0)], "risen": []}


def test_grave_events_alone_are_an_alert_of_their_own():
    (one,) = told(grave=GRAVE)

    assert (one.kind, one.tier, one.reasons) == (Kind.GRAVE, Tier.RED, (Reason.GRAVE_RARE,))
    assert one.observed == 4


def test_a_place_found_by_all_events_and_by_grave_ones_is_told_once_with_the_higher_colour():
    (one,) = told(cluster(members=[2, 3], centre=3, rarity_days=300.0), grave=GRAVE)

    assert (one.kind, one.tier) == (Kind.AREA, Tier.RED)
    assert one.reasons == (Reason.RARE, Reason.GRAVE_AGREES)


@pytest.mark.parametrize(
    ("days", "tiers"), [(730.0, [Tier.RED]), (729.0, [Tier.AMBER]), (200.0, [Tier.AMBER]), (199.0, [])]
)
def test_what_the_second_scan_finds_must_be_twice_as_rare(days, tiers):
    grave = {"clusters": [cluster(observed=4, homes=4, rarity_days=days)], "risen": []}

    assert [one.tier for one in told(grave=grave)] == tiers
    first = next(one for one in told(cluster(members=[8], centre=8, rarity_days=365.0), grave=grave) if one.centre == 8)
    assert first.tier == Tier.RED


def test_a_larger_share_of_grave_events_is_told_beside_an_alert_and_raises_none():
    risen = {"clusters": [], "risen": [{"members": [2], "rarity_days": 150.0}]}

    assert told(grave=risen) == []
    (one,) = told(cluster(), grave=risen)
    assert one.reasons == (Reason.RARE, Reason.SHARE_RISEN)
    (same,) = told(cluster(), grave={"clusters": [], "risen": [{"members": [2], "rarity_days": 99.0}]})
    assert same.reasons == (Reason.RARE,)


def test_an_alert_of_grave_events_says_so():
    first, second = sentences(
        Numbers("xã A", 1, date(2026, 12, 22), date(2026, 12, 31), 5, 0.2, 4.1 * 365.25, is_grave=True)
    )

    assert "có 5 vụ nghiêm trọng được báo, bình thường 10 ngày chỉ khoảng 0–1 vụ nghiêm trọng" in first
    assert "không phải do bạo lực tăng" in second


def test_where_borders_have_just_changed_it_is_amber():
    (one,) = findings(START, Answers({"clusters": [cluster()]}, {}), LIMITS, changed=[2], days=DAYS)

    assert (one.tier, one.reasons[-1]) == (Tier.AMBER, Reason.BORDERS_CHANGED)


def earlier(**changed):
    usual = Earlier("x", 1, frozenset({1, 2}), 7, Tier.RED, TODAY - timedelta(days=1), frozenset({"a", "b"}))
    return replace(usual, **changed)


def test_an_alert_is_new_goes_on_grows_and_closes():
    (found,) = told(cluster())

    def state(*open_ones):
        return [turn.state for turn in turns([found], list(open_ones), TODAY, LIMITS)]

    assert state() == [State.NEW]
    assert state(earlier()) == [State.ONGOING]
    assert state(earlier(events=frozenset({"a"}))) == [State.GROWN]
    assert state(earlier(tier=Tier.AMBER)) == [State.GROWN]
    quiet = earlier(last_sign_on=TODAY - timedelta(days=LIMITS.close_after_days))
    assert [turn.state for turn in turns([], [quiet], TODAY, LIMITS)] == [State.CLOSED]
    assert turns([], [earlier()], TODAY, LIMITS) == []


MEMBERS = st.frozensets(st.integers(1, 8), min_size=1)


@given(st.lists(st.tuples(MEMBERS, st.integers(1, 8)), max_size=6), st.lists(MEMBERS, max_size=5))
def test_each_finding_and_each_open_alert_takes_part_once(found, open_ones):
    finds = [_found(members, centre) for members, centre in found]
    standing = [earlier(id=number, centre=min(members), members=members) for number, members in enumerate(open_ones)]

    made = turns(finds, standing, TODAY, LIMITS)

    assert [turn.found for turn in made if turn.found] == finds
    followed = [turn.earlier.id for turn in made if turn.earlier]
    assert len(followed) == len(set(followed))
    assert all(is_same(turn.found, turn.earlier) for turn in made if turn.found and turn.earlier)


def _found(members, centre):
    return Found(
        Kind.AREA, Tier.RED, (Reason.RARE,), centre, members, TODAY, TODAY, 5, 1.0, 4, 400.0, {"events": ["a"]}
    )


def test_the_words_of_the_reference_case():
    """The sentence the design shows: twelve reports in ten days where one or two are usual, once in four years."""
    first, second = sentences(
        Numbers("xã A", 6, date(2026, 12, 22), date(2026, 12, 31), 12, 1.4, 4.1 * 365.25, homes_again=2)
    )

    assert first == (
        "Từ 22/12 đến 31/12/2026, 6 xã, phường quanh xã A có 12 vụ được báo, bình thường 10 ngày chỉ khoảng 1–2 vụ; "
        "nếu không có gì khác thường thì khoảng 4 năm mới có một lần tăng như vậy."
    )
    assert second.startswith("Đề nghị xem lại 12 hồ sơ này trong 48 giờ, trước hết các hộ có từ hai lần báo;")
    assert "p" not in {word.strip(",.;") for word in f"{first} {second}".split()}


@given(st.floats(14, 1e9), st.floats(14, 1e9))
def test_what_is_rarer_never_sounds_more_usual(one, other):
    def days(said):
        number = float(said.replace("hơn ", "").replace("một", "1").split()[0])
        return number * (365.25 if "năm" in said else 30.44 if "tháng" in said else 1)

    low, high = sorted((one, other))
    assert days(rarity_in_words(low)) <= days(rarity_in_words(high)) * 1.35


def test_reports_entered_all_at_once_and_a_new_channel_are_named():
    at_once = explanations({"same_day": 5, "late": 5}, 8)
    channel = explanations({"channel_share": 0.9, "channel_usual": 0.1}, 8, channel="tổng đài")

    assert [one.title for one in at_once] == ["Nhập dồn"]
    assert [one.title for one in channel] == ["Kênh báo tin mới"]
    assert explanations({}, 8) == []


@given(st.fixed_dictionaries({name: st.integers(0, 4_000) for name in BOUNDS}))
def test_thresholds_within_their_bounds_are_taken_and_others_named(values):
    outside = {name for name, (low, high) in BOUNDS.items() if values[name] not in range(low, high + 1)}

    assert out_of_bounds(Thresholds(**values)) == outside


@given(st.integers(1, 4), st.floats(-5, 5))
def test_one_to_four_have_no_shade(count, z):
    assert hot_shade(z, count) == "few"
    assert rate_shade(abs(z), count, 1.0) == "few"


def test_cooled_needs_both_less_than_elsewhere_and_back_at_its_usual():
    counted = Counted(6, 42, (9, 1), (2, 3), (20, 60), (0.3, 2.0), 1.0, Beside.ALIKE)
    less, usual, high = Ratio(0.1, 0.02, 0.6), Ratio(0.5, 0.1, 2.0), Ratio(3.0, 1.5, 5.0)

    assert answer(counted, less, usual) is Cooled.YES
    assert answer(counted, less, high) is Cooled.NO
    assert answer(counted, Ratio(0.5, 0.1, 1.4), usual) is Cooled.FALLING
    assert answer(counted, Ratio(1.2, 0.5, 3.0), usual) is Cooled.NO
    assert answer(replace(counted, days_after=13), less, usual) is Cooled.TOO_EARLY


def test_past_mornings_count_a_place_once_while_it_is_open():
    mornings = [(TODAY + timedelta(days=day), told(cluster())) for day in range(5)]
    later = (TODAY + timedelta(days=40), [])
    again = (TODAY + timedelta(days=41), told(cluster()))

    past = played([*mornings, later, again], LIMITS)

    assert (past.mornings, past.red, past.amber) == (7, 2, 0)


def test_alerts_are_weighed_by_those_that_were_judged():
    judged = [
        Judged(Tier.RED, Verdict.CONFIRMED, TODAY, TODAY + timedelta(days=6)),
        Judged(Tier.RED, Verdict.FALSE, TODAY, None),
        Judged(Tier.RED, Verdict.WAITING, TODAY, None),
    ]

    found = worth(judged)

    assert (found.raised, found.waiting, found.share_true, found.usual_gain) == (3, 1, 0.5, 6)
