"""What an administrator types about people and their posts, and a person about their way in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from maiam.contexts.accounts.forms.sign_in import HINT_FOR_NEW
from maiam.contexts.accounts.models import Account
from maiam.contexts.accounts.queries import PlaceOfSeat
from maiam.contexts.accounts.rules import TOKEN_LASTS_DAYS, roles_at
from maiam.platform.access.policy import ROLE_LABELS, Role
from maiam.platform.ui.forms import MomentField, PhoneField, VietnameseForm

USERNAME = RegexValidator(r"^[a-z0-9][a-z0-9._-]+\Z", "Chỉ dùng chữ thường không dấu, số và các dấu . _ -")


class AddAccountForm(VietnameseForm):
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        validators=[USERNAME],
        help_text="Chữ thường không dấu, ví dụ: nguyen.thi.lan",
    )
    phone = PhoneField(label="Điện thoại công vụ", required=False)


class AddPostForm(VietnameseForm):
    """A new seat in a place already chosen: the place decides which roles and villages there are."""

    role = forms.TypedChoiceField(label="Vai trò", coerce=Role, widget=forms.RadioSelect)
    title = forms.CharField(label="Tên chức vụ", max_length=120, help_text="Ví dụ: Phó Chủ tịch UBND xã")
    organisation_name = forms.CharField(label="Cơ quan", max_length=160, help_text="Ví dụ: UBND xã Đắk Mil")
    village = forms.TypedChoiceField(label="Thôn, bon, buôn", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, place: PlaceOfSeat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_at(is_province=place.commune is None)
        _choices(self, "role", [(role.value, ROLE_LABELS[role]) for role in roles])
        _choices(self, "village", [("", "Cả xã"), *((str(row.id), row.name) for row in place.villages)])
        if place.commune is None:
            del self.fields["village"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        village_id = values.pop("village", None)
        return values | {"village_id": village_id}


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class GivePostForm(VietnameseForm):
    starts_at = MomentField(label="Giữ chức vụ từ", allow_future=True)
    is_stand_in = forms.BooleanField(
        label="Giữ thay",
        required=False,
        help_text="Đánh dấu khi người này làm thay trong lúc người giữ chức vụ đi vắng.",
    )


class EndPostForm(VietnameseForm):
    ends_at = MomentField(
        label="Thôi giữ chức vụ từ", allow_future=True, help_text="Từ giây này, mọi quyền theo chức vụ chấm dứt."
    )


class AskResetForm(VietnameseForm):
    reason = forms.CharField(
        label="Vì sao cần mở lại tài khoản?",
        max_length=200,
        help_text="Ví dụ: mất điện thoại, đã gặp trực tiếp để xác minh.",
    )


class SetUpForm(VietnameseForm):
    """A person's first password, or a new one after a reset."""

    username = forms.CharField(label="Tên đăng nhập", max_length=60)
    code = forms.CharField(
        label="Mã thiết lập", max_length=40, help_text="16 chữ số người quản trị đã đọc hoặc đưa cho bạn."
    )
    password1 = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        max_length=200,
        help_text=HINT_FOR_NEW,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Gõ lại mật khẩu mới",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Hai lần gõ mật khẩu chưa giống nhau.")
        if first:
            self._refuse_a_weak(first, Account(username=values.get("username", "")))
        return values

    def _refuse_a_weak(self, password: str, account: Account) -> None:
        try:
            validate_password(password, account)
        except ValidationError as refusal:
            self.add_error("password1", refusal)


class MakeTokenForm(VietnameseForm):
    name = forms.CharField(label="Máy hoặc hệ thống nào dùng?", max_length=80, help_text="Ví dụ: Tổng đài 111")
    lasts_days = forms.TypedChoiceField(
        label="Dùng được bao lâu?",
        coerce=int,
        choices=[(days, f"{days} ngày") for days in TOKEN_LASTS_DAYS],
        widget=forms.RadioSelect,
    )
