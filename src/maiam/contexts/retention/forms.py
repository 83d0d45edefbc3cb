"""A period typed in months, and the answer to a preview."""

from django import forms

from maiam.contexts.retention.rules import LEAST_MONTHS, MOST_MONTHS
from maiam.platform.ui.forms import VietnameseForm


class PeriodForm(VietnameseForm):
    months = forms.IntegerField(
        label="Giữ bao nhiêu tháng?",
        min_value=LEAST_MONTHS,
        max_value=MOST_MONTHS,
        help_text="12 tháng là một năm.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    why = forms.CharField(
        label="Vì sao?", max_length=500, widget=forms.Textarea, help_text="Văn bản nào, hoặc ai đã quyết định."
    )


class DecideForm(VietnameseForm):
    agrees = forms.TypedChoiceField(
        label="Trả lời",
        choices=[("yes", "Đồng ý"), ("no", "Chưa đồng ý, trả lại")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Lý do", required=False, max_length=500, help_text="Bắt buộc khi chưa đồng ý.", widget=forms.Textarea
    )
