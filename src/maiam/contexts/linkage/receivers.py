"""When a person's data are erased, or a list is taken back with its people, what was compared of them goes too."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from maiam.contexts.families.events import people_taken_back, person_erased
from maiam.contexts.linkage import services
from maiam.platform.access import Actor


@receiver(person_erased)
def forget(*, person_id: UUID, actor: Actor, now: datetime, **_: Any) -> dict[str, int]:
    return {"Kết quả so hồ sơ trùng": services.forget_pairs_of(actor=actor, person_id=person_id, now=now)}


@receiver(people_taken_back)
def let_go(*, person_ids: Collection[UUID], actor: Actor, now: datetime, **_: Any) -> None:
    services.let_pairs_go(actor=actor, person_ids=person_ids, now=now)
