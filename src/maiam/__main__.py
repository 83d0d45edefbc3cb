"""The product's command line: `python -m maiam places load` runs the command `places_load`."""

import os
import sys

import django
from django.core.management import execute_from_command_line, get_commands

# These shape the database, so they connect as its owner; everything else is the application's role.
OWNER_COMMANDS = frozenset({"prepare", "migrate", "makemigrations", "sqlmigrate", "showmigrations", "access_secure"})


def main(words: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maiam.web.settings")
    if words and {words[0], _joined(words)} & OWNER_COMMANDS:
        os.environ["MAIAM_DATABASE_ROLE"] = "owner"
    django.setup()
    execute_from_command_line(["maiam", *_as_command(words)])


def _as_command(words: list[str]) -> list[str]:
    """Join two words into the command they name: `audit verify` becomes `audit_verify`."""
    joined = _joined(words)
    return [joined, *words[2:]] if len(words) > 1 and joined in get_commands() else words


def _joined(words: list[str]) -> str:
    return "_".join(words[:2]).replace("-", "_")


if __name__ == "__main__":
    main(sys.argv[1:])
