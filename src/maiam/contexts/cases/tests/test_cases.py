"""A case goes its way step by step; ending it takes two people, a watch and nothing left open."""

from datetime import timedelta

import pytest

from maiam.contexts import duties
from maiam.contexts.cases import services
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.services import (
    CaseClosedError,
    MeasureStillOpenError,
    SamePersonClosesError,
    StepNotOpenError,
    StepReasonMissingError,
)
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError

WATCHED = timedelta(days=90)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def nobody_above_asks(monkeypatch) -> None:
    """What the contexts above ask before the end is tested with them."""
    monkeypatch.setattr("maiam.contexts.cases.events._asks", [])


@pytest.fixture
def cared_for(lan, case, now) -> None:
    """Everything owed to the wife has been done: danger judged, five contacts in private."""
    with acting(lan):
        for clock in duties.queries.obligations_of(lan, case.subject):
            duties.services.meet_obligation(
                actor=lan, rule=clock.limit.code, subject=case.subject, met_at=now, now=now, proof="done"
            )


@pytest.fixture
def move(lan, case, now):
    """Take the wife's case along these steps; its end is proposed after the watch."""

    at = now

    def go(*steps, actor=None, reason="Đã an toàn, chị đồng ý.", watched=WATCHED):
        nonlocal at
        for to in steps:
            at += watched if to is Status.CLOSE_PROPOSED else SECOND
            with acting(actor or lan):
                services.move_case(actor=actor or lan, case_id=case.id, to=to, reason=reason, now=at)

    return go


TO_THE_END = (Status.ASSESSING, Status.ACTIVE, Status.WATCH, Status.CLOSE_PROPOSED)


def test_a_case_does_not_end_while_something_is_owed(move):
    with pytest.raises(services.DutyStillOpenError, match="đánh giá nguy cơ"):
        move(*TO_THE_END)


def test_the_watch_is_not_cut_short_by_a_second(move, cared_for):
    move(*TO_THE_END[:3])

    with pytest.raises(services.NotYetToCloseError, match="theo dõi"):
        move(Status.CLOSE_PROPOSED, watched=WATCHED - SECOND)
    move(Status.CLOSE_PROPOSED, watched=SECOND)


def test_no_step_is_skipped(move):
    with pytest.raises(StepNotOpenError):
        move(Status.ACTIVE)


def test_one_proposes_the_end_and_another_agrees(move, chairwoman, case, cared_for):
    move(*TO_THE_END)
    move(Status.CLOSED, actor=chairwoman)

    case.refresh_from_db()
    assert case.is_closed


def test_who_proposed_the_end_does_not_agree_to_it(move, seat, commune, lan, case, now, cared_for):
    move(*TO_THE_END)
    both = seat("commune_chairman", "Nguyễn Thị Lan", commune=commune)
    same_person = type(both)(**{**both.__dict__, "account_id": lan.account_id})

    with pytest.raises(SamePersonClosesError):
        move(Status.CLOSED, actor=same_person)


def test_an_officer_alone_never_ends_a_case(move, cared_for):
    move(*TO_THE_END)

    with pytest.raises(ForbiddenError):
        move(Status.CLOSED)


def test_an_end_is_explained(move):
    move(*TO_THE_END[:3])

    with pytest.raises(StepReasonMissingError):
        move(Status.CLOSE_PROPOSED, reason=" ")


def test_a_case_with_a_live_order_does_not_end(move, ordered):
    move(*TO_THE_END[:3])

    with pytest.raises(MeasureStillOpenError):
        move(Status.CLOSE_PROPOSED)


def test_a_closed_case_opens_again_and_asks_for_nothing_before(move, chairwoman, lan, case, request_, now, cared_for):
    move(*TO_THE_END)
    move(Status.CLOSED, actor=chairwoman)
    with pytest.raises(CaseClosedError), acting(lan):
        services.request_no_contact(actor=lan, case_id=case.id, request=request_(), now=now)

    move(Status.ASSESSING, reason="Có tin mới.")

    case.refresh_from_db()
    assert case.status == Status.ASSESSING
    with acting(lan):
        clocks = duties.queries.obligations_of(lan, case.subject)
    running = {clock.limit.code for clock in clocks if clock.is_running}
    assert {"RISK_FIRST", "FOLLOW_UP_1", "FOLLOW_UP_5"} <= running
    assert [step.status for step in case.steps.order_by("at", "id")][-1] == Status.ASSESSING
