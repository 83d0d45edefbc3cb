"""What the demonstration has already been told."""

from typing import ClassVar

from django.db import models

from maiam.platform.access import Protection


class DemoStep(models.Model):
    """One finished step of the demonstration's making: a start that was cut short goes on after it."""

    protection: ClassVar = Protection.P1

    name = models.CharField(max_length=120, unique=True)
    done_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
