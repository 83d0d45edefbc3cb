"""What a review is about, where it stands, how long its recommendations may take. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    DEATH = "death"
    NEAR_DEATH = "near_death"


KIND_LABELS = {Kind.DEATH: "Có người tử vong", Kind.NEAR_DEATH: "Suýt tử vong"}


class State(StrEnum):
    """Asked by one person, opened by another; closed when it says what was learned."""

    ASKED = "asked"
    DECLINED = "declined"
    OPEN = "open"
    CLOSED = "closed"


STATE_LABELS = {
    State.ASKED: "Chờ người thứ hai đồng ý",
    State.DECLINED: "Không mở",
    State.OPEN: "Đang rà soát",
    State.CLOSED: "Đã kết thúc",
}
STATE_COLOURS = {State.ASKED: "amber", State.DECLINED: "grey", State.OPEN: "blue", State.CLOSED: "green"}

# The terms a recommendation may be given, as rules of house_duties.yaml.
TERMS = {
    "REVIEW_ACT_MONTH": "Trong 30 ngày",
    "REVIEW_ACT_QUARTER": "Trong 90 ngày",
    "REVIEW_ACT_HALF_YEAR": "Trong 180 ngày",
}
