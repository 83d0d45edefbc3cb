"""Who acts: the person signed in, in the post they hold now; and who sits where."""

import hashlib
from collections import defaultdict
from datetime import datetime
from functools import lru_cache

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from maiam.contexts.accounts.models import Account, ApiToken, Post, PostHolding
from maiam.contexts.places.models import Unit
from maiam.contexts.places.rules import Level
from maiam.platform.access import Actor, ActorKind, Permission
from maiam.platform.access.policy import POWERS, Role
from maiam.platform.errors import NotFoundError

POST_IN_SESSION = "post_id"
BOTH_FACTORS_IN_SESSION = "signed_in_with_both_factors"


def the_public() -> Actor:
    return Actor.public()


def mark_signed_in(session: SessionBase, *, post_id: int | None) -> None:
    """Note in the session that both factors were shown, and which post is acted in."""
    session[BOTH_FACTORS_IN_SESSION] = True
    session[POST_IN_SESSION] = post_id


def actor_of(request: HttpRequest, now: datetime) -> Actor | None:
    """Who acts in this request; None before sign-in is whole, or without a post held now."""
    account = request.user
    if not isinstance(account, Account) or not request.session.get(BOTH_FACTORS_IN_SESSION):
        return None
    held = list(_held(now).filter(account=account).select_related("post").order_by("starts_at", "id"))
    chosen = next(
        (row for row in held if row.post_id == request.session.get(POST_IN_SESSION)), held[0] if held else None
    )
    return actor_in_post(account, chosen.post, now) if chosen else None


def actor_in_post(account: Account, post: Post, now: datetime) -> Actor:  # noqa: ARG001 - a holding is of a moment
    """The account acting in this post."""
    role = Role(post.role)
    return Actor(
        kind=ActorKind.OFFICIAL,
        name=account.full_name,
        powers=POWERS[role],
        account_id=account.id,
        post_id=post.id,
        role=role,
        commune_ids=_communes(post),
        village_ids=None if post.village_id is None else (post.village_id,),
    )


def actor_of_token(token: str, *, now: datetime) -> Actor | None:
    """Who a machine's token stands for; None when it is unknown, expired or revoked."""
    found = (
        ApiToken.objects.filter(
            digest=token_digest(token), expires_at__gt=now, revoked_at__isnull=True, post__is_active=True
        )
        .select_related("post")
        .first()
    )
    if found is None:
        return None
    role = Role(found.post.role)
    return Actor(
        kind=ActorKind.MACHINE,
        name=f"token {found.id}",
        powers=POWERS[role],
        post_id=found.post_id,
        role=role,
        commune_ids=_communes(found.post),
        village_ids=None if found.post.village_id is None else (found.post.village_id,),
    )


def token_digest(token: str) -> str:
    """Tokens carry 256 random bits, so one hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def post_for(role: Role, *, commune_id: int, village_id: int | None = None) -> Post | None:
    """The seat that answers for this role in a commune, or in one of its villages."""
    posts = Post.objects.filter(role=role, commune_id=commune_id, is_active=True)
    return (posts.filter(village_id=village_id) if village_id else posts).order_by("id").first()


def province_post(role: Role, province_id: int | None) -> Post | None:
    """The province's seat for this role."""
    return (
        Post.objects.filter(role=role, province_id=province_id, commune__isnull=True, is_active=True)
        .order_by("id")
        .first()
    )


def holders_of(post: Post, now: datetime) -> list[Account]:
    """Who sits in the post now, the stand-in after the holder."""
    return [row.account for row in _held(now).filter(post=post).select_related("account").order_by("is_stand_in", "id")]


def _held(now: datetime) -> QuerySet[PostHolding]:
    return PostHolding.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now, post__is_active=True, account__is_active=True
    )


def _communes(post: Post) -> tuple[int, ...]:
    if post.commune_id:
        return (post.commune_id,)
    return _communes_of_province(post.province_id) if post.province_id else ()


@lru_cache(maxsize=64)
def _communes_of_province(province_id: int) -> tuple[int, ...]:
    """Communes change by law, on a known day and with a restart; within a process they stand."""
    communes = Unit.objects.filter(province_id=province_id, level=Level.COMMUNE, valid_to__isnull=True)
    return tuple(communes.order_by("id").values_list("id", flat=True))


def posts_held(actor: Actor, now: datetime) -> list[Post]:
    """The posts the actor's person holds now."""
    held = _held(now).filter(account_id=actor.account_id).select_related("post", "post__organisation")
    return [row.post for row in held.order_by("post__title", "post_id")]


def accounts_and_posts(actor: Actor, now: datetime) -> list[tuple[Account, list[PostHolding]]]:
    """Everyone with an account in the order of given names, each with the posts held now."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    held: dict[int, list[PostHolding]] = defaultdict(list)
    for row in _held(now).select_related("post", "post__organisation").order_by("post__title", "id"):
        held[row.account_id].append(row)
    return [(account, held[account.id]) for account in Account.objects.order_by("sort_key", "id")]


def demo_accounts() -> list[PostHolding]:
    """The demonstration's seats, one of each role: the first made."""
    held = PostHolding.objects.filter(ends_at__isnull=True).select_related("account", "post", "post__organisation")
    first: dict[str, PostHolding] = {}
    for row in held.order_by("id"):
        first.setdefault(row.post.role, row)
    return list(first.values())


def demo_seat(username: str) -> PostHolding:
    """The seat of one account of the demonstration. Raises `NotFoundError`."""
    found = PostHolding.objects.filter(account__username=username[:60], ends_at__isnull=True).select_related("account")
    seat = found.order_by("id").first()
    if seat is None:
        raise NotFoundError
    return seat
