"""Where a preview stands and who may move it, what becomes of each of its lines, which periods may be set. Pure."""

from enum import StrEnum

from maiam.contexts.rights.rules import Hold as PersonHold

LEAST_MONTHS, MOST_MONTHS = 1, 1200
LINES_AT_ONCE = 2000
LINES_A_STEP = 25


class Kind(StrEnum):
    """What two people agree to empty; each is a row of retention.yaml."""

    PERSON_REST = "PERSON_REST"
    PERSON_ERASE = "PERSON_ERASE"
    CHANGE_ENDED = "CHANGE_ENDED"
    RIGHTS_ENDED = "RIGHTS_ENDED"
    SURVEY_DRAFT = "SURVEY_DRAFT"


class State(StrEnum):
    MADE = "made"
    PROPOSED = "proposed"
    APPROVED = "approved"
    DONE = "done"
    SENT_BACK = "sent_back"
    REPLACED = "replaced"


STATE_LABELS = {
    State.MADE: "Chờ xem và đề nghị",
    State.PROPOSED: "Chờ người thứ hai đồng ý",
    State.APPROVED: "Đang làm",
    State.DONE: "Đã làm xong",
    State.SENT_BACK: "Chưa đồng ý",
    State.REPLACED: "Đã có bản mới hơn",
}
STATE_COLOURS = {
    State.MADE: "amber",
    State.PROPOSED: "amber",
    State.APPROVED: "blue",
    State.DONE: "green",
    State.SENT_BACK: "red",
    State.REPLACED: "grey",
}
OPEN = frozenset({State.MADE, State.PROPOSED, State.APPROVED})
# What somebody is looking at is not replaced under their eyes.
FIXED = frozenset({State.PROPOSED, State.APPROVED})


class Fate(StrEnum):
    """What becomes of one line."""

    WAITING = "waiting"
    HELD = "held"
    DONE = "done"
    NOT_DUE = "not_due"


FATE_LABELS = {
    Fate.WAITING: "Đến hạn",
    Fate.HELD: "Giữ lại vì có việc chưa xong",
    Fate.DONE: "Đã làm",
    Fate.NOT_DUE: "Không còn đến hạn",
}


class Hold(StrEnum):
    """Why something stays although its time is over."""

    KEPT_BY_LAW = PersonHold.KEPT_BY_LAW
    OPEN_CHANGE = PersonHold.OPEN_CHANGE
    OPEN_REQUEST = PersonHold.OPEN_REQUEST
    OPEN_DUTY = "open_duty"
    LIST_AT_WORK = "list_at_work"


HOLD_LABELS = {
    Hold.KEPT_BY_LAW: "Có hồ sơ mà pháp luật buộc giữ",
    Hold.OPEN_CHANGE: "Có đề nghị sửa sổ chưa trả lời",
    Hold.OPEN_REQUEST: "Có yêu cầu của người dân chưa xong",
    Hold.OPEN_DUTY: "Có việc còn hạn phải làm",
    Hold.LIST_AT_WORK: "Lúc ấy đang làm việc với một danh sách của xã",
}


def is_period(months: int) -> bool:
    return LEAST_MONTHS <= months <= MOST_MONTHS
