from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from maiam.contexts.accounts import queries


class Command(BaseCommand):
    help = "Say where the site is, and whom the demonstration lets in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *, address: str, **_: Any) -> None:
        self.stdout.write(f"\nMái Ấm: {address}")
        if not settings.DEMO:
            return
        self.stdout.write(f"Sign in with one click: {address.rstrip('/')}{reverse('accounts:demo')}")
        self.stdout.write("Everyone below is made up. One account for each post:\n")
        for line in queries.demo_lines():
            self.stdout.write(f"  {line.account.full_name:<16} {line.post.title:<28} {line.does}")
        self.stdout.write("")
