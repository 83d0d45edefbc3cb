"""What the commands of `maiam hotspots` share: files that are refused, answers as JSON, a bar on long runs."""

import json
import math
import sys
from argparse import ArgumentTypeError, _ActionsContainer
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maiam.core.science.files.table import FileRefusedError

REFUSED = 2
UNWRITABLE = {True: "it is a folder", False: "there is no such folder"}
# Random streams begin at a number of 64 bits.
LARGEST_SEED = 2**63 - 1
QUIET_SECONDS = 1.0
WIDTH = 40


class AnalystCommand(BaseCommand):
    """A command that reads files and writes one file of JSON. Needs no database."""

    requires_system_checks = []
    # Of Django's own options an analyst needs none.
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
    }
    example = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, epilog=f"Example: {self.example}", **kwargs)
        parser.prog = f"maiam {subcommand.replace('_', ' ', 1).replace('_', '-')}"
        return parser

    def add_out(self, parser: _ActionsContainer) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="RESULT.json", help="where the answer goes")

    def execute(self, *args: Any, **options: Any) -> Any:
        """Refuse a place nothing can be written to before anything is computed."""
        out = options["out"]
        if out.is_dir() or not out.parent.is_dir():
            raise CommandError(f"Cannot write {out}: {UNWRITABLE[out.is_dir()]}.", returncode=REFUSED)
        return super().execute(*args, **options)

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


def refuse_slips(options: dict[str, Any]) -> None:
    """Refuse numbers that no limit catches further on: "nan" and "inf", and what the random streams cannot begin at."""
    for name, value in options.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"--{name.replace('_', '-')}: {value} is no finite number.")
    if not 0 <= options.get("seed", 0) <= LARGEST_SEED:
        raise ValueError(f"--seed is a whole number between 0 and {LARGEST_SEED}.")
    if (options.get("threads") or 1) < 1 or options.get("reps", 0) < 0:
        raise ValueError("--threads is 1 or more, --reps is 0 or more.")
