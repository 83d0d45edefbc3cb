"""A review: two people open it, what was known is frozen whole, only its members read it, lessons become duties."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from maiam.contexts.cases.models import Incident
from maiam.contexts.conflicts import services as conflicts
from maiam.contexts.conflicts.rules import Why
from maiam.contexts.duties.models import Notice, Obligation
from maiam.contexts.reviews import queries, services
from maiam.contexts.reviews.models import Frozen, Review
from maiam.contexts.reviews.rules import Kind, State
from maiam.contexts.reviews.services import Asked
from maiam.platform.access import Role, acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.audit.words import in_words
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db


def page_for(actor, row, now):
    with acting(actor):
        return queries.review(actor, row.id, now)


def test_who_asks_does_not_open_it_alone(asked, lan, chairwoman, now):
    with acting(lan), pytest.raises(ForbiddenError):
        services.answer_review(actor=lan, review_id=asked.id, agrees=True, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(id=asked.id).update(state=State.OPEN, answered_by=lan.account_id, answered_at=now)
    assert Notice.objects.filter(to_post_id=chairwoman.post_id, subject_id=asked.id).exists()


def test_a_chairwoman_who_asks_needs_the_province(chairwoman, province_leader, case, now):
    about = Asked(kind=Kind.DEATH, happened_on=date(2026, 11, 22), reason="Chị mất ở bệnh viện.")
    with acting(chairwoman):
        row = services.ask_review(actor=chairwoman, case_id=case.id, asked=about, now=now)
        with pytest.raises(services.SamePersonOpensError):
            services.answer_review(actor=chairwoman, review_id=row.id, agrees=True, now=now)
    with acting(province_leader):
        opened = services.answer_review(actor=province_leader, review_id=row.id, agrees=True, now=now)

    assert opened.state == State.OPEN
    assert page_for(province_leader, row, now).frozen.is_whole


def test_the_records_are_frozen_as_they_were_and_later_edits_change_nothing(opened_review, lan, opened, now):
    frozen = Frozen.objects.get(review=opened_review)
    before = frozen.content
    incident = Incident.objects.get(id=opened.incident_id)
    incident.tell(story="Chuyện khác.", place="")
    incident.save()
    frozen.refresh_from_db()

    assert frozen.content == before
    page = page_for(lan, opened_review, now + timedelta(days=1))
    assert page.frozen.is_whole
    assert dict(page.frozen.counts)["cases.case"] >= 1
    assert dict(page.frozen.counts)["cases.incident"] == 1
    assert dict(page.frozen.counts)["cases.incidentparty"] == 3
    assert dict(page.frozen.counts)["reports.report"] == 1


def test_the_frozen_file_can_be_neither_changed_nor_read_in_a_stolen_database(opened_review):
    with pytest.raises(ProgrammingError), transaction.atomic():
        Frozen.objects.update(sha256="0" * 64)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(f::text, '') FROM reviews_frozen AS f")
        assert "FOLLOW_UP" not in cursor.fetchone()[0]


def test_it_shows_the_clocks_and_who_knew_what_when(opened_review, lan, now):
    page = page_for(lan, opened_review, now)

    assert {"is_late", "due_at", "who"} <= set(page.frozen.clocks[0])
    assert any(one["what"] == in_words("reports.report.filed") for one in page.frozen.knew)
    assert all(" " in one["what"] for one in page.frozen.knew), "no code is shown to people"
    assert any(one["what"] == "Có tin báo mới" for one in page.frozen.knew)
    assert [one["at"] for one in page.frozen.knew] == sorted(one["at"] for one in page.frozen.knew)


def test_only_members_read_what_was_frozen(opened_review, police_chief, binh, seat, commune, now):
    other = seat(Role.CULTURE_OFFICER, "Lê Thị Khác", commune=commune)
    for stranger in (police_chief, binh, other):
        with acting(stranger):
            assert queries.reviews(stranger) == []
            with pytest.raises(NotFoundError):
                queries.review(stranger, opened_review.id, now)
            assert not Frozen.objects.visible_to(stranger).exists()
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM reviews_frozen")
                assert cursor.fetchone() == (0,)


def test_somebody_called_in_reads_it_until_they_leave(opened_review, lan, police_chief, now):
    with acting(lan):
        member = services.add_member(actor=lan, review_id=opened_review.id, account_id=police_chief.account_id, now=now)
    assert page_for(police_chief, opened_review, now).frozen.is_whole
    with acting(lan):
        services.end_member(actor=lan, member_id=member.id, now=now)
    with acting(police_chief), pytest.raises(NotFoundError):
        queries.review(police_chief, opened_review.id, now)


def test_who_is_too_near_is_not_called_in_and_a_member_who_comes_near_sees_no_more(
    opened_review, lan, police_chief, case, now
):
    def step_back(actor):
        with acting(actor):
            conflicts.declare_conflict(actor=actor, why=Why.FRIEND, words="Bạn thân.", record_id=case.id, now=now)

    step_back(police_chief)
    with acting(lan), pytest.raises(services.MemberInConflictError):
        services.add_member(actor=lan, review_id=opened_review.id, account_id=police_chief.account_id, now=now)
    step_back(lan)
    with acting(lan), pytest.raises(NotFoundError):
        queries.review(lan, opened_review.id, now)


def test_a_recommendation_is_a_duty_of_its_owner_who_reads_nothing_else(opened_review, lan, police_chief, now):
    with acting(lan):
        made = services.recommend(
            actor=lan,
            review_id=opened_review.id,
            words="Tập huấn nhận biết siết cổ.",
            owner_post_id=police_chief.post_id,
            term="REVIEW_ACT_MONTH",
            now=now,
        )
    duty = Obligation.objects.get(rule="REVIEW_ACT_MONTH")
    assert (duty.owner_post_id, duty.due_at) == (police_chief.post_id, now + timedelta(days=30))
    with acting(police_chief):
        page = queries.recommendation(police_chief, made.id, now)
        assert page.line.words == "Tập huấn nhận biết siết cổ."
        with pytest.raises(NotFoundError):
            queries.review(police_chief, opened_review.id, now)
        services.finish_recommendation(actor=police_chief, recommendation_id=made.id, words="Đã tập huấn.", now=now)
    duty.refresh_from_db()
    assert duty.state == "met"


def test_a_review_ends_only_with_a_lesson_and_a_summary(opened_review, lan, learn, now):
    with acting(lan), pytest.raises(services.NothingLearnedError):
        services.close_review(actor=lan, review_id=opened_review.id, words="Xong.", now=now)
    learn()
    with acting(lan), pytest.raises(services.WordsMissingError):
        services.close_review(actor=lan, review_id=opened_review.id, words="  ", now=now)
    with acting(lan):
        services.close_review(actor=lan, review_id=opened_review.id, words="Đã rút ra ba bài học.", now=now)

    assert page_for(lan, opened_review, now).row.summary == "Đã rút ra ba bài học."
    with acting(lan), pytest.raises(NotFoundError):
        services.record_lesson(actor=lan, review_id=opened_review.id, words="Nữa.", now=now)


def test_one_review_at_a_time(asked, lan, case, now):
    about = Asked(kind=Kind.DEATH, happened_on=date(2026, 11, 22), reason="Lần nữa.")
    with acting(lan), pytest.raises(services.AlreadyAskedError):
        services.ask_review(actor=lan, case_id=case.id, asked=about, now=now)


def test_the_day_is_not_ahead(lan, case, now):
    about = Asked(kind=Kind.DEATH, happened_on=date(2027, 1, 1), reason="Sai ngày.")
    with acting(lan), pytest.raises(services.HappenedInFutureError):
        services.ask_review(actor=lan, case_id=case.id, asked=about, now=now)


def test_the_pages_go_from_asking_to_closing(lan, chairwoman, case, client_for, binh):
    officer, head = client_for(lan), client_for(chairwoman)
    asking = f"/ra-soat/vu-viec/{case.id}/de-nghi/"
    wrong = officer.post(asking, {"kind": "death", "happened_on": "", "reason": "Đã ghi nhiều điều."})
    assert "Đã ghi nhiều điều." in wrong.content.decode()
    told = {"kind": "near_death", "happened_on": "22/11/2026", "reason": "Siết cổ."}
    url = officer.post(asking, told)["Location"]
    assert "Chờ người thứ hai" in officer.get(url).content.decode()
    assert head.post(f"{url}tra-loi/", {"agrees": "yes"}).status_code == 302
    page = officer.get(url).content.decode()
    assert "Nguyên vẹn" in page
    assert "error-summary" in officer.post(f"{url}bai-hoc/", {"words": " "}).content.decode()
    officer.post(f"{url}bai-hoc/", {"words": "Hỏi ngay lần đầu."})
    officer.post(f"{url}kien-nghi/", {"words": "Tập huấn.", "owner_post_id": lan.post_id, "term": "REVIEW_ACT_MONTH"})
    page = officer.get(url).content.decode()
    assert "Hỏi ngay lần đầu." in page
    assert "Tập huấn." in page
    for suffix in ("pdf", "docx"):
        paper = officer.get(url.rstrip("/") + f".{suffix}")
        assert paper.status_code == 200
        assert len(paper.content) > 1000
    assert officer.post(f"{url}ket-thuc/", {"words": "Xong."}).status_code == 302
    assert client_for(binh).get(url).status_code == 404
    assert AuditEntry.objects.filter(action="reviews.report.printed").exists()
