"""What counts as having reached a person, and what a contact may say. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class How(StrEnum):
    VISIT = "visit"
    OFFICE = "office"
    PHONE = "phone"
    OTHER = "other"


HOW_LABELS = {
    How.VISIT: "Đến gặp",
    How.OFFICE: "Người ấy đến trụ sở",
    How.PHONE: "Gọi điện",
    How.OTHER: "Cách khác",
}


class Reached(StrEnum):
    """Only the first satisfies a follow-up."""

    ALONE = "alone"
    NOT_ALONE = "not_alone"
    NOT_REACHED = "not_reached"


REACHED_LABELS = {
    Reached.ALONE: "Gặp riêng, không có ai nghe",
    Reached.NOT_ALONE: "Gặp, nhưng có người khác ở đó",
    Reached.NOT_REACHED: "Không gặp được",
}


class Safe(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


SAFE_LABELS = {Safe.YES: "Thấy an toàn", Safe.NO: "Không an toàn", Safe.UNKNOWN: "Chưa rõ"}


@dataclass(frozen=True)
class SpokenFor:
    """Who spoke for the person, chosen from the register or typed; empty: nobody did, they spoke themselves."""

    name: str = ""
    person_id: UUID | None = None


def counts(reached: Reached) -> bool:
    """Heard in private: anything else keeps the duty open."""
    return reached is Reached.ALONE
