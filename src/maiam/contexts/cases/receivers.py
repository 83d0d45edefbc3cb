"""Behind a case stands the person it protects; what is decided above of a no-contact measure binds here."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.rules.no_contact import (
    CANCELLATION_OUTCOME_LABELS,
    REQUEST_OUTCOME_LABELS,
    RequestOutcome,
)
from maiam.contexts.contacts.events import Addressed, behind, named
from maiam.contexts.duties.events import carries_decision_above
from maiam.contexts.duties.rules import DecidedAbove, Question
from maiam.core.law import no_contact as law
from maiam.platform.access import Actor

_REQUEST = Question(REQUEST_OUTCOME_LABELS, binding=RequestOutcome.ORDERED)
_CANCELLATION = Question(CANCELLATION_OUTCOME_LABELS)


@behind("cases.case")
def protected(actor: Actor, case_id: UUID, now: datetime) -> Addressed:  # noqa: ARG001 - as the door asks
    return queries.person_addressed(actor, case_id)


@named("cases.case")
def codes(actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    return queries.codes_of(actor, ids)


@carries_decision_above("cases.no_contact", rule=law.DECIDE.code, question=_REQUEST)
def decide(actor: Actor, measure_id: UUID, decided: DecidedAbove, now: datetime) -> None:
    services.decide_as_above(actor=actor, measure_id=measure_id, decided=decided, now=now)


@carries_decision_above("cases.no_contact", rule=law.CANCEL.code, question=_CANCELLATION)
def answer_cancellation(actor: Actor, measure_id: UUID, decided: DecidedAbove, now: datetime) -> None:
    services.answer_cancellation_as_above(actor=actor, measure_id=measure_id, decided=decided, now=now)
