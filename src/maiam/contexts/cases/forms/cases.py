"""Looking for cases, and moving one on."""

from typing import Any

from django import forms

from maiam.contexts.cases.forms.choices import Choices, choices
from maiam.contexts.cases.queries.cases import CaseFilter, Step
from maiam.contexts.cases.rules.cases import STATUS_LABELS, Status
from maiam.platform.ui.forms import FilteringForm, VietnameseForm


class CaseFilterForm(FilteringForm):
    """Filters of the list; one that cannot be read counts as none."""

    status = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *choices(STATUS_LABELS)])
    village_id = forms.TypedChoiceField(label="Thôn, bon, buôn", required=False, coerce=int, empty_value=None)
    text = forms.CharField(
        label="Mã vụ việc",
        required=False,
        max_length=30,
        widget=forms.TextInput({"data-keys": "filter"}),
    )

    def __init__(self, *args: Any, villages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village_id"].choices = [("", "Tất cả"), *villages]  # type: ignore[attr-defined]

    def wanted(self) -> CaseFilter:
        if not self.is_bound:
            return CaseFilter()
        self.full_clean()
        return CaseFilter(**self.cleaned_data)


class StepForm(VietnameseForm):
    """Where the case goes next; the reason is asked for where the step needs one."""

    status = forms.TypedChoiceField(label="Chuyển vụ việc sang", coerce=Status, widget=forms.RadioSelect)
    reason = forms.CharField(label="Lý do", required=False, max_length=2_000, widget=forms.Textarea)

    def __init__(self, *args: Any, steps: list[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(step.status, step.label) for step in steps]  # type: ignore[attr-defined]
