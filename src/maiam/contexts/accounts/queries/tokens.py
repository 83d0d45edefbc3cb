"""Keys of machines: whom each stands for, and which there are."""

import hashlib
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries.acting import communes_of
from maiam.contexts.accounts.queries.seats import held, own_seat
from maiam.platform.access import Actor, ActorKind, Permission
from maiam.platform.access.policy import POWERS, Role


def token_digest(token: str) -> str:
    """Tokens carry 256 random bits, so one hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor_of_token(token: str, *, now: datetime) -> Actor | None:
    """Who a machine's token stands for; None when it is unknown, expired, revoked, or its maker left the post."""
    found = _live(now).filter(digest=token_digest(token)).select_related("post").first()
    if found is None:
        return None
    role = Role(found.post.role)
    return Actor(
        kind=ActorKind.MACHINE,
        name=f"token {found.id}",
        powers=POWERS[role],
        post_id=found.post_id,
        role=role,
        commune_ids=communes_of(found.post),
        village_ids=None if found.post.village_id is None else (found.post.village_id,),
    )


def own_tokens(actor: Actor, now: datetime) -> list[ApiToken]:
    """The keys that stand for the actor's post, those in force first."""
    actor.require(Permission.USE_API)
    _, post_id = own_seat(actor)
    return _in_order(ApiToken.objects.filter(post_id=post_id), now)


def all_tokens(actor: Actor, now: datetime) -> list[ApiToken]:
    """Every key of every machine, for the administrator, who sees that they are, never what they open."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    return _in_order(ApiToken.objects.all(), now)


def _live(now: datetime) -> QuerySet[ApiToken]:
    maker_sits = held(now).filter(account=OuterRef("made_by"), post=OuterRef("post"))
    return ApiToken.objects.filter(Exists(maker_sits), expires_at__gt=now, revoked_at__isnull=True)


def _in_order(tokens: QuerySet[ApiToken], now: datetime) -> list[ApiToken]:
    maker_sits = held(now).filter(account=OuterRef("made_by"), post=OuterRef("post"))
    rows = tokens.select_related("post", "post__organisation", "made_by").annotate(maker_sits=Exists(maker_sits))
    return sorted(rows.order_by("-made_at", "-id"), key=lambda row: not is_in_force(row, now))


def is_in_force(token: ApiToken, now: datetime) -> bool:
    """Say whether a key annotated with `maker_sits` opens anything."""
    return bool(token.maker_sits and token.revoked_at is None and token.expires_at > now)  # type: ignore[attr-defined]
