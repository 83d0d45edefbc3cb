"""People with an account: the posts they hold, and how far their way in is set up."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from maiam.contexts.accounts.models import Account, PostHolding, SetUpCode
from maiam.contexts.accounts.queries.seats import has_words, held
from maiam.core.text import fold
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class AccountPage:
    """One person as the administrator sees them: never what they do, never what they know."""

    account: Account
    holdings: list[PostHolding]
    is_set_up: bool
    factors: int
    open_code: SetUpCode | None


def accounts_and_posts(actor: Actor, now: datetime, text: str = "") -> list[tuple[Account, list[PostHolding]]]:
    """People whose name holds every word typed, in the order of given names, each with the posts held now."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    held_by: dict[int, list[PostHolding]] = defaultdict(list)
    for row in held(now).select_related("post", "post__organisation").order_by("post__title", "id"):
        held_by[row.account_id].append(row)
    words = fold(text).split()
    return [
        (account, held_by[account.id])
        for account in Account.objects.order_by("sort_key", "id")
        if has_words(f"{account.full_name} {account.username}", words)
    ]


def full_names(account_ids: Collection[int]) -> dict[int, str]:
    """Who has these accounts, for lines that know only the number."""
    return dict(Account.objects.filter(id__in=account_ids).values_list("id", "full_name"))


def account_page(actor: Actor, account_id: int) -> AccountPage:
    """One person's account, with every post they hold or held. Raises `NotFoundError`."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    account = Account.objects.filter(id=account_id).first()
    if account is None:
        raise NotFoundError
    holdings = PostHolding.objects.filter(account=account).select_related("post", "post__organisation")
    return AccountPage(
        account=account,
        holdings=list(holdings.order_by("-starts_at", "-id")),
        is_set_up=account.has_usable_password(),
        factors=_factors(account).count(),
        open_code=SetUpCode.objects.filter(account=account, used_at=None, withdrawn_at=None).first(),
    )


def account_for_set_up(username: str) -> Account | None:
    return Account.objects.filter(username=username.strip().lower()[:60], is_active=True).first()


def is_last_factor(account: Account, authenticator_id: int) -> bool:
    """Say whether the account would have no second factor left without this one."""
    return not _factors(account).exclude(id=authenticator_id).exists()


def _factors(account: Account) -> QuerySet[Authenticator]:
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user=account, type__in=FACTORS)
    return factors


def ids_by_username(names: Collection[str]) -> dict[str, int]:
    """Those of these names that people sign in by, with their accounts."""
    return dict(Account.objects.filter(username__in=names, is_active=True).values_list("username", "id"))
