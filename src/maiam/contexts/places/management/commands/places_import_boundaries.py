from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maiam.contexts.places import services
from maiam.platform.access import Actor, acting


class Command(BaseCommand):
    help = "Import the shapes of communes from a GeoJSON file; all are taken, or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--leave-out", nargs="+", default=[], metavar="CODE", help="communes whose shape in this file is faulty"
        )

    def handle(self, *, file: Path, leave_out: list[str], **_: Any) -> None:
        actor = Actor.system("places import-boundaries")
        try:
            text = file.read_text(encoding="utf-8")
            with acting(actor):
                imported = services.import_boundaries(
                    actor=actor, text=text, source=file.name, now=timezone.now(), leave_out=leave_out
                )
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"Cannot read {file}: {error}") from error
        except services.BoundaryRefusedError as refusal:
            raise CommandError("\n".join(refusal.faults)) from refusal
        self.stdout.write(f"{imported.taken} shapes imported; {len(imported.repaired)} repaired on the way.")
        for name in imported.repaired:
            self.stdout.write(f"  repaired: {name}")
