"""The one table of retention, the previews, and what is over its time now."""

from maiam.contexts.retention.queries.over import held_by, over_time
from maiam.contexts.retention.queries.previews import PreviewPage, preview, previews
from maiam.contexts.retention.queries.table import PeriodPage, TableRow, months_in_force, period_page, table

__all__ = [
    "PeriodPage",
    "PreviewPage",
    "TableRow",
    "held_by",
    "months_in_force",
    "over_time",
    "period_page",
    "preview",
    "previews",
    "table",
]
