from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maiam.contexts.places import queries


class Command(BaseCommand):
    help = "Look whether units, successions and villages agree with each other; exits 1 where something does not."

    def handle(self, **_: Any) -> None:
        broken = 0
        for kind, units in queries.faults().items():
            self.stdout.write(f"{'no' if not units else len(units)} {kind}")
            for name in units:
                self.stdout.write(f"  {name}")
            broken += bool(units)
        self.stdout.write(f"{queries.communes_without_boundary()} communes are drawn as approximate cells")
        if broken:
            raise CommandError(f"{broken} of these do not fit.")
