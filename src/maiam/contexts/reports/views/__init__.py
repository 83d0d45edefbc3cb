"""The desk's pages: `taking` a report in, `reading` reports, `deciding` about one."""

from maiam.contexts.reports.views.deciding import answer, ask, attempt, give_back, place, second, triage
from maiam.contexts.reports.views.reading import detail, ledger, listing, own, picture, reporter, unplaced
from maiam.contexts.reports.views.taking import call, take

__all__ = [
    "answer",
    "ask",
    "attempt",
    "call",
    "detail",
    "give_back",
    "ledger",
    "listing",
    "own",
    "picture",
    "place",
    "reporter",
    "second",
    "take",
    "triage",
    "unplaced",
]
