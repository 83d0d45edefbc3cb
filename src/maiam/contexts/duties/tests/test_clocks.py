"""Clocks start at the earliest provable moment, are never moved, and wake the next person once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from maiam.contexts.duties import queries, services
from maiam.contexts.duties.models import EscalationStep, Notice, Obligation
from maiam.contexts.duties.rules import State, Subject
from maiam.core.law import no_contact
from maiam.platform.access import Actor, acting

HOUSE = Actor.system("test")

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject():
    return Subject("cases.no_contact", uuid4())


@pytest.fixture
def decide(chairwoman, commune, lan, subject, now):
    """The chairwoman's twelve hours, running since now."""
    with acting(lan):
        return services.start_obligation(
            actor=lan,
            rule="BAN_DECIDE",
            subject=subject,
            commune_id=commune.id,
            owner_post_id=chairwoman.post_id,
            what="Quyết định hoặc từ chối cấm tiếp xúc",
            started_at=now,
            now=now,
        )


def _meet(actor, subject, at):
    with acting(actor):
        services.meet_obligation(actor=actor, rule="BAN_DECIDE", subject=subject, met_at=at, now=at, proof="decided")


def test_the_clock_says_what_by_when_by_whom_under_which_article(decide, chairwoman, now):
    with acting(chairwoman):
        (clock,) = queries.due_items(chairwoman)

    assert clock.due_at == now + no_contact.DECIDE.duration
    assert "Điều 25" in clock.article
    assert clock.limit.in_words == "12 giờ"


@pytest.mark.parametrize(
    ("later", "stretch"),
    [
        (timedelta(hours=-13), "Trong 7 ngày tới"),
        (timedelta(hours=-12), "Trong 24 giờ tới"),
        (timedelta(hours=12), "Trong 24 giờ tới"),
        (timedelta(hours=12, seconds=1), "Quá hạn"),
        (timedelta(days=-7), "Về sau"),
    ],
)
def test_the_day_is_laid_out_by_how_near_each_end_is(decide, chairwoman, now, later, stretch):
    with acting(chairwoman):
        (only,) = queries.due_by_horizon(chairwoman, now + later)

    assert (only.label, [clock.id for clock in only.clocks]) == (stretch, [decide.id])


def test_done_on_the_last_second_is_in_time(decide, chairwoman, subject):
    _meet(chairwoman, subject, decide.due_at)

    assert Obligation.objects.get(id=decide.id).state == State.MET


def test_done_one_second_later_is_late(decide, chairwoman, subject):
    _meet(chairwoman, subject, decide.due_at + timedelta(seconds=1))

    assert Obligation.objects.get(id=decide.id).state == State.MET_LATE


def test_an_officer_elsewhere_sees_no_clock_of_ours(decide, binh):
    with acting(binh):
        assert queries.due_items(binh, commune_wide=True) == []


def test_half_time_tells_the_holder_four_fifths_also_her_superior(decide, chairwoman, lan, now):
    for share in (0.5, 0.8):
        with acting(HOUSE):
            services.escalate(actor=HOUSE, now=now + no_contact.DECIDE.duration * share)

    told = Notice.objects.order_by("sent_at", "to_post").values_list("to_post", flat=True)
    assert list(EscalationStep.objects.order_by("share").values_list("share", flat=True)) == [0.5, 0.8]
    assert set(told) == {chairwoman.post_id, lan.post_id}


def test_each_step_is_sent_once_however_often_the_ladder_is_climbed(decide, now):
    for _ in range(3):
        with acting(HOUSE):
            services.escalate(actor=HOUSE, now=decide.due_at)

    assert EscalationStep.objects.count() == 3
    assert Notice.objects.values("to_post", "key").distinct().count() == Notice.objects.count()


def test_a_finished_duty_climbs_no_ladder(decide, chairwoman, subject, now):
    _meet(chairwoman, subject, now)

    with acting(HOUSE):
        assert services.escalate(actor=HOUSE, now=decide.due_at) == 0


def test_handing_a_duty_over_does_not_move_its_clock(decide, chairwoman, lan, now):
    later = now + timedelta(hours=2)
    with acting(chairwoman):
        handed = services.transfer_obligation(
            actor=chairwoman, obligation_id=decide.id, to_post_id=lan.post_id, reason="đi công tác", now=later
        )

    assert (handed.started_at, handed.due_at) == (decide.started_at, decide.due_at)
    assert Obligation.objects.get(id=decide.id).state == State.TRANSFERRED


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE duties_obligation SET due_at = due_at + interval '1 hour', late_after = late_after + interval '1 hour'",
        "UPDATE duties_obligation SET started_at = started_at - interval '1 hour'",
        "UPDATE duties_obligation SET rule = 'REPORT_CHAIR_ACT'",
        "DELETE FROM duties_obligation",
    ],
)
def test_not_even_the_owner_of_the_database_re_dates_a_duty(decide, change):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_end_of_a_duty_is_final(decide, chairwoman, subject, now):
    _meet(chairwoman, subject, now)

    with pytest.raises(ProgrammingError), transaction.atomic():
        Obligation.objects.filter(id=decide.id).update(proof="other")


def test_a_notice_is_read_once(decide, chairwoman, now):
    with acting(HOUSE):
        services.escalate(actor=HOUSE, now=decide.due_at)
    with acting(chairwoman):
        assert queries.unread_notices(chairwoman) > 0
        services.read_notices(actor=chairwoman, now=now)
        assert queries.unread_notices(chairwoman) == 0


@pytest.mark.parametrize("stays", [True, False])
def test_a_duty_moved_within_a_commune_keeps_its_village(lan, chairwoman, commune, elsewhere, village, now, stays):
    subject = Subject("surveys.assignment", uuid4())
    with acting(lan):
        services.start_obligation(
            actor=lan,
            rule="SURVEY_COLLECT_WEEK",
            subject=subject,
            commune_id=commune.id,
            village_id=village.id,
            owner_post_id=lan.post_id,
            what="Thu thập",
            started_at=now,
            now=now,
        )
    with acting(HOUSE):
        services.move_obligation(
            actor=HOUSE,
            rule="SURVEY_COLLECT_WEEK",
            subject=subject,
            to_post_id=chairwoman.post_id,
            commune_id=commune.id if stays else elsewhere.id,
            now=now,
        )

    assert Obligation.objects.get(state=State.RUNNING).village == (village if stays else None)
