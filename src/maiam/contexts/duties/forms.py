"""Asking to be let off a duty, and the second person's answer."""

from django import forms

from maiam.platform.ui.forms import VietnameseForm


class ExcuseForm(VietnameseForm):
    reason = forms.CharField(
        label="Vì sao không làm được, hoặc không cần làm nữa?",
        max_length=500,
        widget=forms.Textarea,
        help_text="Không ghi tên ai, không ghi chuyện đã xảy ra. Một người khác sẽ trả lời.",
    )


class ExcuseAnswerForm(VietnameseForm):
    agrees = forms.TypedChoiceField(
        label="Trả lời", choices=[("yes", "Đồng ý miễn"), ("no", "Vẫn phải làm")], coerce=lambda value: value == "yes"
    )
