"""Behind a report stands whoever told it."""

from datetime import datetime
from uuid import UUID

from maiam.contexts.contacts.events import Addressed, behind
from maiam.contexts.reports import queries
from maiam.platform.access import Actor


@behind("reports.report")
def reporter(actor: Actor, report_id: UUID, now: datetime) -> Addressed:  # noqa: ARG001 - as the door asks
    return queries.reporter_addressed(actor, report_id)
