import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maiam.contexts.places.queries import communes_as_written
from maiam.core.science.linkage.engine import MEMORY, Engine, SparkMissingError, running
from maiam.core.science.linkage.table import TableRefusedError, dates_not_read, first_of, read_records


class Command(BaseCommand):
    help = (
        "Find the records of a CSV file that are likely one person. Needs no database. The columns and what they hold:"
        " docs/linkage.md."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the records: UTF-8, with a header; empty means unknown")
        parser.add_argument("--out", type=Path, required=True, metavar="PAIRS.csv", help="where the pairs go")
        parser.add_argument("--threshold", type=_probability, default=0.2, help="the least probability told (0.2)")
        parser.add_argument("--engine", choices=list(Engine), default=Engine.DUCKDB, help="duckdb, or spark")
        parser.add_argument("--memory", default=MEMORY, help=f"what DuckDB may hold before it spills ({MEMORY})")
        parser.add_argument("--weights", type=Path, help="weights of your own, from `./maiam linkage learn`")
        parser.add_argument("--report", type=Path, metavar="OUT.html", help="the library's charts of the model")
        parser.add_argument(
            "--seed", type=int, default=0, help="of whatever is drawn by lot: nothing is, so any seed gives the same"
        )

    def handle(self, *, file: Path, out: Path, engine: str, memory: str, **options: Any) -> None:
        told = _Steps(perf_counter())
        today = timezone.localdate()
        try:
            records = read_records(file)
            told(f"{records.num_rows:,} records read")
            for odd in first_of(dates_not_read(records, today=today)):
                told(odd)
            with running(Engine(engine), memory=memory) as database:
                self._search(database, records, out, told, **options)
        except TableRefusedError as refusal:
            raise CommandError("\n".join(refusal.faults)) from refusal
        except SparkMissingError as missing:
            raise CommandError(str(missing)) from missing
        except OSError as error:
            raise CommandError(f"Cannot write: {error}") from error

    def _search(self, database: Any, records: Any, out: Path, told: Callable[[str], None], **options: Any) -> None:
        # The library takes a second to import: not before the file is known to be good.
        from pyarrow import csv  # noqa: PLC0415

        from maiam.core.science.linkage.pairs import Search  # noqa: PLC0415
        from maiam.core.science.linkage.settings import Weights  # noqa: PLC0415

        weights = Weights.read(options["weights"]) if options["weights"] else Weights.shipped()
        search = Search(database, records, today=timezone.localdate(), weights=weights, communes=communes_as_written())
        told("names, dates and places made comparable")
        pairs = search.pairs(threshold=options["threshold"])
        told(f"{pairs.num_rows:,} pairs at {options['threshold']:g} or above")
        csv.write_csv(pairs, out, csv.WriteOptions(quoting_style="needed"))
        if options["report"]:
            search.write_report(options["report"])
        told(f"written to {out}")


class _Steps:
    """Says on standard error what is done, and when."""

    def __init__(self, began: float) -> None:
        self._began = began

    def __call__(self, done: str) -> None:
        print(f"{perf_counter() - self._began:7.1f} s  {done}", file=sys.stderr, flush=True)  # noqa: T201


def _probability(text: str) -> float:
    value = float(text)
    if not 0 < value <= 1:
        raise ValueError(text)
    return value
