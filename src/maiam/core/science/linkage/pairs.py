"""Likely doubles of a table: pairs with their probability, and what speaks for each."""

import html
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from splink import Linker

from maiam.core.science.linkage.comparisons import COMPARISONS, Comparison, Level
from maiam.core.science.linkage.engine import Database
from maiam.core.science.linkage.evidence import NO_COMMUNES, Communes, evidence
from maiam.core.science.linkage.settings import USUAL, Weights, settings

THRESHOLD = 0.2
UNSEEN = 100
# Engines and thread counts differ in the last bits of a double; nobody else should.
_PLACES = 6


@dataclass(frozen=True)
class Reason:
    """What one comparison says: for (above 0) or against (below 0), in bits of match weight."""

    comparison: str
    says: str
    bits: float


class Search:
    """One search for doubles among records, on a running engine.

    Parameters
    ----------
    records : table
        As `evidence` takes it; `record_id` is unique.
    today : date
        No birth is later.
    communes : mapping
        How communes may be written (see `evidence`).
    keep_levels : bool
        Keep what each comparison says of each pair, for `reasons` and the report.
    """

    def __init__(
        self,
        database: Database,
        records: pa.Table,
        *,
        today: date,
        weights: Weights,
        communes: Communes = NO_COMMUNES,
        keep_levels: bool = False,
    ) -> None:
        self._database, self._keep_levels = database, keep_levels
        rows = evidence(records, today=today, communes=communes)
        model = settings(weights, records=rows.num_rows, keep_levels=keep_levels)
        self.linker = Linker(database.put("records", rows), model, log_level=logging.ERROR)
        for column in sorted({comparison.rarity for comparison in COMPARISONS if comparison.rarity}):
            shares = database.put(f"shares_of_{column}", frequencies(rows, column))
            self.linker.table_management.register_term_frequency_lookup(shares, column)
        self.scored: Any = None

    def pairs(self, *, threshold: float = THRESHOLD) -> pa.Table:
        """Return every pair at least as probable as `threshold`, ordered by its two ids, `record_id_l` the lower.

        The columns are `record_id_l`, `record_id_r`, `match_probability` (0 to 1), `match_weight` (bits), and with
        `keep_levels` the library's own for each comparison. The same records give the same table, however many threads
        work on it.
        """
        self.scored = self.linker.inference.predict(threshold_match_probability=threshold)
        found = self._database.get(self.scored)
        for name in ("match_probability", "match_weight"):
            place = found.column_names.index(name)
            found = found.set_column(place, name, pc.round(found[name], _PLACES))
        front = ["record_id_l", "record_id_r", "match_probability", "match_weight"]
        kept = [name for name in found.column_names if name.startswith(("gamma_", "mw_"))] if self._keep_levels else []
        return found.select(front + kept).sort_by([("record_id_l", "ascending"), ("record_id_r", "ascending")])

    def write_report(self, file: Path) -> None:
        """Write the library's own charts of the last pairs as one page that needs no network."""
        charts = self.linker.visualisations
        pages: list[Any] = [charts.match_weights_chart(), charts.match_weights_histogram(self.scored)]
        frames = (f'<iframe srcdoc="{html.escape(page.to_html(inline=True))}"></iframe>' for page in pages)
        style = "iframe{width:100%;height:90vh;border:0}"
        head = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>maiam link</title><style>{style}</style>'
        file.write_text(head + "".join(frames), encoding="utf-8")


def frequencies(rows: pa.Table, column: str) -> pa.Table:
    """Each value of a column with its share of the records that have one, in the library's own words.

    Among few records every value looks common. So the share is told as if `UNSEEN` records more had been seen in which
    each value is as frequent as usual (the mean of a beta distribution).
    """
    known = rows.select([column]).filter(pc.is_valid(rows[column]))
    counted = known.group_by(column, use_threads=False).aggregate([(column, "count")])
    seen = pc.add(pc.cast(counted[f"{column}_count"], pa.float64()), UNSEEN * USUAL)
    return pa.table({column: counted[column], f"tf_{column}": pc.divide(seen, float(known.num_rows + UNSEEN))})


def reasons(pair: dict[str, Any]) -> list[Reason]:
    """What speaks for and against a pair (a row of `pairs` with its levels), the weightiest first."""
    return sorted(_reasons(pair), key=lambda reason: -abs(reason.bits))


def _reasons(pair: dict[str, Any]) -> Iterator[Reason]:
    for comparison in COMPARISONS:
        level = level_of(comparison, pair[f"gamma_{comparison.name}"])
        if level is not None:
            bits = pair[f"mw_{comparison.name}"] + pair.get(f"mw_tf_adj_{comparison.name}", 0.0)
            yield Reason(comparison.name, level.says, round(bits, 2))


def level_of(comparison: Comparison, vector: int) -> Level | None:
    """The level the library numbers so: from 0 for the unlikest up; -1 says nothing."""
    told = [level for level in comparison.levels if not level.is_unknown]
    return None if vector < 0 else told[len(told) - 1 - vector]
