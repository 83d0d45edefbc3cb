"""Name who carried a list out of the house, from the marks in the file that was found."""

import zipfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maiam.contexts.exports import queries, rules
from maiam.platform.access import Actor, acting


class Command(BaseCommand):
    help = "Name who asked for a list that was found outside: ./maiam exports trace FILE"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        serials = rules.serials_in(_text_of(options["file"]))
        if not serials:
            raise CommandError("This file carries no mark of a list of ours.")
        house = Actor.system("exports trace")
        with acting(house):
            for found in queries.traced(house, serials, timezone.now()):
                asked = f"{found.asked_by_name} (account {found.asked_by_account_id})"
                self.stdout.write(f"{found.serial}: {asked}, {found.asked_at:%Y-%m-%d %H:%M}Z, {found.purpose}")


def _text_of(path: Path) -> str:
    """All text of a file; of an Excel file, that of its parts."""
    if not path.is_file():
        raise CommandError(f"{path} is not a file.")
    if not zipfile.is_zipfile(path):
        return path.read_text(errors="replace")
    with zipfile.ZipFile(path) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
