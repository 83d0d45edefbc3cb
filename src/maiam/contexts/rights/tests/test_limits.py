"""The law's time for each thing a person may ask: kept at its last second, late one second after."""

from datetime import UTC, datetime, timedelta

import pytest

from maiam.contexts.duties.models import Obligation
from maiam.contexts.rights import rules, services
from maiam.contexts.rights.rules import Ground, Right
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
DAYS = {Right.SEE: 10, Right.CORRECT: 10, Right.RESTRICT: 15, Right.LIFT: 15, Right.WITHDRAW: 15, Right.ERASE: 20}


def _refuse(lan, request, at):
    with acting(lan):
        services.refuse(actor=lan, request_id=request.id, ground=Ground.OF_OTHERS, words="Không phải của chị.", now=at)


def _ends_of(request):
    return dict(Obligation.objects.filter(subject_id=request.id).values_list("rule", "state"))


@pytest.mark.parametrize("right", list(Right))
def test_each_right_runs_for_the_days_of_the_decree(right, ask, now):
    request = ask(right)

    clock = Obligation.objects.get(subject_id=request.id, rule=rules.limit_of(right).code)
    assert clock.due_at == now + timedelta(days=DAYS[right])


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize(("past", "state"), [(timedelta(0), "met"), (SECOND, "met_late")])
def test_an_answer_counts_to_the_last_second(right, past, state, ask, lan, now):
    request = ask(right)

    _refuse(lan, request, now + timedelta(days=DAYS[right]) + past)

    assert _ends_of(request)[rules.limit_of(right).code] == state


@pytest.mark.parametrize(("past", "state"), [(timedelta(0), "met"), (SECOND, "met_late")])
def test_the_first_answer_has_two_working_days_to_their_end(past, state, ask, lan):
    friday = datetime(2026, 11, 20, 2, tzinfo=UTC)
    end_of_tuesday = datetime(2026, 11, 24, 16, 59, 59, tzinfo=UTC)
    request = ask(Right.SEE, at=friday)

    with acting(lan):
        services.answer_first(actor=lan, request_id=request.id, words="Đã nhận.", now=end_of_tuesday + past)

    assert _ends_of(request) == {"PD_REQUEST_ACK": state, "PD_ACCESS": "running"}


def test_what_is_answered_at_once_needs_no_first_answer(ask, lan, now):
    request = ask(Right.SEE)

    _refuse(lan, request, now)

    assert _ends_of(request) == {"PD_REQUEST_ACK": "met", "PD_ACCESS": "met"}


def test_what_is_taken_back_leaves_no_clock_running(ask, lan, now):
    request = ask(Right.ERASE)

    with acting(lan):
        services.take_back(actor=lan, request_id=request.id, words="", now=now)

    assert set(_ends_of(request).values()) == {"lapsed"}


def test_the_clock_starts_when_the_person_asked_not_when_it_was_typed(ask, now):
    request = ask(Right.SEE, asked_at=now - timedelta(days=3))

    clock = Obligation.objects.get(subject_id=request.id, rule="PD_ACCESS")
    assert clock.due_at == now + timedelta(days=7)
