"""What a person may ask of what is held about them, how long the law gives, and who may move a request where. Pure."""

from enum import StrEnum

from maiam.core.law.codes.personal_data import RefusalGround, refusal_grounds
from maiam.core.law.limits import TimeLimit, time_limit


class Right(StrEnum):
    SEE = "see"
    CORRECT = "correct"
    RESTRICT = "restrict"
    LIFT = "lift"
    WITHDRAW = "withdraw"
    ERASE = "erase"


RIGHT_LABELS = {
    Right.SEE: "Xem, nhận bản sao thông tin về mình",
    Right.CORRECT: "Sửa thông tin sai",
    Right.RESTRICT: "Hạn chế sử dụng thông tin",
    Right.LIFT: "Thôi hạn chế, cho dùng lại thông tin",
    Right.WITHDRAW: "Rút lại sự đồng ý",
    Right.ERASE: "Xóa thông tin",
}
# The first answer has its own clock; the work itself the one of the right (deadlines.yaml).
FIRST_ANSWER = "PD_REQUEST_ACK"
_LIMITS = {
    Right.SEE: "PD_ACCESS",
    Right.CORRECT: "PD_ACCESS",
    Right.RESTRICT: "PD_WITHDRAW",
    Right.LIFT: "PD_WITHDRAW",
    Right.WITHDRAW: "PD_WITHDRAW",
    Right.ERASE: "PD_ERASE",
}


def limit_of(right: Right) -> TimeLimit:
    """The time the law gives for what is asked."""
    return time_limit(_LIMITS[right])


class Asker(StrEnum):
    PERSON = "person"
    REPRESENTATIVE = "representative"


ASKER_LABELS = {
    Asker.PERSON: "Chính người đó",
    Asker.REPRESENTATIVE: "Người đại diện theo pháp luật (cha, mẹ, người giám hộ)",
}


class Shown(StrEnum):
    """By what the officer saw who asks. Without one of these, nothing is taken down."""

    IDENTITY_CARD = "identity_card"
    VNEID = "vneid"
    PASSPORT = "passport"


SHOWN_LABELS = {
    Shown.IDENTITY_CARD: "Xem thẻ căn cước",
    Shown.VNEID: "Xem trên VNeID",
    Shown.PASSPORT: "Xem hộ chiếu",
}


class State(StrEnum):
    RECEIVED = "received"
    IN_WORK = "in_work"
    PROPOSED = "proposed"
    APPROVED = "approved"
    DONE = "done"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


STATE_LABELS = {
    State.RECEIVED: "Chờ trả lời lần đầu",
    State.IN_WORK: "Đang làm",
    State.PROPOSED: "Chờ Chủ tịch xã đồng ý xóa",
    State.APPROVED: "Đang xóa",
    State.DONE: "Đã làm xong",
    State.REFUSED: "Đã từ chối",
    State.TAKEN_BACK: "Người yêu cầu đã rút lại",
}
STATE_COLOURS = {
    State.RECEIVED: "amber",
    State.IN_WORK: "blue",
    State.PROPOSED: "amber",
    State.APPROVED: "blue",
    State.DONE: "green",
    State.REFUSED: "red",
    State.TAKEN_BACK: "grey",
}
OPEN = frozenset({State.RECEIVED, State.IN_WORK, State.PROPOSED, State.APPROVED})


class Act(StrEnum):
    ASK = "asked"
    FIRST_ANSWER = "first_answered"
    PROPOSE = "proposed"
    APPROVE = "approved"
    SEND_BACK = "sent_back"
    HOLD = "held"
    FINISH = "finished"
    REFUSE = "refused"
    TAKE_BACK = "taken_back"


ACT_LABELS = {
    Act.ASK: "Ghi nhận yêu cầu",
    Act.FIRST_ANSWER: "Trả lời lần đầu",
    Act.PROPOSE: "Đề nghị xóa",
    Act.APPROVE: "Chủ tịch xã đồng ý xóa",
    Act.SEND_BACK: "Chủ tịch xã chưa đồng ý, trả lại",
    Act.HOLD: "Chưa xóa được: có việc phải giữ lại",
    Act.FINISH: "Làm xong",
    Act.REFUSE: "Từ chối",
    Act.TAKE_BACK: "Người yêu cầu rút lại",
}


class Told(StrEnum):
    """How whoever asked hears of an answer."""

    HERE = "here"
    BY_RULE = "by_rule"


TOLD_LABELS = {
    Told.HERE: "Đang ở đây, đã nói trực tiếp",
    Told.BY_RULE: "Báo sau, theo lời dặn của người ấy",
}
# What whoever asked hears of.
HEARD = frozenset({Act.FIRST_ANSWER, Act.FINISH, Act.REFUSE})
_AT_WORK = (State.RECEIVED, State.IN_WORK)
_MOVES = {
    (State.RECEIVED, Act.FIRST_ANSWER): State.IN_WORK,
    (State.PROPOSED, Act.APPROVE): State.APPROVED,
    (State.PROPOSED, Act.SEND_BACK): State.IN_WORK,
    (State.APPROVED, Act.HOLD): State.IN_WORK,
    (State.APPROVED, Act.FINISH): State.DONE,
    (State.PROPOSED, Act.TAKE_BACK): State.TAKEN_BACK,
} | {
    (state, act): after
    for state in _AT_WORK
    for act, after in {
        Act.PROPOSE: State.PROPOSED,
        Act.FINISH: State.DONE,
        Act.REFUSE: State.REFUSED,
        Act.TAKE_BACK: State.TAKEN_BACK,
    }.items()
}


def after(right: Right, state: State, act: Act) -> State | None:
    """The state an act leads to; None where it may not be done. Only an erasure is proposed, and never done alone."""
    if act is Act.PROPOSE and right is not Right.ERASE:
        return None
    if right is Right.ERASE and act is Act.FINISH and state is not State.APPROVED:
        return None
    return _MOVES.get((state, act))


class Ground(StrEnum):
    """Why a request is refused; its words and article stand in refusal_grounds.yaml."""

    KEPT_BY_LAW = "kept_by_law"
    WITHOUT_CONSENT = "without_consent"
    OF_OTHERS = "of_others"
    NOT_ENTITLED = "not_entitled"
    NOTHING_HELD = "nothing_held"

    @property
    def text(self) -> RefusalGround:
        return refusal_grounds()[self]


class Hold(StrEnum):
    """Why what is held may not be erased now."""

    KEPT_BY_LAW = "kept_by_law"
    OPEN_CHANGE = "open_change"
    OPEN_REQUEST = "open_request"


HOLD_LABELS = {
    Hold.KEPT_BY_LAW: "Có hồ sơ mà pháp luật buộc giữ.",
    Hold.OPEN_CHANGE: "Có đề nghị sửa sổ về người này chưa trả lời xong.",
    Hold.OPEN_REQUEST: "Người này còn yêu cầu khác về thông tin của mình chưa xong.",
}
