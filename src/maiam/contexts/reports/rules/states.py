"""Where a report stands, and how it may end. It is never edited or deleted, only answered."""

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """`RECEIVED → TRIAGED → CONCLUDED → ANSWERED`; a plain report may skip `TRIAGED`. No arrow leads back."""

    RECEIVED = "received"
    TRIAGED = "triaged"
    CONCLUDED = "concluded"
    ANSWERED = "answered"


class Outcome(StrEnum):
    """The documented ends of a report. There is no other way out of "open"."""

    NEW_INCIDENT = "new_incident"
    SAME_INCIDENT = "same_incident"
    SENT_TO_CRIME_AUTHORITY = "sent_to_crime_authority"
    SENT_ELSEWHERE = "sent_elsewhere"
    NOT_DV = "not_dv"
    NO_CONTACT_POSSIBLE = "no_contact_possible"
    UNFOUNDED = "unfounded"


class Step(StrEnum):
    """What one triage decision did."""

    GRADED = "graded"
    PROPOSED = "proposed"
    DECLINED = "declined"
    CONCLUDED = "concluded"
    ANSWERED = "answered"


OPEN_STATES = frozenset({State.RECEIVED, State.TRIAGED})
CLOSED_STATES = frozenset({State.CONCLUDED, State.ANSWERED})

# The state a step leads to, from each state in which it may be taken.
_MOVES: dict[tuple[State, Step], State] = {
    (State.RECEIVED, Step.GRADED): State.TRIAGED,
    (State.TRIAGED, Step.GRADED): State.TRIAGED,
    (State.RECEIVED, Step.PROPOSED): State.TRIAGED,
    (State.TRIAGED, Step.PROPOSED): State.TRIAGED,
    (State.TRIAGED, Step.DECLINED): State.TRIAGED,
    (State.RECEIVED, Step.CONCLUDED): State.CONCLUDED,
    (State.TRIAGED, Step.CONCLUDED): State.CONCLUDED,
    (State.CONCLUDED, Step.ANSWERED): State.ANSWERED,
}

# Made in `cases`, together with the incident they belong to.
OF_INCIDENTS = frozenset({Outcome.NEW_INCIDENT, Outcome.SAME_INCIDENT})
# "There was nothing" is the end nobody reaches alone.
BY_TWO_PEOPLE = frozenset({Outcome.UNFOUNDED})
# Handed to somebody else: the end is reached when they have taken it, not when we have sent it.
NEEDS_RECEIVER = frozenset({Outcome.SENT_TO_CRIME_AUTHORITY, Outcome.SENT_ELSEWHERE})
FEWEST_CONTACT_ATTEMPTS = 3

STATE_LABELS = {
    State.RECEIVED: "Chưa phân loại",
    State.TRIAGED: "Đang xem xét",
    State.CONCLUDED: "Đã có kết quả",
    State.ANSWERED: "Đã trả lời người báo tin",
}
OUTCOME_LABELS = {
    Outcome.NEW_INCIDENT: "Sự việc mới",
    Outcome.SAME_INCIDENT: "Sự việc đã biết",
    Outcome.SENT_TO_CRIME_AUTHORITY: "Có dấu hiệu tội phạm, đã chuyển cơ quan điều tra",
    Outcome.SENT_ELSEWHERE: "Đã chuyển nơi khác, nơi đó đã nhận",
    Outcome.NOT_DV: "Không phải bạo lực gia đình",
    Outcome.NO_CONTACT_POSSIBLE: "Không liên lạc được, không đủ thông tin",
    Outcome.UNFOUNDED: "Không có căn cứ (hai người xác nhận)",
}
STEP_LABELS = {
    Step.GRADED: "Ghi nhận đang xem xét",
    Step.PROPOSED: "Đề nghị kết luận",
    Step.DECLINED: "Không đồng ý với đề nghị",
    Step.CONCLUDED: "Kết luận",
    Step.ANSWERED: "Trả lời người báo tin",
}


def after(state: State, step: Step) -> State | None:
    """Return the state a step leads to, or None where it may not be taken."""
    return _MOVES.get((state, step))


def is_open(state: State) -> bool:
    return state in OPEN_STATES


def balance(states: Iterable[State]) -> tuple[int, int]:
    """Count the reports that have ended and those still open; together they are all that came in."""
    seen = list(states)
    still_open = sum(is_open(state) for state in seen)
    return len(seen) - still_open, still_open


class PublicStatus(StrEnum):
    """What the holder of a receipt reads: nothing that betrays what the page is about."""

    RECEIVED = "received"
    SEEN = "seen"
    HELPING = "helping"
    DONE = "done"


PUBLIC_STATUS_LABELS = {
    PublicStatus.RECEIVED: "Đã nhận",
    PublicStatus.SEEN: "Đã có người xem",
    PublicStatus.HELPING: "Đang giúp",
    PublicStatus.DONE: "Xong",
}


def public_status(state: State, outcome: Outcome | None, *, is_opened: bool) -> PublicStatus:
    """Say plainly where a report stands. Help goes on after triage, so an incident is not "done"."""
    if state in CLOSED_STATES:
        return PublicStatus.HELPING if outcome in OF_INCIDENTS else PublicStatus.DONE
    if state == State.TRIAGED:
        return PublicStatus.HELPING
    return PublicStatus.SEEN if is_opened else PublicStatus.RECEIVED
