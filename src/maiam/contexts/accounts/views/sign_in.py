"""Where the sign-in library lacks a rule of ours."""

from allauth.account.views import reauthenticate as ask_again
from allauth.mfa.webauthn.views import remove_webauthn
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maiam.contexts.accounts import queries
from maiam.contexts.accounts.models import Account
from maiam.platform.errors import DomainError


class LastFactorError(DomainError):
    code = "accounts.last_factor"
    message = "Đây là lớp bảo vệ thứ hai duy nhất. Hãy thêm một lớp khác trước khi bỏ khóa này."


@require_http_methods(["GET", "POST"])
def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Ask for the password again; who has none, in a demonstration, goes to where one press is the proof."""
    account = request.user
    if settings.DEMO and isinstance(account, Account) and not account.has_usable_password():
        return redirect(f"{reverse('accounts:demo')}?{request.GET.urlencode()}")
    answer: HttpResponse = ask_again(request)
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a security key away, unless nothing would be left beside the password."""
    if queries.is_last_factor(request.user, pk):  # type: ignore[arg-type] # signed in, so an account
        raise LastFactorError
    answer: HttpResponse = remove_webauthn(request, pk=pk)
    return answer
