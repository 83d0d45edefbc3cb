"""Asking to be let off a duty, and the second person's answer."""

from django import forms

from maiam.contexts.duties.services import DecidedAbove
from maiam.platform.ui.forms import VietnameseDateField, VietnameseForm


class ExcuseForm(VietnameseForm):
    reason = forms.CharField(
        label="Vì sao không làm được, hoặc không cần làm nữa?",
        max_length=500,
        widget=forms.Textarea,
        help_text="Không ghi tên ai, không ghi chuyện đã xảy ra. Một người khác sẽ trả lời.",
    )


class DecidedAboveForm(VietnameseForm):
    authority = forms.CharField(
        label="Ai ký?", max_length=200, help_text="Chức vụ của người có thẩm quyền. Ví dụ: Chủ tịch UBND tỉnh."
    )
    number = forms.CharField(label="Số quyết định", max_length=60, help_text="Ví dụ: 123/QĐ-UBND.")
    decided_on = VietnameseDateField(label="Ngày ký", exact=True)

    def decided(self) -> DecidedAbove:
        return DecidedAbove(**self.cleaned_data)


class ExcuseAnswerForm(VietnameseForm):
    agrees = forms.TypedChoiceField(
        label="Trả lời", choices=[("yes", "Đồng ý miễn"), ("no", "Vẫn phải làm")], coerce=lambda value: value == "yes"
    )
