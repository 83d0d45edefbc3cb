"""The way in: a code told once lets a person set a password nobody else has ever seen.

Whoever set up their account once is let in again only by two administrators together: one asks, another confirms.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from maiam.contexts.accounts.models import Account, SetUpCode
from maiam.contexts.accounts.rules import SET_UP_CODE_LASTS, bare_code, new_set_up_code
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError


class AlreadySetUpError(DomainError):
    code = "accounts.already_set_up"
    message = "Người này đã tự đặt mật khẩu. Muốn mở lại cần hai quản trị viên: một người đề nghị, một người xác nhận."


class SamePersonError(DomainError):
    code = "accounts.reset_takes_two"
    message = "Người xác nhận phải khác người đề nghị, và không phải là chủ tài khoản."


class NotAskedError(DomainError):
    code = "accounts.reset_not_asked"
    message = "Không có đề nghị mở lại nào đang chờ xác nhận cho tài khoản này."


class CodeNotValidError(DomainError):
    """The same for an unknown name, a wrong code, a used one and an old one: nobody learns which names exist."""

    code = "accounts.code_not_valid"
    message = "Tên đăng nhập hoặc mã thiết lập không đúng, hoặc mã đã hết hạn. Hãy hỏi lại người quản trị."
    field = "code"


@transaction.atomic
def make_set_up_code(*, actor: Actor, account_id: int, now: datetime) -> str:
    """Make the code that lets a new person set their password; shown once, it ends the one before.

    Raises `AlreadySetUpError`; `NotFoundError`.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    account = _locked(account_id)
    if account.has_usable_password():
        raise AlreadySetUpError

    _withdraw_open(account, now)
    row = SetUpCode(account=account, asked_by_id=actor.account_id, asked_at=now)
    code = _make(row, actor, now)
    audit.record(actor, "accounts.set_up_code.made", account, at=now)
    return code


@transaction.atomic
def ask_reset(*, actor: Actor, account_id: int, reason: str, now: datetime) -> None:
    """Ask to let a person in again who lost their password or their second factor.

    Nothing of the account changes before another administrator confirms and the person uses the code.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    account = _locked(account_id)
    _withdraw_open(account, now)
    SetUpCode.objects.create(account=account, is_reset=True, asked_by_id=actor.account_id, asked_at=now)
    audit.record(actor, "accounts.reset.asked", account, at=now, reason=reason)


@transaction.atomic
def confirm_reset(*, actor: Actor, account_id: int, now: datetime) -> str:
    """Make the code another administrator asked for; shown once.

    Raises `NotAskedError`, `SamePersonError`; `NotFoundError`.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    account = _locked(account_id)
    row = SetUpCode.objects.filter(account=account, is_reset=True, digest=None, used_at=None, withdrawn_at=None).first()
    if row is None:
        raise NotAskedError
    if actor.account_id is None or actor.account_id in {row.asked_by_id, account.id}:
        raise SamePersonError

    code = _make(row, actor, now)
    audit.record(actor, "accounts.reset.confirmed", account, at=now)
    return code


@transaction.atomic
def set_up_account(*, actor: Actor, username: str, code: str, password: str, now: datetime) -> Account:
    """Set the person's own password; no factor and no session from before opens the account any more.

    Raises `CodeNotValidError`.
    """
    actor.require(Permission.KEEP_HOUSE)
    row = (
        SetUpCode.objects.select_for_update(of=("self",))
        .filter(digest=_digest(code), used_at=None, withdrawn_at=None, expires_at__gt=now)
        .filter(account__username=username.strip().lower(), account__is_active=True)
        .select_related("account")
        .first()
    )
    if row is None:
        raise CodeNotValidError

    row.used_at = now
    row.save(update_fields=["used_at"])
    account = row.account
    account.set_password(password)
    account.save(update_fields=["password"])
    # A session is bound to the password it began with, so the new one ended them all.
    Authenticator.objects.filter(user=account).delete()
    audit.record(actor, "accounts.account.set_up", account, at=now, fields=["password"])
    return account


def _locked(account_id: int) -> Account:
    account = Account.objects.select_for_update().filter(id=account_id).first()
    if account is None:
        raise NotFoundError
    return account


def _withdraw_open(account: Account, now: datetime) -> None:
    SetUpCode.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=now)


def _make(row: SetUpCode, actor: Actor, now: datetime) -> str:
    code = new_set_up_code()
    row.made_by_id = actor.account_id
    row.digest = _digest(code)
    row.expires_at = now + SET_UP_CODE_LASTS
    row.save()
    return code


def _digest(code: str) -> str:
    """Sixteen digits could be guessed from a stolen table by trying them all, so the hash has a key."""
    return vault.index(bare_code(code), field="accounts.set_up_code")
