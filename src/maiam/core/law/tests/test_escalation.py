import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.law.escalation import Told, steps, steps_due
from maiam.core.law.limits import due_at, remind_at, time_limit
from maiam.core.text.dates import VIETNAM

STARTED = datetime(2026, 11, 23, 21, 40, tzinfo=VIETNAM)


def ladder(code, started=STARTED):
    limit = time_limit(code)
    return steps(started, due_at(limit, started), remind_at(limit, started))


def test_a_decision_of_twelve_hours_is_reminded_after_six():
    hours = [(step.share, (step.at - STARTED) / timedelta(hours=1)) for step in ladder("BAN_DECIDE")]

    assert hours == [(0.5, 6), (0.8, pytest.approx(9.6)), (1.0, 12), (1.5, 18)]


def test_at_once_climbs_within_the_tolerance():
    minutes = [(step.at - STARTED) / timedelta(minutes=1) for step in ladder("REPORT_CHAIR_ACT")]

    assert minutes == [15, 24, 30, 45]


def test_each_rung_tells_everyone_below_and_one_more():
    told = [set(step.tells) for step in ladder("BAN_DECIDE")]

    assert told[0] == {Told.HOLDER}
    assert told[-1] == set(Told)
    assert all(lower < higher for lower, higher in itertools.pairwise(told))


@pytest.mark.parametrize(
    ("passed", "shares"),
    [
        (timedelta(hours=6) - timedelta(seconds=1), []),
        (timedelta(hours=6), [0.5]),
        (timedelta(hours=12), [0.5, 0.8, 1.0]),
        (timedelta(hours=18), [0.5, 0.8, 1.0, 1.5]),
        (timedelta(days=30), [0.5, 0.8, 1.0, 1.5]),
    ],
)
def test_a_rung_is_due_at_its_moment_and_not_a_second_before(passed, shares):
    assert [step.share for step in steps_due(ladder("BAN_DECIDE"), now=STARTED + passed)] == shares


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), max_size=8))
def test_however_often_the_worker_wakes_each_rung_is_taken_once(wakes):
    taken, last_share = [], 0.0
    for passed in sorted(wakes):
        due = steps_due(ladder("BAN_DECIDE"), now=STARTED + passed, after_share=last_share)
        taken += due
        last_share = due[-1].share if due else last_share

    assert len(taken) == len({step.share for step in taken})
    assert taken == steps_due(ladder("BAN_DECIDE"), now=STARTED + max(wakes, default=-timedelta(1)))
