"""What is counted, in which rows, over which spans; what is hidden. Pure."""

from maiam.contexts.statistics.rules.definitions import (
    SUBJECT_LABELS,
    TOTAL_LABELS,
    UNITS,
    Definition,
    RowDefinition,
    Subject,
    definitions,
)
from maiam.contexts.statistics.rules.spans import MONTHS, Span, SpanKind, months_of, reporting_year, spans_of
from maiam.contexts.statistics.rules.tables import apportioned, hidden_sums, hidden_totals

__all__ = [
    "MONTHS",
    "SUBJECT_LABELS",
    "TOTAL_LABELS",
    "UNITS",
    "Definition",
    "RowDefinition",
    "Span",
    "SpanKind",
    "Subject",
    "apportioned",
    "definitions",
    "hidden_sums",
    "hidden_totals",
    "months_of",
    "reporting_year",
    "spans_of",
]
