"""Who acts: the person signed in with both factors, in the post they hold at this moment."""

from datetime import datetime
from functools import lru_cache

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from maiam.contexts.accounts.models import Account, Post
from maiam.contexts.accounts.queries.seats import held
from maiam.contexts.places.models import Unit
from maiam.contexts.places.rules import Level
from maiam.platform.access import Actor, ActorKind
from maiam.platform.access.policy import POWERS, Role

POST_IN_SESSION = "post_id"
BOTH_FACTORS_IN_SESSION = "signed_in_with_both_factors"


def the_public() -> Actor:
    return Actor.public()


def mark_signed_in(session: SessionBase, *, post_id: int | None) -> None:
    """Note in the session that both factors were shown, and which post is acted in."""
    session[BOTH_FACTORS_IN_SESSION] = True
    session[POST_IN_SESSION] = post_id


def has_shown_both_factors(session: SessionBase) -> bool:
    return bool(session.get(BOTH_FACTORS_IN_SESSION))


def actor_of(request: HttpRequest, now: datetime) -> Actor | None:
    """Who acts in this request; None before sign-in is whole, or without a post held now."""
    account = request.user
    if not isinstance(account, Account) or not has_shown_both_factors(request.session):
        return None
    holdings = list(held(now).filter(account=account).select_related("post").order_by("starts_at", "id"))
    chosen = next(
        (row for row in holdings if row.post_id == request.session.get(POST_IN_SESSION)),
        holdings[0] if holdings else None,
    )
    return actor_in_post(account, chosen.post, now) if chosen else None


def way_in(request: HttpRequest) -> str:
    """Name the page that stands between this request and an actor."""
    if not isinstance(request.user, Account):
        return "account_login"
    return "account_without_post" if has_shown_both_factors(request.session) else "mfa_index"


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
        commune_ids=communes_of(post),
        village_ids=None if post.village_id is None else (post.village_id,),
    )


def communes_of(post: Post) -> tuple[int, ...]:
    """The communes a post reaches."""
    if post.commune_id:
        return (post.commune_id,)
    return _communes_of_province(post.province_id) if post.province_id else ()


@lru_cache(maxsize=64)
def _communes_of_province(province_id: int) -> tuple[int, ...]:
    """Communes change by law, on a known day and with a restart; within a process they stand."""
    communes = Unit.objects.filter(province_id=province_id, level=Level.COMMUNE, valid_to__isnull=True)
    return tuple(communes.order_by("id").values_list("id", flat=True))
