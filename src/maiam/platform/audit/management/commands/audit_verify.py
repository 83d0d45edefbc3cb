from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maiam.platform.access import Actor, acting
from maiam.platform.audit import chain


class Command(BaseCommand):
    help = "Prove the audit trail whole, or name the first broken link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--root", type=chain.Root.read, help="a root written down earlier (LINKS:DIGEST)")

    def handle(self, *, root: chain.Root | None, **_: Any) -> None:
        with acting(Actor.system("audit verify")):
            broken = chain.verify(witness=root)
            now_at = chain.root()
        if broken:
            raise CommandError(f"The audit trail is broken at {broken}.")
        self.stdout.write(f"The audit trail is whole. Root to write down: {now_at}")
