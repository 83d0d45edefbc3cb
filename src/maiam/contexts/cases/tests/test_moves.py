"""A case goes to another commune: the old one answers until the new one has it; no clock begins again."""

from datetime import timedelta

import pytest

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.models import Case, CaseMove
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.duties.models import Obligation
from maiam.platform.access import acting
from maiam.platform.errors import NotFoundError

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=5)


@pytest.fixture
def their_chairman(seat, elsewhere):
    return seat("commune_chairman", "Y Thông", commune=elsewhere)


@pytest.fixture
def asked(lan, binh, their_chairman, case, elsewhere, now) -> CaseMove:
    with acting(lan):
        return services.ask_move(
            actor=lan, case_id=case.id, to_commune_id=elsewhere.id, note="Chị về nhà mẹ, gọi sau 20 giờ.", now=now
        )


def test_until_it_is_taken_the_old_commune_answers(asked, case, lan, binh, now):
    case.refresh_from_db()

    assert case.status == Status.NEW
    with acting(binh):
        assert queries.move_page(binh, asked.id, now).move.note == "Chị về nhà mẹ, gọi sau 20 giờ."
        with pytest.raises(NotFoundError):
            queries.case_summary(binh, case.id)
    clock = Obligation.objects.get(subject_id=asked.id)
    assert (clock.rule, clock.owner_post_id) == ("CASE_TAKE_OVER", binh.post_id)


def test_taken_it_is_a_case_of_the_new_commune_and_its_clocks_go_on(asked, case, lan, binh, now):
    before = {row.rule: row.started_at for row in Obligation.objects.filter(subject_id=case.id, state="running")}
    with acting(binh):
        taken = services.take_case(actor=binh, move_id=asked.id, now=now + LATER)

    case.refresh_from_db()
    after = {row.rule: row.started_at for row in Obligation.objects.filter(subject_id=taken.id, state="running")}
    assert case.is_closed
    assert after == before
    assert taken.commune_id == asked.to_commune_id
    assert not Obligation.objects.filter(subject_id=case.id, state="running").exists()
    assert Obligation.objects.get(subject_id=asked.id).state == "met"
    with acting(binh):
        assert queries.case_detail(binh, taken.id, now + LATER).case.person_name == "H'Lan Niê"
        with pytest.raises(services.MoveAnsweredError):
            services.take_case(actor=binh, move_id=asked.id, now=now + LATER)


def test_who_asked_does_not_take_it(asked, lan, now):
    with acting(lan), pytest.raises(NotFoundError):
        services.take_case(actor=lan, move_id=asked.id, now=now)


def test_a_refusal_says_why_and_the_case_stays(asked, case, binh, now):
    with acting(binh):
        with pytest.raises(services.DeclineReasonMissingError):
            services.decline_case(actor=binh, move_id=asked.id, words=" ", now=now)
        services.decline_case(actor=binh, move_id=asked.id, words="Chị không ở đây.", now=now)

    case.refresh_from_db()
    assert not case.is_closed
    assert Case.objects.filter(commune_id=asked.to_commune_id).count() == 0


def test_not_while_an_order_is_in_force(ordered, lan, binh, case, elsewhere, now):
    with acting(lan), pytest.raises(services.NotToMoveError, match="cấm tiếp xúc"):
        services.ask_move(actor=lan, case_id=case.id, to_commune_id=elsewhere.id, note="Chị đi.", now=now)


def test_the_pages_ask_and_answer(client_for, lan, binh, their_chairman, case, elsewhere):
    asked = {"to_commune_id": elsewhere.id, "note": "Chị về nhà mẹ."}
    address = client_for(lan).post(f"/vu-viec/{case.id}/chuyen/", asked)["Location"]
    assert "đang chờ" in client_for(lan).get(f"/vu-viec/{case.id}/").content.decode()
    answer = client_for(binh).post(address, {"answer": "take", "words": ""})

    assert answer.status_code == 302
    assert client_for(binh).get(answer["Location"]).status_code == 200
