"""Who acts: the person signed in with both factors, in the post they hold at this moment."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

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
GLASS_IN_SESSION = "broken_glass"
READING = ("GET", "HEAD")


@dataclass(frozen=True)
class BrokenGlass:
    """One case read in an emergency, as the banner names it."""

    label: str
    case_id: UUID
    until: datetime


def mark_glass(session: SessionBase, *, label: str, case_id: UUID, until: datetime) -> None:
    """Note in the session that the glass is broken: reading requests look through it, every page says so."""
    session[GLASS_IN_SESSION] = {"label": label, "case_id": str(case_id), "until": until.isoformat()}


def clear_glass(session: SessionBase) -> None:
    session.pop(GLASS_IN_SESSION, None)


def glass_of(session: SessionBase, now: datetime) -> BrokenGlass | None:
    """What the session's holder reads in an emergency, until its hour is over."""
    kept = session.get(GLASS_IN_SESSION)
    if not kept or datetime.fromisoformat(kept["until"]) < now:
        return None
    return BrokenGlass(kept["label"], UUID(kept["case_id"]), datetime.fromisoformat(kept["until"]))


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
    if chosen is None:
        return None
    actor = actor_in_post(account, chosen.post, now)
    # Only a request that changes nothing looks through broken glass.
    is_looking = request.method in READING and glass_of(request.session, now) is not None
    return replace(actor, looks_through_glass=is_looking)


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


def actor_again(*, account_id: int, post_id: int, now: datetime) -> Actor | None:
    """Who began a long work, as they may act now; None where they hold the post no more."""
    row = held(now).filter(account_id=account_id, post_id=post_id).select_related("account", "post").first()
    return actor_in_post(row.account, row.post, now) if row else None


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
