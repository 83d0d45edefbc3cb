"""Who may do what, to which rows: asked here and nowhere else.

`policy` says which role holds which power, `rows` which rows a power reaches, `actor` who is acting.
The database hears the same from `row_security`, so a raw query sees no more than the screens do.
"""

from maiam.platform.access.actor import Actor, ActorKind, ActorRequest
from maiam.platform.access.context import acting
from maiam.platform.access.models import Protection, ScopedModel, ScopedQuerySet
from maiam.platform.access.policy import Permission, Role
from maiam.platform.access.rows import ANYONE, Access, Anywhere, Grant, Held, InPlace, OfPost, Through

__all__ = [
    "ANYONE",
    "Access",
    "Actor",
    "ActorKind",
    "ActorRequest",
    "Anywhere",
    "Grant",
    "Held",
    "InPlace",
    "OfPost",
    "Permission",
    "Protection",
    "Role",
    "ScopedModel",
    "ScopedQuerySet",
    "Through",
    "acting",
]
