"""Who sits in which seat at a moment of the story."""

from datetime import datetime

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.platform.access import Actor, Role


def seated(role: Role, commune: Unit, at: datetime) -> Actor:
    """Who sits in the seat the story needs. Raises `LookupError` when the demonstration has not filled it."""
    actor = seated_if_any(role, commune, at)
    if actor is None:
        raise LookupError(f"{commune} has no {role}")
    return actor


def seated_if_any(role: Role, commune: Unit, at: datetime) -> Actor | None:
    """Who sits in this commune's seat for the role, or in the province's."""
    post = accounts.post_for(role, commune_id=commune.id) or accounts.province_post(
        role, places.province_of(commune).id
    )
    holders = accounts.holders_of(post, at) if post else []
    return accounts.actor_in_post(holders[0], post, at) if post and holders else None
