"""What the past says of now: counts to expect, reports still on their way, units that changed."""

from maiam.core.science.history.expected import Expected, expected_counts
from maiam.core.science.history.late import as_reported, reported_share
from maiam.core.science.history.successions import Became, History, changed_since, reread

__all__ = [
    "Became",
    "Expected",
    "History",
    "as_reported",
    "changed_since",
    "expected_counts",
    "reported_share",
    "reread",
]
