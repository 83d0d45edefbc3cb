"""Sessions: opened, refused, and ended everywhere else when a password or a factor changes."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from maiam.contexts.accounts.models import Account
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError


@transaction.atomic
def open_session(*, actor: Actor, account: Account, now: datetime) -> None:
    """Put a sign-in into the trail."""
    actor.require(Permission.KEEP_HOUSE)
    audit.record(actor, "accounts.session.opened", account, at=now)


@transaction.atomic
def refuse_sign_in(*, actor: Actor, username: str, now: datetime) -> None:
    """Put a wrong password into the trail, by the account it was tried on; a name we do not know leaves no trace."""
    actor.require(Permission.KEEP_HOUSE)
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account:
        audit.record(actor, "accounts.sign_in.refused", account, at=now)


@transaction.atomic
def change_factors(*, actor: Actor, account: Account, act: str, kept_session: str, now: datetime) -> None:
    """End every other session of a person whose second factors changed (`act`: added, removed, reset)."""
    actor.require(Permission.KEEP_HOUSE)
    _drop_sessions(account, but=kept_session)
    audit.record(actor, f"accounts.factor.{act}", account, at=now)


@transaction.atomic
def change_password(*, actor: Actor, account: Account, kept_session: str, now: datetime) -> None:
    """End every other session of a person who changed their password."""
    actor.require(Permission.KEEP_HOUSE)
    _drop_sessions(account, but=kept_session)
    audit.record(actor, "accounts.password.changed", account, at=now, fields=["password"])


@transaction.atomic
def end_all_sessions(*, actor: Actor, account_id: int, now: datetime) -> None:
    """Sign a person out everywhere, as when a phone was stolen."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    account = Account.objects.filter(id=account_id).first()
    if account is None:
        raise NotFoundError
    _drop_sessions(account, but="")
    audit.record(actor, "accounts.session.ended", account, at=now)


def _drop_sessions(account: Account, *, but: str) -> None:
    """End the account's sessions, all but one."""
    for session in UserSession.objects.filter(user=account).exclude(session_key=but):
        session.end()
