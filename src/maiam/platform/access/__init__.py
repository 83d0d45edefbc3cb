"""Who may do what, to which rows: asked here and nowhere else.

`policy` says which role holds which power, `rows` which rows a power reaches, `actor` who is acting.
The database hears the same from `row_security`, so a raw query sees no more than the screens do.
"""

from typing import TYPE_CHECKING, Any

from maiam.platform.access.actor import Actor, ActorKind, ActorRequest
from maiam.platform.access.context import acting
from maiam.platform.access.policy import Permission, Role
from maiam.platform.access.protection import Protection
from maiam.platform.access.rows import (
    ANYONE,
    Access,
    Anywhere,
    Both,
    Filled,
    Grant,
    Held,
    Holds,
    InAnyCommune,
    InCommune,
    InPlace,
    Listed,
    Names,
    OfAccount,
    OfPost,
    RowRule,
    Through,
)

if TYPE_CHECKING:
    from maiam.platform.access.models import ScopedModel, ScopedQuerySet

__all__ = [
    "ANYONE",
    "Access",
    "Actor",
    "ActorKind",
    "ActorRequest",
    "Anywhere",
    "Both",
    "Filled",
    "Grant",
    "Held",
    "Holds",
    "InAnyCommune",
    "InCommune",
    "InPlace",
    "Listed",
    "Names",
    "OfAccount",
    "OfPost",
    "Permission",
    "Protection",
    "Role",
    "RowRule",
    "ScopedModel",
    "ScopedQuerySet",
    "Through",
    "acting",
]


def __getattr__(name: str) -> Any:
    """Django imports this package before models may exist; the base models are fetched when first used."""
    if name in {"ScopedModel", "ScopedQuerySet"}:
        from maiam.platform.access import models  # noqa: PLC0415

        return getattr(models, name)
    raise AttributeError(name)
