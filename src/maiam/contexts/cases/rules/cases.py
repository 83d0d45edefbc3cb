"""The states of a case: our duty to one protected person. Pure."""

import re
from enum import StrEnum

CASE_SERIES = "VV"


class Status(StrEnum):
    NEW = "new"
    ASSESSING = "assessing"
    ACTIVE = "active"
    WATCH = "watch"
    CLOSE_PROPOSED = "close_proposed"
    CLOSED = "closed"


STATUS_LABELS = {
    Status.NEW: "Mới mở",
    Status.ASSESSING: "Đang đánh giá",
    Status.ACTIVE: "Đang hỗ trợ",
    Status.WATCH: "Đang theo dõi",
    Status.CLOSE_PROPOSED: "Đề nghị kết thúc",
    Status.CLOSED: "Đã kết thúc",
}
STATUS_COLOURS = {
    Status.NEW: "red",
    Status.ASSESSING: "amber",
    Status.ACTIVE: "blue",
    Status.WATCH: "purple",
    Status.CLOSE_PROPOSED: "grey",
    Status.CLOSED: "grey",
}

_NEXT: dict[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.ASSESSING}),
    Status.ASSESSING: frozenset({Status.ACTIVE}),
    Status.ACTIVE: frozenset({Status.WATCH}),
    Status.WATCH: frozenset({Status.ACTIVE, Status.CLOSE_PROPOSED}),
    Status.CLOSE_PROPOSED: frozenset({Status.CLOSED, Status.WATCH}),
    Status.CLOSED: frozenset({Status.ASSESSING}),
}
# Where the page says what the end still waits for.
NEAR_ITS_END = frozenset({Status.WATCH, Status.CLOSE_PROPOSED})
# Ending and re-opening are explained in writing; the rest speaks for itself.
_WITH_REASON = frozenset({Status.CLOSE_PROPOSED, Status.CLOSED})


def next_statuses(current: Status) -> list[Status]:
    """Where a case may go from here, in reading order."""
    return [status for status in Status if status in _NEXT[current]]


def needs_reason(current: Status, to: Status) -> bool:
    return to in _WITH_REASON or current in _WITH_REASON


def may_close(*, proposed_by: int | None, closing: int | None) -> bool:
    """Ending a case takes two different people."""
    return closing is not None and closing != proposed_by


def code(*, year: int, number: int) -> str:
    """Name a case without telling what it is about."""
    return f"{CASE_SERIES}-{year}-{number:04d}"


def read_code(text: str) -> tuple[int | None, int] | None:
    """Read a code, or its number alone, as people type them; None when it is neither."""
    found = re.fullmatch(r"(?:vv)?[\s\-]*(?:(\d{4})[\s\-]+)?0*(\d{1,9})", text.strip(), re.IGNORECASE)
    return (int(found[1]) if found[1] else None, int(found[2])) if found else None
