"""Consent, referral, answer, and a need nobody met."""

from typing import Any
from uuid import UUID

from django import forms

from maiam.contexts.support.forms.contacts import SpeakerFields
from maiam.contexts.support.queries import Helper
from maiam.contexts.support.queries.support import ConsentLine
from maiam.contexts.support.rules.needs import NEED_LABELS, Need
from maiam.contexts.support.rules.referrals import GROUND_LABELS, STATE_LABELS, Ground, State
from maiam.contexts.support.services import ConsentGiven, ReferralSent
from maiam.core.text import write_date
from maiam.platform.ui.forms import MomentField, VietnameseForm

OUTSIDE = "outside"
_NEEDS = [(need.value, label) for need, label in NEED_LABELS.items()]


class ToHelperForm(VietnameseForm):
    """A form that names a helper: a seat of the commune, or somebody outside, by name."""

    to = forms.ChoiceField(label="Nơi nhận", widget=forms.RadioSelect)
    outside = forms.CharField(label="Tên nơi nhận khác", required=False, max_length=200)

    def __init__(self, *args: Any, helpers: list[Helper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helpers = {str(helper.post_id): helper for helper in helpers}
        seats = [(key, helper.title) for key, helper in self.helpers.items()]
        self.fields["to"].choices = [*seats, (OUTSIDE, "Nơi khác")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("to") == OUTSIDE and not typed.get("outside"):
            self.add_error("outside", "Viết tên nơi nhận.")
        return typed

    def recipient(self) -> dict[str, Any]:
        helper = self.helpers.get(self.cleaned_data["to"])
        if helper:
            return {"recipient": helper.title, "to_post_id": helper.post_id}
        return {"recipient": self.cleaned_data["outside"], "to_post_id": None}


class ConsentForm(ToHelperForm, SpeakerFields):
    speaker = forms.ChoiceField(label="Ai đồng ý?", required=False)
    need = forms.TypedChoiceField(label="Để làm gì?", coerce=Need, choices=_NEEDS)
    facts = forms.CharField(
        label="Người ấy đồng ý cho biết những gì?",
        max_length=500,
        help_text="Ví dụ: tên, số điện thoại, cần khám thai.",
    )
    evidence = forms.CharField(
        label="Đồng ý bằng cách nào?",
        max_length=300,
        help_text="Ví dụ: nói trực tiếp, có chị Hoa ở đó; hoặc ký vào giấy.",
    )
    given_at = MomentField(label="Đồng ý lúc nào?")
    until = MomentField(label="Đến khi nào?", required=False, allow_future=True)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("until") and typed.get("given_at") and typed["until"] <= typed["given_at"]:
            self.add_error("until", "Phải sau lúc đồng ý.")
        return typed

    def given(self) -> ConsentGiven:
        told = self.cleaned_data
        kept = {name: told[name] for name in ("need", "facts", "evidence", "given_at", "until")}
        return ConsentGiven(**kept, **self.recipient(), by=self.spoken_for())


class ReferralForm(ToHelperForm):
    need = forms.TypedChoiceField(label="Cần giúp gì?", coerce=Need, choices=_NEEDS)
    ground = forms.TypedChoiceField(
        label="Vì sao được cho biết?",
        coerce=Ground,
        choices=[(ground.value, label) for ground, label in GROUND_LABELS.items()],
        initial=Ground.CONSENT,
        widget=forms.RadioSelect,
    )
    consent_id = forms.TypedChoiceField(label="Sự đồng ý", required=False, coerce=UUID, empty_value=None)
    told = forms.CharField(
        label="Viết cho nơi nhận",
        help_text="Chỉ những điều người ấy đã đồng ý. Không viết chuyện đã xảy ra nếu nơi nhận không cần biết.",
        max_length=2000,
        widget=forms.Textarea,
    )
    is_urgent = forms.BooleanField(label="Gấp: cần trả lời trong 24 giờ", required=False)

    def __init__(self, *args: Any, consents: list[ConsentLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [
            (str(one.id), f"{one.recipient}: {one.need_label.lower()}, {write_date(one.given_at)}") for one in consents
        ]
        self.fields["consent_id"].choices = [("", "Chọn"), *lines]  # type: ignore[attr-defined]

    def sent(self) -> ReferralSent:
        told = self.cleaned_data
        kept = {name: told[name] for name in ("need", "ground", "consent_id", "told", "is_urgent")}
        return ReferralSent(**kept, **self.recipient())


class AnswerForm(VietnameseForm):
    to = forms.TypedChoiceField(label="Trả lời", coerce=State, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Ghi thêm",
        required=False,
        max_length=1000,
        help_text="Bắt buộc khi không nhận, dừng, rút lại, hoặc đã giúp xong.",
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, states: list[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = STATE_LABELS | {State.ACCEPTED: "Nhận giúp", State.REJECTED: "Không nhận", State.REVOKED: "Rút lại"}
        self.fields["to"].choices = [(state.value, words[state]) for state in states]  # type: ignore[attr-defined]


class UnmetForm(VietnameseForm):
    need = forms.TypedChoiceField(label="Việc gì chưa ai giúp được?", coerce=Need, choices=_NEEDS)
    reason = forms.CharField(label="Vì sao?", max_length=500, widget=forms.Textarea)
