"""Computers someone has signed in from before: their tries are counted apart.

So a stranger who keeps guessing slows down strangers, and never keeps the owner of an account out of their own desk.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from maiam.contexts.accounts.models import Account

COOKIE = "known_computer"
SALT = "accounts.known_computer"
KEPT = timedelta(days=180)


def remember_computer(response: HttpResponse, account: Account) -> None:
    """Leave a signed mark with the browser a person has just signed in from."""
    response.set_signed_cookie(
        COOKIE,
        f"{account.username}:{secrets.token_hex(8)}",
        salt=SALT,
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def known_computer(request: HttpRequest, username: str) -> str:
    """Return this browser's mark when it was left for this person; else nothing."""
    mark = str(request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=int(KEPT.total_seconds())))
    owner, _, _ = mark.rpartition(":")
    return mark if owner and owner == username.strip().lower() else ""
