"""The axis of a case: its words never run into each other, and each stands where its moment is."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from maiam.contexts.measures.rules.timeline import CLOSEST, TICKS, WIDTH, scale

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@given(st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=3_000)))
def test_the_words_of_the_axis_keep_apart(lasting):
    on = scale([FIRST, FIRST + lasting])
    places = [0, *(mark.x for mark in on.ticks)]

    assert all(after - before >= CLOSEST for before, after in pairwise(places))
    assert all(mark.x <= WIDTH - CLOSEST / 2 for mark in on.ticks)


def test_a_mark_stands_at_its_moment():
    on = scale([FIRST, FIRST + timedelta(days=90)])
    moments = {words: FIRST + after for after, words in TICKS}

    assert [mark.words for mark in on.ticks] == ["1 giờ", "12 giờ", "3 ngày", "14 ngày", "30 ngày"]
    assert all(mark.x == on.x(moments[mark.words]) for mark in on.ticks)


def test_a_share_is_written_for_machines():
    on = scale([FIRST, FIRST + timedelta(days=90)])

    assert on.ticks[0].share == "9%"
