"""One page of a questionnaire as a form: its fields, its rules and its reasons come from the definition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from maiam.contexts.surveys.queries import HouseholdSheet, PageOfSheet
from maiam.contexts.surveys.rules.answering import Fault, asked_of, is_relevant, judge_group
from maiam.contexts.surveys.rules.definition import Question, QuestionType
from maiam.platform.ui.forms import VietnameseDateField, VietnameseForm, VietnameseNumberField
from maiam.platform.ui.messages import speak_vietnamese

MOST_RADIOS = 12
LARGEST = 10**9
WHY = "vi_sao_"


@dataclass(frozen=True)
class Item:
    """One question as it is drawn: its field, or a note; and where it looks odd, the box for why."""

    question: Question
    field: BoundField | None
    why: BoundField | None
    odd: str

    @property
    def optional_mark(self) -> bool:
        return not self.question.required


def field_of(question: Question) -> forms.Field:
    """The box in which a question of this type is answered. Whether it must be is the questionnaire's to say."""
    told: dict[str, Any] = {"label": question.label, "help_text": question.hint, "required": False}
    choices = [(choice.name, choice.label) for choice in question.choices]
    if question.type is QuestionType.SELECT_ONE and len(choices) > MOST_RADIOS:
        return forms.ChoiceField(choices=[("", "Chọn"), *choices], **told)
    if question.type is QuestionType.SELECT_ONE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)
    if question.type is QuestionType.SELECT_MULTIPLE:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
    if question.type in {QuestionType.INTEGER, QuestionType.DECIMAL}:
        is_whole = question.type is QuestionType.INTEGER
        return VietnameseNumberField(whole=is_whole, minimum=-LARGEST, maximum=LARGEST, **told)
    if question.type is QuestionType.DATE:
        return VietnameseDateField(exact=True, allow_future=True, **told)
    return forms.CharField(max_length=1000, **told)


def kept(value: Any) -> Any:
    """A typed value as it is kept: plain JSON."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def shown(question: Question, value: Any) -> Any:
    """A kept value as its field shows it."""
    if value in (None, "", []):
        return None
    if question.type is QuestionType.DATE:
        return date.fromisoformat(value)
    return Decimal(str(value)) if question.type is QuestionType.DECIMAL else value


class PageForm(VietnameseForm):
    """The questions of one page. `is_later`: keep what is there, complete or not.

    `shown_before` names the questions the page showed: where an answer brings up another, it is shown once more.
    """

    shown_before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, sheet: HouseholdSheet, page: PageOfSheet, is_later: bool = False, **kwargs: Any
    ) -> None:
        self.sheet, self.page, self.is_later = sheet, page, is_later
        values = sheet.values(page)
        questions = [question for question in page.group.questions if question.is_asked]
        initial = {question.name: shown(question, values.get(question.name)) for question in questions}
        why = {f"{WHY}{name}": sheet.reasons.get(self._key(name), "") for name in initial}
        super().__init__(*args, initial=initial | why, **kwargs)
        for question in questions:
            self.fields[question.name] = field_of(question)
            if question.soft:
                self.fields[f"{WHY}{question.name}"] = forms.CharField(
                    label="Vì sao đúng là như vậy?", required=False, max_length=300
                )
        # Once more: the fields of the questions speak as the others do.
        self._speak()
        self.values: dict[str, Any] = values
        self.faults: list[Fault] = []
        if not self.is_bound:
            _, self.faults = judge_group(page.group, values, self.around(values), sheet.setting.today, page.member_id)

    def _speak(self) -> None:
        for name, field in self.fields.items():
            tidy(field, str(field.label or name))

    def _key(self, name: str) -> str:
        return f"{self.page.member_id}.{name}" if self.page.member else name

    def around(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Everything the page's rules may name, with the page's own answers as they stand now."""
        names = {question.name for question in self.page.group.questions}
        others = {name: value for name, value in self.sheet.around(self.page).items() if name not in names}
        return others | {name: value for name, value in values.items() if name in names}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        told = {
            question.name: kept(typed.get(question.name))
            for question in self.page.group.questions
            if question.is_asked and typed.get(question.name) not in (None, "", [])
        }
        today = self.sheet.setting.today
        around = self.around(told)
        asked = [question.name for question in asked_of(self.page.group, around, today)]
        for name in [name for name in self.errors if name in self.fields and not self._is_asked(name, asked)]:
            del self.errors[name]
        unread = set(self.errors)
        answers, self.faults = judge_group(self.page.group, told, around, today, self.page.member_id)
        self.values = {question.name: answers.get(question.name) for question in self.page.group.questions}
        if not self.is_later:
            self._say(unread)
        self.brings_up = [name for name in asked if name not in typed.get("shown_before", "").split()]
        return typed

    def _is_asked(self, name: str, asked: list[str]) -> bool:
        return name.removeprefix(WHY) in asked or name == "shown_before"

    def _say(self, unread: set[str]) -> None:
        """Put every fault by its question; what looks odd asks for a reason instead."""
        for fault in self.faults:
            if fault.question in unread:
                continue
            if fault.is_hard:
                self.add_error(fault.question, fault.message)
            elif not self.cleaned_data.get(f"{WHY}{fault.question}"):
                self.add_error(f"{WHY}{fault.question}", "Sửa câu trả lời, hoặc ghi một câu lý do.")

    def say_wrong(self) -> None:
        """While a page is typed: what was answered wrongly, and not yet what is missing."""
        for fault in self.faults:
            if fault.is_hard and self.values.get(fault.question) is not None and fault.question not in self.errors:
                self.add_error(fault.question, fault.message)

    @property
    def reasons(self) -> dict[str, str]:
        """Why what looks odd is so, by question; only what looks odd now."""
        told = {fault.question: self.cleaned_data.get(f"{WHY}{fault.question}", "") for fault in self.soft}
        return {self._key(name): why for name, why in told.items() if why}

    @property
    def soft(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.is_hard]

    def items(self) -> Iterator[Item]:
        """The questions to draw now, notes among them, given the answers as they stand."""
        around, today = self.around(self.values), self.sheet.setting.today
        odd = {fault.question: fault.message for fault in self.soft}
        for question in self.page.group.questions:
            if not is_relevant(question, around, today):
                continue
            why = self[f"{WHY}{question.name}"] if question.name in odd else None
            field = self[question.name] if question.is_asked else None
            yield Item(question, field, why, odd.get(question.name, ""))

    def shown_now(self) -> str:
        return " ".join(item.question.name for item in self.items() if item.field)


def tidy(field: forms.Field, label: str) -> None:
    """Have a field made while a form is made behave as those written in its class."""
    speak_vietnamese(field, label)
    for limit in ("maxlength", "minlength"):
        field.widget.attrs.pop(limit, None)
    if isinstance(field.widget, forms.TextInput | forms.Textarea):
        field.widget.attrs.setdefault("autocomplete", "off")
