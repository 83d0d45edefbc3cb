from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "maiam.platform.access"
    label = "access"

    def ready(self) -> None:
        post_migrate.connect(_secure, sender=self)


def _secure(**_: Any) -> None:
    # The models are not ready when this file is read.
    from maiam.platform.access.row_security import secure_database  # noqa: PLC0415

    secure_database()
