"""A correction asked for is a change of the register: the two are one piece of work."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from maiam.contexts.changes.events import change_asked, change_decided
from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.rights import services
from maiam.platform.access import Actor


@receiver(change_asked)
def join_change(*, request: ChangeRequest, actor: Actor, now: datetime, **_: Any) -> None:
    services.join_change(actor=actor, change=request, now=now)


@receiver(change_decided)
def follow_change(*, request: ChangeRequest, actor: Actor, now: datetime, **_: Any) -> None:
    services.follow_change(actor=actor, change=request, now=now)
