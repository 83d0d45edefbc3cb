from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from maiam.platform.access.context import APP_ROLE
from maiam.web import environment


class Command(BaseCommand):
    help = "Bring the database to what this version needs; in demo mode, fill it once. Safe to run at every start."

    def handle(self, **_: Any) -> None:
        self._let_the_application_in()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("access_secure")
        call_command("places_load", verbosity=0)
        if settings.DEMO:
            call_command("demo_load")

    def _let_the_application_in(self) -> None:
        """On a server of one's own, the application's role gets the password the application derives."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
            (may_create,) = cursor.fetchone()
            if not may_create:
                return
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
            verb = "ALTER" if cursor.fetchone() else "CREATE"
            # The word after PASSWORD takes no parameter; the value is 64 hexadecimal digits of our own making.
            cursor.execute(f"{verb} ROLE {APP_ROLE} LOGIN NOBYPASSRLS PASSWORD '{environment.app_password()}'")
            cursor.execute(f"GRANT {APP_ROLE} TO CURRENT_USER")
