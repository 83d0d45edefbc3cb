from typing import Any

from django.core.management.base import BaseCommand

from maiam.platform.access import Actor, acting
from maiam.platform.audit import chain


class Command(BaseCommand):
    help = "Print the root of the audit trail, to be written down outside this system every day."

    def handle(self, **_: Any) -> None:
        with acting(Actor.system("audit root")):
            self.stdout.write(str(chain.root()))
