from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils import timezone

from maiam.platform.access.actor import Actor


class ConflictsConfig(AppConfig):
    name = "maiam.contexts.conflicts"
    label = "conflicts"

    def ready(self) -> None:
        # Receivers connect themselves when they are read.
        from maiam.contexts.conflicts import receivers  # noqa: F401, PLC0415

        post_migrate.connect(_set_nearness, sender=self)


def _set_nearness(**_: Any) -> None:
    # The models are not ready when this file is read.
    from maiam.contexts.conflicts.services.nearness import set_nearness  # noqa: PLC0415

    set_nearness(actor=Actor.system("set up"), now=timezone.now())
