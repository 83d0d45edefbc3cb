"""The questions, their points and where these come from, typed and checked at first use."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from maiam.core.risk.levels import Level, Scale

YES, NO, UNKNOWN, REFUSED = "yes", "no", "unknown", "refused"
HERE = Path(__file__).parent


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Entry):
    """The published effect behind a weight; `read` says that the figure was read in the paper itself."""

    odds_ratio: float = Field(gt=0)
    interval: tuple[float, float] | None = None
    paper: str
    read: bool


class Points(Entry):
    grave: int = Field(default=0, ge=0, le=5)
    repeat: int = Field(default=0, ge=0, le=5)

    def on(self, scale: Scale) -> int:
        return self.grave if scale is Scale.GRAVE else self.repeat


class Choice(Points):
    code: str
    vi: str
    critical: bool = False


class Question(Points):
    """Answered yes, no, unknown or refused; or by one of `choices`. `register` names the fact that fills it in."""

    code: str
    group: str
    vi: str
    why: str
    critical: bool = False
    evidence: Evidence | None = None
    register_fact: str = Field(default="", alias="register")
    choices: tuple[Choice, ...] = ()

    @property
    def is_expert_setting(self) -> bool:
        """The weight rests on judgement, or on a figure nobody here has read in its paper."""
        return self.evidence is None or not self.evidence.read

    @property
    def most_grave(self) -> int:
        return self.most(Scale.GRAVE)

    @property
    def most_repeat(self) -> int:
        return self.most(Scale.REPEAT)

    def choice(self, answer: str | None) -> Choice | None:
        """The choice an answer names, None for an open answer and for a question without choices."""
        return next((choice for choice in self.choices if choice.code == answer), None)

    def is_critical(self, answer: str | None) -> bool:
        """Does this answer alone put a case on the critical level?"""
        choice = self.choice(answer)
        return choice.critical if choice else self.critical and answer == YES

    def points(self, answer: str | None, scale: Scale) -> int:
        choice = self.choice(answer)
        if choice:
            return choice.on(scale)
        return self.on(scale) if answer == YES and not self.choices else 0

    def most(self, scale: Scale) -> int:
        """The most points any answer gives."""
        return max((choice.on(scale) for choice in self.choices), default=self.on(scale))


class Group(Entry):
    code: str
    vi: str


class Cuts(Entry):
    """The lowest score of each level above low."""

    medium: int = Field(gt=0)
    high: int
    very_high: int

    @model_validator(mode="after")
    def _rise(self) -> "Cuts":
        if not self.medium < self.high < self.very_high:
            raise ValueError("levels must rise")
        return self

    def level_of(self, score: int) -> Level:
        if score >= self.very_high:
            return Level.VERY_HIGH
        if score >= self.high:
            return Level.HIGH
        return Level.MEDIUM if score >= self.medium else Level.LOW


class Instrument(Entry):
    """One version. A signed assessment names the version it was made with."""

    version: int = Field(ge=1)
    label: str
    in_use_from: date
    approved: bool
    most_unknown: int = Field(ge=0)
    levels: Mapping[Scale, Cuts]
    critical_level: Level
    fresh_breach_days: int | None = Field(default=None, gt=0)
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> "Instrument":
        codes = [question.code for question in self.questions]
        if len(set(codes)) != len(codes):
            raise ValueError("a question stands there twice")
        if {question.group for question in self.questions} != {group.code for group in self.groups}:
            raise ValueError("a group without questions, or a question without its group")
        if set(self.levels) != set(Scale):
            raise ValueError("a scale without cuts")
        return self

    def question(self, code: str) -> Question:
        """Raises `KeyError`."""
        return next((one for one in self.questions if one.code == code), None) or _missing(code)

    def of_group(self, group: str) -> list[Question]:
        return [question for question in self.questions if question.group == group]


def _missing(code: str) -> Question:
    raise KeyError(code)


@cache
def instrument(version: int) -> Instrument:
    """Read one version. Raises `FileNotFoundError` for one we never had."""
    with (HERE / f"instrument_{version}.yaml").open(encoding="utf-8") as file:
        return Instrument.model_validate(yaml.safe_load(file))


@cache
def latest() -> Instrument:
    versions = [int(path.stem.removeprefix("instrument_")) for path in HERE.glob("instrument_*.yaml")]
    return instrument(max(versions))
