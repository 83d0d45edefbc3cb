"""Which province an actor stands in, which communes and seats they may choose among."""

from collections.abc import Collection

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.access.policy import POWERS
from maiam.platform.errors import NotFoundError


def own_province_id(actor: Actor) -> int:
    """The province of the actor's post. Raises `NotFoundError` where there is none."""
    found = places.unit(actor.commune_ids[0]) if actor.commune_ids else None
    if found is None or found.province_id is None:
        raise NotFoundError
    return found.province_id


def communes_to_choose(actor: Actor) -> list[Unit]:
    """The communes of the actor's post, by name."""
    return list(Unit.objects.filter(id__in=actor.commune_ids).order_by("name", "id"))


def unit_names(ids: Collection[int]) -> dict[int, str]:
    return dict(places.names_of_units(ids))


def posts_for_files(actor: Actor, commune_ids: Collection[int]) -> list[Post]:
    """The seats that may keep a hot spot of these communes, or do something there."""
    actor.require(Permission.VIEW_HOT_SPOTS)
    roles = [role for role in Role if Permission.VIEW_HOT_SPOTS in POWERS[role]]
    province_id = own_province_id(actor)
    above = [post for role in roles if (post := accounts.province_post(role, province_id))]
    return [*accounts.posts_in(commune_ids, roles), *above]


def opens_records(actor: Actor, commune_ids: Collection[int]) -> set[int]:
    """Those of these communes whose records the actor opens, but for those closed to them."""
    if not actor.can(Permission.VIEW_REPORTS):
        return set()
    return set(commune_ids) if actor.is_everywhere else set(commune_ids) & set(actor.commune_ids)
