"""Rounds of collection: their states, what a household's sheet may be, samples and agreement. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any
from uuid import UUID

from maiam.contexts.surveys.rules.definition import COUNTED, HOUSEHOLD, Definition, Group, Question


class RoundKind(StrEnum):
    EVERY = "every"
    CHANGES = "changes"


ROUND_KIND_LABELS = {
    RoundKind.EVERY: "Hỏi mọi hộ",
    RoundKind.CHANGES: "Chỉ ghi hộ có thay đổi",
}


class RoundState(StrEnum):
    PREPARED = "prepared"
    RUNNING = "running"
    CLOSED = "closed"


ROUND_STATE_LABELS = {
    RoundState.PREPARED: "Đang chuẩn bị",
    RoundState.RUNNING: "Đang thu thập",
    RoundState.CLOSED: "Đã kết thúc",
}
ROUND_STATE_COLOURS = {RoundState.PREPARED: "grey", RoundState.RUNNING: "blue", RoundState.CLOSED: "green"}
# How long collectors have: the house's own duties (house_duties.yaml), no law.
LIMITS = ("SURVEY_COLLECT_WEEK", "SURVEY_COLLECT_HALF_MONTH", "SURVEY_COLLECT_MONTH")
RECHECK_LIMIT = "SURVEY_RECHECK"
MEND_LIMIT = "SURVEY_MEND"


class SheetKind(StrEnum):
    """How a household was done: asked, said to be as before, or not met."""

    ANSWERED = "answered"
    UNCHANGED = "unchanged"
    NOT_MET = "not_met"


SHEET_KIND_LABELS = {
    SheetKind.ANSWERED: "Đã hỏi",
    SheetKind.UNCHANGED: "Không thay đổi",
    SheetKind.NOT_MET: "Chưa gặp được",
}


class WhyNotMet(StrEnum):
    AWAY = "away"
    DECLINED = "declined"
    MOVED = "moved"
    OTHER = "other"


WHY_NOT_MET_LABELS = {
    WhyNotMet.AWAY: "Đi vắng suốt đợt",
    WhyNotMet.DECLINED: "Gia đình chưa muốn trả lời",
    WhyNotMet.MOVED: "Đã chuyển đi nơi khác",
    WhyNotMet.OTHER: "Lý do khác",
}


class Standing(StrEnum):
    """Whether a sheet counts: taken, waiting for a person to choose, or put aside by one."""

    TAKEN = "taken"
    WAITING = "waiting"
    ASIDE = "aside"


class WhyWaiting(StrEnum):
    """Why a sheet was kept beside another instead of taken."""

    STALE = "stale"
    SAME_KEY = "same_key"
    LATE = "late"


WHY_WAITING_LABELS = {
    WhyWaiting.STALE: "Hộ này đã có phiếu mới hơn khi phiếu này gửi đến",
    WhyWaiting.SAME_KEY: "Một lần gửi, hai nội dung khác nhau",
    WhyWaiting.LATE: "Gửi đến sau khi đợt đã kết thúc",
}


def digest(content: Mapping[str, Any]) -> str:
    """A mark of what was sent: the same content gives the same mark, in whatever order it was written."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()


# --- the sample that is asked again


def draw(candidates: Sequence[UUID], *, share: float, seed: int) -> list[UUID]:
    """Draw households to ask again: at least one; the same seed and households give the same draw to anyone."""
    if not candidates:
        return []
    ordered = sorted(candidates)
    wanted = min(len(ordered), max(1, round(len(ordered) * share)))
    return sorted(Random(seed).sample(ordered, wanted))  # noqa: S311 - a sample others can draw again


def comparable(definition: Definition) -> list[tuple[Group, Question]]:
    """What is asked again: of the household, and with answers that can be set side by side."""
    return [
        (group, question)
        for group, question in definition.asked()
        if not group.is_of_members and question.type in COUNTED
    ]


@dataclass(frozen=True)
class Agreement:
    """How far two people's answers agree."""

    agreed: int
    compared: int

    @property
    def share(self) -> float | None:
        return self.agreed / self.compared if self.compared else None


def compare(definition: Definition, first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, bool]:
    """For each question either person answered, whether they heard the same."""
    one, other = first.get(HOUSEHOLD, {}), second.get(HOUSEHOLD, {})
    names = [question.name for _, question in comparable(definition)]
    return {name: _same(one.get(name), other.get(name)) for name in names if name in one or name in other}


def _same(one: Any, other: Any) -> bool:
    return sorted(one) == sorted(other) if isinstance(one, list) and isinstance(other, list) else one == other


def agreement(compared: Sequence[Mapping[str, bool]]) -> Agreement:
    """All households of a sample together."""
    return Agreement(sum(sum(answers.values()) for answers in compared), sum(len(answers) for answers in compared))
