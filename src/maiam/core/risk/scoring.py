"""Scores a set of answers: what it is at least, what it may be, the level, and why in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from maiam.core.risk.instrument import NO, REFUSED, UNKNOWN, YES, Instrument, Question
from maiam.core.risk.levels import Level, Scale, higher

_OPEN = frozenset({UNKNOWN, REFUSED})
_PLAIN = frozenset({YES, NO}) | _OPEN


class AnswerNotKnownError(ValueError):
    """An answer, or a question, that this version of the instrument does not have."""


@dataclass(frozen=True)
class ScaleScore:
    """What the answers give on one scale: for certain, and at most if every open answer were yes."""

    scale: Scale
    least: int
    most: int
    level: Level


@dataclass(frozen=True)
class Reason:
    """One answer that raised the level, in words for people."""

    code: str
    why: str
    grave: int
    repeat: int
    is_critical: bool
    is_expert_setting: bool


@dataclass(frozen=True)
class Assessment:
    """The result: both scales, the level they and the critical answers give, the reasons, what nobody knows yet."""

    scores: tuple[ScaleScore, ScaleScore]
    level: Level
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]

    @property
    def critical(self) -> list[Reason]:
        return [reason for reason in self.reasons if reason.is_critical]


def assess(instrument: Instrument, answers: Mapping[str, str]) -> Assessment:
    """Score answers by question code; a question without one counts as unknown.

    Raises `AnswerNotKnownError`.
    """
    given = _checked(instrument, answers)
    unknown = tuple(question.code for question in instrument.questions if given[question.code] in _OPEN)
    scores = (_score(instrument, given, Scale.GRAVE), _score(instrument, given, Scale.REPEAT))
    reasons = tuple(_reason(question, given[question.code]) for question in _speaking(instrument, given))
    level = higher(*(score.level for score in scores))
    if any(reason.is_critical for reason in reasons):
        level = higher(level, instrument.critical_level)
    return Assessment(scores, level, tuple(sorted(reasons, key=_weight)), unknown)


def _checked(instrument: Instrument, answers: Mapping[str, str]) -> dict[str, str]:
    known = {question.code: _answers_of(question) for question in instrument.questions}
    for code, answer in answers.items():
        if answer not in known.get(code, ()):
            raise AnswerNotKnownError(f"{code}: {answer}")
    return {code: answers.get(code, UNKNOWN) for code in known}


def _answers_of(question: Question) -> frozenset[str]:
    return frozenset(choice.code for choice in question.choices) | _OPEN if question.choices else _PLAIN


def _score(instrument: Instrument, given: Mapping[str, str], scale: Scale) -> ScaleScore:
    """Read the level from the certain score; where much is unknown, from the middle of what the score may be."""
    least = sum(question.points(given[question.code], scale) for question in instrument.questions)
    open_ = [question for question in instrument.questions if given[question.code] in _OPEN]
    most = least + sum(question.most(scale) for question in open_)
    counted = [question for question in open_ if question.most(scale)]
    read_at = least + -(-(most - least) // 2) if len(counted) > instrument.most_unknown else least
    return ScaleScore(scale, least, most, instrument.levels[scale].level_of(read_at))


def _speaking(instrument: Instrument, given: Mapping[str, str]) -> list[Question]:
    """The questions whose answers say something: a yes, or a choice with points."""
    return [
        question
        for question in instrument.questions
        if given[question.code] == YES or any(question.points(given[question.code], scale) for scale in Scale)
    ]


def _reason(question: Question, answer: str) -> Reason:
    return Reason(
        code=question.code,
        why=question.why,
        grave=question.points(answer, Scale.GRAVE),
        repeat=question.points(answer, Scale.REPEAT),
        is_critical=question.is_critical(answer),
        is_expert_setting=question.is_expert_setting,
    )


def _weight(reason: Reason) -> tuple[bool, int, str]:
    return (not reason.is_critical, -(reason.grave + reason.repeat), reason.code)
