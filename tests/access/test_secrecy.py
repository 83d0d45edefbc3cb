"""A sealed case is seen by its list alone; broken glass shows one case for an hour, to read, and is looked at after."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.utils import ProgrammingError

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import Case, CaseStep, Incident, NoContact
from maiam.contexts.cases.services import Asked
from maiam.contexts.conflicts import services as conflicts
from maiam.contexts.conflicts.rules import Emergency, Finding, Why
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.models import Notice, Obligation
from maiam.contexts.reports.models import Report
from maiam.platform.access import Actor, acting
from maiam.platform.access.models import Glass
from maiam.platform.errors import NotFoundError
from tests.access.test_conflicts import seen

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("test")
WORDS = "Chị ấy gọi từ xã tôi, đang bị đuổi đánh, cần biết ai đã lo."


@pytest.fixture
def sealed(chairwoman, requested, case, now):
    """The chairwoman sealed the wife's case for herself alone."""
    with acting(chairwoman):
        return cases.seal_case(
            actor=chairwoman, case_id=case.id, people=[], reason="Người bị tố cáo là cán bộ xã.", now=now
        )


@pytest.fixture
def db_now(db):
    """The database's own clock, as the policies read it in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


@pytest.fixture
def broken(binh, inspector, case, commune, db_now):
    """Bình, of another commune, breaks the glass before the wife's case; how long ago, he says."""

    def break_(**ago):
        asked = Asked(commune_id=commune.id, code=case.code, why=Emergency.LIFE, words=WORDS)
        with acting(binh):
            return cases.break_glass(actor=binh, asked=asked, now=db_now - timedelta(**ago))

    return break_


def looking(actor):
    return replace(actor, looks_through_glass=True)


# --- sealed


def test_a_sealed_case_is_seen_by_its_list_alone(sealed, lan, chairwoman, police_chief):
    assert seen(chairwoman, Case) == (2, 2)
    for model in (Case, Incident, NoContact, Report, Obligation):
        assert seen(lan, model) == (0, 0), model
        assert seen(police_chief, model) == (0, 0), model


def test_whoever_is_on_the_list_goes_on_working(chairwoman, lan, police_chief, requested, case, now):
    with acting(chairwoman):
        people = [lan.account_id]
        cases.seal_case(actor=chairwoman, case_id=case.id, people=people, reason="Vụ việc của cán bộ.", now=now)

    assert seen(lan, Case) == (2, 2)
    assert seen(police_chief, NoContact) == (0, 0)


def test_the_inspector_seals_by_code_without_reading(inspector, lan, chairwoman, case, commune, now):
    with acting(inspector):
        cases.seal_case_by_code(
            actor=inspector,
            commune_id=commune.id,
            code=case.code,
            people=[chairwoman.account_id],
            reason="Tin báo nêu tên cán bộ xã.",
            now=now,
        )

    assert seen(lan, Case) == (0, 0)
    assert seen(inspector, Case) == (0, 0)
    assert seen(chairwoman, Case) == (2, 2)


def test_a_seal_needs_a_reason_and_somebody_to_act(inspector, case, commune, now):
    where = {"commune_id": commune.id, "code": case.code, "now": now}
    with acting(inspector), pytest.raises(conflicts.ReasonNeededError):
        cases.seal_case_by_code(actor=inspector, people=[inspector.account_id], reason=" ", **where)
    with acting(inspector), pytest.raises(conflicts.NobodyAdmittedError):
        cases.seal_case_by_code(actor=inspector, people=[], reason="vì sao", **where)


def test_duties_of_a_sealed_case_go_to_its_list(sealed, chairwoman, lan, now):
    with acting(HOUSE):
        duties.hand_on_from_conflicted(actor=HOUSE, now=now)
        cases.hand_on_cases(actor=HOUSE, now=now)

    running = Obligation.objects.filter(state="running", subject_kind="cases.case")
    assert set(running.values_list("owner_post_id", flat=True)) == {chairwoman.post_id}
    assert set(Case.objects.values_list("responsible_post_id", flat=True)) == {chairwoman.post_id}


def test_a_lifted_seal_shows_the_case_again(sealed, inspector, lan, now):
    with acting(inspector):
        conflicts.lift_seal(actor=inspector, seal_id=sealed.id, now=now)

    assert seen(lan, Case) == (2, 2)


# --- broken glass


def test_the_glass_shows_one_case_with_what_it_answers(broken, binh):
    assert seen(looking(binh), Case) == (0, 0)
    broken()

    assert seen(looking(binh), Case) == (1, 1)
    assert seen(looking(binh), Incident) == (1, 1)
    assert seen(looking(binh), Report) == (1, 1)


def test_a_request_that_may_change_something_sees_nothing_through_it(broken, binh):
    broken()

    assert seen(binh, Case) == (0, 0)


def test_nothing_is_written_through_the_glass(broken, binh, case, db_now):
    broken()
    with acting(looking(binh)), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET status = 'closed'")
        assert cursor.rowcount == 0
    step = CaseStep(case_id=case.id, status="active", at=db_now)
    with acting(looking(binh)), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        step.save(force_insert=True)


def test_after_sixty_minutes_to_the_second_it_still_shows(broken, binh):
    broken(minutes=60)

    assert seen(looking(binh), Case) == (1, 1)


def test_one_second_later_it_shows_nothing(broken, binh):
    broken(minutes=60, seconds=1)

    assert seen(looking(binh), Case) == (0, 0)


def test_shut_by_hand_it_shows_nothing(broken, binh, db_now):
    broken()
    with acting(binh):
        cases.shut_glass(actor=binh, now=db_now)

    assert seen(looking(binh), Case) == (0, 0)


def test_a_second_glass_shuts_the_first(broken, binh):
    first = broken()
    second = broken()

    assert [Glass.objects.get(id=one.id).ended_at is None for one in (first, second)] == [False, True]


def test_it_opens_a_sealed_case_too(sealed, lan, commune, case, db_now):
    asked = Asked(commune_id=commune.id, code=case.code, why=Emergency.LIFE, words=WORDS)
    with acting(lan):
        cases.break_glass(actor=lan, asked=asked, now=db_now)

    assert seen(looking(lan), Case) == (1, 1)
    assert seen(looking(lan), NoContact) == (1, 1)


def test_whoever_is_in_conflict_hears_that_there_is_no_such_case(binh, commune, case, db_now):
    with acting(binh):
        conflicts.declare_conflict(actor=binh, record_id=case.id, why=Why.FRIEND, words="bạn thân", now=db_now)
    asked = Asked(commune_id=commune.id, code=case.code, why=Emergency.LIFE, words=WORDS)
    nothing = replace(asked, code="VV-2026-9999")

    with acting(binh), pytest.raises(cases.CaseUnknownError) as hidden:
        cases.break_glass(actor=binh, asked=asked, now=db_now)
    with acting(binh), pytest.raises(cases.CaseUnknownError) as absent:
        cases.break_glass(actor=binh, asked=nothing, now=db_now)

    assert str(hidden.value) == str(absent.value)


def test_a_conflict_that_comes_later_shuts_the_glass(broken, binh, case, db_now):
    broken()
    with acting(binh):
        conflicts.declare_conflict(actor=binh, record_id=case.id, why=Why.FRIEND, words="bạn thân", now=db_now)

    assert seen(looking(binh), Case) == (0, 0)


def test_a_reason_in_a_word_is_not_enough(binh, commune, case, db_now):
    asked = Asked(commune_id=commune.id, code=case.code, why=Emergency.LIFE, words="gấp")
    with acting(binh), pytest.raises(cases.MoreWordsNeededError):
        cases.break_glass(actor=binh, asked=asked, now=db_now)


def test_the_inspector_and_the_responsible_post_hear_of_it_at_once(broken, inspector, lan):
    glass = broken()

    assert Notice.objects.filter(to_post_id=inspector.post_id, subject_id=glass.id).exists()
    assert Notice.objects.filter(to_post_id=lan.post_id, key=f"{glass.id}:broken").exists()


def test_it_is_reviewed_within_three_days_by_another(broken, inspector, binh, db_now):
    glass = broken()
    duty = Obligation.objects.get(rule="GLASS_REVIEW")
    assert duty.due_at == glass.opened_at + timedelta(days=3)

    with acting(inspector):
        cases.review_glass(
            actor=inspector, glass_id=glass.id, finding=Finding.JUSTIFIED, words="Đúng là gấp.", now=db_now
        )

    assert Obligation.objects.get(id=duty.id).state == "met"
    assert Glass.objects.get(id=glass.id).reviewed_by_name == inspector.name


def test_a_review_nobody_did_climbs_to_the_province(broken, province_leader, db_now):
    broken()
    with acting(HOUSE):
        duties.escalate(actor=HOUSE, now=db_now + timedelta(days=5))

    assert Notice.objects.filter(to_post_id=province_leader.post_id).exists()


def test_only_those_who_watch_read_what_was_broken(broken, binh, lan, inspector):
    glass = broken()

    assert Glass.objects.find(inspector, glass.id)
    for other in (binh, lan):
        with pytest.raises(NotFoundError):
            Glass.objects.find(other, glass.id)


# --- the pages


def proven(client):
    """As after typing the password once more."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()
    return client


def test_the_page_asks_first_who_you_are(binh, client_for):
    answer = client_for(binh).get("/vu-viec/mo-khan-cap/")

    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"] or "xac-nhan" in answer["Location"]


def test_every_page_says_that_the_glass_is_broken_and_how_to_shut_it(
    binh, inspector, client_for, commune, case, opened
):
    client = proven(client_for(binh))
    form = {"commune_id": commune.id, "code": case.code, "why": "life", "words": WORDS}
    answer = client.post("/vu-viec/mo-khan-cap/", form)

    assert answer.get("Location") == f"/vu-viec/{case.id}/"
    # A test is one transaction, whose clock stood still before the glass was broken.
    Glass.objects.update(opened_at=F("opened_at") - timedelta(minutes=5))
    page = client.get(f"/vu-viec/{case.id}/")
    assert page.status_code == 200
    for address in (f"/vu-viec/{case.id}/", "/viec/", "/gia-dinh/"):
        assert "Đang đọc khẩn cấp" in client.get(address).content.decode(), address
    assert client.post(f"/vu-viec/{case.id}/", {"status": "assessing"}).status_code == 404

    client.post("/vu-viec/mo-khan-cap/dong/")
    assert client.get(f"/vu-viec/{case.id}/").status_code == 404
    assert "Đang đọc khẩn cấp" not in client.get("/viec/").content.decode()


def test_what_was_typed_stays_when_the_form_is_refused(binh, client_for, commune):
    client = proven(client_for(binh))
    form = {"commune_id": commune.id, "code": "VV-2026-9999", "why": "life", "words": WORDS}
    page = client.post("/vu-viec/mo-khan-cap/", form).content.decode()

    assert "không có vụ việc nào mang mã ấy" in page
    assert WORDS in page


def test_the_inspector_reviews_on_a_page(broken, inspector, client_for):
    glass = broken()
    client = client_for(inspector)
    assert "Bình" in client.get("/xung-dot/").content.decode()

    address = f"/vu-viec/mo-khan-cap/{glass.id}/"
    assert "đuổi đánh" in client.get(address).content.decode()
    client.post(address, {"finding": "unjustified", "words": "Không có cuộc gọi nào."})

    assert "1 lần không đúng lý do" in client.get("/xung-dot/").content.decode()


def test_the_chairwoman_seals_on_a_page(chairwoman, lan, case, client_for):
    client = client_for(chairwoman)
    address = f"/vu-viec/{case.id}/niem/"
    refused = client.post(address, {"people": "khong.co.ai", "reason": "Vụ việc của cán bộ."}).content.decode()
    assert "Không có tên đăng nhập này: khong.co.ai" in refused

    client.post(address, {"people": "", "reason": "Vụ việc của cán bộ."})

    assert client_for(lan).get(f"/vu-viec/{case.id}/").status_code == 404
    assert client.get(f"/vu-viec/{case.id}/").status_code == 200
