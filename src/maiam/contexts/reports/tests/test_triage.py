"""The officer carries a report to its documented end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from maiam.contexts.duties.models import Obligation
from maiam.contexts.reports import queries, services
from maiam.contexts.reports.models import Report, ReportMessage, TriageDecision
from maiam.contexts.reports.rules.states import Outcome, State, Step
from maiam.contexts.reports.services import triage
from maiam.platform.access import Actor, Role, acting
from maiam.platform.errors import ForbiddenError, NotFoundError


def chair_duty(report_id) -> Obligation:
    return Obligation.objects.get(subject_id=report_id, rule="REPORT_CHAIR_ACT")


@pytest.fixture
def conclude(told, now):
    def end(actor, outcome, reason="Đã hỏi và xem tại chỗ", **more):
        with acting(actor):
            return services.triage_report(
                actor=actor, report_id=told.report_id, outcome=outcome, reason=reason, now=now, **more
            )

    return end


def state_of(told) -> tuple[str, str | None]:
    report = Report.objects.get(id=told.report_id)
    return report.state, report.outcome


@pytest.mark.parametrize("outcome", [Outcome.NEW_INCIDENT, Outcome.SAME_INCIDENT, Outcome.NOT_DV])
def test_an_outcome_ends_the_report_and_meets_the_duty(conclude, told, lan, outcome):
    decision = conclude(lan, outcome)

    assert state_of(told) == (State.CONCLUDED, outcome)
    duty = chair_duty(told.report_id)
    assert (duty.state, duty.proof) == ("met", f"reports.triagedecision {decision.id}")


def test_a_report_ends_once(conclude, lan):
    conclude(lan, Outcome.NOT_DV)

    with pytest.raises(triage.StepNotOpenError):
        conclude(lan, Outcome.NEW_INCIDENT)


def test_the_database_too_lets_a_report_end_once(conclude, told, lan, now):
    conclude(lan, Outcome.NOT_DV)

    with pytest.raises(IntegrityError, match="report_concludes_once"), transaction.atomic():
        TriageDecision.objects.create(
            report_id=told.report_id, step=Step.CONCLUDED, outcome=Outcome.NOT_DV, reason_sealed=b"", at=now
        )


def test_an_outcome_without_a_reason_is_refused(conclude, told, lan):
    with pytest.raises(triage.ReasonNeededError):
        conclude(lan, Outcome.NOT_DV, reason="  ")

    assert state_of(told) == (State.RECEIVED, None)


def test_handing_over_counts_only_once_the_receiver_has_taken_it(conclude, told, lan, now):
    with pytest.raises(triage.ReceiverNeededError):
        conclude(lan, Outcome.SENT_TO_CRIME_AUTHORITY)
    with pytest.raises(triage.ReceiverNeededError):
        conclude(lan, Outcome.SENT_ELSEWHERE, handover=services.Handover("Công an tỉnh", now + timedelta(hours=1)))

    decision = conclude(lan, Outcome.SENT_ELSEWHERE, handover=services.Handover("UBND xã Ea Kar", now, "12/TB"))

    assert (decision.receiver, decision.receiver_reference) == ("UBND xã Ea Kar", "12/TB")
    assert state_of(told) == (State.CONCLUDED, Outcome.SENT_ELSEWHERE)


def test_nobody_reached_needs_three_attempts(conclude, told, lan, now):
    for attempt in range(3):
        with pytest.raises(triage.TooFewAttemptsError):
            conclude(lan, Outcome.NO_CONTACT_POSSIBLE)
        with acting(lan):
            services.record_attempt(
                actor=lan,
                report_id=told.report_id,
                tried_at=now - timedelta(hours=attempt),
                result="Không ai nghe",
                now=now,
            )

    conclude(lan, Outcome.NO_CONTACT_POSSIBLE)

    assert state_of(told) == (State.CONCLUDED, Outcome.NO_CONTACT_POSSIBLE)


def test_an_attempt_cannot_lie_ahead(told, lan, now):
    with pytest.raises(triage.AttemptInFutureError), acting(lan):
        services.record_attempt(
            actor=lan, report_id=told.report_id, tried_at=now + timedelta(minutes=1), result="Gọi", now=now
        )


# --- unfounded: two people


@pytest.fixture
def proposed(told, lan, now):
    with acting(lan):
        return services.propose_outcome(actor=lan, report_id=told.report_id, reason="Nhà bên xem phim", now=now)


def confirm(actor, told, now):
    with acting(actor):
        return services.confirm_proposal(actor=actor, report_id=told.report_id, reason="Tôi cũng đã hỏi", now=now)


def test_nobody_finds_a_report_unfounded_alone(conclude, told, lan):
    with pytest.raises(triage.NeedsTwoPeopleError):
        conclude(lan, Outcome.UNFOUNDED)

    assert state_of(told) == (State.RECEIVED, None)


def test_whoever_proposed_cannot_confirm(proposed, told, lan, now):
    with pytest.raises(triage.SamePersonError):
        confirm(lan, told, now)

    assert state_of(told) == (State.TRIAGED, None)


def test_another_person_confirms_and_the_report_ends(proposed, told, lan, chairwoman, now):
    decision = confirm(chairwoman, told, now)

    assert state_of(told) == (State.CONCLUDED, Outcome.UNFOUNDED)
    assert (decision.proposed_by_account_id, decision.by_account_id) == (lan.account_id, chairwoman.account_id)


def test_the_database_too_wants_two_people(proposed, told, lan, now):
    with pytest.raises(IntegrityError, match="decision_takes_two_people"), transaction.atomic():
        TriageDecision.objects.create(
            report_id=told.report_id,
            step=Step.CONCLUDED,
            outcome=Outcome.UNFOUNDED,
            by_account_id=lan.account_id,
            proposed_by_account_id=lan.account_id,
            reason_sealed=b"",
            at=now,
        )


def test_another_person_declines_and_the_report_stays_open(proposed, told, chairwoman, now):
    with acting(chairwoman):
        services.decline_proposal(actor=chairwoman, report_id=told.report_id, reason="Cần đến xem", now=now)

    assert state_of(told) == (State.TRIAGED, None)
    with pytest.raises(triage.NoProposalError):
        confirm(chairwoman, told, now)


@pytest.mark.usefixtures("proposed")
def test_a_proposal_overtaken_by_an_incident_cannot_be_confirmed(conclude, told, lan, chairwoman, now):
    conclude(lan, Outcome.NEW_INCIDENT)

    with pytest.raises(triage.NoProposalError):
        confirm(chairwoman, told, now)


# --- the clock and the words never move


def test_grading_does_not_stop_the_clock(told, lan, now):
    before = chair_duty(told.report_id)

    with acting(lan):
        services.grade_report(actor=lan, report_id=told.report_id, reason="Đang xác minh", now=now + timedelta(hours=2))

    after = chair_duty(told.report_id)
    assert (after.state, after.started_at, after.due_at) == ("running", before.started_at, before.due_at)


@pytest.mark.parametrize(
    "change",
    [
        "told_at = told_at - interval '1 day'",
        "received_at = received_at + interval '1 day'",
        "story_sealed = ''",
        "happening = 'unknown', signs = '[]', kinds = '[]'",
        "told_at_reason = 'khác'",
    ],
)
def test_what_was_told_is_never_changed_even_by_hand(told, lan, change):
    with pytest.raises(ProgrammingError, match="as it was told"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE reports_report SET {change}")


def test_a_report_is_never_deleted_or_reopened_even_by_hand(conclude, told, lan):
    conclude(lan, Outcome.NOT_DV)

    for sql, words in (
        ("DELETE FROM reports_report", "never deleted"),
        ("UPDATE reports_report SET state = 'received', outcome = NULL", "forward only"),
        ("UPDATE reports_report SET outcome = 'unfounded'", "forward only"),
    ):
        with pytest.raises(ProgrammingError, match=words), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


# --- opening and answering


def test_the_first_opening_is_kept_and_shown(told, lan, now):
    for minutes in (1, 30):
        with acting(lan):
            services.open_report(actor=lan, report_id=told.report_id, now=now + timedelta(minutes=minutes))

    assert Report.objects.get(id=told.report_id).opened_at == now + timedelta(minutes=1)


def test_the_reporter_is_told_how_it_ended(conclude, told, lan, now):
    conclude(lan, Outcome.NEW_INCIDENT)

    with acting(lan):
        services.answer_reporter(actor=lan, report_id=told.report_id, body="Đã có người đến giúp.", now=now)

    assert state_of(told) == (State.ANSWERED, Outcome.NEW_INCIDENT)
    assert ReportMessage.objects.get(report_id=told.report_id).body == "Đã có người đến giúp."


def test_where_telling_is_not_safe_that_is_the_answer(conclude, told, lan, now):
    conclude(lan, Outcome.NEW_INCIDENT)

    with acting(lan):
        services.answer_reporter(actor=lan, report_id=told.report_id, body="", way="Chưa an toàn để báo", now=now)

    assert state_of(told)[0] == State.ANSWERED
    assert not ReportMessage.objects.exists()


def test_nothing_is_answered_before_it_has_ended(told, lan, now):
    with pytest.raises(triage.StepNotOpenError), acting(lan):
        services.answer_reporter(actor=lan, report_id=told.report_id, body="Xong", now=now)


# --- who may


def test_binh_from_another_commune_finds_no_such_report(conclude, told, binh):
    with pytest.raises(NotFoundError):
        conclude(binh, Outcome.NOT_DV)

    assert state_of(told) == (State.RECEIVED, None)


@pytest.mark.parametrize("role", [Role.VILLAGE_HEAD, Role.COMMUNE_POLICE, Role.HEALTH_STATION, Role.PROVINCE_ANALYST])
def test_other_roles_do_not_triage(conclude, seat, commune, role):
    somebody = seat(role, "Ai đó", commune=None if role is Role.PROVINCE_ANALYST else commune)

    with pytest.raises(ForbiddenError):
        conclude(somebody, Outcome.NOT_DV)


def test_a_receipt_holder_does_not_triage(conclude, told):
    with pytest.raises(ForbiddenError):
        conclude(Actor.receipt_holder(told.report_id), Outcome.NOT_DV)


def test_every_step_is_in_the_detail_with_who_and_why(proposed, told, chairwoman, now):
    confirm(chairwoman, told, now)

    with acting(chairwoman):
        detail = queries.report(chairwoman, told.report_id, now)

    assert [line.reason for line in detail.decisions] == ["Nhà bên xem phim", "Tôi cũng đã hỏi"]
    assert detail.outcome is Outcome.UNFOUNDED
