"""The sign-in library's forms in our words; what they check stays the library's."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

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


class SignInForm(VietnameseForm, InOurWords, account.LoginForm):  # type: ignore[misc]
    labels: ClassVar = {"login": "Tên đăng nhập", "password": "Mật khẩu"}


class ConfirmPasswordForm(VietnameseForm, InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar = {"password": "Mật khẩu"}


class ChangePasswordForm(VietnameseForm, InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar = {
        "oldpassword": "Mật khẩu đang dùng",
        "password1": "Mật khẩu mới",
        "password2": "Gõ lại mật khẩu mới",
    }
    hints: ClassVar = {"password1": HINT_FOR_NEW}


class SetPasswordForm(VietnameseForm, InOurWords, account.SetPasswordForm):  # type: ignore[misc]
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


class AddKeyForm(VietnameseForm, InOurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {
        "name": "Tên khóa, để bạn nhận ra",
        "passwordless": "Đăng nhập chỉ bằng khóa này, không cần mật khẩu",
    }
    hints: ClassVar = {"passwordless": "Máy sẽ hỏi vân tay, khuôn mặt hoặc mã PIN mỗi lần dùng."}


class RenameKeyForm(VietnameseForm, InOurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {"name": "Tên khóa"}


class NewRecoveryCodesForm(VietnameseForm, InOurWords, recovery.GenerateRecoveryCodesForm):  # type: ignore[misc]
    pass
