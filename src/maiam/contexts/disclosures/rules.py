"""Where a file for a court stands, what never goes into it and why, and whether a secret slipped in. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from maiam.core.text import fold


class State(StrEnum):
    ASKED = "asked"
    ISSUED = "issued"
    DECLINED = "declined"


STATE_LABELS = {State.ASKED: "Chờ ký", State.ISSUED: "Đã ký, đã cấp số", State.DECLINED: "Không cấp"}
STATE_COLOURS = {State.ASKED: "amber", State.ISSUED: "green", State.DECLINED: "grey"}


class Secret(StrEnum):
    """What never leaves, each with its own reason on the paper."""

    REPORTERS = "reporters"
    SAFE_CONTACT = "safe_contact"
    REFUGES = "refuges"
    HOME = "home"
    WORDS = "words"
    PLANS = "plans"
    THIRD_PEOPLE = "third_people"
    RISK_ANSWERS = "risk_answers"


LEFT_OUT = {
    Secret.REPORTERS: ("Người báo tin", "giữ kín người báo tin, để không ai bị trả thù"),
    Secret.SAFE_CONTACT: ("Số điện thoại, giờ, lời dặn liên lạc của người được bảo vệ", "lộ ra thì không còn an toàn"),
    Secret.REFUGES: ("Địa chỉ nơi tạm lánh", "giữ kín nơi tạm lánh"),
    Secret.HOME: ("Nơi ở hiện nay của người được bảo vệ", "văn bản này có thể đến tay người có hành vi bạo lực"),
    Secret.WORDS: (
        "Lời kể, ghi chép khi gặp riêng",
        "người ấy nói riêng với cán bộ; Tòa án có thể nghe trực tiếp, có người hỗ trợ",
    ),
    Secret.PLANS: ("Kế hoạch an toàn, nơi đang giúp đỡ", "chỉ để người ấy tự bảo vệ mình"),
    Secret.THIRD_PEOPLE: (
        "Họ tên người làm chứng, trẻ em có mặt, người giúp đỡ",
        "không phải đương sự của yêu cầu này",
    ),
    Secret.RISK_ANSWERS: ("Câu trả lời khi đánh giá nguy cơ", "chỉ nêu mức, vì câu trả lời là lời kể riêng"),
}
_TOO_SHORT_TO_TELL = 5


@dataclass(frozen=True)
class Kept:
    """One thing that must not stand in the file: what it is, and the words or number themselves."""

    secret: Secret
    words: str


def slipped_in(content: str, kept: Iterable[Kept]) -> list[Secret]:
    """Which secrets stand in a text all the same, marks and spaces aside; nothing too short to mean anything."""
    folded = fold(content)
    digits = "".join(letter for letter in content if letter.isdigit())
    return sorted({one.secret for one in kept if _stands(one.words, folded, digits)})


def _stands(words: str, folded: str, digits: str) -> bool:
    number = "".join(letter for letter in words if letter.isdigit())
    if words.startswith("+") and len(number) >= _TOO_SHORT_TO_TELL:
        return number.removeprefix("84") in digits
    sought = fold(words)
    return len(sought) >= _TOO_SHORT_TO_TELL and sought in folded
