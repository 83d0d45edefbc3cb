"""What happens to a village happens to the homes in it."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from maiam.contexts.families.services import villages
from maiam.contexts.places.events import village_closing, village_merged, village_renamed
from maiam.contexts.places.models import Village
from maiam.platform.access import Actor


@receiver(village_merged)
def move_homes(actor: Actor, village: Village, into: Village, now: datetime, **_: Any) -> None:
    villages.move_homes(actor=actor, village=village, into=into, now=now)


@receiver(village_renamed)
def note_village_name(actor: Actor, village: Village, now: datetime, **_: Any) -> None:
    villages.note_village_name(actor=actor, village=village, now=now)


@receiver(village_closing)
def require_no_homes(actor: Actor, village: Village, now: datetime, **_: Any) -> None:
    villages.require_no_homes(actor=actor, village=village, now=now)
