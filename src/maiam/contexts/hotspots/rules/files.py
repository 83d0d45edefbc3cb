"""A hot-spot file: what is done about a place, and whether it has cooled."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from maiam.core.science.cooling import Ratio

FIRST_REVIEW_DAYS, NEXT_REVIEW_DAYS = 14, 28
# Before so many days have passed since something was done, and so few cases are known, nobody can say.
FEWEST_DAYS_AFTER = 14
MOST_LIKE = 10
# With fewer cases before, places tell nothing of how things went elsewhere.
FEWEST_ALIKE = 5


class Beside(StrEnum):
    """What a hot spot is held against: communes like it, else all others, else what is usual for itself."""

    ALIKE = "alike"
    REST = "rest"
    USUAL = "usual"


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


STATE_LABELS = {State.OPEN: "Đang làm", State.CLOSED: "Đã kết thúc"}


class ActionKind(StrEnum):
    PATROL = "patrol"
    VISITS = "visits"
    CAMPAIGN = "campaign"
    TRAINING = "training"
    OTHER = "other"


ACTION_LABELS = {
    ActionKind.PATROL: "Đội phản ứng nhanh đi tuần",
    ActionKind.VISITS: "Đến thăm từng hộ",
    ActionKind.CAMPAIGN: "Tuyên truyền tại chỗ",
    ActionKind.TRAINING: "Tập huấn cán bộ, cộng tác viên",
    ActionKind.OTHER: "Việc khác",
}


class Cooled(StrEnum):
    """The answer to "has it cooled?"."""

    YES = "yes"
    FALLING = "falling"
    NO = "no"
    TOO_EARLY = "too_early"


COOLED_LABELS = {
    Cooled.YES: "Đã nguội",
    Cooled.FALLING: "Đang giảm, chưa chắc chắn",
    Cooled.NO: "Chưa nguội",
    Cooled.TOO_EARLY: "Chưa đủ số liệu để nói",
}


BESIDE_LABELS = {
    Beside.ALIKE: "các xã tương tự trong cùng thời gian",
    Beside.REST: "các xã khác của tỉnh trong cùng thời gian",
    Beside.USUAL: "mức bình thường của chính nơi này (các xã khác có quá ít vụ để so)",
}


@dataclass(frozen=True)
class Counted:
    """Cases before and after, here, next door and in the communes compared with; and what is usual here."""

    days_before: int
    days_after: int
    inside: tuple[int, int]
    beside: tuple[int, int]
    alike: tuple[int, int]
    usual: tuple[float, float]
    dispersion: float
    held_against: Beside


def answer(counted: Counted, change: Ratio, level: Ratio) -> Cooled:
    """Cooled: surely less than before, beyond what places like it did, and not above its own usual level.

    `change` holds the place against communes like it; `level` holds what came after against what is usual here. A place
    chosen because it was high falls by itself, so the first alone proves nothing.
    """
    if counted.days_after < FEWEST_DAYS_AFTER or not sum(counted.inside) or math.isnan(change.value):
        return Cooled.TOO_EARLY
    if change.high < 1 and level.low <= 1:
        return Cooled.YES
    return Cooled.FALLING if change.value < 1 and level.low <= 1 else Cooled.NO


def first_review_on(opened_on: date) -> date:
    return opened_on + timedelta(days=FIRST_REVIEW_DAYS)


def next_review_on(held_on: date) -> date:
    return held_on + timedelta(days=NEXT_REVIEW_DAYS)


def place_of(owner_commune: int | None, communes: Sequence[int]) -> int:
    """Where a duty at a hot spot belongs: in its owner's commune; of an owner at the province, in its first one."""
    return communes[0] if owner_commune is None else owner_commune
