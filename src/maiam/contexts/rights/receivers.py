"""A correction asked for is a change of the register: the two are one piece of work."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from maiam.contexts.changes.events import change_asked, change_decided
from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.contacts.events import named
from maiam.contexts.rights import queries, services
from maiam.platform.access import Actor


@receiver(change_asked)
def join_change(*, request: ChangeRequest, actor: Actor, now: datetime, **_: Any) -> None:
    services.join_change(actor=actor, change=request, now=now)


@receiver(change_decided)
def follow_change(*, request: ChangeRequest, actor: Actor, now: datetime, **_: Any) -> None:
    services.follow_change(actor=actor, change=request, now=now)


@named("rights.request")
def names(actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    return queries.names_of(actor, ids)
