"""Behind a case stands the person it protects."""

from datetime import datetime
from uuid import UUID

from maiam.contexts.cases import queries
from maiam.contexts.contacts.events import Addressed, behind
from maiam.platform.access import Actor


@behind("cases.case")
def protected(actor: Actor, case_id: UUID, now: datetime) -> Addressed:  # noqa: ARG001 - as the door asks
    return queries.person_addressed(actor, case_id)
