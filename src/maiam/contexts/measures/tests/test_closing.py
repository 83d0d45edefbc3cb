"""A case ends only when everybody who knows of it agrees: the danger is low, she was heard alone, no measure lives."""

from datetime import timedelta

import pytest

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases import services as case_services
from maiam.contexts.cases.models import CaseStep
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.duties import queries as clocks
from maiam.contexts.duties import services as duties
from maiam.contexts.measures import services
from maiam.contexts.risk.models import CaseRisk
from maiam.contexts.support import services as support
from maiam.contexts.support.rules.contacts import How, Reached, Safe
from maiam.contexts.support.services import ContactMade
from maiam.core.risk import Level
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db
WATCHED = timedelta(days=90)


@pytest.fixture
def watched(lan, case, now):
    """The case stood under watch long enough, and nothing is owed."""

    CaseStep.objects.create(case=case, status=Status.WATCH, at=now - WATCHED)
    type(case).objects.filter(id=case.id).update(status=Status.WATCH)
    with acting(lan):
        for clock in clocks.obligations_of(lan, case.subject):
            duties.meet_obligation(
                actor=lan, rule=clock.limit.code, subject=case.subject, met_at=now, now=now, proof="done"
            )
    return case


@pytest.fixture
def stands(case, now):
    def at(level: Level) -> None:
        CaseRisk.objects.update_or_create(
            case=case, defaults={"commune": case.commune, "village": case.village, "level": level, "since": now}
        )

    return at


@pytest.fixture
def tried(lan, case, now):
    def contact(*how: Reached) -> None:
        for reached in how:
            made = ContactMade(tried_at=now, how=How.VISIT, reached=reached, is_safe=Safe.YES)
            with acting(lan):
                support.record_contact(actor=lan, case_id=case.id, contact=made, now=now)

    return contact


@pytest.fixture
def propose(lan, case, now):
    def step() -> None:
        with acting(lan):
            case_services.move_case(
                actor=lan, case_id=case.id, to=Status.CLOSE_PROPOSED, reason="Đã yên ba tháng.", now=now
            )

    return step


@pytest.mark.parametrize("level", [Level.HIGH, Level.VERY_HIGH])
def test_not_while_the_danger_is_high(watched, stands, tried, propose, level):
    stands(level)
    tried(Reached.ALONE)

    with pytest.raises(case_services.NotYetToCloseError, match="Nguy cơ"):
        propose()


def test_not_before_the_danger_was_looked_at(watched, tried, propose):
    tried(Reached.ALONE)

    with pytest.raises(case_services.NotYetToCloseError, match="Chưa đánh giá"):
        propose()


def test_not_before_she_was_heard_alone_or_three_attempts(watched, stands, tried, propose):
    stands(Level.LOW)
    tried(Reached.NOT_ALONE, Reached.NOT_REACHED)
    with pytest.raises(case_services.NotYetToCloseError, match="nói riêng"):
        propose()

    tried(Reached.NOT_REACHED)
    propose()


def test_not_while_a_measure_lives(watched, stands, tried, propose, recorded, facts, lan, now):
    stands(Level.MEDIUM)
    tried(Reached.ALONE)
    measure = recorded("M_E_COUNSEL")
    with pytest.raises(case_services.NotYetToCloseError, match="biện pháp"):
        propose()

    with acting(lan):
        services.end_measure(
            actor=lan, measure_id=measure.id, ended_at=now, facts=facts("M_E_COUNSEL", "outcome"), now=now
        )
    propose()


def test_the_page_shows_every_condition_with_its_fact(watched, lan, now):
    with acting(lan):
        shown = cases.case_detail(lan, watched.id, now).conditions

    assert len(shown) == 6
    assert all(condition.why for condition in shown)
    assert {condition.holds for condition in shown} == {True, False}
