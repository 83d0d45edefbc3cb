"""The case of H'Lan Niê, whose husband did it twice; a child's case; what is asked, decided and done."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.cases.rules.incidents import Verification
from maiam.contexts.cases.services import Opened
from maiam.contexts.cases.tests.conftest import *  # noqa: F403 - the same home, the same story
from maiam.contexts.measures import services
from maiam.contexts.measures.models import Measure
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.services import Decision, Wish
from maiam.core.law.codes import choice_lists
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting

FACTS = {
    "line": "Bà Niê",
    "text": "Như đã kể.",
    "date": "20/11/2026",
    "moment": "20:00, ngày 24/11/2026",
    "money": "5.000.000",
    "yes": "yes",
}


@pytest.fixture
def facts() -> Callable[[str, str], dict[str, str]]:
    """Everything a step of a kind asks, answered."""

    def answered(kind: str, step: str) -> dict[str, str]:
        return {
            ask.code: FACTS.get(ask.kind) or choice_lists()[ask.choices][0].code
            for ask in kinds.procedure(kind).asked_at(step)
        }

    return answered


@pytest.fixture
def wish(husband, facts, now) -> Callable[..., Wish]:
    """What somebody asks for, with everything it needs."""

    def ask(kind: str, **changes: object) -> Wish:
        told = {
            "kind": kind,
            "asked_at": now,
            "person_id": husband if kinds.is_about_perpetrator(kind) else None,
            "facts": facts(kind, "request"),
            "consent_by": "H'Lan Niê",
            "consent_at": now,
        }
        return Wish(**(told | changes))

    return ask


@pytest.fixture
def decision(facts, now) -> Callable[..., Decision]:
    """What is decided, with everything its kind asks; a term where the kind has one."""

    def decide(kind: str, **changes: object) -> Decision:
        told = facts(kind, "decision")
        limit = kinds.term_limit(kind, told)
        ends_at = now + timedelta(hours=12) if limit else None
        return Decision(**({"reason": "Vì đã xảy ra.", "facts": told, "ends_at": ends_at} | changes))

    return decide


@pytest.fixture
def asked(lan, case, wish, now) -> Callable[..., Measure]:
    def ask(kind: str, **changes: object) -> Measure:
        with acting(lan):
            return services.request_measure(actor=lan, case_id=case.id, wish=wish(kind, **changes), now=now)

    return ask


@pytest.fixture
def recorded(lan, case, wish, decision, now) -> Callable[..., Measure]:
    def record(kind: str, *, wished: dict | None = None, **changes: object) -> Measure:
        with acting(lan):
            return services.record_measure(
                actor=lan,
                case_id=case.id,
                wish=wish(kind, **(wished or {})),
                decision=decision(kind, **changes),
                now=now,
            )

    return record


@pytest.fixture
def decided(decision, now) -> Callable[..., Measure]:
    def decide(actor: Actor, measure: Measure, **changes: object) -> Measure:
        with acting(actor):
            return services.decide_measure(
                actor=actor, measure_id=measure.id, decision=decision(measure.kind, **changes), now=now
            )

    return decide


@pytest.fixture
def confirmed(lan, now) -> Callable[[UUID], None]:
    """An incident looked into, and found to have happened."""

    def confirm(incident_id: UUID) -> None:
        with acting(lan):
            for to in (Verification.BEING_CHECKED, Verification.CONFIRMED):
                cases.verify_incident(actor=lan, incident_id=incident_id, to=to, now=now)

    return confirm


@pytest.fixture
def twice(lan, opened, reported, account, people, confirmed, now) -> Opened:
    """He did it before, four months ago; both times are confirmed."""
    earlier = type(account)(**{**account.__dict__, "occurred_on": PartialDate(2026, 7, 20)})
    with acting(lan):
        again = cases.open_from_report(
            actor=lan, report_id=reported("trang 13"), account=earlier, people=people, reason="Lần trước.", now=now
        )
    for one in (opened, again):
        confirmed(one.incident_id)
    return again


@pytest.fixture
def childs_case(opened, daughter) -> Case:
    return Case.objects.get(person_id=daughter)
