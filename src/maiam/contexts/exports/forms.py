"""What a person says who wants a list out of the register, and what the chairman answers."""

from typing import Any

from django import forms

from maiam.contexts.exports.queries import Wanted
from maiam.contexts.exports.rules import COLUMNS, FILE_TYPE_LABELS, KIND_LABELS, FileType, Kind, columns_of
from maiam.contexts.exports.services import Asked
from maiam.contexts.places import queries as places
from maiam.platform.ui.forms import VietnameseForm

SHORTEST_PURPOSE = 10


class AskForm(VietnameseForm):
    kind = forms.ChoiceField(
        label="Danh sách gì?",
        choices=[(kind.value, label) for kind, label in KIND_LABELS.items()],
        initial=Kind.PEOPLE,
        widget=forms.RadioSelect,
    )
    village_id = forms.TypedChoiceField(label="Ở đâu?", required=False, coerce=int, empty_value=None)
    columns = forms.MultipleChoiceField(
        label="Cần những cột nào?",
        help_text="Chỉ chọn cột thật cần. Số định danh không đưa vào danh sách.",
        widget=forms.CheckboxSelectMultiple,
    )
    file_type = forms.ChoiceField(
        label="Tệp",
        choices=[(kind.value, label) for kind, label in FILE_TYPE_LABELS.items()],
        initial=FileType.XLSX,
        widget=forms.RadioSelect,
    )
    purpose = forms.CharField(
        label="Dùng vào việc gì?",
        help_text="Ví dụ: Lập danh sách mời họp thôn ngày 05/12/2026. Được ghi vào tệp và sổ xuất danh sách.",
        min_length=SHORTEST_PURPOSE,
        max_length=500,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, commune_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commune_id = commune_id
        villages = [(village.id, village.name) for village in places.villages_of(commune_id)]
        self.fields["village_id"].choices = [("", "Cả xã"), *villages]  # type: ignore[attr-defined]
        labels = {column: label for columns in COLUMNS.values() for column, label in columns.items()}
        self.fields["columns"].choices = list(labels.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("kind") and typed.get("columns") and not columns_of(Kind(typed["kind"]), typed["columns"]):
            self.add_error("columns", f"{KIND_LABELS[Kind(typed['kind'])]} không có các cột này. Hãy chọn cột khác.")
        return typed

    def asked(self) -> Asked:
        typed = self.cleaned_data
        return Asked(
            wanted=Wanted(Kind(typed["kind"]), self.commune_id, typed["village_id"]),
            columns=typed["columns"],
            file_type=FileType(typed["file_type"]),
            purpose=typed["purpose"],
        )


class DecideForm(VietnameseForm):
    agrees = forms.TypedChoiceField(
        label="Trả lời",
        choices=[("yes", "Đồng ý"), ("no", "Không đồng ý")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Lý do", required=False, max_length=500, help_text="Bắt buộc khi không đồng ý.", widget=forms.Textarea
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("agrees") is False and not typed.get("reason"):
            self.add_error("reason", "Viết một câu lý do, để người xin biết cần sửa gì.")
        return typed
