"""What is typed about conflicts of interest, and about a glass that was broken."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from maiam.contexts.conflicts.rules import WHY_LABELS, Why
from maiam.core.text import NotReadError, read_identity_number
from maiam.platform.ui.forms import VietnameseForm


def identity_digits(typed: str) -> str:
    """The digits of a number as typed. Raises `ValidationError`."""
    try:
        return read_identity_number(typed).digits if typed else ""
    except NotReadError as fault:
        raise ValidationError(str(fault)) from fault


class DeclareForm(VietnameseForm):
    why = forms.TypedChoiceField(
        label="Liên quan thế nào?",
        coerce=Why,
        choices=[(why.value, label) for why, label in WHY_LABELS.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Ghi rõ hơn", max_length=1000, widget=forms.Textarea)


class DeclareForForm(DeclareForm):
    """The inspector's finding about somebody else."""

    account_id = forms.TypedChoiceField(label="Cán bộ nào?", coerce=int)
    number = forms.CharField(
        label="Số định danh của người trong vụ việc",
        max_length=30,
        help_text="12 số. Mọi vụ việc có người này sẽ đóng với cán bộ đã chọn.",
    )

    field_order = ("account_id", "number", "why", "words")

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account_id"].choices = [("", "Chọn"), *((str(id_), name) for id_, name in people)]  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        return identity_digits(str(self.cleaned_data["number"]))


class OfficialForm(VietnameseForm):
    """Who an account is, as its holder agreed to tell."""

    identity_number = forms.CharField(
        label="Số định danh của cán bộ",
        max_length=30,
        help_text="12 số. Số được niêm kín; chỉ dùng để biết cán bộ có là người thân của người trong vụ việc không.",
    )
    consent = forms.CharField(
        label="Cán bộ đã đồng ý thế nào?", max_length=300, help_text="Ví dụ: bản cam kết ngày 02/11/2026"
    )

    def clean_identity_number(self) -> str:
        return identity_digits(str(self.cleaned_data["identity_number"]))
