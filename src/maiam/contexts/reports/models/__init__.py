"""The tables of reports. Nothing here is deleted; what was told is never changed."""

from maiam.contexts.reports.models.calls import CallRecord
from maiam.contexts.reports.models.intake import Filing, GuessHour, Receipt, Report, ReporterIdentity
from maiam.contexts.reports.models.talk import Attachment, ReportMessage
from maiam.contexts.reports.models.triage import ContactAttempt, Placement, TriageDecision

__all__ = [
    "Attachment",
    "CallRecord",
    "ContactAttempt",
    "Filing",
    "GuessHour",
    "Placement",
    "Receipt",
    "Report",
    "ReportMessage",
    "ReporterIdentity",
    "TriageDecision",
]
