"""Behind a report stands whoever told it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from maiam.contexts.contacts.events import Addressed, behind, named
from maiam.contexts.reports import queries
from maiam.platform.access import Actor


@behind("reports.report")
def reporter(actor: Actor, report_id: UUID, now: datetime) -> Addressed:  # noqa: ARG001 - as the door asks
    return queries.reporter_addressed(actor, report_id)


@named("reports.report")
def names(actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    return queries.names_of(actor, ids)
