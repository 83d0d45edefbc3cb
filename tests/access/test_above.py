"""The chairwoman is too near, nobody stands in: it goes up, shows where it lies, comes back or is decided there."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from maiam.contexts.duties import queries, services
from maiam.contexts.duties.models import DecisionAbove, Notice, Obligation
from maiam.contexts.duties.rules import DecidedAbove
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, Role, acting
from maiam.platform.errors import NotFoundError
from tests.access.test_conflicts import brother, is_brother, is_person  # noqa: F401 - the same people

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("test")


@pytest.fixture
def gone_up(requested, province_leader, chairwoman, brother, is_brother, is_person, now) -> Obligation:  # noqa: F811
    """The request waits with the province: the accused is the chairwoman's brother, and she has no deputy."""
    is_person(chairwoman, brother)
    is_brother()
    hand_on(now)
    return running()


def hand_on(now) -> None:
    with acting(HOUSE):
        services.hand_on_from_conflicted(actor=HOUSE, now=now)


def running() -> Obligation:
    return Obligation.objects.get(rule="BAN_DECIDE", state="running")


def decide(actor: Actor, duty: Obligation, now, **changes: object) -> DecisionAbove:
    told = {
        "authority": "Chủ tịch UBND tỉnh",
        "number": "123/QĐ-UBND",
        "decided_on": now.astimezone(VIETNAM).date(),
        "outcome": "ordered",
        "signed_at": now,
        "ends_at": now + timedelta(days=3),
    }
    with acting(actor):
        decided = DecidedAbove(**(told | changes))
        return services.record_decision_above(actor=actor, obligation_id=duty.id, decided=decided, now=now)


def test_it_remembers_whose_it_is_and_keeps_its_clock(gone_up, requested, chairwoman, province_leader):
    assert (gone_up.owner_post_id, gone_up.meant_post_id) == (province_leader.post_id, chairwoman.post_id)
    assert gone_up.started_at == requested.requested_at


def test_the_province_finds_it_on_its_list_and_opens_where_it_lies(gone_up, province_leader, commune, client_for):
    client = client_for(province_leader)

    assert reverse("duties:above", args=[gone_up.id]) in client.get(reverse("duties:today")).content.decode()
    assert reverse("duties:above", args=[gone_up.id]) in client.get(reverse("duties:notices")).content.decode()
    page = client.get(reverse("duties:above", args=[gone_up.id])).content.decode()
    for words in (commune.name, "Quy định của tỉnh".lower(), "Cử người thay ở xã", "Báo lúc"):
        assert words in page, words
    assert "Êban" not in page


def test_the_officer_reads_on_the_case_where_it_lies(gone_up, lan, requested):
    with acting(lan):
        (clock,) = [one for one in queries.obligations_of(lan, requested.subject) if one.is_running]

    assert clock.is_above
    assert clock.meant == "commune_chairman"


def test_the_chairwoman_is_told_nothing_of_it(gone_up, chairwoman, client_for):
    assert client_for(chairwoman).get(reverse("duties:above", args=[gone_up.id])).status_code == 404
    with acting(chairwoman):
        assert queries.due_items(chairwoman) == []


def test_once_somebody_free_is_seated_it_comes_back_by_itself(gone_up, seat, commune, now):
    deputy = seat(Role.COMMUNE_CHAIRMAN, "Phó Chủ tịch K' Brơi", commune=commune)
    hand_on(now + timedelta(minutes=1))
    hand_on(now + timedelta(minutes=2))

    back = running()
    assert back.owner_post_id == deputy.post_id
    assert (back.started_at, back.due_at) == (gone_up.started_at, gone_up.due_at)


def test_a_decision_taken_above_is_written_down_and_the_officer_hears_of_it(
    gone_up, province_leader, lan, requested, now
):
    decide(province_leader, gone_up, now)

    gone_up.refresh_from_db()
    requested.refresh_from_db()
    assert (gone_up.state, requested.state) == ("met", "in_force")
    assert "số 123/QĐ-UBND" in requested.reason
    assert Notice.objects.filter(to_post_id=lan.post_id, what__contains="123/QĐ-UBND").exists()
    with acting(lan):
        (clock,) = [one for one in queries.obligations_of(lan, requested.subject) if one.decision]
    assert clock.decision.startswith("Ra quyết định cấm tiếp xúc, đến ")
    assert "Chủ tịch UBND tỉnh, số 123/QĐ-UBND, ngày " in clock.decision


def test_it_is_written_down_once_and_of_a_day_that_can_be(gone_up, province_leader, now):
    with pytest.raises(services.DecidedOutOfTimeError):
        decide(province_leader, gone_up, now, decided_on=now.date() + timedelta(days=1))
    decide(province_leader, gone_up, now)

    with pytest.raises(services.AlreadyClosedError):
        decide(province_leader, gone_up, now)


def test_nobody_else_writes_it_down(gone_up, lan, binh, chairwoman, now):
    with pytest.raises(services.NotAboveError):
        decide(lan, gone_up, now)
    for other in (binh, chairwoman):
        with pytest.raises(NotFoundError):
            decide(other, gone_up, now)


def test_the_database_refuses_it_too_and_keeps_it(gone_up, province_leader, chairwoman, binh, now):
    made = decide(province_leader, gone_up, now)

    for other in (chairwoman, binh):
        with acting(other), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM duties_decisionabove")
            assert cursor.fetchone() == (0,)
    with acting(province_leader), pytest.raises(ProgrammingError), transaction.atomic():
        DecisionAbove.objects.filter(id=made.id).update(number="1")


def test_a_wrong_date_keeps_what_was_typed(gone_up, province_leader, client_for):
    typed = {"authority": "Chủ tịch UBND tỉnh", "number": "123/QĐ-UBND", "signed_at_0": "31/02/2026"}

    page = client_for(province_leader).post(reverse("duties:above", args=[gone_up.id]), typed).content.decode()

    assert "govuk-error-message" in page
    assert "123/QĐ-UBND" in page


def test_the_province_is_led_to_no_page_it_cannot_open(gone_up, province_leader, requested, client_for, lan, now):
    with acting(HOUSE):
        services.notify(
            actor=HOUSE, to_post_id=province_leader.post_id, what="Quá hạn lâu", subject=requested.case.subject,
            now=now, key="late",
        )  # fmt: skip
    client = client_for(province_leader)

    for name in ("duties:today", "duties:whole_place", "duties:notices"):
        page = client.get(reverse(name)).content.decode()
        for link in set(re.findall(r'<a class="govuk-link" href="(/(?:vu-viec|tin-bao|bien-phap|viec)/[^"]+)"', page)):
            assert client.get(link).status_code == 200, link
    assert (
        reverse("cases:detail", args=[requested.case_id])
        in client_for(lan).get(reverse("duties:whole_place")).content.decode()
    )
