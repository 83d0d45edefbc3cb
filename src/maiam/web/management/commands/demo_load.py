import os
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from maiam.web.demo import world


class Command(BaseCommand):
    help = "Fill an empty demonstration with a small fictional Đắk Nông; goes on where it was cut short."

    def handle(self, **_: Any) -> None:
        households = int(os.environ.get("MAIAM_DEMO_HOUSEHOLDS", world.HOUSEHOLDS))
        world.build(households=households, say=self.stdout.write, now=timezone.now())
