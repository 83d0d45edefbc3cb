"""The states of a referral and of a consent. Pure."""

from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    DONE = "done"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    STOPPED = "stopped"
    REVOKED = "revoked"


STATE_LABELS = {
    State.SENT: "Chờ nơi nhận trả lời",
    State.ACCEPTED: "Đang giúp",
    State.DONE: "Đã giúp xong",
    State.REJECTED: "Nơi nhận không nhận",
    State.LAPSED: "Quá hạn, không trả lời",
    State.STOPPED: "Dừng giữa chừng",
    State.REVOKED: "Đã rút lại",
}
STATE_COLOURS = {
    State.SENT: "amber",
    State.ACCEPTED: "blue",
    State.DONE: "green",
    State.REJECTED: "red",
    State.LAPSED: "red",
    State.STOPPED: "red",
    State.REVOKED: "grey",
}
_NEXT = {
    State.SENT: frozenset({State.ACCEPTED, State.REJECTED, State.LAPSED, State.REVOKED}),
    State.ACCEPTED: frozenset({State.DONE, State.STOPPED, State.REVOKED}),
}
OPEN = frozenset({State.SENT, State.ACCEPTED})
# The need stands as before: the sender chooses another, or says that nobody could meet it.
FAILED = frozenset({State.REJECTED, State.LAPSED, State.STOPPED})
WITH_WORDS = frozenset({State.REJECTED, State.STOPPED, State.DONE, State.REVOKED})


def may_become(now: State, to: State) -> bool:
    return to in _NEXT.get(now, frozenset())


class Ground(StrEnum):
    """Why a person's facts may reach another: her consent, or a ground the law names."""

    CONSENT = "consent"
    EMERGENCY = "emergency"
    CHILD = "child"


GROUND_LABELS = {
    Ground.CONSENT: "Người ấy đồng ý",
    Ground.EMERGENCY: "Khẩn cấp, để cứu tính mạng, sức khỏe",
    Ground.CHILD: "Bảo vệ trẻ em",
}
GROUND_ARTICLES = {
    Ground.CONSENT: "",
    Ground.EMERGENCY: "Law 91 Art. 19(1)(a)",
    Ground.CHILD: "Law on Children",
}


def is_live(*, until: datetime | None, withdrawn_at: datetime | None, now: datetime) -> bool:
    return withdrawn_at is None and (until is None or now < until)
