"""The six questions of the public form, one a page, each with a way to say "I do not know"."""

from typing import Any

from django import forms

from maiam.contexts.reports.forms.fields import PicturesField
from maiam.contexts.reports.forms.places import PlaceFields
from maiam.contexts.reports.rules import draft as words
from maiam.contexts.reports.rules.draft import ContactWay, Sign
from maiam.contexts.reports.rules.limits import (
    MOST_COVER_LETTERS,
    MOST_MESSAGE_LETTERS,
    MOST_NAME_LETTERS,
    MOST_STORY_LETTERS,
)
from maiam.platform.requests import is_without_database
from maiam.platform.ui.forms import ClockField, PhoneField, TracelessForm


class SafeForm(TracelessForm):
    safe = forms.ChoiceField(
        label="Lúc này nói có an toàn không?",
        widget=forms.RadioSelect,
        choices=[("yes", "An toàn"), ("not_sure", "Tôi không biết"), ("no", "Không an toàn")],
    )


class StaySafeForm(TracelessForm):
    """A page to stop at, with nothing to answer."""


class WhatForm(TracelessForm):
    kinds = forms.MultipleChoiceField(
        label="Chuyện gì đang xảy ra?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(words.KIND_LABELS.items()),
        help_text="Chọn những dòng đúng. Hoặc viết ở dưới.",
    )
    story = forms.CharField(
        label="Kể bằng lời của bạn",
        required=False,
        max_length=MOST_STORY_LETTERS,
        widget=forms.Textarea,
        help_text="Viết ngắn cũng được. Muốn giữ kín mình là ai thì đừng ghi tên bạn ở đây.",
    )
    signs = forms.MultipleChoiceField(
        label="Có điều nào sau đây không?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(words.SIGN_LABELS.items()),
    )
    happening = forms.ChoiceField(
        label="Việc này đang xảy ra lúc này không?",
        widget=forms.RadioSelect,
        choices=list(words.HAPPENING_LABELS.items()),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("kinds") and not cleaned.get("story") and not {"kinds", "story"} & set(self.errors):
            self.add_error("kinds", "Chọn một dòng, hoặc viết vài chữ. Không rõ thì chọn “Tôi không biết”.")
        return cleaned

    @property
    def is_urgent(self) -> bool:
        return words.is_urgent(self.cleaned_data["happening"], self.cleaned_data["signs"])

    @property
    def has_child(self) -> bool:
        return Sign.CHILD in self.cleaned_data["signs"]


class WhereForm(TracelessForm, PlaceFields):
    place_unknown = forms.BooleanField(label="Tôi không biết xã, phường nào", required=False)

    field_order = ("commune_text", "commune", "place_unknown", "village_text", "place")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("place_unknown") or "commune_text" in self.errors:
            return cleaned
        if not cleaned.get("commune_text"):
            self.add_error("commune_text", "Gõ tên xã, phường; hoặc đánh dấu “Tôi không biết”.")
        elif not self.candidates and not is_without_database():
            self.add_error(
                "commune_text",
                "Chưa thấy nơi nào tên như vậy. Gõ lại; hoặc đánh dấu “Tôi không biết” để gửi như đã gõ.",
            )
        return cleaned


class UrgentPlaceForm(TracelessForm, PlaceFields):
    """The short way: the place, if known. It asks once which commune is meant, and never holds the report back."""

    asked_which = forms.CharField(required=False, widget=forms.HiddenInput)

    def _insists_on_choice(self) -> bool:
        return not self["asked_which"].value()


class WhoForm(TracelessForm):
    in_danger = forms.MultipleChoiceField(
        label="Ai đang gặp nguy hiểm?",
        widget=forms.CheckboxSelectMultiple,
        choices=list(words.IN_DANGER_LABELS.items()),
        error_messages={"required": "Chọn ít nhất một dòng. Không rõ thì chọn “Tôi không biết”."},
    )


class ContactForm(TracelessForm):
    way = forms.ChoiceField(
        label="Liên hệ lại với bạn thế nào cho an toàn?",
        widget=forms.RadioSelect,
        choices=list(words.CONTACT_WAY_LABELS.items()),
    )
    phone = PhoneField(label="Số điện thoại an toàn", required=False, help_text="Số mà người kia không cầm máy.")
    starts = ClockField(label="Gọi từ mấy giờ?", required=False, help_text="Ví dụ: 8:00")
    ends = ClockField(label="Đến mấy giờ?", required=False, help_text="Ví dụ: 10:30")
    cover_words = forms.CharField(
        label="Khi nhắn, hãy viết như thế nào để không lộ?",
        required=False,
        max_length=MOST_COVER_LETTERS,
        help_text="Ví dụ: “Hợp tác xã mời họp”.",
    )
    must_not_pick_up = forms.CharField(
        label="Nếu ai bắt máy thì không được nói gì?",
        required=False,
        max_length=MOST_COVER_LETTERS,
        help_text="Ví dụ: chồng, mẹ chồng.",
    )
    full_name = forms.CharField(
        label="Tên của bạn", required=False, max_length=MOST_NAME_LETTERS, help_text="Để trống cũng được."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wants = cleaned.get("way") in {ContactWay.CALL, ContactWay.MESSAGE}
        if wants and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Ghi số để liên lạc; hoặc chọn “Đừng liên lạc với tôi”.")
        if cleaned.get("ends") and not cleaned.get("starts") and "starts" not in self.errors:
            self.add_error("starts", "Ghi cả giờ bắt đầu.")
        return cleaned


class SendForm(TracelessForm):
    pictures = PicturesField(
        label="Gửi kèm ảnh",
        required=False,
        help_text="Nơi chụp và tên máy được xóa khỏi ảnh. Ảnh không giữ được thì tin vẫn được gửi.",
    )
    # Nobody sees this box; what fills it is not a person.
    website = forms.CharField(required=False, label="Để trống ô này")


class CodeForm(TracelessForm):
    code = forms.CharField(
        label="Mã của bạn",
        max_length=100,
        help_text="16 chữ số, hoặc 8 từ. Có dấu hay không, cách hay liền số đều được.",
        widget=forms.TextInput,
    )


class SayForm(TracelessForm):
    body = forms.CharField(label="Viết thêm", max_length=MOST_MESSAGE_LETTERS, widget=forms.Textarea, required=False)
    pictures = PicturesField(label="Gửi thêm ảnh", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("body") and not cleaned.get("pictures") and "body" not in self.errors:
            self.add_error("body", "Chưa có chữ nào. Hãy viết vài chữ rồi gửi.")
        return cleaned


class NotedForm(TracelessForm):
    noted = forms.BooleanField(
        label="Tôi đã ghi lại mã",
        error_messages={"required": "Hãy ghi lại mã, rồi đánh dấu vào đây. Mã chỉ hiện một lần."},
    )
