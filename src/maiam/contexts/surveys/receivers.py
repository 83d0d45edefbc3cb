"""When a person's data are erased, what was answered about them goes too."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from maiam.contexts.families.events import person_erased
from maiam.contexts.surveys import services
from maiam.platform.access import Actor


@receiver(person_erased)
def forget(*, person_id: UUID, actor: Actor, now: datetime, **_: Any) -> dict[str, int]:
    return {"Phiếu thu thập": services.forget_person(actor=actor, person_id=person_id, now=now)}
