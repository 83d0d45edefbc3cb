"""From a record to the official paper: which facts of a measure each form is given.

Nothing here knows where the victim lives or stays, nor who asked or reported: the rows it reads hold no such fact,
save the request, which goes into the answer to the requester alone.
"""

from maiam.contexts.cases.papers.decisions import Issue, cancellation, order, refusal
from maiam.contexts.cases.papers.handed_out import cancellation_request, contact_notice
from maiam.contexts.cases.papers.people import commune_of
from maiam.contexts.cases.papers.supervision import assignment

__all__ = [
    "Issue",
    "assignment",
    "cancellation",
    "cancellation_request",
    "commune_of",
    "contact_notice",
    "order",
    "refusal",
]
