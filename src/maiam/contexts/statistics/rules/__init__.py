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
from maiam.contexts.statistics.rules.leaves import NOT_ASKED
from maiam.contexts.statistics.rules.spans import (
    MONTHS,
    Span,
    SpanKind,
    last_day_of,
    last_set_day,
    months_of,
    reporting_year,
    set_day,
    spans_of,
)
from maiam.contexts.statistics.rules.tables import SHARE_OF_NOBODY, apportioned, betrays, hidden_sums, hidden_totals

__all__ = [
    "MONTHS",
    "NOT_ASKED",
    "SHARE_OF_NOBODY",
    "SUBJECT_LABELS",
    "TOTAL_LABELS",
    "UNITS",
    "Definition",
    "RowDefinition",
    "Span",
    "SpanKind",
    "Subject",
    "apportioned",
    "betrays",
    "definitions",
    "hidden_sums",
    "hidden_totals",
    "last_day_of",
    "last_set_day",
    "months_of",
    "reporting_year",
    "set_day",
    "spans_of",
]
