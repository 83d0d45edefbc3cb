"""The rows of an XLSForm's sheets, one by one: each becomes a question, or a problem said by row and column."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maiam.contexts.surveys.rules.definition import (
    MEMBER_REPEAT,
    Choice,
    Definition,
    Group,
    Question,
    QuestionType,
)
from maiam.contexts.surveys.rules.expressions import ExpressionError, read
from maiam.contexts.surveys.rules.generations import TOLD, TOLD_OF_MEMBER
from maiam.contexts.surveys.rules.violence import REFUSAL, speaks_of_violence
from maiam.core.text import clean

# A rule that asks to look again and gives way to a reason; the standard has none such.
OWN_COLUMNS = frozenset({"soft_constraint", "soft_constraint_message"})
_READ = OWN_COLUMNS | {
    "type",
    "name",
    "label",
    "hint",
    "relevant",
    "required",
    "required_message",
    "constraint",
    "constraint_message",
}
# They change how a page looks on a phone and nothing of what is asked.
_PASSED_OVER = frozenset({"appearance", "guidance_hint", "note", "comment", "ghi_chu"})
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHOICE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_SELECTS = {"select_one": QuestionType.SELECT_ONE, "select_multiple": QuestionType.SELECT_MULTIPLE}
_ALIASES = {
    "select one": "select_one",
    "select multiple": "select_multiple",
    "begin group": "begin_group",
    "end group": "end_group",
    "begin repeat": "begin_repeat",
    "end repeat": "end_repeat",
    "int": "integer",
    "string": "text",
}
_YES, _NO = {"yes", "true", "true()", "có", "x"}, {"", "no", "false", "false()", "không"}
MOST_QUESTIONS, MOST_CHOICES, LONGEST_LABEL, LONGEST_EXPRESSION = 200, 100, 300, 1000
LOOSE_GROUP = "cau_hoi_khac"


@dataclass(frozen=True)
class Problem:
    """One thing to mend, where it stands; row 0 means the whole sheet."""

    sheet: str
    row: int
    column: str
    message: str


@dataclass
class _OpenGroup:
    name: str
    label: str
    relevant: str
    is_of_members: bool
    row: int
    questions: list[Question]


class SheetReader:
    """Reads the sheets pyxform has opened, and gathers every problem instead of stopping at the first."""

    def __init__(self, sheets: Mapping[str, Any], after: Definition | None = None) -> None:
        self.sheets = sheets
        self.after = after
        self.problems: list[Problem] = []
        self.lists = self._choice_lists()
        self.groups: list[_OpenGroup] = []
        self.open: _OpenGroup | None = None
        self.seen: dict[str, int] = {}
        self.expressions: list[tuple[int, str, str, bool]] = []

    def definition(self) -> Definition:
        code, title = self._settings()
        if not self.sheets.get("survey"):
            self._say("survey", 0, "", "Không có trang “survey”, hoặc trang ấy không có câu nào.")
        for number, cells in enumerate(self.sheets.get("survey", []), start=2):
            if cells:
                self._row(number, {_column(name): clean(str(cell)) for name, cell in cells.items()})
        if self.open:
            self._say("survey", self.open.row, "type", f"Nhóm “{self.open.name}” chưa đóng: thiếu end_group.")
        self._check_names()
        asked = sum(len(group.questions) for group in self.groups)
        if asked > MOST_QUESTIONS:
            self._say("survey", 0, "", f"Có {asked} câu, nhiều nhất là {MOST_QUESTIONS}.")
        return Definition(code=code, title=title, groups=tuple(_closed(group) for group in self.groups))

    # --- settings and choices

    def _settings(self) -> tuple[str, str]:
        rows = [row for row in self.sheets.get("settings", []) if row]
        told = rows[0] if rows else {}
        code, title = str(told.get("form_id", told.get("id_string", ""))), clean(str(told.get("form_title", "")))
        if not _NAME.fullmatch(code):
            self._say("settings", 2, "form_id", "Ghi mã bộ câu hỏi: chữ thường không dấu, số, gạch dưới.")
        if not title or len(title) > LONGEST_LABEL:
            self._say("settings", 2, "form_title", f"Ghi tên bộ câu hỏi, không quá {LONGEST_LABEL} ký tự.")
        if speaks_of_violence(code, title):
            self._say("settings", 2, "form_title", REFUSAL)
        return code, title

    def _choice_lists(self) -> dict[str, list[Choice]]:
        lists: dict[str, list[Choice]] = defaultdict(list)
        for number, cells in enumerate(self.sheets.get("choices", []), start=2):
            if cells:
                row = {_column(name): clean(str(cell)) for name, cell in cells.items()}
                choices = lists[row.get("list_name", "")]
                choices.append(self._choice(number, row, choices))
        for list_name, choices in lists.items():
            if len(choices) > MOST_CHOICES:
                self._say("choices", 0, "", f"Danh sách “{list_name}” dài quá {MOST_CHOICES} lựa chọn.")
        return lists

    def _choice(self, number: int, row: dict[str, str], others: list[Choice]) -> Choice:
        name, label = row.get("name", ""), row.get("label", "")
        if not _CHOICE.fullmatch(name):
            self._say("choices", number, "name", "Ghi mã lựa chọn: chữ thường không dấu, số, gạch dưới.")
        if not label or len(label) > LONGEST_LABEL:
            self._say("choices", number, "label", f"Ghi lời của lựa chọn, không quá {LONGEST_LABEL} ký tự.")
        if speaks_of_violence(name, label):
            self._say("choices", number, "label", REFUSAL)
        if any(choice.name == name for choice in others):
            self._say("choices", number, "name", f"Lựa chọn “{name}” có hai lần trong một danh sách.")
        return Choice(name, label)

    # --- the survey sheet

    def _row(self, number: int, row: dict[str, str]) -> None:
        for column, cell in row.items():
            if cell and column not in _READ and column not in _PASSED_OVER and "::" not in column:
                self._say("survey", number, column, f"Cột “{column}” chưa dùng được; hãy bỏ trống.")
        kind, _, rest = _kind(row.get("type", ""))
        if kind in {"begin_group", "begin_repeat"}:
            self._begin(number, row, is_repeat=kind == "begin_repeat")
        elif kind in {"end_group", "end_repeat"}:
            self._end(number)
        else:
            self._question(number, row, kind, rest)

    def _begin(self, number: int, row: dict[str, str], *, is_repeat: bool) -> None:
        name, label = row.get("name", ""), row.get("label", "")
        if self.open:
            self._say("survey", number, "type", "Nhóm trong nhóm chưa dùng được; hãy đóng nhóm trước.")
        if is_repeat and name != MEMBER_REPEAT:
            what = f"Chỉ hỏi lặp được cho từng người trong hộ: đặt tên nhóm lặp là “{MEMBER_REPEAT}”."
            self._say("survey", number, "name", what)
        elif not is_repeat:
            self._name(number, name)
        if is_repeat and any(group.name == self._group_name(name) for group in self.groups):
            self._say("survey", number, "name", f"Nhóm lặp “{MEMBER_REPEAT}” chỉ có một.")
        if not label or speaks_of_violence(name, label):
            self._say("survey", number, "label", REFUSAL if label else "Ghi tên nhóm: tên này đứng đầu trang.")
        relevant = self._expression(number, "relevant", row.get("relevant", ""), is_of_members=is_repeat)
        self.open = _OpenGroup(self._group_name(name), label, relevant, is_repeat, number, [])
        self.groups.append(self.open)

    def _group_name(self, name: str) -> str:
        """The workbook's own repeat stands beside the house's; its page needs a name of its own."""
        return f"{name}_them" if self.after and name == MEMBER_REPEAT else name

    def _end(self, number: int) -> None:
        if self.open is None:
            self._say("survey", number, "type", "Đóng nhóm mà chưa mở nhóm nào.")
        self.open = None

    def _question(self, number: int, row: dict[str, str], kind: str, rest: str) -> None:
        self._name(number, row.get("name", ""))
        label = row.get("label", "")
        if not label or len(label) > LONGEST_LABEL:
            self._say("survey", number, "label", f"Ghi câu hỏi, không quá {LONGEST_LABEL} ký tự.")
        if speaks_of_violence(row.get("name", ""), label, row.get("hint", ""), row.get("constraint_message", "")):
            self._say("survey", number, "label", REFUSAL)
        found = self._type(number, kind, rest)
        if found is None:
            return
        home = self._home(number)
        rules = {
            column: self._expression(number, column, row.get(column, ""), is_of_members=home.is_of_members)
            for column in ("relevant", "constraint", "soft_constraint")
        }
        soft_message = row.get("soft_constraint_message", "")
        if rules["soft_constraint"] and not soft_message:
            self._say("survey", number, "soft_constraint_message", "Ghi lời nhắc khi câu trả lời cần xem lại.")
        question = Question(
            name=row.get("name", ""),
            type=found,
            label=label,
            hint=row.get("hint", ""),
            choices=tuple(self.lists.get(rest.strip(), ())) if kind in _SELECTS else (),
            relevant=rules["relevant"],
            required=self._required(number, row.get("required", ""), is_of_members=home.is_of_members),
            required_message=row.get("required_message", ""),
            constraint=rules["constraint"],
            constraint_message=row.get("constraint_message", ""),
            soft=rules["soft_constraint"],
            soft_message=soft_message,
        )
        home.questions.append(question)

    def _home(self, number: int) -> _OpenGroup:
        """The group a question stands in; those outside any share one page."""
        if self.open:
            return self.open
        loose = next((group for group in self.groups if group.name == LOOSE_GROUP), None)
        if loose is None:
            loose = _OpenGroup(LOOSE_GROUP, "Câu hỏi khác", "", False, number, [])
            self.groups.append(loose)
        return loose

    def _type(self, number: int, kind: str, rest: str) -> QuestionType | None:
        if kind in _SELECTS:
            if rest.strip() not in self.lists:
                self._say("survey", number, "type", f"Trang “choices” không có danh sách “{rest.strip()}”.")
                return None
            return _SELECTS[kind]
        try:
            return QuestionType(kind)
        except ValueError:
            known = ", ".join(QuestionType)
            self._say("survey", number, "type", f"Kiểu “{kind}” chưa dùng được. Dùng được: {known}.")
            return None

    def _required(self, number: int, cell: str, *, is_of_members: bool) -> str:
        if cell.lower() in _YES:
            return "true()"
        if cell.lower() in _NO:
            return ""
        return self._expression(number, "required", cell, is_of_members=is_of_members)

    def _expression(self, number: int, column: str, cell: str, *, is_of_members: bool) -> str:
        if not cell:
            return ""
        try:
            read(cell)
        except ExpressionError as refusal:
            self._say("survey", number, column, str(refusal))
            return ""
        self.expressions.append((number, column, cell, is_of_members))
        return cell

    def _name(self, number: int, name: str) -> None:
        if not _NAME.fullmatch(name):
            self._say("survey", number, "name", "Ghi mã: chữ thường không dấu, số, gạch dưới, bắt đầu bằng chữ.")
        elif name in self.seen:
            self._say("survey", number, "name", f"Mã “{name}” đã dùng ở dòng {self.seen[name]}.")
        elif name in _taken(self.after):
            self._say("survey", number, "name", f"Mã “{name}” là của bộ câu hỏi chung. Hãy đặt mã khác.")
        self.seen.setdefault(name, number)

    def _check_names(self) -> None:
        """Every `${name}` must be a question that is there when it is needed."""
        groups = [*(self.after.groups if self.after else ()), *(_closed(group) for group in self.groups)]
        household = {question.name for group in groups if not group.is_of_members for question in group.questions}
        members = {question.name for group in groups if group.is_of_members for question in group.questions}
        for number, column, cell, is_of_members in self.expressions:
            known = household | set(TOLD) | ((members | set(TOLD_OF_MEMBER)) if is_of_members else set())
            for name in sorted(read(cell).names - known):
                self._say("survey", number, column, f"Không có câu hỏi nào mang mã “{name}”.")

    def _say(self, sheet: str, row: int, column: str, message: str) -> None:
        self.problems.append(Problem(sheet, row, column, message))


def _closed(group: _OpenGroup) -> Group:
    return Group(
        name=group.name,
        label=group.label,
        relevant=group.relevant,
        is_of_members=group.is_of_members,
        questions=tuple(group.questions),
    )


def _taken(after: Definition | None) -> set[str]:
    own = {*TOLD, *TOLD_OF_MEMBER, LOOSE_GROUP}
    return own | ({*after.questions, *(group.name for group in after.groups)} if after else set())


def _column(header: str) -> str:
    """A column by its plain name: `label::Tiếng Việt (vi)` is the label, `list name` the list_name."""
    name = header.strip().lower()
    base, _, language = name.partition("::")
    plain = base.replace(" ", "_")
    return plain if not language or plain in {"label", "hint"} else name


def _kind(cell: str) -> tuple[str, str, str]:
    words = " ".join(cell.split())
    for alias, name in _ALIASES.items():
        if words == alias or words.startswith(f"{alias} "):
            words = name + words[len(alias) :]
    return words.partition(" ")
