"""How the sign-in library behaves here: no sign-up, no mail, secrets sealed, words ours."""

import base64
import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from maiam.contexts.accounts import queries, services
from maiam.platform import vault
from maiam.platform.access import Actor, acting

HOUSE = Actor.system("sign-in")
SEALED_PLACE = "mfa_authenticator.data"
OUR_NAME = "Mái Ấm"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Tài khoản này đã ngừng dùng.",
        "enter_current_password": "Mật khẩu đang dùng chưa đúng.",
        "incorrect_password": "Mật khẩu chưa đúng.",
        "incorrect_code": "Mã chưa đúng hoặc đã qua giờ. Hãy gõ mã đang hiện.",
        "rate_limited": "Bạn đã thử quá nhiều lần. Hãy đợi vài phút rồi thử lại.",
        "too_many_login_attempts": "Đã thử sai nhiều lần. Hãy đợi 5 phút rồi thử lại, hoặc dùng khóa bảo mật.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator, for a post."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nobody gets mail from us: it would sit in an inbox others read."""

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Someone who signed in a moment ago is not asked for the same again."""
        request = context.request
        shown = get_authentication_records(request, request.user)
        return not shown or time.time() - shown[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count the tries of a computer known to this person apart from everyone else's."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{queries.known_computer(request, credentials.get('username', ''))}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        with acting(HOUSE):
            services.refuse_sign_in(actor=HOUSE, username=credentials.get("username", ""), now=timezone.now())


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Đây là lớp bảo vệ thứ hai duy nhất. Hãy thêm lớp khác trước khi bỏ lớp này.",
        "cannot_generate_recovery_codes": "Hãy thêm ứng dụng tạo mã hoặc khóa bảo mật trước.",
        "incorrect_code": "Mã chưa đúng hoặc đã qua giờ. Hãy gõ mã đang hiện.",
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(vault.seal(text, place=SEALED_PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unseal(base64.b64decode(encrypted_text), place=SEALED_PLACE)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not queries.is_last_factor(authenticator.user, authenticator.pk)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        return "Khóa của tôi"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": OUR_NAME}
