"""When a person's data are erased, what was compared of them goes too."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from maiam.contexts.families.events import person_erased
from maiam.contexts.linkage import services
from maiam.platform.access import Actor


@receiver(person_erased)
def forget(*, person_id: UUID, actor: Actor, now: datetime, **_: Any) -> dict[str, int]:
    return {"Kết quả so hồ sơ trùng": services.forget_pairs_of(actor=actor, person_id=person_id, now=now)}
