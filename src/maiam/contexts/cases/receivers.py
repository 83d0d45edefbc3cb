"""Behind a case stands the person it protects."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases import queries, services
from maiam.contexts.contacts.events import Addressed, behind, named
from maiam.contexts.duties.events import ends_when_decided_above
from maiam.platform.access import Actor


@behind("cases.case")
def protected(actor: Actor, case_id: UUID, now: datetime) -> Addressed:  # noqa: ARG001 - as the door asks
    return queries.person_addressed(actor, case_id)


@named("cases.case")
def codes(actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    return queries.codes_of(actor, ids)


@ends_when_decided_above("cases.no_contact")
def end_request(actor: Actor, measure_id: UUID, words: str, now: datetime) -> None:
    services.end_as_decided_above(actor=actor, measure_id=measure_id, words=words, now=now)
