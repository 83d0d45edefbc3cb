"""The desk's form: one set of questions, of which each role sees what it needs while somebody is talking."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django import forms

from maiam.contexts.places import queries as places
from maiam.contexts.reports.forms.fields import new_entry_key
from maiam.contexts.reports.forms.places import PlaceFields
from maiam.contexts.reports.models.calls import CALL_PURPOSE_LABELS
from maiam.contexts.reports.rules import draft as words
from maiam.contexts.reports.rules.desk import usual_intake
from maiam.contexts.reports.rules.draft import (
    ContactWay,
    Happening,
    InDanger,
    Kind,
    Mode,
    ReportDraft,
    Reporter,
    SafeContact,
    Sign,
    Told,
)
from maiam.contexts.reports.rules.limits import (
    MOST_COVER_LETTERS,
    MOST_NAME_LETTERS,
    MOST_REASON_LETTERS,
    MOST_STORY_LETTERS,
)
from maiam.core.law.codes.reports import receiving_addresses, report_channels, reporter_types
from maiam.platform.access import Actor, Role
from maiam.platform.ui.forms import ClockField, MomentField, PhoneField, VietnameseForm

# A village head answers in sixty seconds, on a phone.
_NOT_ASKED = {
    Role.VILLAGE_HEAD: (
        *("channel", "receiving_address", "mode", "in_danger"),
        *("way", "starts", "ends", "cover_words", "must_not_pick_up", "sends_code"),
    )
}


class IntakeForm(VietnameseForm, PlaceFields):
    """Take down what somebody tells. Three answers are enough: what, where, and whether it is going on."""

    entry_key = forms.CharField(widget=forms.HiddenInput, initial=new_entry_key, max_length=64, required=False)
    happening = forms.ChoiceField(
        label="Đang xảy ra lúc này không?",
        widget=forms.RadioSelect,
        choices=list(words.HAPPENING_LABELS.items()),
    )
    signs = forms.MultipleChoiceField(
        label="Dấu hiệu nguy hiểm",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(words.SIGN_LABELS.items()),
    )
    kinds = forms.MultipleChoiceField(
        label="Chuyện gì?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(words.KIND_LABELS.items()),
    )
    story = forms.CharField(
        label="Ghi lại bằng lời của người báo tin", required=False, max_length=MOST_STORY_LETTERS, widget=forms.Textarea
    )
    in_danger = forms.MultipleChoiceField(
        label="Ai đang gặp nguy hiểm?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(InDanger.ME, "Người báo tin"), *list(words.IN_DANGER_LABELS.items())[1:]],
    )
    reporter_type = forms.ChoiceField(label="Người báo tin là", required=False)
    mode = forms.ChoiceField(label="Tên người báo tin", required=False, choices=list(words.MODE_LABELS.items()))
    full_name = forms.CharField(label="Họ tên người báo tin", required=False, max_length=MOST_NAME_LETTERS)
    phone = PhoneField(label="Số điện thoại người báo tin", required=False)
    way = forms.ChoiceField(
        label="Được liên lạc lại bằng cách nào?", required=False, choices=list(words.CONTACT_WAY_LABELS.items())
    )
    starts = ClockField(label="Từ mấy giờ", required=False)
    ends = ClockField(label="Đến mấy giờ", required=False)
    cover_words = forms.CharField(label="Lời nhắn che", required=False, max_length=MOST_COVER_LETTERS)
    must_not_pick_up = forms.CharField(label="Ai bắt máy thì không nói", required=False, max_length=MOST_COVER_LETTERS)
    sends_code = forms.BooleanField(label="Người báo tin muốn nhận mã qua tin nhắn", required=False)
    channel = forms.ChoiceField(label="Tin đến bằng cách nào?")
    receiving_address = forms.ChoiceField(label="Nơi tiếp nhận theo luật")
    told_at = MomentField(
        label="Được báo lúc nào?",
        required=False,
        help_text="Để trống nếu là bây giờ. Ghi giờ sớm nhất có người được báo.",
    )
    told_at_reason = forms.CharField(
        label="Vì sao nhập muộn?", required=False, max_length=MOST_REASON_LETTERS, help_text="Chỉ khi giờ báo đã qua."
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.usual = asdict(usual_intake(actor.role)) | {"mode": Mode.CONFIDENTIAL, "way": ContactWay.NONE}
        super().__init__(*args, initial=self.usual | _own_place(actor), **kwargs)
        self._choose("channel", {code: channel.vi for code, channel in report_channels().items()})
        self._choose("receiving_address", {code: address.vi for code, address in receiving_addresses().items()})
        self._choose("reporter_type", {"": "Chưa rõ"} | {code: kind.vi for code, kind in reporter_types().items()})
        for name in _NOT_ASKED.get(actor.role, ()) if actor.role else ():
            del self.fields[name]

    def _choose(self, name: str, labels: Mapping[str, str]) -> None:
        self.fields[name].choices = list(labels.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("kinds") and not cleaned.get("story") and not {"kinds", "story"} & set(self.errors):
            self.add_error("kinds", "Chọn một dòng, hoặc ghi vài chữ.")
        if cleaned.get("commune_text") and not self.candidates and not cleaned.get("place"):
            self.add_error("commune_text", "Chưa thấy xã, phường này. Gõ lại; hoặc để trống và ghi nơi đó bằng lời.")
        if cleaned.get("way") in {ContactWay.CALL, ContactWay.MESSAGE} and not cleaned.get("phone"):
            self.add_error("phone", "Ghi số để liên lạc lại.")
        return cleaned

    def draft(self) -> ReportDraft:
        """What was taken down, as a draft."""
        told = {"in_danger": []} | self.usual | self.cleaned_data
        reporter = _reporter(told)
        return ReportDraft(
            channel=told["channel"],
            receiving_address=told["receiving_address"],
            entry_key=told["entry_key"] or new_entry_key(),
            story=told["story"],
            kinds=tuple(Kind(kind) for kind in told["kinds"]),
            signs=tuple(Sign(sign) for sign in told["signs"]),
            happening=Happening(told["happening"]),
            in_danger=tuple(InDanger(who) for who in told["in_danger"]),
            commune_id=told["commune_id"],
            village_id=told["village_id"],
            place_as_given=told["place_as_given"],
            mode=Mode(told["mode"] or Mode.CONFIDENTIAL) if reporter.full_name or reporter.phone else Mode.ANONYMOUS,
            reporter=reporter,
            told=Told(told["told_at"], told["told_at_reason"]),
            sends_code=told.get("sends_code", False),
        )


class CallForm(VietnameseForm):
    """A call that was no report."""

    purpose = forms.ChoiceField(
        label="Cuộc gọi về việc gì?", widget=forms.RadioSelect, choices=list(CALL_PURPOSE_LABELS.items())
    )
    note = forms.CharField(label="Ghi chú", required=False, max_length=MOST_REASON_LETTERS, widget=forms.Textarea)


def _own_place(actor: Actor) -> dict[str, str]:
    """A post of one commune usually hears of its own; a village head, of his village."""
    if len(actor.commune_ids) != 1:
        return {}
    commune = places.unit(actor.commune_ids[0])
    own = {"commune_text": commune.name} if commune else {}
    if actor.role is Role.VILLAGE_HEAD and actor.village_ids:
        village = places.village(actor.village_ids[0])
        own |= {"village_text": village.name} if village else {}
    return own


def _reporter(told: Mapping[str, Any]) -> Reporter:
    reporter = Reporter(type_code=told["reporter_type"], full_name=told["full_name"], phone=told["phone"])
    way = ContactWay(told["way"] or ContactWay.NONE)
    if way is ContactWay.NONE:
        return reporter
    asked = ("phone", "starts", "ends", "cover_words", "must_not_pick_up")
    return replace(reporter, contact=SafeContact(way, **{name: told[name] for name in asked}))
