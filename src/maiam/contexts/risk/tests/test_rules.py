"""What the records answer by themselves: a broken order weighs most while it is fresh."""

from datetime import UTC, datetime, timedelta

import pytest

from maiam.contexts.risk.rules import Breach, KnownFacts, worse_of
from maiam.core.risk import UNKNOWN, latest

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
FRESH_FOR = timedelta(days=90)


def answered(*breaches: Breach) -> str | None:
    return KnownFacts((NOW.date(),), breaches).answers(latest(), NOW).get("order_breached")


@pytest.mark.parametrize(
    ("ago", "in_force", "answer"),
    [
        (timedelta(0), False, "live"),
        (FRESH_FOR, False, "live"),
        (FRESH_FOR + timedelta(minutes=1), False, "past"),
        (FRESH_FOR + timedelta(minutes=1), True, "live"),
    ],
)
def test_a_breach_is_live_while_its_order_binds_and_for_ninety_days(ago, in_force, answer):
    assert answered(Breach(NOW - ago, in_force)) == answer


def test_the_freshest_of_several_breaches_counts():
    assert answered(Breach(NOW - 2 * FRESH_FOR, in_force=False), Breach(NOW, in_force=False)) == "live"


def test_the_records_say_nothing_of_an_order_nobody_broke():
    assert answered() is None


@pytest.mark.parametrize(
    ("told", "known", "kept"),
    [
        ("none", "past", "past"),
        (UNKNOWN, "past", "past"),
        ("past", "live", "live"),
        ("live", "past", "live"),
    ],
)
def test_an_officer_may_find_a_breach_fresher_than_the_records_do_and_never_older(told, known, kept):
    assert worse_of(latest(), {"order_breached": told}, {"order_breached": known}) == {"order_breached": kept}
