from typing import Any

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "List the product's own commands."

    def handle(self, **_: Any) -> None:
        for name, app in sorted(get_commands().items()):
            if app.startswith("maiam."):
                words = name.replace("_", " ", 1)
                self.stdout.write(f"  {words:<28} {load_command_class(app, name).help}")
