"""How far a run has come."""

from collections.abc import Sequence
from enum import StrEnum

from maiam.contexts.hotspots.rules.detect import Stage


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


OPEN = frozenset({State.WAITING, State.RUNNING})
STATE_LABELS = {
    State.WAITING: "Đang chờ",
    State.RUNNING: "Đang chạy",
    State.DONE: "Đã xong",
    State.FAILED: "Chưa chạy được",
}
STATE_COLOURS = {State.WAITING: "grey", State.RUNNING: "blue", State.DONE: "green", State.FAILED: "amber"}
STAGES: Sequence[Stage] = tuple(Stage)


def after(stage: Stage) -> Stage | None:
    """The stage that follows; None after the last."""
    place = STAGES.index(stage) + 1
    return STAGES[place] if place < len(STAGES) else None
