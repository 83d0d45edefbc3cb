import os
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from maiam.platform.access import server
from maiam.platform.access.context import APP_ROLE
from maiam.web import environment


class Command(BaseCommand):
    help = "Bring the database to what this version needs; in demo mode, fill it once. Safe to run at every start."

    def handle(self, **_: Any) -> None:
        self._meet_the_server()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("access_secure")
        call_command("places_load", verbosity=0)
        if settings.DEMO:
            call_command("demo_load")

    def _meet_the_server(self) -> None:
        """Let the application's role in, and stop with the whole list where the server is not ready for us."""
        try:
            connection.ensure_connection()
        except OperationalError as refusal:
            raise CommandError(f"DATABASE_URL leads to no PostgreSQL that lets us in: {refusal}".strip()) from refusal
        # Where the application has an address of its own, its password is an administrator's business.
        is_ours = not os.environ.get("MAIAM_APP_DATABASE_URL")
        server.make_role(password=environment.app_password() if is_ours else None)
        if lacks := server.lacks():
            told = "\n".join(str(lack) for lack in lacks)
            raise CommandError(f"This PostgreSQL is not ready yet. An administrator of it runs:\n{told}")
        self._knock_as_the_application()

    def _knock_as_the_application(self) -> None:
        """Sign in as the application once, so that a wrong password shows here and not at the first page."""
        try:
            psycopg.connect(environment.app_database_url(), connect_timeout=10).close()
        except psycopg.OperationalError as refusal:
            raise CommandError(
                f"The application cannot sign in: {refusal}\nName its address in MAIAM_APP_DATABASE_URL: "
                f"the role {APP_ROLE} with the password the administrator gave it (docs/operations.md)."
            ) from refusal
