"""Doubles found in made-up registers whose truth is known: `./maiam link` beside the plain model of `bench.reference`.

Each runs as a process of its own on the same file, one after the other, so that time and peak memory are its own.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import pyarrow as pa
import pyarrow.csv

from bench import register
from bench.table import Row

SIZES = tuple(int(size) for size in os.environ.get("MAIAM_BENCH_LINKAGE", "100000,650000,1000000").split(","))
OURS = (sys.executable, "-m", "maiam", "link", "{file}", "--out", "{out}", "--threshold", "0.01")
REFERENCE = (sys.executable, "-m", "bench.reference", "{file}", "{out}")
KEYS = ["record_id_l", "record_id_r"]


@dataclass(frozen=True)
class Run:
    """What one process found, and what it took."""

    precision: float
    recall: float
    threshold: float
    seconds: float
    peak_gb: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def __str__(self) -> str:
        return f"precision {self.precision:.4f}, recall {self.recall:.4f} at {self.threshold:.2f}"


def rows() -> Iterator[Row]:
    for size in SIZES:
        file, truth = register.linkage_file(size), register.true_pairs(size)
        ours, reference = (_run(command, file, truth) for command in (OURS, REFERENCE))
        told = f"linkage of {size:,}"
        yield Row(f"{told}, F1 ({truth.num_rows:,} true pairs)", ours.f1, reference.f1, "", True, decimals=4)
        yield Row(f"{told}, whole run", ours.seconds, reference.seconds, "s")
        yield Row(f"{told}, peak memory", ours.peak_gb, reference.peak_gb, "GB")
        print(f"  ours: {ours}; the plain model: {reference}", flush=True)


def _run(command: Sequence[str], file: Path, truth: pa.Table) -> Run:
    with TemporaryDirectory(prefix="maiam-bench-") as folder:
        out = Path(folder) / "pairs.csv"
        seconds, peak_gb = _measured([word.format(file=file, out=out) for word in command])
        types = {"record_id_l": pa.string(), "record_id_r": pa.string()}
        found = pa.csv.read_csv(out, convert_options=pa.csv.ConvertOptions(column_types=types))
    return Run(*_best(found, truth), seconds, peak_gb)


def _measured(command: list[str]) -> tuple[float, float]:
    """Run a command with its words thrown away; return its seconds and its peak of resident memory."""
    began = perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    child = os.posix_spawn(command[0], command, dict(os.environ), file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return perf_counter() - began, usage.ru_maxrss / 1024**2


def _best(found: pa.Table, truth: pa.Table) -> tuple[float, float, float]:
    """Precision, recall and threshold where F1 is best."""
    marked = truth.append_column("is_one", pa.array(np.ones(truth.num_rows, bool)))
    joined = found.join(marked, KEYS).sort_by([("match_weight", "descending")])
    is_one = joined["is_one"].fill_null(False).to_numpy(zero_copy_only=False)
    right, told = is_one.cumsum(), np.arange(1, is_one.size + 1)
    best = int((2 * right / (told + truth.num_rows)).argmax())
    return right[best] / told[best], right[best] / truth.num_rows, joined["match_probability"][best].as_py()
