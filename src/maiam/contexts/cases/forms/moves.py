"""Asking another commune to take a case, and its answer."""

from typing import Any

from django import forms

from maiam.contexts.cases.forms.choices import Choices
from maiam.platform.ui.forms import VietnameseForm


class MoveForm(VietnameseForm):
    to_commune_id = forms.TypedChoiceField(label="Chuyển đến xã nào?", coerce=int)
    note = forms.CharField(
        label="Viết cho xã mới",
        max_length=3_000,
        widget=forms.Textarea,
        help_text="Người ấy cần gì, nguy cơ, cách liên hệ riêng an toàn. Xã mới chỉ đọc được những gì viết ở đây.",
    )

    def __init__(self, *args: Any, communes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_commune_id"].choices = [("", "Chọn"), *communes]  # type: ignore[attr-defined]


class AnswerForm(VietnameseForm):
    answer = forms.ChoiceField(
        label="Trả lời",
        choices=[("take", "Nhận vụ việc"), ("decline", "Không nhận, có lý do")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Lý do", required=False, max_length=2_000, widget=forms.Textarea)
