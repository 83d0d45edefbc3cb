"""A contact counts when she could speak alone; one visit on the first day does not do for the ninetieth."""

from datetime import timedelta

import pytest

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.duties import queries as duties
from maiam.contexts.risk import services as risk
from maiam.contexts.risk.tests.conftest import CALM
from maiam.contexts.support import queries, services
from maiam.contexts.support.models import Contact, SafetyPlan
from maiam.contexts.support.rules.contacts import How, Reached, Safe
from maiam.contexts.support.services import ContactMade
from maiam.contexts.support.services.contacts import TriedInFutureError
from maiam.core.law.follow_ups import FOLLOW_UPS, met_by
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def owed(actor, case) -> list[str]:
    with acting(actor):
        rows = duties.obligations_of(actor, case.subject)
    return [clock.limit.code for clock in rows if clock.is_running and clock.limit.code in FOLLOW_UPS]


def test_five_contacts_are_owed_from_the_day_it_happened(lan, case):
    assert sorted(owed(lan, case)) == list(FOLLOW_UPS)


@pytest.mark.parametrize("reached", [Reached.NOT_ALONE, Reached.NOT_REACHED])
def test_a_contact_with_others_listening_keeps_the_duty_open(lan, case, reach, reached):
    reach(timedelta(hours=20), reached)

    assert len(owed(lan, case)) == len(FOLLOW_UPS)
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("after", "met"),
    [
        (timedelta(hours=1), ["FOLLOW_UP_1"]),
        (DAY, ["FOLLOW_UP_1"]),
        (DAY + timedelta(seconds=1), ["FOLLOW_UP_1", "FOLLOW_UP_2"]),
        (30 * DAY, ["FOLLOW_UP_1", "FOLLOW_UP_2", "FOLLOW_UP_3", "FOLLOW_UP_4"]),
    ],
)
def test_a_private_contact_meets_what_is_due_and_the_next_in_line(now, after, met):
    assert met_by(now + after, dict.fromkeys(FOLLOW_UPS, now)) == met


def test_a_contact_in_the_future_is_refused(lan, case, now):
    contact = ContactMade(tried_at=now + DAY, how=How.PHONE, reached=Reached.ALONE, is_safe=Safe.YES)

    with acting(lan), pytest.raises(TriedInFutureError):
        services.record_contact(actor=lan, case_id=case.id, contact=contact, now=now)


def test_a_case_does_not_end_while_somebody_should_still_hear_her(lan, chairwoman, case, reach, now):
    def move(actor, to, at):
        with acting(actor):
            cases.move_case(actor=actor, case_id=case.id, to=to, reason="Đã yên.", now=at)

    with acting(lan):
        risk.sign_assessment(actor=lan, case_id=case.id, answers=CALM, note="", now=now)
    for to in (Status.ASSESSING, Status.ACTIVE, Status.WATCH):
        move(lan, to, now)
    with pytest.raises(cases.DutyStillOpenError):
        move(lan, Status.CLOSE_PROPOSED, now)

    for days in (1, 3, 14, 30, 90):
        reach(days * DAY)
    move(lan, Status.CLOSE_PROPOSED, now + 91 * DAY)
    move(chairwoman, Status.CLOSED, now + 91 * DAY)


def test_a_safety_plan_keeps_every_version_and_no_word_in_clear(lan, case, now):
    with acting(lan):
        services.write_safety_plan(actor=lan, case_id=case.id, answers={"go_to": "Nhà dì ở buôn Choah"}, now=now)
        second = services.write_safety_plan(actor=lan, case_id=case.id, answers={"go_to": "Nhà chị Hoa"}, now=now)

    assert second.version == 2
    assert second.answers == {"go_to": "Nhà chị Hoa"}
    assert all("dì".encode() not in bytes(plan.sealed) for plan in SafetyPlan.objects.all())


def test_the_chairwoman_reads_support_and_another_commune_does_not(chairwoman, binh, case, reach, now):
    reach(timedelta(hours=1))

    with acting(chairwoman):
        assert queries.support_page(chairwoman, case.id, now).heard_alone_at
        with pytest.raises(ForbiddenError):
            services.write_safety_plan(actor=chairwoman, case_id=case.id, answers={"go_to": "x"}, now=now)
    with acting(binh):
        with pytest.raises(NotFoundError):
            queries.support_page(binh, case.id, now)
        assert not Contact.objects.exists()
