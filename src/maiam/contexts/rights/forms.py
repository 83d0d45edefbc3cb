"""What the officer writes down of a request, and the answers to it."""

from typing import Any

from django import forms

from maiam.contexts.families import queries as families
from maiam.contexts.rights.rules import (
    ASKER_LABELS,
    RIGHT_LABELS,
    SHOWN_LABELS,
    TOLD_LABELS,
    Asker,
    Ground,
    Right,
    Shown,
    Told,
)
from maiam.contexts.rights.services import Asked
from maiam.core.text import fold
from maiam.platform.access import Actor
from maiam.platform.ui.forms import VietnameseForm


class AskForm(VietnameseForm):
    right = forms.ChoiceField(
        label="Người đó yêu cầu gì?", choices=list(RIGHT_LABELS.items()), widget=forms.RadioSelect
    )
    asker = forms.ChoiceField(
        label="Ai đứng trước bạn?",
        choices=list(ASKER_LABELS.items()),
        initial=Asker.PERSON,
        widget=forms.RadioSelect,
    )
    representative_name = forms.CharField(
        label="Tên người đại diện", required=False, max_length=300, help_text="Chỉ ghi khi là người đại diện."
    )
    representative = forms.ChoiceField(
        label="Người đại diện trong sổ",
        required=False,
        help_text="Người cùng hộ hoặc người thân. Không có trong danh sách thì để trống.",
    )
    shown = forms.ChoiceField(
        label="Bạn đã xem giấy tờ gì?", choices=list(SHOWN_LABELS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="Nói thêm",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="Ghi lời người yêu cầu. Được niêm phong.",
    )

    def __init__(self, *args: Any, actor: Actor, person_id: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person_id = person_id
        self.near = families.people_near(actor, person_id)
        choices = [("", "Không có trong sổ"), *((str(one.id), one.full_name) for one in self.near)]
        self.fields["representative"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A representative chosen by name alone is found in the register, so that nobody slips by."""
        typed = super().clean() or self.cleaned_data
        if typed.get("asker") == Asker.REPRESENTATIVE:
            name = typed.get("representative_name", "")
            chosen = next((one for one in self.near if str(one.id) == typed.get("representative")), None)
            if chosen and not name:
                typed["representative_name"] = chosen.full_name
            if name and not chosen:
                same = [one for one in self.near if fold(one.full_name) == fold(name)]
                typed["representative"] = str(same[0].id) if len(same) == 1 else ""
            if not typed.get("representative_name"):
                self.add_error("representative_name", "Ghi tên người đại diện, đúng như giấy tờ đã xem.")
        else:
            typed["representative_name"] = typed["representative"] = ""
        return typed

    def asked(self) -> Asked:
        typed = self.cleaned_data
        chosen = next((one.id for one in self.near if str(one.id) == typed["representative"]), None)
        return Asked(
            person_id=self.person_id,
            right=Right(typed["right"]),
            shown=Shown(typed["shown"]),
            asker=Asker(typed["asker"]),
            representative_id=chosen,
            representative_name=typed["representative_name"],
            words=typed["words"],
        )


def _heard() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Người yêu cầu biết bằng cách nào?",
        help_text="Không có lời dặn, hoặc lời dặn không cho gửi: thành việc của bạn trong Hôm nay.",
        choices=[(told.value, label) for told, label in TOLD_LABELS.items()],
        coerce=Told,
        widget=forms.RadioSelect,
    )


class WordsForm(VietnameseForm):
    words = forms.CharField(label="Viết ở đây", max_length=1000, widget=forms.Textarea)
    told = _heard()


class ShortForm(VietnameseForm):
    """A step that may be taken without a word."""

    words = forms.CharField(label="Nói thêm", required=False, max_length=1000, widget=forms.Textarea)


class FinishForm(ShortForm):
    told = _heard()


class RefuseForm(VietnameseForm):
    ground = forms.ChoiceField(
        label="Căn cứ",
        choices=[(ground.value, ground.text.vi) for ground in Ground],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Lý do, nói cho người yêu cầu hiểu", max_length=1000, widget=forms.Textarea)
    told = _heard()

    def clean_ground(self) -> Ground:
        return Ground(self.cleaned_data["ground"])


class DecideForm(VietnameseForm):
    agrees = forms.TypedChoiceField(
        label="Trả lời",
        choices=[("yes", "Đồng ý xóa"), ("no", "Chưa đồng ý, trả lại")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Lý do", required=False, max_length=500, help_text="Bắt buộc khi chưa đồng ý.", widget=forms.Textarea
    )
