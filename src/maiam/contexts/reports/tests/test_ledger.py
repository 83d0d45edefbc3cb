"""Reports in = outcomes + open, always; and the alarm when rows do not agree."""

import contextlib
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django import app

from maiam.contexts.duties.models import Notice
from maiam.contexts.reports import queries, services
from maiam.contexts.reports.models import Report
from maiam.contexts.reports.rules.states import Outcome, Step
from maiam.platform.access import Actor, acting
from maiam.platform.errors import DomainError, ForbiddenError
from tests.cast import NOW

SYSTEM = Actor.system("test")


@pytest.fixture
def ledger(now):
    def read(actor: Actor) -> queries.Ledger:
        with acting(actor):
            return queries.ledger(actor, since=now - timedelta(days=1), until=now + timedelta(days=1))

    return read


@pytest.fixture
def several(file_as, lan, chairwoman, now):
    """Four reports: one open, three ended in different ways."""
    filed = [file_as(Actor.public(), entry_key=f"{press}") for press in range(4)]
    outcomes = (Outcome.NEW_INCIDENT, Outcome.NOT_DV, Outcome.NOT_DV)
    for report, outcome in zip(filed, outcomes, strict=False):
        with acting(lan):
            services.triage_report(actor=lan, report_id=report.report_id, outcome=outcome, reason="Đã xem", now=now)
    return filed


def test_in_is_out_and_open_bucket_by_bucket(ledger, several, lan):
    found = ledger(lan)

    counts = {bucket.label: bucket.count for bucket in found.ended if bucket.count}
    assert counts == {"Sự việc mới": 1, "Không phải bạo lực gia đình": 2}
    assert (found.received, found.ended_count, found.open_count) == (4, 3, 1)
    assert found.adds_up


def test_another_commune_has_its_own_ledger(ledger, several, binh):
    assert ledger(binh).received == 0


def test_the_page_shows_it(several, client_for, lan):
    text = client_for(lan).get("/tin-bao/so-cai/", {"since": "01/01/2026", "until": "31/12/2026"}).content.decode()

    assert "Nhận 4 = có kết quả 3 + đang mở 1." in " ".join(text.split())
    assert "Không khớp" not in text


@pytest.mark.parametrize(("since", "until"), [("31/02/2026", ""), ("02/01/2026", "01/01/2026"), ("x", "y")])
def test_a_period_that_cannot_be_read_is_named(client_for, lan, since, until):
    answer = client_for(lan).get("/tin-bao/so-cai/", {"since": since, "until": until})

    assert answer.status_code == 200
    assert "cần sửa" in answer.content.decode()


def by_hand(sql: str) -> None:
    """As somebody with the owner's password would: past the triggers, past what refers to the rows."""
    table = next(word for word in sql.split() if "_" in word)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for holder, reference in references_to(table):
            cursor.execute(f"ALTER TABLE {holder} DROP CONSTRAINT {reference}")
        cursor.execute(sql)


def references_to(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        find = "SELECT conrelid::regclass, quote_ident(conname) FROM pg_constraint WHERE contype = 'f'"
        cursor.execute(f"{find} AND confrelid = %s::regclass", [table])
        return cursor.fetchall()


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        (
            "UPDATE reports_report SET state = 'received', outcome = NULL WHERE outcome = 'new_incident'",
            "Còn mở nhưng đã có kết luận",
        ),
        ("UPDATE reports_report SET outcome = 'unfounded' WHERE outcome = 'new_incident'", "Kết quả khác với"),
        ("DELETE FROM reports_triagedecision WHERE outcome = 'new_incident'", "không có kết luận nào"),
        ("UPDATE reports_report SET owner_post_id = NULL WHERE outcome IS NULL", "không có người phụ trách"),
        ("DELETE FROM duties_obligation", "không có đồng hồ nào"),
    ],
)
def test_a_row_changed_by_hand_is_named(ledger, several, lan, sql, what):
    by_hand(sql)

    found = ledger(lan)

    assert not found.adds_up
    assert any(what in fault.what for fault in found.contradictions)


def test_the_nightly_check_tells_commune_and_province_once_a_day(several, chairwoman, province_leader, now):
    by_hand("DELETE FROM duties_obligation")
    told_before = Notice.objects.count()

    for hours in (0, 1):
        with acting(SYSTEM):
            assert services.check_ledger(actor=SYSTEM, now=now + timedelta(hours=hours)) == 1

    notices = Notice.objects.filter(key__startswith="ledger:")
    assert Notice.objects.count() == told_before + 2
    assert {notice.to_post_id for notice in notices} == {chairwoman.post_id, province_leader.post_id}


def test_a_clean_ledger_tells_nobody(several, now):
    with acting(SYSTEM):
        assert services.check_ledger(actor=SYSTEM, now=now) == 0


def test_the_nightly_check_is_on_the_clock():
    assert "maiam.contexts.reports.jobs.check_ledger" in app.tasks


# --- any sequence


ACTS = {
    Step.GRADED: services.grade_report,
    Step.PROPOSED: services.propose_outcome,
    Step.DECLINED: services.decline_proposal,
    Step.CONCLUDED: services.confirm_proposal,
}
STEPS = st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.sampled_from(Step)), min_size=1, max_size=12)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_of_acts_unbalances_the_ledger(steps, ledger, file_as, lan, chairwoman):
    filed = [file_as(Actor.public(), entry_key=f"{press}").report_id for press in range(3)]

    for which, is_lan, step in steps:
        actor = lan if is_lan else chairwoman
        with contextlib.suppress(DomainError), acting(actor):
            if step in ACTS:
                ACTS[step](actor=actor, report_id=filed[which], reason="x", now=NOW)
            else:
                services.triage_report(actor=actor, report_id=filed[which], outcome=Outcome.NOT_DV, reason="x", now=NOW)

    found = ledger(lan)
    assert found.adds_up
    assert found.received == Report.objects.count()


# --- counts without reports


def test_the_analyst_reads_counts_and_no_report(several, mai, commune, now):
    with acting(mai):
        counts = queries.counts_by_commune(mai, since=now - timedelta(days=1), until=now + timedelta(days=1))

        assert counts == {commune.id: 4}
        assert not Report.objects.exists()


def test_counts_are_refused_to_who_may_not_overview_even_by_raw_sql(several, lan, now):
    with acting(lan), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reports_counts_by_commune('2020-01-01', '2030-01-01')")
        assert cursor.fetchall() == []
    with pytest.raises(ForbiddenError):
        queries.counts_by_commune(lan, since=now, until=now)
