"""What the commands of `maiam hotspots` share: files that are refused, answers as JSON, a bar on long runs."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maiam.core.science.files.table import FileRefusedError

REFUSED = 2
QUIET_SECONDS = 1.0
WIDTH = 40


class AnalystCommand(BaseCommand):
    """A command that reads files and writes one file of JSON. Needs no database."""

    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.prog = f"maiam {subcommand.replace('_', ' ', 1).replace('_', '-')}"
        return parser

    def add_out(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="RESULT.json", help="where the answer goes")

    def write(self, out: Path, answer: dict[str, Any]) -> None:
        text = json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False, default=str)
        try:
            out.write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Cannot write {out}: {error}", returncode=REFUSED) from error
        self.stderr.write(f"written to {out}", ending="\n")


@contextmanager
def refusing() -> Iterator[None]:
    """End with code 2 and every reason when a file, or a value on the command line, cannot be used."""
    try:
        yield
    except FileRefusedError as refusal:
        raise CommandError(str(refusal), returncode=REFUSED) from refusal
    except ValueError as error:
        raise CommandError(str(error), returncode=REFUSED) from error


class Bar:
    """A bar on standard error, once a run takes longer than a moment; lines where nobody watches."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self._told = -1

    def __call__(self, done: int, of: int) -> None:
        tenths = 10 * done // of
        if perf_counter() - self._began < QUIET_SECONDS or (tenths == self._told and not sys.stderr.isatty()):
            return
        self._told = tenths
        filled = WIDTH * done // of
        line = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {of:,}"
        sys.stderr.write(f"\r{line}{chr(10) if done == of else ''}" if sys.stderr.isatty() else f"{line}\n")
        sys.stderr.flush()


def a_date(text: str) -> date:
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no date (yyyy-mm-dd)") from error
