"""Where a message to a person stands, and when a machine tries again. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Waiting to leave; left; arrived, says the gateway; in a colleague's hands; told by one; no longer needed."""

    WAITING = "waiting"
    SENT = "sent"
    DELIVERED = "delivered"
    BY_PERSON = "by_person"
    TOLD = "told"
    DROPPED = "dropped"


STATE_LABELS = {
    State.WAITING: "Chờ gửi",
    State.SENT: "Đã gửi",
    State.DELIVERED: "Đã đến máy",
    State.BY_PERSON: "Cần người báo",
    State.TOLD: "Đã báo",
    State.DROPPED: "Thôi không báo",
}
STATE_COLOURS = {
    State.WAITING: "amber",
    State.SENT: "green",
    State.DELIVERED: "green",
    State.BY_PERSON: "red",
    State.TOLD: "green",
    State.DROPPED: "grey",
}
OPEN = frozenset({State.WAITING, State.BY_PERSON})


class Result(StrEnum):
    """How one attempt went."""

    SENT = "sent"
    DELIVERED = "delivered"
    LOST = "lost"
    REFUSED = "refused"
    FAILED = "failed"
    TOLD = "told"
    NOT_REACHED = "not_reached"
    NUMBER_SHOWN = "number_shown"


RESULT_LABELS = {
    Result.SENT: "Đã gửi đi",
    Result.DELIVERED: "Đã đến máy",
    Result.LOST: "Không đến được",
    Result.REFUSED: "Không được gửi",
    Result.FAILED: "Máy không nhận",
    Result.TOLD: "Đã báo được",
    Result.NOT_REACHED: "Chưa báo được",
    Result.NUMBER_SHOWN: "Đã mở số để gọi",
}

# How long a message is worth sending, and how long a machine that failed is left alone before the next try.
WORTH = timedelta(hours=48)
_WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))


def next_try_at(failures: int, now: datetime) -> datetime | None:
    """When to try again after so many failures; None once a colleague must do it."""
    return now + _WAITS[failures - 1] if failures <= len(_WAITS) else None


class Fate(StrEnum):
    """What a gateway says became of a message it had taken."""

    DELIVERED = "delivered"
    FAILED = "failed"


def after(state: State, fate: Fate, *, was_lost: bool) -> State | None:
    """The state a gateway's word leads to; None where nothing changes. `was_lost`: it had said "failed" before.

    Arrived is the last word: networks try again by themselves, and say "failed" before "delivered", or late.
    """
    if fate is Fate.DELIVERED:
        return State.DELIVERED if state is State.SENT or (state is State.BY_PERSON and was_lost) else None
    return State.BY_PERSON if state is State.SENT else None
