"""Reports as each may see them: `details` one, `lists` many, `ledger` all that came in, `follow` by a code, `seats`."""

from maiam.contexts.reports.queries.addressed import addressed_of, names_of, reporter_addressed, rule_of
from maiam.contexts.reports.queries.counted import (
    CountedReport,
    NamedReport,
    counted_reports,
    first_told_at,
    how_many_open,
    named_reports,
)
from maiam.contexts.reports.queries.details import (
    ReportDetail,
    attachment,
    report,
    reporter,
)
from maiam.contexts.reports.queries.follow import Followed, followed_report, is_guessing_slowed
from maiam.contexts.reports.queries.ledger import (
    Contradiction,
    Ledger,
    contradictions,
    counts_by_commune,
    ledger,
)
from maiam.contexts.reports.queries.lists import (
    CallLine,
    OwnStatus,
    ReportFilter,
    ReportLine,
    calls,
    open_reports,
    own_reports,
    own_status,
    own_statuses,
    reports_page,
    unplaced_reports,
)

__all__ = [
    "CallLine",
    "Contradiction",
    "CountedReport",
    "Followed",
    "Ledger",
    "NamedReport",
    "OwnStatus",
    "ReportDetail",
    "ReportFilter",
    "ReportLine",
    "addressed_of",
    "attachment",
    "calls",
    "contradictions",
    "counted_reports",
    "counts_by_commune",
    "first_told_at",
    "followed_report",
    "how_many_open",
    "is_guessing_slowed",
    "ledger",
    "named_reports",
    "names_of",
    "open_reports",
    "own_reports",
    "own_status",
    "own_statuses",
    "report",
    "reporter",
    "reporter_addressed",
    "reports_page",
    "rule_of",
    "unplaced_reports",
]
