"""The questions of the instrument as a form: one press each, and "not known" is an answer of its own."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from maiam.contexts.risk.rules import RAISE_REASON_LABELS, RaiseReason
from maiam.core.risk import LEVEL_LABELS, NO, REFUSED, UNKNOWN, YES, Instrument, Level, Question
from maiam.platform.ui.forms import VietnameseForm

PLAIN = [(YES, "Có"), (NO, "Không"), (UNKNOWN, "Chưa biết"), (REFUSED, "Không muốn nói")]
OPEN = [(UNKNOWN, "Chưa biết"), (REFUSED, "Không muốn nói")]


class AssessForm(VietnameseForm):
    """Every question stands at "not known" until somebody asked; what the records answer is filled in."""

    def __init__(self, *args: Any, instrument: Instrument, known: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for question in instrument.questions:
            self.fields[question.code] = _field(question, is_known=question.code in known)
        self.fields["note"] = forms.CharField(
            label="Ghi thêm",
            required=False,
            max_length=2000,
            help_text="Bắt buộc khi kết quả thấp hơn mức đang dùng: vì sao nay thấp hơn.",
            widget=forms.Textarea,
        )

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for group in self.instrument.groups:
            yield group.vi, [self[question.code] for question in self.instrument.of_group(group.code)]

    def answers(self) -> dict[str, str]:
        return {question.code: self.cleaned_data[question.code] for question in self.instrument.questions}


def _field(question: Question, *, is_known: bool) -> forms.ChoiceField:
    choices = [(choice.code, choice.vi) for choice in question.choices] + OPEN if question.choices else PLAIN
    help_text = "Hồ sơ đã có câu trả lời. Ghi nặng hơn được, nhẹ hơn thì không." if is_known else ""
    return forms.ChoiceField(
        label=question.vi, choices=choices, initial=UNKNOWN, help_text=help_text, widget=forms.RadioSelect
    )


class RaiseForm(VietnameseForm):
    level = forms.TypedChoiceField(label="Nâng lên mức", coerce=Level, widget=forms.RadioSelect)
    reason = forms.TypedChoiceField(
        label="Vì sao",
        coerce=RaiseReason,
        choices=[(reason.value, label) for reason, label in RAISE_REASON_LABELS.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Ghi thêm", required=False, max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, levels: list[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.value, LEVEL_LABELS[level]) for level in levels]  # type: ignore[attr-defined]


class LoweringForm(VietnameseForm):
    agrees = forms.TypedChoiceField(
        label="Ý kiến của người thứ hai",
        choices=[("yes", "Đồng ý hạ mức"), ("no", "Giữ mức đang dùng")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
