"""The states of a measure: one machine for every kind; the kind's procedure says which way it goes. Pure.

`ORDERED` and `SERVED` are for measures that bind once everybody they name was served; the others are in force from the
moment they are signed or done, and service is tracked beside the state.
"""

from enum import StrEnum


class State(StrEnum):
    REQUESTED = "requested"
    REFUSED = "refused"
    ABOVE = "above"
    ORDERED = "ordered"
    SERVED = "served"
    IN_FORCE = "in_force"
    ENDED = "ended"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


STATE_LABELS = {
    State.REQUESTED: "Chờ quyết định",
    State.REFUSED: "Đã trả lời, không áp dụng",
    State.ABOVE: "Cấp có thẩm quyền đã quyết định",
    State.ORDERED: "Đã quyết định, đang giao",
    State.SERVED: "Đã giao đủ, chờ thực hiện",
    State.IN_FORCE: "Đang thực hiện",
    State.ENDED: "Đã kết thúc",
    State.CANCELLED: "Đã hủy bỏ",
    State.SUPERSEDED: "Đã thay bằng quyết định mới",
}
STATE_COLOURS = {
    State.REQUESTED: "amber",
    State.REFUSED: "grey",
    State.ABOVE: "blue",
    State.ORDERED: "blue",
    State.SERVED: "blue",
    State.IN_FORCE: "red",
    State.ENDED: "grey",
    State.CANCELLED: "grey",
    State.SUPERSEDED: "grey",
}

STOPPED = frozenset({State.ENDED, State.CANCELLED, State.SUPERSEDED})
FINAL = STOPPED | {State.REFUSED, State.ABOVE}
DECIDED = frozenset({State.ORDERED, State.SERVED, State.IN_FORCE})
LIVE = DECIDED | {State.REQUESTED}

_NEXT: dict[State, frozenset[State]] = {
    State.REQUESTED: frozenset({State.ORDERED, State.IN_FORCE, State.REFUSED, State.ABOVE}),
    State.ORDERED: frozenset({State.SERVED, State.CANCELLED, State.SUPERSEDED}),
    State.SERVED: frozenset({State.IN_FORCE, State.CANCELLED, State.SUPERSEDED}),
    State.IN_FORCE: STOPPED,
    **dict.fromkeys(FINAL, frozenset()),
}


def can_move(current: State, to: State) -> bool:
    return to in _NEXT[current]


class EventKind(StrEnum):
    """What happens while a measure runs, without ending it."""

    SESSION = "session"
    BREACH = "breach"


EVENT_LABELS = {EventKind.SESSION: "Một buổi", EventKind.BREACH: "Không chấp hành"}


class ServiceMethod(StrEnum):
    """How a measure reached somebody it names."""

    IN_PERSON = "in_person"
    REFUSED_TO_SIGN = "refused_to_sign"
    POSTED = "posted"
    MAIL = "mail"
    ELECTRONIC = "electronic"


SERVICE_METHOD_LABELS = {
    ServiceMethod.IN_PERSON: "Giao tận tay, đã ký nhận",
    ServiceMethod.REFUSED_TO_SIGN: "Giao tận tay, không ký nhận (có biên bản)",
    ServiceMethod.POSTED: "Niêm yết",
    ServiceMethod.MAIL: "Gửi bưu điện",
    ServiceMethod.ELECTRONIC: "Gửi điện tử",
}
ADDRESSEE_LABELS = {
    "perpetrator": "Người có hành vi bạo lực",
    "victim": "Người bị bạo lực",
    "commune_chairman": "Chủ tịch UBND xã",
    "commune_police_chief": "Trưởng Công an cấp xã",
    "village_head": "Trưởng thôn, Tổ trưởng tổ dân phố",
    "procuracy": "Viện kiểm sát",
    "bodies_in_plan": "Cơ quan, tổ chức có tên trong quyết định",
    "authority": "Cơ quan có thẩm quyền",
    "requester": "Người đề nghị",
}
# Hand-over of a matter to those who fine or prosecute: one more addressee, who gives a receipt.
AUTHORITY = "authority"
PROTECTED = "victim"
