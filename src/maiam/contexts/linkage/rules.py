"""The states of a likely double, and the words of its page. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# Below this, more of what is asked would be two people than one.
ASKED_FROM = 0.5


class State(StrEnum):
    OPEN = "open"
    SAME = "same"
    NOT_SAME = "not_same"
    UNDONE = "undone"
    GONE = "gone"


STATE_LABELS = {
    State.OPEN: "Chờ xem",
    State.SAME: "Một người, đã gộp",
    State.NOT_SAME: "Không phải một người",
    State.UNDONE: "Đã tách lại",
    State.GONE: "Không còn giống nhau",
}
STATE_COLOURS = {State.OPEN: "amber", State.SAME: "green"}
STRONG_BITS = 8.0


@dataclass(frozen=True)
class Why:
    """One thing that speaks for or against a pair, in bits of match weight."""

    says: str
    bits: float

    @property
    def is_for(self) -> bool:
        return self.bits > 0

    @property
    def is_in_common(self) -> bool:
        """Whether it says what the two share, and nothing of what sets them apart."""
        return self.says.startswith("cùng ") and "khác" not in self.says

    @property
    def strength(self) -> float:
        """How far its bar reaches, of one."""
        return min(abs(self.bits) / STRONG_BITS, 1.0)

    @property
    def weight_label(self) -> str:
        words = "mạnh" if self.strength > 0.66 else "vừa" if self.strength > 0.25 else "nhẹ"
        return f"{'gợi ý là một người' if self.is_for else 'gợi ý là hai người'}, {words}"


def whys(told: list[dict[str, Any]]) -> list[Why]:
    """What was stored of a pair's reasons, the strongest first; what hardly counts is left out.

    Weights are learnt together, so that something in common may take a little back of what the rest says; told alone
    ("the same sex: two people") that would be nonsense.
    """
    found = [Why(one["says"], one["bits"]) for one in told if abs(one["bits"]) >= 0.5]
    return [why for why in found if why.is_for or not why.is_in_common]
