"""Where an import stands, what may be answered, and how long its file is kept."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from maiam.core.law.retention import life_of

# A list of people lies here no longer than it takes to settle it, and to undo it.
KEPT_FOR = life_of("IMPORTED_LIST")


class State(StrEnum):
    UPLOADED = "uploaded"
    REFUSED = "refused"
    COLUMNS = "columns"
    CHECKING = "checking"
    CHECKED = "checked"
    TAKING = "taking"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    DROPPED = "dropped"
    GONE = "gone"


STATE_LABELS = {
    State.UPLOADED: "Đang mở tệp",
    State.REFUSED: "Không nhận được tệp",
    State.COLUMNS: "Chờ xác nhận cột",
    State.CHECKING: "Đang xem từng dòng",
    State.CHECKED: "Xem xong, chờ bạn quyết định",
    State.TAKING: "Đang đưa vào sổ",
    State.DONE: "Đã đưa vào sổ",
    State.UNDOING: "Đang rút lại",
    State.UNDONE: "Đã rút lại cả lần nhập",
    State.DROPPED: "Đã bỏ",
    State.GONE: "Đã xóa tệp",
}
BUSY = frozenset({State.UPLOADED, State.CHECKING, State.TAKING, State.UNDOING})
# A household may be answered about while the list has been seen and nothing is written.
MAY_SETTLE = frozenset({State.COLUMNS, State.CHECKED})


class Answer(StrEnum):
    """What is decided of one row, or of a household by its first row."""

    TAKE = "take"
    LEAVE = "leave"
    SAME = "same"
    NEW = "new"


# Whoever answers this about a household has chosen it by that.
CHOOSES = frozenset({Answer.TAKE, Answer.SAME, Answer.NEW})
ANSWER_LABELS = {
    Answer.SAME: "Là người, hộ đã có trong sổ",
    Answer.NEW: "Là người, hộ khác, thêm mới",
    Answer.LEAVE: "Không lấy dòng này",
}
CHOICES_OF_HOME = {
    "": "Theo lựa chọn chung",
    Answer.TAKE: "Chọn lấy",
    Answer.LEAVE: "Không lấy",
}
# Asked only of a home that looks like one of the register.
CHOICES_OF_DOUBLE = {
    Answer.SAME: "Là hộ đã có trong sổ",
    Answer.NEW: "Là hộ khác, thêm mới",
}


def can_undo(done_at: datetime | None, now: datetime) -> bool:
    return done_at is not None and now < done_at + KEPT_FOR


def short_code(import_id: UUID) -> str:
    """Six letters that tell one import from another, for the codes of households that had none."""
    return import_id.hex[-6:].upper()
