from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from maiam.contexts.places import services
from maiam.core.text.numbers import write_percent
from maiam.platform.access import Actor, acting


class Command(BaseCommand):
    help = "Load the provinces, districts and communes of Vietnam, before and since 1 July 2025. Twice changes nothing."

    def handle(self, *, verbosity: int, **_: Any) -> None:
        actor = Actor.system("places load")
        with acting(actor):
            loaded = services.load_facts(actor=actor, now=timezone.now())
        if verbosity:
            share = write_percent(loaded.share_known, places=2)
            self.stdout.write(
                f"{loaded.units} units, {loaded.successions} successions, {loaded.neighbours} pairs of neighbours; "
                f"{loaded.changed} rows changed."
            )
            self.stdout.write(
                f"{loaded.known} of {loaded.standing} communes of 30 June 2025 have a known successor ({share})."
            )
            for name in loaded.without_successor:
                self.stdout.write(f"  without a known successor: {name}")
