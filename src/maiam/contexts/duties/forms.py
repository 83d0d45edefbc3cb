"""Asking to be let off a duty, and the second person's answer; what was decided above."""

from typing import Any

from django import forms

from maiam.contexts.duties.rules import DecidedAbove, Question
from maiam.contexts.duties.services import EndMissingError
from maiam.core.text import VIETNAM
from maiam.platform.ui.forms import MomentField, VietnameseDateField, VietnameseForm


class ExcuseForm(VietnameseForm):
    reason = forms.CharField(
        label="Vì sao không làm được, hoặc không cần làm nữa?",
        max_length=500,
        widget=forms.Textarea,
        help_text="Không ghi tên ai, không ghi chuyện đã xảy ra. Một người khác sẽ trả lời.",
    )


class DecidedAboveForm(VietnameseForm):
    """Who signed which number, when; where the duty's question asks it, what was decided and until when."""

    authority = forms.CharField(
        label="Ai ký?", max_length=200, help_text="Chức vụ của người có thẩm quyền. Ví dụ: Chủ tịch UBND tỉnh."
    )
    number = forms.CharField(label="Số văn bản", max_length=60, help_text="Ví dụ: 123/QĐ-UBND.")

    def __init__(self, *args: Any, question: Question | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        if question is None:
            self.fields["decided_on"] = VietnameseDateField(label="Ngày ký", exact=True)
            return
        self.fields["outcome"] = forms.ChoiceField(
            label="Đã quyết định thế nào?", choices=list(question.outcomes.items()), widget=forms.RadioSelect
        )
        self.fields["signed_at"] = MomentField(label="Ký lúc nào?", help_text="Ngày và giờ ghi trên văn bản.")
        if question.binding:
            self.fields["ends_at"] = MomentField(
                label="Có hiệu lực đến khi nào?",
                required=False,
                allow_future=True,
                help_text=f"Chỉ ghi khi: {question.outcomes[question.binding].lower()}.",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_binding = self.question is not None and cleaned.get("outcome") == self.question.binding
        if is_binding and not cleaned.get("ends_at") and "ends_at" not in self.errors:
            self.add_error("ends_at", EndMissingError.message)
        return cleaned

    def decided(self) -> DecidedAbove:
        told = dict(self.cleaned_data)
        if self.question is None:
            return DecidedAbove(**told)
        if told["outcome"] != self.question.binding:
            told["ends_at"] = None
        return DecidedAbove(decided_on=told["signed_at"].astimezone(VIETNAM).date(), **told)


class ExcuseAnswerForm(VietnameseForm):
    agrees = forms.TypedChoiceField(
        label="Trả lời", choices=[("yes", "Đồng ý miễn"), ("no", "Vẫn phải làm")], coerce=lambda value: value == "yes"
    )
