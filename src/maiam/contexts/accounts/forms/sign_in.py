"""The sign-in library's forms in our words; what they check stays the library's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from maiam.platform.ui.forms import VietnameseForm

HINT_FOR_NEW = "Từ 12 ký tự trở lên. Ba bốn từ không liên quan nhau là dễ nhớ và khó đoán."


class InOurWords:
    """Give a library form's fields our labels and hints, before anything speaks of them."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = self.labels.get(name, "")
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class TypedTwice(InOurWords):
    """A new password, typed twice."""

    def add_error(self, field: str | None, error: Any) -> None:
        """The library refuses two passwords that differ in its own words, and leaves no place for ours."""
        if field == "password2" and isinstance(error, Promise):
            error = "Hai lần gõ mật khẩu chưa giống nhau."
        super().add_error(field, error)  # type: ignore[misc]


class SignInForm(VietnameseForm, InOurWords, account.LoginForm):  # type: ignore[misc]
    labels: ClassVar = {"login": "Tên đăng nhập", "password": "Mật khẩu"}


class ConfirmPasswordForm(VietnameseForm, InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar = {"password": "Mật khẩu"}


class ChangePasswordForm(VietnameseForm, TypedTwice, account.ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar = {
        "oldpassword": "Mật khẩu đang dùng",
        "password1": "Mật khẩu mới",
        "password2": "Gõ lại mật khẩu mới",
    }
    hints: ClassVar = {"password1": HINT_FOR_NEW}


class SetPasswordForm(VietnameseForm, TypedTwice, account.SetPasswordForm):  # type: ignore[misc]
    labels: ClassVar = {"password1": "Mật khẩu mới", "password2": "Gõ lại mật khẩu mới"}
    hints: ClassVar = {"password1": HINT_FOR_NEW}


class CodeForm(VietnameseForm, InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    labels: ClassVar = {"code": "Mã đang hiện trong ứng dụng, hoặc một mã dự phòng"}


class ConfirmCodeForm(VietnameseForm, InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar = {"code": "Mã đang hiện trong ứng dụng, hoặc một mã dự phòng"}


class AddAppForm(VietnameseForm, InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    labels: ClassVar = {"code": "Mã 6 số đang hiện trong ứng dụng"}


class RemoveAppForm(VietnameseForm, InOurWords, totp.DeactivateTOTPForm):  # type: ignore[misc]
    pass


class KeyForm(InOurWords):
    """A form that carries what a security key said; the library falls over when that has the wrong shape."""

    def clean_credential(self) -> Any:
        with _told_as_a_wrong_key():
            inherited = getattr(super(), "clean_credential", None)
            return inherited() if inherited else self.cleaned_data["credential"]  # type: ignore[attr-defined]

    def clean(self) -> Any:
        with _told_as_a_wrong_key():
            return super().clean()  # type: ignore[misc]


@contextmanager
def _told_as_a_wrong_key() -> Iterator[None]:
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValidationError("Khóa này không đọc được. Hãy thử lại.", code="unreadable") from error


class AddKeyForm(VietnameseForm, KeyForm, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {
        "name": "Tên khóa, để bạn nhận ra",
        "credential": "Khóa bảo mật",
        "passwordless": "Đăng nhập chỉ bằng khóa này, không cần mật khẩu",
    }
    hints: ClassVar = {"passwordless": "Máy sẽ hỏi vân tay, khuôn mặt hoặc mã PIN mỗi lần dùng."}


class UseKeyForm(VietnameseForm, KeyForm, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {"credential": "Khóa bảo mật"}


class ConfirmKeyForm(VietnameseForm, KeyForm, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {"credential": "Khóa bảo mật"}


class SignInByKeyForm(VietnameseForm, KeyForm, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {"credential": "Khóa bảo mật"}


class RenameKeyForm(VietnameseForm, InOurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {"name": "Tên khóa"}


class NewRecoveryCodesForm(VietnameseForm, InOurWords, recovery.GenerateRecoveryCodesForm):  # type: ignore[misc]
    pass
