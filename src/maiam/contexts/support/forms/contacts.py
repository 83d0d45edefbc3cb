"""An attempt to reach a person; and the plan she makes for herself."""

from collections.abc import Sequence
from typing import Any

from django import forms

from maiam.contexts.cases.queries import Speaker
from maiam.contexts.support.rules.contacts import HOW_LABELS, REACHED_LABELS, SAFE_LABELS, How, Reached, Safe, SpokenFor
from maiam.contexts.support.services import ContactMade
from maiam.platform.errors import DomainError
from maiam.platform.ui.forms import MomentField, VietnameseForm

LONGEST = 2000


THEMSELVES, SOMEBODY_ELSE = "", "other"


class SpeakerFields(VietnameseForm):
    """Who spoke: the person, somebody of their home in the register, or somebody by name."""

    speaker = forms.ChoiceField(label="Ai nói, ai đồng ý?", required=False)
    speaker_name = forms.CharField(label="Họ tên người ấy", required=False, max_length=300)

    def __init__(self, *args: Any, speakers: Sequence[Speaker] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = {str(one.id): one for one in speakers}
        home = [(key, _label(one)) for key, one in self.speakers.items()]
        choices = [(THEMSELVES, "Chính người được bảo vệ"), *home, (SOMEBODY_ELSE, "Người khác")]
        self.fields["speaker"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("speaker") == SOMEBODY_ELSE and not typed.get("speaker_name"):
            self.add_error("speaker_name", "Viết họ tên người ấy.")
        return typed

    def refuse(self, refusal: DomainError) -> None:
        if refusal.field in {"given_by", "spoke_with"}:
            self.add_error("speaker", str(refusal))
        else:
            super().refuse(refusal)

    def spoken_for(self) -> SpokenFor:
        chosen = self.cleaned_data["speaker"]
        if chosen in self.speakers:
            return SpokenFor(self.speakers[chosen].name, self.speakers[chosen].id)
        return SpokenFor(self.cleaned_data["speaker_name"]) if chosen == SOMEBODY_ELSE else SpokenFor()


def _label(one: Speaker) -> str:
    return f"{one.name} ({one.birth_year})" if one.birth_year else one.name


class ContactForm(SpeakerFields):
    speaker = forms.ChoiceField(label="Nói chuyện với ai?", required=False)
    tried_at = MomentField(label="Lúc nào?")
    how = forms.TypedChoiceField(
        label="Bằng cách nào?",
        coerce=How,
        choices=[(how.value, label) for how, label in HOW_LABELS.items()],
        initial=How.VISIT,
        widget=forms.RadioSelect,
    )
    reached = forms.TypedChoiceField(
        label="Có gặp riêng được không?",
        help_text="Chỉ lần gặp riêng mới tính là đã liên hệ.",
        coerce=Reached,
        choices=[(reached.value, label) for reached, label in REACHED_LABELS.items()],
        widget=forms.RadioSelect,
    )
    is_safe = forms.TypedChoiceField(
        label="Người ấy thấy thế nào?",
        coerce=Safe,
        choices=[(safe.value, label) for safe, label in SAFE_LABELS.items()],
        initial=Safe.UNKNOWN,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Người ấy nói gì?", required=False, max_length=LONGEST, widget=forms.Textarea)

    def made(self) -> ContactMade:
        told = self.cleaned_data
        kept = {name: told[name] for name in ("tried_at", "how", "reached", "is_safe", "words")}
        return ContactMade(**kept, spoke_with=self.spoken_for())


PLAN_QUESTIONS = {
    "signs": ("Dấu hiệu nào cho biết sắp có chuyện?", "Người ấy hiểu rõ nhất. Ghi đúng lời người ấy."),
    "rooms": ("Trong nhà, chỗ nào an toàn hơn, lối nào thoát ra được?", "Tránh bếp, nhà tắm, nơi có dao, rựa."),
    "go_to": ("Phải đi thì đi đâu, ai chở?", "Ghi ít nhất hai nơi. Không ghi ra giấy đưa về nhà."),
    "call": ("Gọi ai trước, gọi ai sau?", "Hàng xóm, họ hàng, trưởng thôn, 113."),
    "word": ("Từ hẹn nào để người quen biết là cần giúp?", "Ví dụ: “cho mượn cái rổ”."),
    "bag": ("Cần mang gì, để sẵn ở đâu?", "Giấy tờ, thuốc, tiền, sữa, áo con. Gửi nhà người tin được."),
    "children": ("Con biết phải làm gì?", "Con chạy sang nhà ai, gọi ai; con không phải can ngăn."),
    "phone": ("Điện thoại có bị xem không, dùng máy nào để gọi?", "Xóa cuộc gọi, tin nhắn thế nào."),
}


class SafetyPlanForm(VietnameseForm):
    """The person's own answers; any may stay empty."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in PLAN_QUESTIONS.items():
            self.fields[name] = forms.CharField(
                label=label, help_text=hint, required=False, max_length=LONGEST, widget=forms.Textarea
            )

    def clean(self) -> dict[str, object]:
        typed = super().clean() or self.cleaned_data
        if not any(typed.get(name) for name in PLAN_QUESTIONS):
            raise forms.ValidationError("Ghi ít nhất một câu trả lời.")
        return typed
