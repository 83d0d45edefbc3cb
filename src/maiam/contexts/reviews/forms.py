"""What is typed about a review."""

from typing import Any

from django import forms

from maiam.contexts.reviews.rules import KIND_LABELS, TERMS, Kind
from maiam.contexts.reviews.services import Asked
from maiam.platform.ui.forms import VietnameseDateField, VietnameseForm

LONGEST = 4000


class AskForm(VietnameseForm):
    kind = forms.TypedChoiceField(
        label="Chuyện gì đã xảy ra?",
        coerce=Kind,
        choices=[(kind.value, label) for kind, label in KIND_LABELS.items()],
        widget=forms.RadioSelect,
    )
    happened_on = VietnameseDateField(label="Ngày nào?", exact=True)
    reason = forms.CharField(label="Vì sao cần rà soát?", max_length=LONGEST, widget=forms.Textarea)

    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)


class WordsForm(VietnameseForm):
    words = forms.CharField(label="Nội dung", max_length=LONGEST, widget=forms.Textarea)

    def __init__(self, *args: Any, label: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label or "Nội dung"
        self.fields["words"].help_text = hint


class RecommendForm(WordsForm):
    owner_post_id = forms.TypedChoiceField(label="Ai làm?", coerce=int)
    term = forms.ChoiceField(label="Trong bao lâu?", choices=list(TERMS.items()))

    def __init__(self, *args: Any, owners: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_post_id"].choices = owners  # type: ignore[attr-defined]


class MemberForm(VietnameseForm):
    account_id = forms.TypedChoiceField(label="Mời ai?", coerce=int)

    def __init__(self, *args: Any, people: list[tuple[int, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(account_id, f"{name}, {title}") for account_id, name, title in people]
        self.fields["account_id"].choices = choices  # type: ignore[attr-defined]
