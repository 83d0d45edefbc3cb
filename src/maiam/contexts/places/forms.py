"""What an officer types about the villages of the commune."""

from collections.abc import Iterable
from typing import Any

from django import forms

from maiam.contexts.places.models import Village
from maiam.contexts.places.rules import VILLAGE_KIND_LABELS, VillageKind
from maiam.contexts.places.services.villages import LONGEST_NAME
from maiam.platform.ui.forms import VietnameseDateField, VietnameseForm


class VillageForm(VietnameseForm):
    kind = forms.TypedChoiceField(
        label="Loại",
        coerce=VillageKind,
        choices=[(kind.value, label) for kind, label in VILLAGE_KIND_LABELS.items()],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label="Tên", max_length=LONGEST_NAME, help_text="Tên đầy đủ như trong nghị quyết, ví dụ: Bon Jun Juh, Thôn 3"
    )
    on = VietnameseDateField(label="Từ ngày", exact=True, help_text="Ngày có hiệu lực theo nghị quyết")


class MergeVillageForm(VietnameseForm):
    into_id = forms.TypedChoiceField(label="Nhập vào", coerce=int)
    on = VietnameseDateField(label="Từ ngày", exact=True, help_text="Ngày có hiệu lực theo nghị quyết")

    def __init__(self, *args: Any, others: Iterable[Village], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Chọn"), *((str(other.id), other.name) for other in others)]
        self.fields["into_id"].choices = choices  # type: ignore[attr-defined]


class EndVillageForm(VietnameseForm):
    on = VietnameseDateField(label="Không còn từ ngày", exact=True)
