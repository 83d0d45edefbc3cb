"""What a questionnaire asks, as it is kept: groups of questions, their choices and rules. Pure; kept as plain JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from maiam.contexts.surveys.rules.expressions import Expression, read

# Answers as they are kept: of the household by question, of each member by the member's id and the question.
HOUSEHOLD, MEMBERS = "household", "members"
# The one repeat there is: asked of every member the register knows in the household.
MEMBER_REPEAT = "thanh_vien"


class QuestionType(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"


TYPE_LABELS = {
    QuestionType.TEXT: "Chữ",
    QuestionType.INTEGER: "Số tròn",
    QuestionType.DECIMAL: "Số có phần lẻ",
    QuestionType.DATE: "Ngày",
    QuestionType.SELECT_ONE: "Chọn một",
    QuestionType.SELECT_MULTIPLE: "Chọn nhiều",
    QuestionType.NOTE: "Lời dặn",
}
# What may be counted and compared; a text may hold anything, a name too.
COUNTED = frozenset({QuestionType.INTEGER, QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.DECIMAL})


@dataclass(frozen=True)
class Choice:
    name: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, or a note. Expressions are kept as they were written."""

    name: str
    type: QuestionType
    label: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    relevant: str = ""
    required: str = ""
    required_message: str = ""
    constraint: str = ""
    constraint_message: str = ""
    soft: str = ""
    soft_message: str = ""

    @property
    def is_asked(self) -> bool:
        return self.type is not QuestionType.NOTE

    @property
    def labels(self) -> dict[str, str]:
        return {choice.name: choice.label for choice in self.choices}

    @property
    def type_label(self) -> str:
        return TYPE_LABELS[self.type]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Questions that stand on one page; of the household, or of each of its members."""

    name: str
    label: str
    relevant: str = ""
    is_of_members: bool = False
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A whole questionnaire."""

    code: str
    title: str
    groups: tuple[Group, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.name: question for group in self.groups for question in group.questions}

    def group(self, name: str) -> Group | None:
        return next((group for group in self.groups if group.name == name), None)

    @property
    def household_groups(self) -> list[Group]:
        return [group for group in self.groups if not group.is_of_members]

    @property
    def member_groups(self) -> list[Group]:
        return [group for group in self.groups if group.is_of_members]

    def asked(self) -> Iterator[tuple[Group, Question]]:
        return ((group, question) for group in self.groups for question in group.questions if question.is_asked)


def to_json(definition: Definition) -> dict[str, Any]:
    return asdict(definition)


def from_json(kept: Mapping[str, Any]) -> Definition:
    groups = tuple(_group(group) for group in kept["groups"])
    return Definition(code=kept["code"], title=kept["title"], groups=groups)


def _group(kept: Mapping[str, Any]) -> Group:
    return Group(**{**kept, "questions": tuple(_question(question) for question in kept["questions"])})


def _question(kept: Mapping[str, Any]) -> Question:
    choices = tuple(Choice(**choice) for choice in kept["choices"])
    return Question(**{**kept, "type": QuestionType(kept["type"]), "choices": choices})


@lru_cache(maxsize=2048)
def expression(source: str) -> Expression:
    """An expression read before, when the questionnaire was taken in."""
    return read(source)


# --- what changed from one version to the next


@dataclass(frozen=True)
class Change:
    """One question that is new, gone or asked differently."""

    name: str
    before: Question | None
    after: Question | None

    @property
    def kind_label(self) -> str:
        if self.before is None:
            return "Thêm"
        return "Bỏ" if self.after is None else "Sửa"

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """Each part that differs: what it is called, before, after."""
        before, after = _told(self.before), _told(self.after)
        return [(label, before[label], after[label]) for label in before if before[label] != after[label]]


_PARTS = {
    "label": "Câu hỏi",
    "hint": "Gợi ý",
    "relevant": "Hỏi khi",
    "required": "Bắt buộc",
    "constraint": "Điều kiện",
    "constraint_message": "Lời báo",
    "soft": "Điều cần xem lại",
    "soft_message": "Lời nhắc",
}


def _told(question: Question | None) -> dict[str, str]:
    if question is None:
        return dict.fromkeys(["Kiểu", *_PARTS.values(), "Lựa chọn"], "")
    choices = "; ".join(f"{choice.label} ({choice.name})" for choice in question.choices)
    parts = {label: str(getattr(question, name)) for name, label in _PARTS.items()}
    return {"Kiểu": question.type_label, **parts, "Lựa chọn": choices}


def changes(before: Definition | None, after: Definition) -> list[Change]:
    """Every question that is not as it was, in the order of the new version, then those that are gone."""
    old = before.questions if before else {}
    new = after.questions
    names = [*new, *(name for name in old if name not in new)]
    return [Change(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]
