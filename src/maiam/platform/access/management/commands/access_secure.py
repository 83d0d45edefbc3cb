from typing import Any

from django.core.management.base import BaseCommand

from maiam.platform.access.row_security import secure_database


class Command(BaseCommand):
    help = "Tell the database who may see and change what (grants, row policies, append-only tables)."

    def handle(self, **_: Any) -> None:
        secure_database()
