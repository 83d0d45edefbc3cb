import dataclasses
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maiam.contexts.places.queries import communes_as_written
from maiam.core.science.linkage.engine import Engine, running
from maiam.core.science.linkage.table import TableRefusedError, read_records, read_truth


class Command(BaseCommand):
    help = "Learn the weights of `./maiam link` anew, from records whose doubles are known (record_id_l, record_id_r)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the records, as `./maiam link` takes them")
        parser.add_argument("truth", type=Path, help="every pair of records that is one person")
        parser.add_argument("--out", type=Path, required=True, metavar="WEIGHTS.json")
        parser.add_argument("--source", required=True, help="where the records come from: kept with the weights")

    def handle(self, *, file: Path, truth: Path, out: Path, source: str, **_: Any) -> None:
        from maiam.core.science.linkage.training import NotLearntError, learn  # noqa: PLC0415 - imports the library

        today = timezone.localdate()
        try:
            records, known = read_records(file), read_truth(truth)
            with running(Engine.DUCKDB) as database:
                weights = learn(
                    database,
                    records,
                    known,
                    today=today,
                    communes=communes_as_written(),
                    provenance={"source": source, "learnt_on": today.isoformat()},
                )
        except (TableRefusedError, NotLearntError) as refusal:
            raise CommandError(str(refusal)) from refusal
        out.write_text(f"{json.dumps(dataclasses.asdict(weights), indent=2, ensure_ascii=False)}\n", encoding="utf-8")
        self.stdout.write(f"Learnt from {weights.provenance['compared']:,} pairs; written to {out}.")
