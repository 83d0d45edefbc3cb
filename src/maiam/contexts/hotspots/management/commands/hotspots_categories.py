from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from maiam.contexts.hotspots.management.analyst import AnalystCommand, refusing
from maiam.core.science.files.series import read_matrix
from maiam.core.science.files.table import read_table
from maiam.core.science.local import emerging_category


class Command(AnalystCommand):
    help = "Name what series of Gi* scores amount to: new, persistent, fading hot spots. See docs/hotspots.md."
    example = "maiam hotspots categories --scores z.csv --out nhom.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scores", type=Path, required=True, help="id,t1,t2,… (or unit,…), oldest first")
        self.add_out(parser)

    def handle(self, *, scores: Path, out: Path, **_: Any) -> None:
        with refusing():
            began, table = perf_counter(), read_table(scores)
            names, _columns, z = read_matrix(table, table.required("id", "unit"))
            hot, cold = emerging_category(z), emerging_category(-z)
            rows = [
                {"id": name, "category": str(one), "cold_category": str(other)}
                for name, one, other in zip(names, hot, cold, strict=True)
            ]
            answer = {"units": rows, "categories": [row["category"] for row in rows], "bins": z.shape[1]}
            self.write(out, answer | {"settings": {"scores": scores}, "seconds": round(perf_counter() - began, 4)})
