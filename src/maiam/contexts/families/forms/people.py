"""People and households as they are written down, and the day they are looked at."""

from typing import Any

from django import forms

from maiam.contexts.families.rules import MEMBER_ROLE_LABELS, SEX_LABELS, Sex
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.places import queries as places
from maiam.core.text import NotReadError, read_identity_number
from maiam.platform.ui.forms import FilteringForm, PhoneField, VietnameseDateField, VietnameseForm

NAME_LENGTH = 300
A_DAY = "Ví dụ: 25/12/2025."


class InCommuneForm(VietnameseForm):
    """A form about something in one commune: offers that commune's villages."""

    village_id = forms.TypedChoiceField(label="Thôn (bon, buôn, tổ)", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, commune_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commune_id = commune_id
        villages = [(village.id, village.name) for village in places.villages_of(commune_id)]
        field = self.fields["village_id"]
        field.choices = [("", "Chưa rõ"), *villages]  # type: ignore[attr-defined]


class PersonForm(InCommuneForm):
    full_name = forms.CharField(label="Họ và tên", max_length=NAME_LENGTH, help_text="Viết như người đó xưng tên.")
    other_names = forms.CharField(
        label="Tên khác", required=False, max_length=NAME_LENGTH, help_text="Tên thường gọi, tên ở nhà, tên cũ."
    )
    sex = forms.ChoiceField(
        label="Giới tính",
        choices=[(sex.value, SEX_LABELS[sex]) for sex in Sex],
        initial=Sex.UNKNOWN,
        widget=forms.RadioSelect,
    )
    birth = VietnameseDateField(
        label="Ngày sinh", required=False, help_text="25/12/1984, hoặc 12/1984, hoặc 1984, hoặc khoảng 1984."
    )
    ethnicity = forms.CharField(label="Dân tộc", required=False, max_length=40)
    phone = PhoneField(label="Điện thoại", required=False)
    identity_number = forms.CharField(
        label="Số định danh hoặc CMND",
        required=False,
        max_length=30,
        help_text="Được niêm phong; chỉ hiện khi có lý do.",
    )
    is_new_for_sure = forms.BooleanField(
        label="Tôi đã xem, đây là người khác", required=False, widget=forms.HiddenInput
    )

    def clean_identity_number(self) -> str:
        typed = str(self.cleaned_data["identity_number"])
        try:
            return read_identity_number(typed).digits if typed else ""
        except NotReadError as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def facts(self) -> PersonFacts:
        known = self.cleaned_data
        return PersonFacts(
            commune_id=self.commune_id,
            village_id=known["village_id"],
            full_name=known["full_name"],
            other_names=known["other_names"],
            sex=Sex(known["sex"]),
            birth=known["birth"],
            ethnicity=known["ethnicity"],
            phone=known["phone"],
            identity_number=known["identity_number"],
        )


class HouseholdForm(InCommuneForm):
    code = forms.CharField(label="Mã hộ", max_length=30)
    address = forms.CharField(label="Địa chỉ", required=False, max_length=200)


class MemberForm(VietnameseForm):
    person = forms.UUIDField(label="Người", error_messages={"required": "Chọn một người trong danh sách."})
    role = forms.ChoiceField(
        label="Là gì trong hộ",
        choices=[("", "Chọn"), *((role.value, label) for role, label in MEMBER_ROLE_LABELS.items())],
    )
    starts_on = VietnameseDateField(label="Từ ngày", exact=True, help_text=A_DAY)


class DayForm(FilteringForm):
    ngay = VietnameseDateField(label="Xem hộ như vào ngày", required=False, exact=True, help_text="Ví dụ: 1/7/2020.")
