"""States and facts alone, without a database."""

from datetime import UTC, date, datetime

import pytest

from maiam.contexts.cases.rules import cases, incidents, no_contact, papers
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.rules.incidents import Precision, Verification
from maiam.contexts.cases.rules.no_contact import Addressee, State
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.core.law.no_contact import ADDRESSEES, CancelGround, Ground
from maiam.core.law.regimes import Regime
from maiam.core.text import PartialDate


def test_our_addressees_are_those_of_the_law_in_its_order():
    assert [one.code for one in ADDRESSEES] == list(Addressee)


def test_every_stop_is_an_end():
    for state in (*no_contact.STOPPED, State.REFUSED):
        assert not any(no_contact.can_move(state, to) for to in State)


def test_a_request_is_answered_either_way_and_no_other():
    answers = {to for to in State if no_contact.can_move(State.REQUESTED, to)}

    assert answers == {State.REFUSED, State.IN_FORCE}


def test_who_did_not_ask_may_disagree_and_who_asked_may_ask_back():
    assert no_contact.cancel_grounds(Ground.REQUESTED) == [CancelGround.REQUESTER_ASKS, CancelGround.NO_LONGER_NEEDED]
    assert no_contact.cancel_grounds(Ground.LIFE_THREAT) == [
        CancelGround.VICTIM_DISAGREES,
        CancelGround.NO_LONGER_NEEDED,
    ]


def test_the_earliest_moment_we_knew_starts_the_clock():
    asked, told = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC)

    assert no_contact.clock_start(asked, told) == told
    assert no_contact.clock_start(told, asked) == told
    assert no_contact.clock_start(asked) == asked


def test_orders_and_cancellations_go_to_four_refusals_to_the_requester_alone():
    assert papers.addressees(DocumentKind.ORDER) == papers.addressees(DocumentKind.CANCELLATION) == list(Addressee)
    assert papers.addressees(DocumentKind.REFUSAL) == []


@pytest.mark.parametrize("start", Status)
def test_every_case_can_still_reach_its_end_and_open_again(start):
    reached, waiting = set(), [start]
    while waiting:
        status = waiting.pop()
        if status not in reached:
            reached.add(status)
            waiting += cases.next_statuses(status)

    assert {Status.CLOSED, Status.ASSESSING} <= reached


def test_help_and_checking_go_on_after_a_conclusion():
    assert incidents.next_verifications(Verification.NOT_CONFIRMED) == [Verification.BEING_CHECKED]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("VV-2026-0012", (2026, 12)),
        ("vv 2026 12", (2026, 12)),
        ("2026-12", (2026, 12)),
        ("12", (None, 12)),
        ("0012", (None, 12)),
        ("12; drop table", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, read):
    assert cases.read_code(typed) == read


@pytest.mark.parametrize(
    ("known", "has_time", "precision"),
    [
        (PartialDate(2026, 11, 22), True, Precision.MOMENT),
        (PartialDate(2026, 11, 22), False, Precision.DAY),
        (PartialDate(2026, 11), False, Precision.MONTH),
        (PartialDate(2026), True, Precision.YEAR),
    ],
)
def test_a_time_is_as_exact_as_it_is_known(known, has_time, precision):
    assert incidents.precision_of(known, has_time=has_time) == precision


@pytest.mark.parametrize(
    ("born", "child"),
    [
        (PartialDate(2010, 11, 23), True),  # sixteen tomorrow
        (PartialDate(2010, 11, 22), False),  # sixteen today
        (PartialDate(2010), None),
        (PartialDate(2009), False),
        (PartialDate(2011), True),
        (None, None),
    ],
)
def test_a_child_is_under_sixteen_and_unknown_is_not_no(born, child):
    assert incidents.is_child(born, PartialDate.exact(date(2026, 11, 22))) is child


def test_no_law_reaches_back():
    assert incidents.regime_of(PartialDate(2023, 6, 30)) is Regime.LAW_2007
    assert incidents.regime_of(PartialDate(2023, 7, 1)) is Regime.LAW_2022
    assert incidents.regime_of(PartialDate(2023)) is Regime.LAW_2007


def test_acts_bring_their_kinds_in_the_order_of_the_list():
    assert incidents.kinds_of(["ACT_N", "ACT_A"], Regime.LAW_2022) == ["physical", "mental", "economic"]
