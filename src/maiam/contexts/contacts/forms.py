"""What is typed about reaching a person: their rule, what to tell them, what a colleague did."""

from typing import Any

from django import forms

from maiam.contexts.contacts.rules.safe_rule import WAY_LABELS, SafeRule, Way
from maiam.contexts.contacts.rules.words import LONGEST_TEXT, PURPOSE_LABELS, Purpose
from maiam.contexts.contacts.services import ToldByPerson
from maiam.core import text
from maiam.platform.ui.forms import ClockField, MomentField, PhoneField, VietnameseForm

_DAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_WAYS = [(way.value, label) for way, label in WAY_LABELS.items()]
# A receipt's code is known only at the moment it is given.
_PURPOSES = [(purpose.value, label) for purpose, label in PURPOSE_LABELS.items() if purpose is not Purpose.RECEIPT]
# Enough for the person to say "yes, that one"; too little to ring.
_TAIL = 3


class PhonesField(forms.Field):
    """Several numbers in one box."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> tuple[str, ...]:
        typed = text.clean(str(value or ""))
        try:
            return tuple(text.read_phones(typed)) if typed else ()
        except text.NotReadError as refusal:
            raise forms.ValidationError(refusal.message, code="not_read") from refusal

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(text.write_phone(one) for one in value) if isinstance(value, tuple) else value


class RuleForm(VietnameseForm):
    """Asked of the person themselves, word for word; what they did not say stays empty."""

    hides_optional_marks = True

    ways = forms.TypedMultipleChoiceField(
        label="Được liên lạc bằng cách nào?",
        help_text="Không chọn cách nào: không ai được liên lạc, chỉ chờ người ấy tìm đến.",
        required=False,
        coerce=Way,
        choices=_WAYS,
        widget=forms.CheckboxSelectMultiple,
    )
    phone = PhoneField(label="Số điện thoại an toàn", required=False)
    no_phone = forms.BooleanField(label="Bỏ số đang giữ, không dùng số nào", required=False)
    others_read_phone = forms.BooleanField(label="Có người khác xem được máy này: chỉ gọi, không nhắn", required=False)
    starts = ClockField(label="Từ mấy giờ?", required=False, help_text="Ví dụ: 8:00")
    ends = ClockField(label="Đến mấy giờ?", required=False, help_text="Qua nửa đêm cũng được, ví dụ 22:00 đến 5:00.")
    days = forms.TypedMultipleChoiceField(
        label="Ngày nào?",
        help_text="Không chọn: ngày nào cũng được.",
        required=False,
        coerce=int,
        choices=[(str(number), label) for number, label in enumerate(_DAYS)],
        widget=forms.CheckboxSelectMultiple,
    )
    cover_words = forms.CharField(
        label="Lời nhắn che",
        help_text="Tin nhắn chỉ có đúng lời này. Ví dụ: Hợp tác xã mời họp.",
        required=False,
        max_length=LONGEST_TEXT,
    )
    must_not_pick_up = forms.CharField(label="Ai bắt máy thì không nói?", required=False, max_length=120)
    through_whom = forms.CharField(
        label="Nhờ ai báo lại được?",
        help_text="Họ tên người tin được. Trẻ em: người lớn được nói cùng, không phải người gây ra.",
        required=False,
        max_length=120,
    )
    letter_to = forms.CharField(label="Gửi thư đến đâu thì an toàn?", required=False, max_length=200)
    never_phones = PhonesField(
        label="Số không bao giờ được dùng", help_text="Nhiều số thì ngăn bằng dấu phẩy.", required=False
    )

    def __init__(self, *args: Any, known: SafeRule, **kwargs: Any) -> None:
        """Begin with what was said before; the number that is kept stays behind the door."""
        super().__init__(*args, initial=self._shown(known), **kwargs)
        self.kept_phone = known.phone
        if self.kept_phone:
            self.fields["phone"].help_text = (
                f"Đang giữ một số, tận cùng {self.kept_phone[-_TAIL:]}. Để trống: vẫn dùng số ấy. "
                "Chỉ ghi khi người ấy cho số khác."
            )
        else:
            del self.fields["no_phone"]

    def rule(self) -> SafeRule:
        told = dict(self.cleaned_data)
        kept = "" if told.pop("no_phone", False) else self.kept_phone
        told["phone"] = told["phone"] or kept
        return SafeRule(**{**told, "ways": frozenset(told["ways"]), "days": frozenset(told["days"])})

    @staticmethod
    def _shown(rule: SafeRule) -> dict[str, Any]:
        values = {name: getattr(rule, name) for name in RuleForm.base_fields if hasattr(rule, name)}
        return values | {"phone": "", "ways": sorted(rule.ways), "days": [str(day) for day in sorted(rule.days)]}


class TellForm(VietnameseForm):
    purpose = forms.TypedChoiceField(label="Báo việc gì?", coerce=Purpose, choices=_PURPOSES)
    way = forms.TypedChoiceField(label="Bằng cách nào?", coerce=Way, choices=_WAYS)


class ToldForm(VietnameseForm):
    at = MomentField(label="Lúc nào?")
    way = forms.TypedChoiceField(label="Bằng cách nào?", coerce=Way, choices=_WAYS)
    result = forms.ChoiceField(
        label="Báo được chưa?",
        choices=[("told", "Đã báo được"), ("not_reached", "Chưa báo được")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Ghi thêm", required=False, max_length=1000, widget=forms.Textarea)

    def told(self) -> ToldByPerson:
        said = self.cleaned_data
        return ToldByPerson(at=said["at"], way=said["way"], is_told=said["result"] == "told", words=said["words"])


class DropForm(VietnameseForm):
    words = forms.CharField(label="Vì sao thôi không báo?", max_length=500)
