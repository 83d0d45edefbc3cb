"""No sequence of steps loses a report, or ends it twice."""

from hypothesis import given
from hypothesis import strategies as st

from maiam.contexts.reports.rules import states
from maiam.contexts.reports.rules.states import Outcome, PublicStatus, State, Step

STEPS = st.lists(st.sampled_from(Step), max_size=40)


def walk(steps: list[Step]) -> tuple[State, list[Step]]:
    """Try each step in turn; keep those the rules let through."""
    state, taken = State.RECEIVED, []
    for step in steps:
        moved_to = states.after(state, step)
        if moved_to is not None:
            state = moved_to
            taken.append(step)
    return state, taken


@given(STEPS)
def test_no_sequence_reaches_an_outcome_twice(steps):
    _, taken = walk(steps)

    assert taken.count(Step.CONCLUDED) <= 1
    assert taken.count(Step.ANSWERED) <= 1


@given(STEPS)
def test_a_report_has_ended_exactly_when_it_was_concluded(steps):
    state, taken = walk(steps)

    assert states.is_open(state) is (Step.CONCLUDED not in taken)


@given(st.lists(STEPS, max_size=30))
def test_what_came_in_is_what_ended_and_what_is_open(tellings):
    ended, still_open = states.balance(walk(steps)[0] for steps in tellings)

    assert ended + still_open == len(tellings)


@given(STEPS)
def test_nothing_goes_back(steps):
    order = list(State)
    state = State.RECEIVED
    for step in steps:
        moved_to = states.after(state, step)
        if moved_to is not None:
            assert order.index(moved_to) >= order.index(state)
            state = moved_to


def test_help_goes_on_after_an_incident_was_opened():
    assert states.public_status(State.ANSWERED, Outcome.NEW_INCIDENT, is_opened=True) is PublicStatus.HELPING
    assert states.public_status(State.CONCLUDED, Outcome.NOT_DV, is_opened=True) is PublicStatus.DONE


def test_until_somebody_opened_it_nobody_is_said_to_have_seen_it():
    assert states.public_status(State.RECEIVED, None, is_opened=False) is PublicStatus.RECEIVED
    assert states.public_status(State.RECEIVED, None, is_opened=True) is PublicStatus.SEEN


def test_every_state_outcome_and_step_has_its_words():
    assert set(states.STATE_LABELS) == set(State)
    assert set(states.OUTCOME_LABELS) == set(Outcome)
    assert set(states.STEP_LABELS) == set(Step)
    assert set(states.PUBLIC_STATUS_LABELS) == set(PublicStatus)
