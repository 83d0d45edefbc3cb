"""What becomes of a hand-over to another commune. Pure."""

from enum import StrEnum


class Answer(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ANSWER_LABELS = {
    Answer.WAITING: "Chờ xã mới nhận",
    Answer.TAKEN: "Xã mới đã nhận",
    Answer.DECLINED: "Xã mới không nhận",
    Answer.WITHDRAWN: "Đã rút lại",
}
