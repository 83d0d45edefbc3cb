"""What may be shown of a commune's counts. Pure."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from maiam.core.science.suppression import SMALLEST_SHOWN, hidden_cells, is_total_safe


class Shade(StrEnum):
    """How a commune is drawn on the map of punctuality."""

    NO_DUTIES = "no_duties"
    FEW = "few"
    ALL_ON_TIME = "all_on_time"
    SOME_LATE = "some_late"
    MANY_LATE = "many_late"


SHADE_LABELS = {
    Shade.NO_DUTIES: "Chưa có việc nào",
    Shade.FEW: f"Dưới {SMALLEST_SHOWN} việc",
    Shade.ALL_ON_TIME: "Đúng hạn tất cả",
    Shade.SOME_LATE: "Trễ dưới một phần tư",
    Shade.MANY_LATE: "Trễ từ một phần tư",
}
MANY = 0.25


@dataclass(frozen=True)
class Published:
    """Counts as they may leave the system: None where hidden."""

    counts: tuple[int | None, ...]
    total: int | None


def published(counts: list[int]) -> Published:
    """Hide small counts, and the total too where it would give them away."""
    array = np.array(counts, dtype=np.int64)
    hidden = hidden_cells(array)
    shown = tuple(None if is_hidden else int(count) for count, is_hidden in zip(array, hidden, strict=True))
    return Published(shown, int(array.sum()) if is_total_safe(array, hidden) else None)


def shade(*, done: int, late: int) -> Shade:
    """Draw punctuality: the share of closed or overdue duties that were late."""
    if done == 0:
        return Shade.NO_DUTIES
    if done < SMALLEST_SHOWN:
        return Shade.FEW
    if late == 0:
        return Shade.ALL_ON_TIME
    return Shade.MANY_LATE if late / done >= MANY else Shade.SOME_LATE
