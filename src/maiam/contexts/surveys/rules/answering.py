"""Answers against a questionnaire: which questions are asked, what is wrong, what looks odd. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maiam.contexts.surveys.rules.definition import (
    HOUSEHOLD,
    MEMBERS,
    Definition,
    Group,
    Question,
    QuestionType,
    expression,
)
from maiam.contexts.surveys.rules.expressions import Scene

Answers = Mapping[str, Any]
MOST_WHOLE = 10**9
LONGEST_TEXT = 1000
MISSING = "Chưa trả lời câu này."
NOT_KEPT = "Câu trả lời này không đúng điều kiện."


@dataclass(frozen=True)
class Fault:
    """One thing wrong (hard) or odd (soft) with one answer; `member` is empty for the household's own."""

    question: str
    message: str
    is_hard: bool
    member: str = ""

    @property
    def key(self) -> str:
        """By what its reason is kept: the question, of members with whose."""
        return f"{self.member}.{self.question}" if self.member else self.question


@dataclass(frozen=True)
class Person:
    """A member as expressions know them."""

    id: str
    age: int | None
    sex: str


@dataclass(frozen=True)
class Setting:
    """What stands around the answers of one household: its people, what the register tells of it, the day."""

    people: Sequence[Person]
    told: Mapping[str, Any]
    today: date


@dataclass(frozen=True)
class Verdict:
    """The answers that count, and what is to be said about them."""

    answers: dict[str, Any]
    hard: list[Fault] = field(default_factory=list)
    soft: list[Fault] = field(default_factory=list)

    def unexplained(self, reasons: Mapping[str, str]) -> list[Fault]:
        """What looks odd and is kept without a word why."""
        return [fault for fault in self.soft if not reasons.get(fault.key, "").strip()]


def judge(definition: Definition, answers: Answers, setting: Setting) -> Verdict:
    """Look at a whole household: drop what is not asked, name what is missing, wrong or odd."""
    household: dict[str, Any] = {}
    members: dict[str, dict[str, Any]] = {}
    faults: list[Fault] = []
    told = answers.get(HOUSEHOLD, {})
    for group in definition.household_groups:
        kept, found = judge_group(group, told, {**setting.told, **told}, setting.today)
        household |= kept
        faults += found
    for person in setting.people:
        theirs = answers.get(MEMBERS, {}).get(person.id, {})
        around = scene_of_member(setting, household, person, theirs)
        members[person.id] = {}
        for group in definition.member_groups:
            kept, found = judge_group(group, theirs, around, setting.today, person.id)
            members[person.id] |= kept
            faults += found
    whole = {HOUSEHOLD: household, MEMBERS: {key: value for key, value in members.items() if value}}
    return Verdict(
        whole, [fault for fault in faults if fault.is_hard], [fault for fault in faults if not fault.is_hard]
    )


def scene_of_member(setting: Setting, household: Answers, person: Person, theirs: Answers) -> dict[str, Any]:
    """What a member's questions may name: the register's words, the household's answers, the member's own."""
    own = {"tuoi": "" if person.age is None else person.age, "gioi_tinh": person.sex}
    return {**setting.told, **household, **own, **theirs}


def judge_group(
    group: Group, told: Answers, around: Mapping[str, Any], today: date, member: str = ""
) -> tuple[dict[str, Any], list[Fault]]:
    """One page of answers: those that count, and their faults."""
    kept: dict[str, Any] = {}
    faults: list[Fault] = []
    for question in asked_of(group, around, today):
        value = told.get(question.name)
        fault = _fault(question, value, around, today, member)
        faults += [fault] if fault else []
        if value not in (None, "", []):
            kept[question.name] = value
    return kept, faults


def asked_of(group: Group, around: Mapping[str, Any], today: date) -> Iterator[Question]:
    """The questions of a group that are to be asked, given the other answers; notes are not questions."""
    if not is_relevant(group, around, today):
        return
    yield from (question for question in group.questions if question.is_asked and is_relevant(question, around, today))


def is_relevant(part: Group | Question, around: Mapping[str, Any], today: date) -> bool:
    return not part.relevant or expression(part.relevant).holds(Scene(around, today))


def _fault(question: Question, value: Any, around: Mapping[str, Any], today: date, member: str) -> Fault | None:
    scene = Scene(around, today, "" if value is None else value)
    if value in (None, "", []):
        is_missing = bool(question.required) and expression(question.required).holds(scene)
        return Fault(question.name, question.required_message or MISSING, True, member) if is_missing else None
    said = _unfit(question, value)
    if not said and question.constraint and not expression(question.constraint).holds(scene):
        said = question.constraint_message or NOT_KEPT
    if said:
        return Fault(question.name, said, True, member)
    if question.soft and not expression(question.soft).holds(scene):
        return Fault(question.name, question.soft_message, False, member)
    return None


def _unfit(question: Question, value: Any) -> str:
    """Why a value is none of this question's, or nothing: what a machine sends is looked at as closely as a form."""
    names = set(question.labels)
    kind = question.type
    if kind is QuestionType.INTEGER:
        fits = type(value) is int and abs(value) <= MOST_WHOLE
    elif kind is QuestionType.DECIMAL:
        fits = type(value) in (int, float) and abs(value) <= MOST_WHOLE
    elif kind is QuestionType.SELECT_ONE:
        fits = isinstance(value, str) and value in names
    elif kind is QuestionType.SELECT_MULTIPLE:
        fits = _are_choices(value, names)
    elif kind is QuestionType.DATE:
        fits = isinstance(value, str) and _is_date(value)
    else:
        fits = isinstance(value, str) and len(value) <= LONGEST_TEXT
    return "" if fits else "Câu trả lời này không thuộc câu hỏi."


def _are_choices(value: Any, names: set[str]) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(name, str) and name in names for name in value)
        and len(set(value)) == len(value)
    )


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
