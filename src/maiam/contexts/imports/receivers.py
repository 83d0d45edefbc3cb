"""When a person's data are erased, the lists that name them go too."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from maiam.contexts.families.events import person_erased
from maiam.contexts.imports import services
from maiam.platform.access import Actor


@receiver(person_erased)
def forget(*, person_id: UUID, actor: Actor, now: datetime, **_: Any) -> dict[str, int]:
    return {"Tệp danh sách đã nhập": services.forget_lists_naming(actor=actor, person_id=person_id, now=now)}
