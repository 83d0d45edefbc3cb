"""What may be asked of the register, the states of a request, and what changed since it was asked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# A value as it is kept beside a request: text, number, or a birth as [year, month, day, is approximate].
Value = Any
Values = Mapping[str, Value]


class Kind(StrEnum):
    FACTS = "facts"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    ROLE = "role"
    DEATH = "death"
    NEW_MEMBER = "new_member"


KIND_LABELS = {
    Kind.FACTS: "Sửa thông tin",
    Kind.MOVED_IN: "Chuyển đến một hộ",
    Kind.MOVED_OUT: "Chuyển đi",
    Kind.ROLE: "Sai vai trong hộ",
    Kind.DEATH: "Đã mất",
    Kind.NEW_MEMBER: "Thêm người mới",
}


class Asker(StrEnum):
    """Who wants the change; the post that wrote it down is kept apart."""

    VILLAGE_HEAD = "village_head"
    PERSON = "person"
    GUARDIAN = "guardian"
    RELATIVE = "relative"


ASKER_LABELS = {
    Asker.VILLAGE_HEAD: "Tôi biết rõ việc này",
    Asker.PERSON: "Chính người đó",
    Asker.GUARDIAN: "Cha, mẹ hoặc người giám hộ",
    Asker.RELATIVE: "Người khác trong gia đình",
}


class Shown(StrEnum):
    """How whoever asked showed who they are."""

    KNOWN = "known"
    IDENTITY_CARD = "identity_card"
    VNEID = "vneid"
    PAPER = "paper"
    NOTHING = "nothing"


SHOWN_LABELS = {
    Shown.KNOWN: "Tôi quen biết người đó",
    Shown.IDENTITY_CARD: "Xem thẻ căn cước",
    Shown.VNEID: "Xem trên VNeID",
    Shown.PAPER: "Xem giấy tờ khác",
    Shown.NOTHING: "Chưa xem gì",
}

FIELD_LABELS = {
    "full_name": "Họ và tên",
    "other_names": "Tên khác",
    "sex": "Giới tính",
    "birth": "Ngày sinh",
    "ethnicity": "Dân tộc",
    "phone": "Điện thoại",
    "village_id": "Thôn (bon, buôn, tổ)",
    "identity_number": "Số định danh",
    "home": "Hộ",
    "role": "Là gì trong hộ",
    "on": "Từ ngày",
    "died_on": "Ngày mất",
}
# Of these an officer may take some and leave others; every other kind is one piece.
DIVISIBLE = frozenset({Kind.FACTS})


class State(StrEnum):
    WAITING = "waiting"
    ASKED_BACK = "asked_back"
    APPROVED = "approved"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    State.WAITING: "Chờ cán bộ xã xem",
    State.ASKED_BACK: "Cán bộ hỏi lại",
    State.APPROVED: "Đã sửa vào sổ",
    State.PARTLY: "Đã sửa một phần",
    State.REFUSED: "Chưa sửa",
    State.WITHDRAWN: "Đã rút lại",
}
STATE_COLOURS = {
    State.WAITING: "amber",
    State.ASKED_BACK: "blue",
    State.APPROVED: "green",
    State.PARTLY: "green",
    State.REFUSED: "red",
    State.WITHDRAWN: "grey",
}
OPEN = frozenset({State.WAITING, State.ASKED_BACK})


class Act(StrEnum):
    ASK = "asked"
    ASK_BACK = "asked_back"
    ANSWER = "answered"
    APPROVE = "approved"
    APPROVE_PART = "approved_in_part"
    REFUSE = "refused"
    WITHDRAW = "withdrawn"


ACT_LABELS = {
    Act.ASK: "Đề nghị",
    Act.ASK_BACK: "Hỏi lại",
    Act.ANSWER: "Trả lời thêm",
    Act.APPROVE: "Đồng ý, đã sửa vào sổ",
    Act.APPROVE_PART: "Đồng ý một phần, đã sửa vào sổ",
    Act.REFUSE: "Chưa đồng ý",
    Act.WITHDRAW: "Rút lại đề nghị",
}
_DECISIONS = {Act.APPROVE: State.APPROVED, Act.APPROVE_PART: State.PARTLY, Act.REFUSE: State.REFUSED}
_MOVES = (
    {(state, act): after for state in OPEN for act, after in _DECISIONS.items()}
    | {(state, Act.WITHDRAW): State.WITHDRAWN for state in OPEN}
    | {(State.WAITING, Act.ASK_BACK): State.ASKED_BACK, (State.ASKED_BACK, Act.ANSWER): State.WAITING}
)


def after(state: State, act: Act) -> State | None:
    """The state an act leads to; None where it may not be done."""
    return _MOVES.get((state, act))


def act_of(*, proposed: Values, accepted: frozenset[str]) -> Act:
    """What a decision is called by what it accepts."""
    if not accepted:
        return Act.REFUSE
    return Act.APPROVE if accepted == frozenset(proposed) else Act.APPROVE_PART


def may_accept(kind: Kind, *, proposed: Values, accepted: frozenset[str]) -> bool:
    """Nothing that was not asked; and a move, a death, a birth only whole."""
    if not accepted <= frozenset(proposed):
        return False
    return kind in DIVISIBLE or accepted in (frozenset(), frozenset(proposed))


def differing(asked: Values, known: Values) -> dict[str, Value]:
    """Of the values asked for, those the register does not hold already."""
    return {name: value for name, value in asked.items() if known.get(name) != value}


@dataclass(frozen=True)
class Difference:
    """One value side by side: when it was asked, in the register now, and as it is to be."""

    name: str
    label: str
    before: str
    now: str
    after: str

    @property
    def has_moved(self) -> bool:
        """The register changed since this was asked."""
        return self.before != self.now

    @property
    def is_done(self) -> bool:
        """The register already says so."""
        return self.now == self.after


def limit_for(asker: Asker) -> str:
    """The clock a request starts: the law's for what a person asks of their own, the house's for a village head's."""
    return "CHANGE_DECIDE" if asker is Asker.VILLAGE_HEAD else "PD_ACCESS"
