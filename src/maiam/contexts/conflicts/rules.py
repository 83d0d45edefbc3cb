"""How near is too near, why people break the glass, and what reviewers find. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from maiam.core.law.codes.conflicts import Nearness, nearness
from maiam.platform.access.policy import Role

Person = TypeVar("Person")

GLASS_LASTS = timedelta(minutes=60)
FEWEST_WORDS = 20


class Reason(StrEnum):
    """Why a matter is closed to somebody."""

    SELF = "self"
    KIN = "kin"
    HOUSEHOLD = "household"
    DECLARED = "declared"


REASON_LABELS = {
    Reason.SELF: "Chính là người trong vụ việc",
    Reason.KIN: "Người thân trong phạm vi đã đặt",
    Reason.HOUSEHOLD: "Cùng hộ",
    Reason.DECLARED: "Đã khai có liên quan",
}


class Why(StrEnum):
    """Why somebody declares that they must not deal with a matter."""

    RELATED = "related"
    FRIEND = "friend"
    DEBT = "debt"
    DISPUTE = "dispute"
    SUPERIOR = "superior"
    OTHER = "other"


WHY_LABELS = {
    Why.RELATED: "Họ hàng, thông gia (kể cả xa)",
    Why.FRIEND: "Bạn thân, hàng xóm thân thiết",
    Why.DEBT: "Vay mượn, làm ăn với nhau",
    Why.DISPUTE: "Đang có mâu thuẫn, tranh chấp",
    Why.SUPERIOR: "Cấp trên hoặc cấp dưới trực tiếp",
    Why.OTHER: "Lý do khác",
}


class Emergency(StrEnum):
    """Why somebody must read a case that is not theirs, now."""

    LIFE = "life"
    ON_DUTY = "on_duty"
    MOVED_HERE = "moved_here"
    COURT = "court"


EMERGENCY_LABELS = {
    Emergency.LIFE: "Có người đang bị đe dọa tính mạng, sức khỏe",
    Emergency.ON_DUTY: "Trực ngoài giờ, người phụ trách không liên lạc được",
    Emergency.MOVED_HERE: "Người được bảo vệ đang ở xã tôi, cần giúp ngay",
    Emergency.COURT: "Tòa án, cơ quan điều tra cần trả lời ngay",
}


class Finding(StrEnum):
    """What the reviewer found."""

    JUSTIFIED = "justified"
    DOUBTFUL = "doubtful"
    UNJUSTIFIED = "unjustified"


FINDING_LABELS = {
    Finding.JUSTIFIED: "Đúng lý do",
    Finding.DOUBTFUL: "Chưa rõ, cần hỏi thêm",
    Finding.UNJUSTIFIED: "Không đúng lý do",
}


class Probe(StrEnum):
    """How somebody came upon a matter closed to them."""

    SEARCH = "search"
    ADDRESS = "address"


PROBE_LABELS = {Probe.SEARCH: "Tìm kiếm", Probe.ADDRESS: "Mở thẳng địa chỉ"}


# Where a matter goes when nobody free sits in the seat it belongs to (conflicts.yaml).
SEATS_INSTEAD = {Role(seat.role): tuple(Role(role) for role in seat.then) for seat in nearness().seats_instead}
SEATS_ABOVE = tuple(Role(role) for role in nearness().seats_above)


@dataclass(frozen=True)
class Reach:
    """How far a walk through the kin has come."""

    degree: int = 0
    marriages: int = 0

    def then(self, other: "Reach", nearness: Nearness) -> "Reach | None":
        """One relation further; None where that is too far."""
        further = Reach(self.degree + other.degree, self.marriages + other.marriages)
        if further.degree > nearness.degree or further.marriages > 1:
            return None
        is_through_marriage = further.marriages > 0 and (self.marriages > 0 or self.degree > 0 or other.degree > 0)
        return None if is_through_marriage and not nearness.in_laws else further


def kin_of(
    person: Person, relatives: Callable[[Person], Iterable[tuple[Person, str]]], nearness: Nearness
) -> frozenset[Person]:
    """Everyone within reach of a person, by "X is my RELATION" told for each; circles of kin end the walk."""
    steps = {step.relation: Reach(step.degree, step.marriages) for step in nearness.steps}
    reached = {(person, Reach())}
    waiting = [(person, Reach())]
    while waiting:
        near, so_far = waiting.pop()
        for other, relation in relatives(near):
            further = so_far.then(steps[relation], nearness) if relation in steps else None
            if further is not None and (other, further) not in reached:
                reached.add((other, further))
                waiting.append((other, further))
    return frozenset(found for found, _ in reached) - {person}
