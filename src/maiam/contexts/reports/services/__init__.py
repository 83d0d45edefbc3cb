"""Everything that changes a report, by noun: filing, talk, triage, placing, receipts, calls, ledger."""

from maiam.contexts.reports.services.calls import log_call
from maiam.contexts.reports.services.filing import (
    Filed,
    PlaceUnknownError,
    ToldInFutureError,
    ToldNeedsReasonError,
    ToldTooLongAgoError,
    file_report,
)
from maiam.contexts.reports.services.ledger import check_ledger
from maiam.contexts.reports.services.placing import place_report, return_to_province
from maiam.contexts.reports.services.receipts import count_wrong_code, open_by_receipt
from maiam.contexts.reports.services.spool import drain_spool, spool_report
from maiam.contexts.reports.services.talk import (
    answer_as_reporter,
    ask_reporter,
    withdraw_report,
)
from maiam.contexts.reports.services.triage import (
    Handover,
    answer_reporter,
    confirm_proposal,
    decline_proposal,
    grade_report,
    open_report,
    propose_outcome,
    record_attempt,
    triage_report,
)

__all__ = [
    "Filed",
    "Handover",
    "PlaceUnknownError",
    "ToldInFutureError",
    "ToldNeedsReasonError",
    "ToldTooLongAgoError",
    "answer_as_reporter",
    "answer_reporter",
    "ask_reporter",
    "check_ledger",
    "confirm_proposal",
    "count_wrong_code",
    "decline_proposal",
    "drain_spool",
    "file_report",
    "grade_report",
    "log_call",
    "open_by_receipt",
    "open_report",
    "place_report",
    "propose_outcome",
    "record_attempt",
    "return_to_province",
    "spool_report",
    "triage_report",
    "withdraw_report",
]
