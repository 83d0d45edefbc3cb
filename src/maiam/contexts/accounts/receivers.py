"""What the sign-in library tells us: a session opened, a factor or a password changed."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from maiam.contexts.accounts import queries, rules, services
from maiam.contexts.accounts.models import Account
from maiam.platform.access import Actor, acting

HOUSE = Actor.system("sign-in")


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, user: Account, response: HttpResponse | None = None, **_: Any) -> None:
    """Let a session act once both factors were shown in it; until then it only leads to the factors' page."""
    if response is not None:
        queries.remember_computer(response, user)
    if rules.are_two_factors(get_authentication_records(request, user)):
        queries.mark_signed_in(request.session, post_id=None)
    with acting(HOUSE):
        services.open_session(actor=HOUSE, account=user, now=timezone.now())


@receiver(authenticator_added)
def note_new_factor(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """A person's first factor was just shown to work, beside the password they came in with."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES and not queries.has_shown_both_factors(request.session):
        queries.mark_signed_in(request.session, post_id=None)
    _change_factors(request, user, "added")


@receiver(authenticator_removed)
def note_lost_factor(request: HttpRequest, user: Account, **_: Any) -> None:
    _change_factors(request, user, "removed")


@receiver(authenticator_reset)
def note_new_recovery_codes(request: HttpRequest, user: Account, **_: Any) -> None:
    _change_factors(request, user, "reset")


@receiver([password_changed, password_set])
def note_new_password(request: HttpRequest, user: Account, **_: Any) -> None:
    with acting(HOUSE):
        services.change_password(actor=HOUSE, account=user, kept_session=_session_key(request), now=timezone.now())


def _change_factors(request: HttpRequest, account: Account, act: str) -> None:
    with acting(HOUSE):
        services.change_factors(
            actor=HOUSE, account=account, act=act, kept_session=_session_key(request), now=timezone.now()
        )


def _session_key(request: HttpRequest) -> str:
    return request.session.session_key or ""
