from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from maiam.contexts.accounts import services
from maiam.contexts.accounts.forms.people import AddAccountForm
from maiam.platform.access import Actor, acting
from maiam.platform.errors import DomainError


class Command(BaseCommand):
    help = 'Appoint an administrator and print their set-up code: USERNAME "FULL NAME".'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("full_name")

    def handle(self, *, username: str, full_name: str, **_: Any) -> None:
        form = AddAccountForm({"username": username, "full_name": full_name})
        if not form.is_valid():
            raise CommandError("\n".join(str(error) for errors in form.errors.values() for error in errors))
        code = self._appoint(form.cleaned_data["username"], form.cleaned_data["full_name"])
        self.stdout.write(f"Set-up code, shown this once, good for 72 hours: {code}")
        self.stdout.write(f"They open {reverse('accounts:set_up')} on the site and choose a password of their own.")

    def _appoint(self, username: str, full_name: str) -> str:
        house = Actor.system("accounts appoint-administrator")
        try:
            with acting(house):
                return services.appoint_administrator(
                    actor=house, username=username, full_name=full_name, now=timezone.now()
                )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
