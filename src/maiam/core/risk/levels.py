"""The two scales and the four levels."""

from enum import StrEnum


class Scale(StrEnum):
    """What is feared: very grave harm or death; or that it happens again."""

    GRAVE = "grave"
    REPEAT = "repeat"


SCALE_LABELS = {Scale.GRAVE: "Nguy cơ bị hại rất nặng", Scale.REPEAT: "Nguy cơ lặp lại"}


class Level(StrEnum):
    """From the lowest. There is no "none"."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


LEVEL_LABELS = {Level.LOW: "Thấp", Level.MEDIUM: "Vừa", Level.HIGH: "Cao", Level.VERY_HIGH: "Rất cao"}


FIRST, ASK_AGAIN = "RISK_FIRST", "RISK_ASK_AGAIN"


def again(level: Level) -> str:
    """The duty to assess again that a level starts: a row of house_duties.yaml."""
    return f"RISK_AGAIN_{level.upper()}"


# Every duty about danger: none of them outlives its case.
LOOK_AGAIN = tuple(again(level) for level in Level)
RISK_DUTIES = (FIRST, ASK_AGAIN, *LOOK_AGAIN)


def higher(*levels: Level) -> Level:
    return max(levels, key=lambda level: level.rank)
