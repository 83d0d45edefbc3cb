"""People who may sign in."""

from datetime import datetime

from django.db import IntegrityError, transaction

from maiam.contexts.accounts.models import Account
from maiam.core.text import sort_key
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class UsernameTakenError(DomainError):
    code = "accounts.username_taken"
    message = "Tên đăng nhập này đã có người dùng."
    field = "username"


@transaction.atomic
def create_account(*, actor: Actor, username: str, full_name: str, now: datetime, phone: str = "") -> Account:
    """Add a person who may sign in once they have set a password of their own.

    Raises `UsernameTakenError`.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    account = Account(username=username.lower(), full_name=full_name, sort_key=sort_key(full_name), phone=phone)
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise UsernameTakenError from error
    audit.record(actor, "accounts.account.created", account, at=now)
    return account
