"""Sealing a case, breaking the glass before one, and looking at that afterwards."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.forms.choices import Choices, choices
from maiam.contexts.cases.services import Asked
from maiam.contexts.conflicts.rules import EMERGENCY_LABELS, FINDING_LABELS, Emergency, Finding
from maiam.platform.ui.forms import VietnameseForm


class PeopleField(forms.CharField):
    """Names people sign in by, one a line; gives their accounts."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[int]:
        typed = [name.strip().lower() for name in str(super().clean(value)).replace(",", "\n").splitlines()]
        found = accounts.ids_by_username([name for name in typed if name])
        if unknown := [name for name in typed if name and name not in found]:
            raise ValidationError(f"Không có tên đăng nhập này: {', '.join(unknown)}. Hãy xem lại từng dòng.")
        return sorted(found.values())


class SealForm(VietnameseForm):
    people = PeopleField(
        label="Ai được xem?",
        required=False,
        help_text="Tên đăng nhập, mỗi dòng một người. Bạn luôn được xem vụ việc bạn niêm.",
    )
    reason = forms.CharField(label="Vì sao phải niêm?", max_length=1000, widget=forms.Textarea)


class CaseCodeForm(VietnameseForm):
    """A case by its commune and code, as somebody tells them over the telephone."""

    commune_id = forms.TypedChoiceField(label="Xã", coerce=int)
    code = forms.CharField(label="Mã vụ việc", max_length=30, help_text="Ví dụ: VV-2026-0012")

    def __init__(self, *args: Any, communes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune_id"].choices = [("", "Chọn"), *communes]  # type: ignore[attr-defined]


class SealByCodeForm(CaseCodeForm):
    people = PeopleField(label="Ai được xem?", help_text="Tên đăng nhập, mỗi dòng một người.")
    reason = forms.CharField(label="Vì sao phải niêm?", max_length=1000, widget=forms.Textarea)


class BreakGlassForm(CaseCodeForm):
    why = forms.TypedChoiceField(
        label="Vì sao phải đọc ngay?", coerce=Emergency, choices=choices(EMERGENCY_LABELS), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="Ghi rõ", max_length=1000, widget=forms.Textarea, help_text="Chuyện gì đang xảy ra, ai nhờ, cần biết gì."
    )

    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)


class ReviewForm(VietnameseForm):
    finding = forms.TypedChoiceField(
        label="Lần mở khẩn cấp này", coerce=Finding, choices=choices(FINDING_LABELS), widget=forms.RadioSelect
    )
    words = forms.CharField(label="Ghi nhận", max_length=1000, widget=forms.Textarea)
