"""What happened, as the officer types it."""

from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from maiam.contexts.cases.forms.choices import Choices, choices
from maiam.contexts.cases.rules.incidents import (
    ANSWER_LABELS,
    INJURY_LABELS,
    REPORT_RELATION_LABELS,
    VERIFICATION_LABELS,
    WEAPON_LABELS,
    Answer,
    Injury,
    ReportRelation,
    Verification,
    Weapon,
)
from maiam.contexts.cases.services.incidents import Account
from maiam.core import text
from maiam.core.law.codes import acts
from maiam.platform.ui.forms import VietnameseDateField, VietnameseForm

LONGEST_STORY = 50_000
LONGEST_REASON = 2_000


class ClockTimeField(forms.Field):
    """An hour and minute, when known."""

    widget = forms.TextInput
    width = 8

    def to_python(self, value: Any) -> time | None:
        if value is None or not text.clean(str(value)):
            return None
        try:
            return text.read_time(str(value))
        except text.NotReadError as refusal:
            raise ValidationError(refusal.message, code="not_read") from refusal


class IncidentForm(VietnameseForm):
    """One event. What is not known stays "chưa biết"."""

    occurred_on = VietnameseDateField(
        label="Xảy ra ngày nào?", help_text="Ví dụ: 21/11/2026. Chỉ nhớ tháng hoặc năm cũng được: 11/2026."
    )
    occurred_time = ClockTimeField(label="Lúc mấy giờ?", required=False, help_text="Ví dụ: 21:40.")
    village_id = forms.TypedChoiceField(label="Thôn, bon, buôn", required=False, coerce=int, empty_value=None)
    place = forms.CharField(label="Ở đâu?", required=False, max_length=500, help_text="Ví dụ: tại nhà; ngoài rẫy.")
    acts = forms.MultipleChoiceField(
        label="Hành vi bạo lực", widget=forms.CheckboxSelectMultiple, help_text="Chọn mọi hành vi đã xảy ra."
    )
    injury = forms.ChoiceField(label="Thương tích", choices=choices(INJURY_LABELS), initial=Injury.UNKNOWN)
    weapon = forms.ChoiceField(label="Vật được dùng", choices=choices(WEAPON_LABELS), initial=Weapon.UNKNOWN)
    alcohol = forms.ChoiceField(
        label="Người có hành vi bạo lực có uống rượu, bia?",
        choices=choices(ANSWER_LABELS),
        initial=Answer.UNKNOWN,
        widget=forms.RadioSelect,
    )
    children_present = forms.ChoiceField(
        label="Có trẻ em ở đó?", choices=choices(ANSWER_LABELS), initial=Answer.UNKNOWN, widget=forms.RadioSelect
    )
    story = forms.CharField(
        label="Chuyện đã xảy ra",
        max_length=LONGEST_STORY,
        widget=forms.Textarea,
        help_text="Chị ấy, anh ấy, cháu kể thế nào. Chỉ những người làm vụ việc này đọc được.",
    )
    reason = forms.CharField(
        label="Vì sao đây là sự việc mới?",
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        initial="Chưa có sự việc nào trùng người, ngày và nơi.",
    )

    def __init__(self, *args: Any, villages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village_id"].choices = [("", "Chưa rõ"), *villages]  # type: ignore[attr-defined]
        self.fields["acts"].choices = [(act.code, f"{act.letter}) {act.vi}") for act in acts().values()]  # type: ignore[attr-defined]

    def account(self) -> Account:
        told = self.cleaned_data
        return Account(
            occurred_on=told["occurred_on"],
            occurred_time=told["occurred_time"],
            acts=tuple(told["acts"]),
            story=told["story"],
            place=told["place"],
            village_id=told["village_id"],
            injury=Injury(told["injury"]),
            weapon=Weapon(told["weapon"]),
            alcohol=Answer(told["alcohol"]),
            children_present=Answer(told["children_present"]),
        )


class JoinForm(VietnameseForm):
    """The report is about an incident we know."""

    incident_id = forms.TypedChoiceField(
        label="Sự việc nào?",
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn sự việc mà tin này nói đến."},
    )
    relation = forms.ChoiceField(
        label="Tin này có gì mới?",
        choices=choices(
            {code: label for code, label in REPORT_RELATION_LABELS.items() if code != ReportRelation.FIRST}
        ),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Vì sao là cùng một sự việc?", max_length=LONGEST_REASON, widget=forms.Textarea)

    def __init__(self, *args: Any, incidents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["incident_id"].choices = incidents  # type: ignore[attr-defined]


class VerificationForm(VietnameseForm):
    to = forms.TypedChoiceField(label="Kết quả kiểm tra", coerce=Verification, choices=choices(VERIFICATION_LABELS))


def as_typed(form: type[forms.Form], typed: QueryDict) -> dict[str, Any]:
    """What stands in the boxes of a form that is shown again before it is judged."""
    return {name: field.widget.value_from_datadict(typed, {}, name) for name, field in form.base_fields.items()}
