"""The table that `./maiam link` takes: read whole, or refused with every fault told."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from maiam.core.science.linkage.births import is_birth
from maiam.core.science.linkage.evidence import TOLD

REQUIRED = ("record_id", "full_name")
TRUTH = ("record_id_l", "record_id_r")
MOST_FAULTS_TOLD = 20


class TableRefusedError(Exception):
    """The file cannot be linked. `faults` says why, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_records(file: Path) -> pa.Table:
    """Read the records of a CSV file (UTF-8, with a header; empty means unknown). Other columns are passed over.

    Raises `TableRefusedError`.
    """
    records = _read(file, known=TOLD, required=REQUIRED)
    faults = [*_unnamed(records), *_repeated(records["record_id"])]
    if faults:
        raise TableRefusedError(first_of(faults))
    return records


def first_of(faults: list[str]) -> list[str]:
    """The first faults, and how many more there are."""
    left = len(faults) - MOST_FAULTS_TOLD
    return faults[:MOST_FAULTS_TOLD] + ([f"... and {left} more."] if left > 0 else [])


def read_truth(file: Path) -> pa.Table:
    """Read known pairs, `record_id_l` and `record_id_r`, and put the lower id first. Raises `TableRefusedError`."""
    told = _read(file, known=TRUTH, required=TRUTH)
    one, other = (told[name] for name in TRUTH)
    return pa.table(dict(zip(TRUTH, (pc.min_element_wise(one, other), pc.max_element_wise(one, other)), strict=True)))


def _read(file: Path, *, known: tuple[str, ...], required: tuple[str, ...]) -> pa.Table:
    header = _header(file)
    missing = [name for name in required if name not in header]
    if missing:
        raise TableRefusedError([f"{file} has no column {name}; it has {', '.join(header)}." for name in missing])
    wanted = [name for name in known if name in header]
    options = pa.csv.ConvertOptions(
        column_types=dict.fromkeys(wanted, pa.string()), include_columns=wanted, strings_can_be_null=False
    )
    try:
        return pa.csv.read_csv(
            file, convert_options=options, parse_options=pa.csv.ParseOptions(newlines_in_values=True)
        )
    except pa.ArrowInvalid as error:
        raise TableRefusedError([f"{file} is not a table of UTF-8 text: {error}"]) from error


def _header(file: Path) -> list[str]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            header = next(csv.reader(lines), [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableRefusedError([f"Cannot read {file}: {error}"]) from error
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        raise TableRefusedError([f"{file} has the column {name} more than once." for name in repeated])
    return header


def _unnamed(records: pa.Table) -> Iterator[str]:
    for row in _rows_where(pc.equal(pc.utf8_trim_whitespace(records["record_id"]), "")):
        yield f"Row {row} has no record_id."


def _repeated(record_id: pa.ChunkedArray) -> Iterator[str]:
    counts = pc.value_counts(record_id)
    for one in counts.filter(pc.greater(counts.field("counts"), 1)).to_pylist():
        if one["values"]:
            yield f"record_id {one['values']} stands {one['counts']} times; each record needs its own."


def dates_not_read(records: pa.Table, *, today: date) -> list[str]:
    """What stands for a birth and is none, by row. Such a row is linked all the same, with what can be made of it."""
    if "dob_text" not in records.column_names:
        return []
    told = records["dob_text"]
    wrong = [text for text in pc.unique(told).to_pylist() if text and not is_birth(text, today)]
    rows = _rows_where(pc.is_in(told, pa.array(wrong, pa.string()))) if wrong else []
    return [
        f"Row {row}: dob_text {told[row - 2]} is no date of birth (yyyy-mm-dd, dd/mm/yyyy or yyyy)." for row in rows
    ]


def _rows_where(mask: pa.ChunkedArray) -> list[int]:
    """Rows as a spreadsheet numbers them: the header is row 1."""
    return [row + 2 for row in pc.indices_nonzero(mask).to_pylist()]
