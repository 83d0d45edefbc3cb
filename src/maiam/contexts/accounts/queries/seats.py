"""Which seats there are, and who sits in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Q, QuerySet

from maiam.contexts.accounts.models import Account, Post, PostHolding
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit, Village
from maiam.core.text import fold
from maiam.platform.access import Actor, Permission
from maiam.platform.access.policy import Role
from maiam.platform.errors import ForbiddenError, NotFoundError

MOST_FOUND = 20


@dataclass(frozen=True)
class PlaceOfSeat:
    """Where a new seat will stand: a commune of today with its villages, or the whole province."""

    province: Unit
    commune: Unit | None
    villages: tuple[Village, ...] = ()

    @property
    def commune_id(self) -> int | None:
        return self.commune.id if self.commune else None


def place_of_seat(commune_id: int | None, *, province_code: str) -> PlaceOfSeat:
    """The commune with its province, or our province itself. Raises `NotFoundError`."""
    if commune_id is None:
        return PlaceOfSeat(places.provinces_of_today().get(code=province_code), None)
    commune = places.unit(commune_id) if places.is_commune_of_today(commune_id) else None
    if commune is None:
        raise NotFoundError
    return PlaceOfSeat(places.province_of(commune), commune, tuple(places.villages_of(commune.id)))


def held(now: datetime) -> QuerySet[PostHolding]:
    """What is held at this moment, by people who may sign in."""
    return PostHolding.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now, post__is_active=True, account__is_active=True
    )


def post_for(role: Role, *, commune_id: int, village_id: int | None = None) -> Post | None:
    """The seat that answers for this role in a commune, or in one of its villages."""
    posts = Post.objects.filter(role=role, commune_id=commune_id, is_active=True)
    return (posts.filter(village_id=village_id) if village_id else posts).order_by("id").first()


def filled_post(roles: Sequence[Role], *, commune_id: int, now: datetime) -> Post | None:
    """The first of these seats in a commune in which somebody sits; else the first that there is."""
    posts = [post for role in roles if (post := post_for(role, commune_id=commune_id))]
    return next((post for post in posts if holders_of(post, now)), None) or next(iter(posts), None)


def posts_beside(post: Post) -> QuerySet[Post]:
    """Every other seat there is."""
    return Post.objects.filter(is_active=True).exclude(id=post.id)


def province_post(role: Role, province_id: int | None) -> Post | None:
    """The province's seat for this role."""
    return (
        Post.objects.filter(role=role, province_id=province_id, commune__isnull=True, is_active=True)
        .order_by("id")
        .first()
    )


def provinces_served() -> list[Unit]:
    """The provinces of today in which somebody has a seat."""
    ids = Post.objects.filter(is_active=True, province__isnull=False).values("province_id")
    return list(places.provinces_of_today().filter(id__in=ids))


def posts_in(commune_ids: Collection[int], roles: Collection[Role]) -> list[Post]:
    """The seats of these roles in some communes, by commune and title."""
    posts = Post.objects.filter(commune_id__in=commune_ids, role__in=roles, is_active=True)
    return list(posts.select_related("commune", "organisation").order_by("commune__name", "title", "id"))


def holders_of(post: Post, now: datetime) -> list[Account]:
    """Who sits in the post now, the stand-in after the holder."""
    return [row.account for row in held(now).filter(post=post).select_related("account").order_by("is_stand_in", "id")]


def own_seat(actor: Actor) -> tuple[int, int]:
    """The account and the post of a person who acts. Raises `ForbiddenError` for machines and the public."""
    if actor.account_id is None or actor.post_id is None:
        raise ForbiddenError("accounts.seat.held")
    return actor.account_id, actor.post_id


def posts_held(actor: Actor, now: datetime) -> list[Post]:
    """The posts the actor's person holds now."""
    account_id, _ = own_seat(actor)
    rows = held(now).filter(account_id=account_id).select_related("post", "post__organisation")
    return [row.post for row in rows.order_by("post__title", "post_id")]


def posts_matching(actor: Actor, text: str) -> list[Post]:
    """Seats whose title, body or commune holds every word typed, with or without marks; at most twenty."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    words = fold(text).split()
    posts = Post.objects.filter(is_active=True).select_related("organisation", "commune")
    found = (post for post in posts.order_by("commune__name", "title", "id") if has_words(_said_of(post), words))
    return list(islice(found, MOST_FOUND))


def has_words(said: str, folded_words: list[str]) -> bool:
    """Say whether every word is found in the text; a province has few thousand seats, so this is read in Python."""
    folded = fold(said)
    return all(word in folded for word in folded_words)


def _said_of(post: Post) -> str:
    return f"{post.title} {post.organisation.name} {post.commune.name if post.commune else ''}"


def free_post(actor: Actor, post_id: int) -> Post:
    """One seat to be given. Raises `NotFoundError`."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    post = Post.objects.filter(id=post_id, is_active=True).select_related("organisation").first()
    if post is None:
        raise NotFoundError
    return post


def holding(actor: Actor, holding_id: int) -> PostHolding:
    """One person's time in a post. Raises `NotFoundError`."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    rows = PostHolding.objects.select_related("account", "post", "post__organisation")
    found = rows.filter(id=holding_id).first()
    if found is None:
        raise NotFoundError
    return found
