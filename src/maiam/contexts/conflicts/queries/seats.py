"""Who is free to deal with a record: the seat it belongs to, another in the commune, else one above."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.conflicts.rules import SEATS_ABOVE, SEATS_INSTEAD
from maiam.platform.access import Actor, ActorKind
from maiam.platform.access.models import Block, Seal, Tie
from maiam.platform.access.policy import Role


def free_post(actor: Actor, post_id: int, *, record_id: UUID, now: datetime) -> int:
    """The seat itself while somebody free sits in it, or nobody sits there; else the nearest with somebody free.

    Where nobody at all is free, the seat stays as it is: the database still shows its holder nothing.
    """
    sitting = _acting_in(Post.objects.filter(id=post_id), now)[post_id]
    if actor.kind is ActorKind.PUBLIC or not sitting or _free(record_id, sitting):
        return post_id
    return next(_free_seats(Post.objects.get(id=post_id), record_id, now), post_id)


def stands_near(actor: Actor, *, accused: Iterable[UUID], others: Iterable[UUID] = ()) -> bool:
    """Say whether the actor is too near to the accused, or is themselves one of the others."""
    if not actor.people:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.stands_near(%s, %s)", [list(accused), list(others)])
        return bool(cursor.fetchone()[0])


def is_closed_to(actor: Actor, record_id: UUID) -> bool:
    """Whether a record is closed to the actor, by a conflict of interest or a seal."""
    if not actor.people:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY(access.closed_to(%s::bigint[]))", [record_id, list(actor.people)])
        return bool(cursor.fetchone()[0])


def closed_records(actor: Actor) -> QuerySet[Tie]:
    """The records that are closed to somebody, for the house when it looks for work to hand on."""
    blocked = Block.objects.visible_to(actor).filter(ended_at__isnull=True).values("matter_id")
    sealed = Seal.objects.visible_to(actor).filter(lifted_at__isnull=True).values("matter_id")
    return Tie.objects.visible_to(actor).filter(Q(matter_id__in=blocked) | Q(matter_id__in=sealed))


def _free_seats(post: Post, record_id: UUID, now: datetime) -> Iterator[int]:
    for seats in _nearest_first(post, record_id, now):
        sitting = _acting_in(seats, now)
        free = _free(record_id, [account for row in sitting.values() for account in row])
        yield from (seat for seat in sorted(sitting) if free.intersection(sitting[seat]))


def _nearest_first(post: Post, record_id: UUID, now: datetime) -> Iterator[QuerySet[Post]]:
    others = accounts.posts_beside(post)
    if post.commune_id:
        here = others.filter(commune_id=post.commune_id)
        for role in (Role(post.role), *SEATS_INSTEAD.get(Role(post.role), ())):
            yield here.filter(role=role)
    listed = [row.post_id for row in accounts.held(now).filter(account_id__in=_admitted(record_id))]
    yield others.filter(id__in=listed)
    for role in SEATS_ABOVE:
        yield others.filter(role=role, province_id=post.province_id, commune__isnull=True)


def _acting_in(posts: QuerySet[Post], now: datetime) -> dict[int, list[int]]:
    """Who acts in each seat: the stand-ins while there are any, else the holder."""
    found: dict[int, dict[bool, list[int]]] = defaultdict(lambda: {True: [], False: []})
    for row in accounts.held(now).filter(post__in=posts):
        found[row.post_id][row.is_stand_in].append(row.account_id)
    acting = {post_id: sitting[True] or sitting[False] for post_id, sitting in found.items()}
    return defaultdict(list, acting)


def _free(record_id: UUID, people: Sequence[int]) -> set[int]:
    if not people:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.barred(%s, %s)", [record_id, list(people)])
        return set(people) - set(cursor.fetchone()[0])


def _admitted(record_id: UUID) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.admitted(%s)", [record_id])
        return list(cursor.fetchone()[0])
