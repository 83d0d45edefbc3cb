"""The states of a no-contact measure (cấm tiếp xúc), and how its decisions travel; the law is `core.law.no_contact`.

An order is in force from its signing (Law Art. 25(3)), served or not: service is recorded beside the state,
addressee by addressee. A longer need is a new order that supersedes, never a changed end.
"""

from datetime import datetime
from enum import StrEnum

from maiam.core.law.no_contact import ADDRESSEES, CancelGround, Ground, may_cancel


class State(StrEnum):
    REQUESTED = "requested"
    REFUSED = "refused"
    # Rows from before what was decided above was asked for; such a decision is an order or an answer like any other.
    ABOVE = "above"
    IN_FORCE = "in_force"
    ENDED = "ended"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


STATE_LABELS = {
    State.REQUESTED: "Chờ quyết định",
    State.REFUSED: "Đã trả lời, không ra quyết định",
    State.ABOVE: "Cấp có thẩm quyền đã quyết định",
    State.IN_FORCE: "Đang có hiệu lực",
    State.ENDED: "Đã hết thời hạn",
    State.CANCELLED: "Đã hủy bỏ",
    State.SUPERSEDED: "Đã thay bằng quyết định mới",
}
STATE_COLOURS = {
    State.REQUESTED: "amber",
    State.REFUSED: "grey",
    State.ABOVE: "blue",
    State.IN_FORCE: "red",
    State.ENDED: "grey",
    State.CANCELLED: "grey",
    State.SUPERSEDED: "grey",
}
STOPPED = frozenset({State.ENDED, State.CANCELLED, State.SUPERSEDED})

_NEXT: dict[State, frozenset[State]] = {
    State.REQUESTED: frozenset({State.IN_FORCE, State.REFUSED}),
    State.IN_FORCE: STOPPED,
    State.REFUSED: frozenset(),
    State.ABOVE: frozenset(),
    **dict.fromkeys(STOPPED, frozenset()),
}


def can_move(current: State, to: State) -> bool:
    return to in _NEXT[current]


class RequestChannel(StrEnum):
    """How a request reached us (Decision 3657/QĐ-BVHTTDL)."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    POST = "post"
    ELECTRONIC = "electronic"
    REPORT = "report"


REQUEST_CHANNEL_LABELS = {
    RequestChannel.IN_PERSON: "Nói trực tiếp",
    RequestChannel.PHONE: "Gọi điện",
    RequestChannel.POST: "Đơn, thư",
    RequestChannel.ELECTRONIC: "Trực tuyến",
    RequestChannel.REPORT: "Trong tin báo",
}


def clock_start(asked_at: datetime, *known_at: datetime) -> datetime:
    """The earliest provable moment we knew of the request, on any channel."""
    return min(asked_at, *known_at) if known_at else asked_at


def to_the_minute(moment: datetime) -> datetime:
    """An order starts in the minute it is signed, and papers print minutes: record and paper say the same."""
    return moment.replace(second=0, microsecond=0)


class Addressee(StrEnum):
    """The four who receive every decision (Art. 25(3))."""

    PERPETRATOR = "perpetrator"
    VICTIM = "victim"
    POLICE_CHIEF = "commune_police_chief"
    VILLAGE_HEAD = "village_or_group_head_of_victims_residence"


ADDRESSEE_LABELS = {Addressee(addressee.code): addressee.label for addressee in ADDRESSEES}


class DeliveryMethod(StrEnum):
    """How a decision reached its addressee."""

    IN_PERSON = "in_person"
    REFUSED_TO_SIGN = "refused_to_sign"
    THROUGH_RELATIVE = "through_relative"
    POSTED = "posted"
    MAIL = "mail"
    ELECTRONIC = "electronic"


DELIVERY_METHOD_LABELS = {
    DeliveryMethod.IN_PERSON: "Giao tận tay, đã ký nhận",
    DeliveryMethod.REFUSED_TO_SIGN: "Giao tận tay, không ký nhận (có biên bản)",
    DeliveryMethod.THROUGH_RELATIVE: "Giao người thân nhận thay",
    DeliveryMethod.POSTED: "Niêm yết",
    DeliveryMethod.MAIL: "Gửi bưu điện",
    DeliveryMethod.ELECTRONIC: "Gửi điện tử",
}


class BreachKind(StrEnum):
    """What the order forbids (Decree 76 Art. 19)."""

    CAME_NEAR = "came_near"
    REMOTE = "remote"


BREACH_KIND_LABELS = {
    BreachKind.CAME_NEAR: "Đến gần, không có tường hoặc vách ngăn",
    BreachKind.REMOTE: "Dùng điện thoại, tin nhắn hoặc phương tiện khác",
}


def cancel_grounds(ground: Ground) -> list[CancelGround]:
    """Which grounds fit an order, in the order of the law."""
    return [reason for reason in CancelGround if may_cancel(ground, reason)]


class Answer(StrEnum):
    """What became of a request to cancel."""

    WAITING = "waiting"
    GRANTED = "granted"
    DECLINED = "declined"
    LAPSED = "lapsed"


ANSWER_LABELS = {
    Answer.WAITING: "Chờ trả lời",
    Answer.GRANTED: "Đã hủy bỏ quyết định",
    Answer.DECLINED: "Đã trả lời, không hủy bỏ",
    Answer.LAPSED: "Quyết định đã hết trước khi trả lời",
}


class RequestOutcome(StrEnum):
    """What a competent authority above decided of a request."""

    ORDERED = "ordered"
    REFUSED = "refused"


REQUEST_OUTCOME_LABELS: dict[str, str] = {
    RequestOutcome.ORDERED: "Ra quyết định cấm tiếp xúc",
    RequestOutcome.REFUSED: "Trả lời bằng văn bản, không ra quyết định",
}


class CancellationOutcome(StrEnum):
    """What it decided of a request to cancel."""

    CANCELLED = "cancelled"
    KEPT = "kept"


CANCELLATION_OUTCOME_LABELS: dict[str, str] = {
    CancellationOutcome.CANCELLED: "Hủy bỏ quyết định cấm tiếp xúc",
    CancellationOutcome.KEPT: "Giữ nguyên quyết định, trả lời bằng văn bản",
}
