"""Up by one word, down by two people, never "none", and a clock to look again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from maiam.contexts.cases import services as case_services
from maiam.contexts.cases.rules.no_contact import BreachKind
from maiam.contexts.cases.services import BreachFacts
from maiam.contexts.duties import queries as duties
from maiam.contexts.risk import queries, services
from maiam.contexts.risk.models import CaseRisk, RiskAssessment
from maiam.contexts.risk.receivers import danger_is_low_enough
from maiam.contexts.risk.rules import RaiseReason, State, calibrations
from maiam.contexts.risk.tests.conftest import CALM, GRAVE
from maiam.core.risk import AnswerNotKnownError, Level
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db


def running(actor, case) -> set[str]:
    with acting(actor):
        clocks = duties.obligations_of(actor, case.subject)
    return {clock.limit.code for clock in clocks if clock.is_running and clock.limit.code.startswith("RISK")}


def level_of(actor, case) -> Level | None:
    with acting(actor):
        return queries.standing(actor, case.id).level


def test_a_new_case_owes_a_first_assessment_within_a_day(lan, case):
    assert running(lan, case) == {"RISK_FIRST"}
    assert level_of(lan, case) is None


def test_a_signed_assessment_holds_and_starts_the_clock_of_its_level(lan, case, sign):
    sign(GRAVE)

    assert level_of(lan, case) is Level.VERY_HIGH
    assert running(lan, case) == {"RISK_AGAIN_VERY_HIGH"}


def test_what_is_not_known_is_asked_again(lan, case, sign):
    sign({"control": "no"})

    assert "RISK_ASK_AGAIN" in running(lan, case)


def test_a_lower_level_waits_for_a_second_person_and_the_higher_one_holds_meanwhile(lan, chairwoman, case, sign, now):
    sign(GRAVE)
    lower = sign(note="Đã giao nộp súng", after=timedelta(hours=1))

    assert (lower.state, level_of(lan, case)) == (State.WAITING, Level.VERY_HIGH)
    with acting(chairwoman):
        services.decide_lowering(actor=chairwoman, assessment_id=lower.id, agrees=True, now=now)
    assert level_of(lan, case) is Level.LOW
    assert running(lan, case) == {"RISK_AGAIN_LOW"}


def test_the_second_person_may_keep_the_level(lan, chairwoman, case, sign, now):
    sign(GRAVE)
    lower = sign(note="Anh ấy hứa", after=timedelta(hours=1))

    with acting(chairwoman):
        services.decide_lowering(actor=chairwoman, assessment_id=lower.id, agrees=False, now=now)
        with pytest.raises(services.NotWaitingError):
            services.decide_lowering(actor=chairwoman, assessment_id=lower.id, agrees=True, now=now)

    assert level_of(lan, case) is Level.VERY_HIGH


def test_a_lower_level_needs_its_reason_and_only_one_waits(sign):
    sign(GRAVE)

    with pytest.raises(services.LoweringReasonMissingError):
        sign(after=timedelta(hours=1))
    sign(note="Đã giao nộp súng", after=timedelta(hours=1))
    with pytest.raises(services.AlreadyWaitingError):
        sign(note="Thật mà", after=timedelta(hours=2))


def test_nobody_lowers_a_level_alone_not_even_in_the_database(lan, sign, case, now):
    sign(GRAVE)
    lower = sign(note="Đã giao nộp súng", after=timedelta(hours=1))

    with acting(lan), pytest.raises(ForbiddenError):
        services.decide_lowering(actor=lan, assessment_id=lower.id, agrees=True, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment.objects.filter(id=lower.id).update(decided_by_account_id=lower.signed_by_account_id)


def test_anyone_on_the_case_raises_a_level_at_once(lan, chairwoman, case, sign, now):
    sign()

    with acting(chairwoman):
        services.raise_level(
            actor=chairwoman, case_id=case.id, to=Level.HIGH, reason=RaiseReason.AFRAID, words="Chị run", now=now
        )
        with pytest.raises(services.NotHigherError):
            services.raise_level(
                actor=chairwoman, case_id=case.id, to=Level.MEDIUM, reason=RaiseReason.OTHER, words="", now=now
            )

    assert level_of(lan, case) is Level.HIGH
    assert running(lan, case) == {"RISK_AGAIN_HIGH"}


def test_what_the_records_say_is_never_made_milder_by_hand(lan, case, sign, monkeypatch):
    monkeypatch.setattr(queries, "known_answers", lambda *_: {"incidents_6_months": "more"})

    signed = sign(CALM | {"incidents_6_months": "none"})

    with acting(lan):
        assert signed.answers["incidents_6_months"] == "more"


def test_an_old_breach_lets_two_people_lower_the_level_until_the_case_may_end(
    lan, chairwoman, police_chief, ordered, case, sign, now
):
    broken = BreachFacts(kind=BreachKind.CAME_NEAR, occurred_at=now + timedelta(hours=1), told="Đứng trước cổng.")
    with acting(police_chief):
        case_services.record_breach(
            actor=police_chief, measure_id=ordered.id, breach=broken, now=now + timedelta(hours=2)
        )

    sign(after=timedelta(hours=3))
    sign(after=timedelta(days=90))
    assert level_of(lan, case) is Level.HIGH

    lower = sign(note="Không còn liên lạc từ ba tháng nay", after=timedelta(days=91))
    with acting(chairwoman):
        services.decide_lowering(
            actor=chairwoman, assessment_id=lower.id, agrees=True, now=now + timedelta(days=91, hours=1)
        )
    with acting(lan):
        (condition,) = danger_is_low_enough(lan, case.id, now + timedelta(days=91, hours=2))
    assert (level_of(lan, case), condition.holds) == (Level.MEDIUM, True)


def test_an_answer_nobody_offered_is_refused(sign):
    with pytest.raises(AnswerNotKnownError):
        sign(CALM | {"strangled": "a little"})


def test_a_signed_answer_never_changes(lan, sign):
    row = sign(GRAVE)

    with acting(lan), pytest.raises(ProgrammingError), transaction.atomic():
        RiskAssessment.objects.filter(id=row.id).update(level=Level.LOW)


def test_the_database_knows_no_level_none(sign):
    sign()

    with pytest.raises(IntegrityError), transaction.atomic():
        CaseRisk.objects.update(level="none")


def test_answers_are_unreadable_in_a_stolen_database(sign):
    assert b"strangled" not in bytes(sign(GRAVE).answers_sealed)


def test_another_commune_learns_nothing(binh, case, sign, now):
    sign(GRAVE)

    with acting(binh):
        with pytest.raises(NotFoundError):
            queries.risk_page(binh, case.id, now)
        assert not RiskAssessment.objects.exists()
        assert not CaseRisk.objects.exists()


@pytest.mark.parametrize(("repeated", "words"), [(0, "0%"), (4, "dưới 5 vụ"), (10, "25%"), (37, "dưới 5 vụ")])
def test_the_tool_is_judged_without_giving_anyone_away(repeated, words):
    (line,) = [one for one in calibrations([("high", n < repeated) for n in range(40)]) if one.level is Level.HIGH]

    assert line.share_in_words == words


def test_too_few_cases_judge_nothing():
    assert not any(line.is_enough for line in calibrations([("low", True)] * 19))


def test_the_analyst_counts_what_was_followed_for_ninety_days(mai, sign, now):
    sign(GRAVE)

    with acting(mai):
        assert sum(line.cases for line in queries.calibration(mai, now + timedelta(days=89))) == 0
        assert sum(line.cases for line in queries.calibration(mai, now + timedelta(days=91))) == 1
