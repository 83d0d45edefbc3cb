"""Who is acting: one person in one post, a machine, a member of the public, or the house itself."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from maiam.platform.access.policy import GATEWAY_POWERS, PUBLIC_POWERS, RECEIPT_POWERS, SYSTEM_POWERS, Permission, Role
from maiam.platform.errors import ForbiddenError


class ActorKind(StrEnum):
    OFFICIAL = "official"
    MACHINE = "machine"
    PUBLIC = "public"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """One acting party, with its powers and the places and records they reach.

    `commune_ids` and `village_ids` bound where; `village_ids` is None when the post reaches whole communes.
    `held_ids` are records the holder has proven to know by a secret, such as a receipt code. `judged_as` are the people
    whose conflicts of interest bind a machine; `looks_through_glass` marks a request that only reads, by somebody who
    broke the glass.
    """

    kind: ActorKind
    name: str
    powers: frozenset[Permission] = frozenset()
    account_id: int | None = None
    post_id: int | None = None
    role: Role | None = None
    commune_ids: tuple[int, ...] = ()
    village_ids: tuple[int, ...] | None = None
    held_ids: tuple[UUID, ...] = ()
    is_everywhere: bool = field(default=False)
    judged_as: tuple[int, ...] = ()
    looks_through_glass: bool = False

    @classmethod
    def public(cls) -> "Actor":
        return cls(kind=ActorKind.PUBLIC, name="public", powers=PUBLIC_POWERS)

    @classmethod
    def receipt_holder(cls, *held: UUID) -> "Actor":
        return cls(kind=ActorKind.PUBLIC, name="receipt holder", powers=RECEIPT_POWERS, held_ids=held)

    @classmethod
    def gateway(cls) -> "Actor":
        return cls(kind=ActorKind.MACHINE, name="gateway", powers=GATEWAY_POWERS)

    @classmethod
    def system(cls, task: str) -> "Actor":
        return cls(kind=ActorKind.SYSTEM, name=task, powers=SYSTEM_POWERS, is_everywhere=True)

    def can(self, permission: Permission) -> bool:
        return permission in self.powers

    def require(self, permission: Permission) -> None:
        """Raise `ForbiddenError` unless the post carries this power."""
        if not self.can(permission):
            raise ForbiddenError(permission)

    def require_one(self, *permissions: Permission) -> None:
        """Raise `ForbiddenError`, naming the first, unless the post carries one of these powers."""
        if not any(map(self.can, permissions)):
            raise ForbiddenError(permissions[0])

    @property
    def people(self) -> tuple[int, ...]:
        """The accounts whose conflicts of interest close a matter to this actor; none for the public and the house."""
        return self.judged_as if self.account_id is None else (self.account_id,)

    def as_context(self) -> dict[str, Any]:
        """What the database is told about this actor."""
        return {
            "who": f"{self.kind}:{self.account_id or self.name}",
            "post": self.post_id,
            "may": sorted(self.powers),
            "communes": list(self.commune_ids),
            "villages": None if self.village_ids is None else list(self.village_ids),
            "held": [str(held) for held in self.held_ids],
            "everywhere": self.is_everywhere,
            "people": list(self.people),
            "glass": self.looks_through_glass,
        }


class ActorRequest(HttpRequest):
    """A request after the actor middleware: it knows who acts."""

    actor: Actor
