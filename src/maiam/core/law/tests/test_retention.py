"""Periods come from the list, and what is not confirmed never calls itself law."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from maiam.core.law.codes.personal_data import Carried, RetentionRule, refusal_grounds, retention_rules
from maiam.core.law.retention import kept_until, life_of, over_before

ROW = {"code": "x", "vi": "x", "since": "x", "after": "x", "legal": "", "confirmed": False}


def test_what_is_not_confirmed_cites_no_law():
    assert [rule.code for rule in retention_rules().values() if not rule.is_confirmed and "Art." in rule.legal] == []


def test_only_the_provinces_own_periods_may_be_set():
    confirmed = RetentionRule(**ROW | {"confirmed": True, "carried": "two_people", "limit": 1, "unit": "month"})

    assert not confirmed.is_editable
    editable = {rule.carried for rule in retention_rules().values() if rule.is_editable}
    assert editable == {Carried.TWO_PEOPLE}


def test_what_ends_by_itself_counts_hours_and_nothing_else_does():
    assert life_of("EXPORTED_FILE").total_seconds() == 24 * 3600
    with pytest.raises(KeyError):
        life_of("PERSON_REST")
    with pytest.raises(ValidationError):
        RetentionRule(**ROW | {"carried": "itself", "limit": 1, "unit": "month"})


def test_every_article_of_a_refusal_is_confirmed_or_says_it_is_not():
    grounds = refusal_grounds().values()

    assert any(ground.legal for ground in grounds)
    assert all(ground.is_confirmed or not ground.legal or ground.is_doubtful_law for ground in grounds)


@given(
    since=st.integers(600_000_000, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    months=st.integers(1, 600),
)
def test_nothing_is_over_before_its_period_has_passed(since, months):
    last = kept_until(since, months) - timedelta(microseconds=1)

    assert over_before(last, months) <= since
