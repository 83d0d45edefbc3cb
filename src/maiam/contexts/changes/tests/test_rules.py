from hypothesis import given
from hypothesis import strategies as st

from maiam.contexts.changes.rules import OPEN, Act, Asker, Kind, State, act_of, after, differing, limit_for, may_accept

ACTS = st.lists(st.sampled_from([act for act in Act if act is not Act.ASK]), max_size=12)


@given(acts=ACTS)
def test_whatever_people_do_a_request_ends_at_most_once(acts):
    state, ends = State.WAITING, 0
    for act in acts:
        moved = after(state, act)
        if moved is None:
            continue
        assert state in OPEN
        ends += moved not in OPEN
        state = moved

    assert ends <= 1
    assert (ends == 1) == (state not in OPEN)


@given(acts=ACTS)
def test_an_open_request_can_always_be_decided(acts):
    state = State.WAITING
    for act in acts:
        state = after(state, act) or state

    assert (after(state, Act.REFUSE) is not None) == (state in OPEN)


@given(accepted=st.sets(st.sampled_from(["full_name", "birth", "phone"])))
def test_a_decision_is_called_what_it_does(accepted):
    act = act_of(proposed={"full_name": "A", "birth": None}, accepted=frozenset(accepted & {"full_name", "birth"}))

    assert act is {0: Act.REFUSE, 1: Act.APPROVE_PART, 2: Act.APPROVE}[len(accepted & {"full_name", "birth"})]


def test_nothing_is_accepted_that_nobody_asked_for():
    assert not may_accept(Kind.FACTS, proposed={"phone": "1"}, accepted=frozenset({"full_name"}))


def test_a_move_is_accepted_whole_or_not_at_all():
    proposed = {"home": "", "on": "2026-01-01"}

    assert may_accept(Kind.MOVED_OUT, proposed=proposed, accepted=frozenset(proposed))
    assert may_accept(Kind.MOVED_OUT, proposed=proposed, accepted=frozenset())
    assert not may_accept(Kind.MOVED_OUT, proposed=proposed, accepted=frozenset({"on"}))


@given(
    known=st.dictionaries(st.sampled_from("abc"), st.integers()),
    asked=st.dictionaries(st.sampled_from("abc"), st.integers()),
)
def test_only_what_differs_is_asked_for(known, asked):
    found = differing(asked, known)

    assert {**known, **found} == {**known, **asked}
    assert all(known.get(name) != value for name, value in found.items())


def test_what_a_person_asks_for_themselves_runs_on_the_clock_of_the_law():
    assert {limit_for(asker) for asker in Asker if asker is not Asker.VILLAGE_HEAD} == {"PD_ACCESS"}
    assert limit_for(Asker.VILLAGE_HEAD) == "CHANGE_DECIDE"
