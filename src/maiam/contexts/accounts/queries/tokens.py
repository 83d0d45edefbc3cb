"""Keys of machines: whom each stands for, and which there are."""

import hashlib
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries.acting import communes_of
from maiam.contexts.accounts.queries.seats import held, holders_of, own_seat
from maiam.platform.access import Actor, ActorKind, Permission
from maiam.platform.access.policy import POWERS, Role
from maiam.platform.errors import ForbiddenError

_NAME = "token "


def token_digest(token: str) -> str:
    """Tokens carry 256 random bits, so one hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor_of_token(token: str, *, now: datetime) -> Actor | None:
    """Who a machine's token stands for; None when it is unknown, expired, revoked, or its maker left the post."""
    found = _live(now).filter(digest=token_digest(token)).select_related("post").first()
    return _actor(found, now) if found else None


def machine_again(name: str, *, post_id: int, now: datetime) -> Actor | None:
    """The machine that began a long work, as it may act now; None where its key is no more in force."""
    number = name.removeprefix(_NAME)
    found = (
        _live(now).filter(post_id=post_id, id=int(number)).select_related("post").first()
        if number.isdecimal()
        else None
    )
    return _actor(found, now) if found else None


def _actor(found: ApiToken, now: datetime) -> Actor:
    role = Role(found.post.role)
    return Actor(
        kind=ActorKind.MACHINE,
        name=f"{_NAME}{found.id}",
        powers=POWERS[role],
        post_id=found.post_id,
        role=role,
        commune_ids=communes_of(found.post),
        village_ids=None if found.post.village_id is None else (found.post.village_id,),
        judged_as=tuple({found.made_by_id, *(account.id for account in holders_of(found.post, now))}),
    )


def answering_seat(actor: Actor) -> tuple[int, int]:
    """The account and post that answer for what is done: one's own; of a machine, those of whoever made its key.

    Raises `ForbiddenError` for the public and the house.
    """
    if actor.kind is not ActorKind.MACHINE:
        return own_seat(actor)
    made_by = ApiToken.objects.filter(id=actor.name.removeprefix("token ")).values_list("made_by_id", "post_id").first()
    if made_by is None:
        raise ForbiddenError(Permission.USE_API)
    return made_by


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
