"""When an official's own data are erased from the register, who their account is there goes too."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from maiam.contexts.conflicts import services
from maiam.contexts.families.events import person_erased
from maiam.platform.access import Actor


@receiver(person_erased)
def forget(*, person_id: UUID, actor: Actor, now: datetime, **_: Any) -> dict[str, int]:
    return {"Cán bộ là ai trong sổ": services.forget_official(actor=actor, person_id=person_id, now=now)}
