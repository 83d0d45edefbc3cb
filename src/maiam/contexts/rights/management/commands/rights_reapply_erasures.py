"""After a backup was restored: erase again whoever came back with it, before the house is opened."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maiam.contexts.rights import queries, services
from maiam.platform.access import Actor, acting


class Command(BaseCommand):
    help = "Erase again whoever a restored backup brought back: ./maiam rights reapply-erasures [--list FILE]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", type=Path, help="the list of the erased, where it is not in its usual place")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["list"] or queries.list_file()
        if options["list"] and not path.is_file():
            raise CommandError(f"{path} is not a file.")
        house = Actor.system("erasure")
        with acting(house):
            try:
                people = queries.erased_people(house, path)
            except queries.ForgedLineError as error:
                raise CommandError(f"{path}, {error}: not written by this house. Nothing was erased.") from error
            again = services.reapply_erasures(actor=house, person_ids=people, now=timezone.now())
            missing = queries.proofs_not_listed(house, path)
        self.stdout.write(f"{len(people)} on the list, {again} erased again.")
        for proof in missing:
            self.stderr.write(f"Proof {proof.id} of {proof.carried_at:%Y-%m-%d} is not on the list.")
