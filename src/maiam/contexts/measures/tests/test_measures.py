"""Every measure of Art. 22 goes its way through one machine: asked, decided by whom the law says, served, ended."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from maiam.contexts.duties.models import Obligation
from maiam.contexts.families.models import Person
from maiam.contexts.measures import queries, services
from maiam.contexts.measures.models import Measure, ShelterPlace
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import EventKind, ServiceMethod, State
from maiam.contexts.measures.services import Served, Told
from maiam.contexts.risk import queries as risk
from maiam.core.law.codes import procedures
from maiam.core.law.no_contact import Requester
from maiam.platform.access import Actor, acting
from maiam.platform.errors import NotFoundError

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
CHAIRMAN_OF_ADULTS = ["M_G_EDUCATION", "M_H_CRITICISM", "M_I_COMMUNITY_WORK"]
RECORDED = [code for code in procedures() if not kinds.starts_with_request(code)]
HANDED_OVER = [code for code, row in procedures().items() if row.handed_over]


def state_of(measure: Measure) -> State:
    return State(Measure.objects.get(id=measure.id).state)


def duty(measure: Measure, rule: str) -> Obligation:
    return Obligation.objects.get(subject_id=measure.id, rule=rule)


@pytest.fixture
def served(lan, now):
    def serve(measure, *, to=None, actor=lan, at=now, **changes):
        for addressee in to or kinds.procedure(measure.kind).served_on:
            told = {"addressee": addressee, "method": ServiceMethod.IN_PERSON, "served_at": at} | changes
            with acting(actor):
                services.serve_measure(actor=actor, measure_id=measure.id, served=Served(**told), now=at)

    return serve


@pytest.fixture
def at_authority(served):
    """The matter was handed over, with a receipt."""
    return lambda measure: served(measure, to=["authority"], received_by="Thiếu tá Hải", receipt="12/GN")


@pytest.mark.parametrize("kind", CHAIRMAN_OF_ADULTS)
def test_what_the_chairwoman_orders_is_served_begun_and_ended_with_what_came_of_it(
    kind, twice, asked, decided, served, facts, lan, chairwoman, now
):
    measure = decided(chairwoman, asked(kind))
    assert measure.state == State.ORDERED
    served(measure)
    assert state_of(measure) is State.SERVED
    with acting(lan):
        services.begin_measure(actor=lan, measure_id=measure.id, happened_at=now, now=now)
        services.end_measure(
            actor=lan, measure_id=measure.id, ended_at=now, facts=facts(kind, "outcome"), now=now + MINUTE
        )

    assert state_of(measure) is State.ENDED
    assert duty(measure, "MEASURE_DECIDE").state == duty(measure, "MEASURE_SERVE").state == "met"


@pytest.mark.parametrize("kind", RECORDED)
def test_what_others_do_or_decide_is_written_down_and_runs_at_once(kind, recorded, facts, lan, now):
    measure = recorded(kind)

    assert measure.state == State.IN_FORCE
    with acting(lan):
        services.end_measure(
            actor=lan, measure_id=measure.id, ended_at=now, facts=facts(kind, "outcome"), now=now + MINUTE
        )
    assert state_of(measure) is State.ENDED


@pytest.mark.parametrize("kind", HANDED_OVER)
def test_a_matter_goes_to_the_authority_against_a_receipt_and_their_decision_is_written_down(
    kind, asked, decided, served, at_authority, lan, chairwoman
):
    measure = asked(kind)
    with pytest.raises(services.deciding.NotHandedOverError):
        decided(lan, measure)
    with pytest.raises(services.ReceiptMissingError):
        served(measure, to=["authority"])
    at_authority(measure)
    with pytest.raises(services.NotCompetentError):
        decided(chairwoman, measure)

    assert decided(lan, measure).state == State.IN_FORCE


def test_a_court_order_is_written_down_and_never_issued(recorded, asked, chairwoman, now):
    with pytest.raises(services.NotThisWayError):
        asked("M_C_BAN_COURT")
    months = now.replace(month=3, year=now.year + 1)

    assert recorded("M_C_BAN_COURT", ends_at=months).ends_at == months
    with pytest.raises(services.TermNotLawfulError):
        recorded("M_C_BAN_COURT", ends_at=months + SECOND)


def test_the_police_chief_summons_and_nobody_else(asked, decided, chairwoman, police_chief):
    measure = asked("M_B_SUMMON")

    with pytest.raises(services.NotCompetentError):
        decided(chairwoman, measure)
    assert decided(police_chief, measure).state == State.ORDERED


def test_a_summons_needs_somebody_vulnerable_or_a_danger(asked, decided, police_chief):
    measure = asked("M_B_SUMMON", facts={"why": "Đánh vợ."})

    with pytest.raises(services.ConditionUnmetError, match="nguy hiểm"):
        decided(police_chief, measure)


def test_once_is_not_enough_for_criticism(opened, asked, decided, chairwoman, confirmed):
    confirmed(opened.incident_id)
    measure = asked("M_H_CRITICISM")

    with pytest.raises(services.ConditionUnmetError, match="2 lần"):
        decided(chairwoman, measure)


def test_a_fine_is_counted_from_the_day_it_was_decided(
    lan, opened, asked, decided, at_authority, confirmed, chairwoman, now
):
    fine = asked("M_K_ADMIN")
    at_authority(fine)
    confirmed(opened.incident_id)
    decided(lan, fine, decided_on=now.date())
    with acting(chairwoman):
        table = queries.condition_table(chairwoman, fine.person_id)

    assert table[0].holds is False
    assert "đã phạt" in table[0].sources[0]


def test_community_service_is_the_persons_own_choice(twice, asked, decided, chairwoman):
    measure = asked("M_I_COMMUNITY_WORK", facts={"why": "Hai lần."})

    with pytest.raises(services.ConditionUnmetError, match="tự chọn"):
        decided(chairwoman, measure)


def test_help_needs_her_yes(recorded):
    with pytest.raises(services.ConsentMissingError):
        recorded("M_D_SHELTER", wished={"consent_by": "", "consent_at": None})


def test_the_database_too_asks_for_her_yes(recorded):
    measure = recorded("M_E_COUNSEL")

    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        Measure.objects.filter(id=measure.id).update(consent_by="")


def test_a_body_asks_only_with_her_consent(asked):
    with pytest.raises(services.ConsentMissingError):
        asked("M_B_SUMMON", requester=Requester.COMPETENT_BODY, consent_by="", consent_at=None)


def test_a_health_facility_shelters_for_a_day_and_not_a_second_more(recorded, now):
    facts = {"health_facility": "yes"}

    recorded("M_D_SHELTER", ends_at=now + timedelta(days=1), facts=facts)
    with pytest.raises(services.TermNotLawfulError):
        recorded("M_D_SHELTER", ends_at=now + timedelta(days=1, seconds=1), facts=facts)
    assert recorded("M_D_SHELTER", ends_at=None, facts={}).ends_at is None


def test_a_new_refuge_takes_the_place_of_the_old_and_its_clock_goes(recorded):
    first = recorded("M_D_SHELTER")
    second = recorded("M_D_SHELTER")

    assert state_of(first) is State.SUPERSEDED
    assert second.follows_id == first.id
    assert duty(first, "MEASURE_LEAVE_HEALTH").state == "lapsed"


def test_a_measure_ends_at_its_end_and_not_before(recorded, lan, now):
    measure, house = recorded("M_C_BAN_COURT", ends_at=now + timedelta(days=2)), Actor.system("end_measures")

    with acting(house):
        assert services.end_measures(actor=house, now=now + timedelta(days=2) - SECOND) == 0
        assert services.end_measures(actor=house, now=now + timedelta(days=2)) == 1
        assert services.end_measures(actor=house, now=now + timedelta(days=3)) == 0
    measure.refresh_from_db()
    assert measure.stopped_at == measure.ends_at


def test_a_breach_is_told_and_ends_nothing(recorded, lan, case, now):
    measure = recorded("M_C_BAN_COURT")
    told = Told(kind=EventKind.BREACH, happened_at=now, told="Đến tận nhà.")
    with acting(lan):
        services.record_event(actor=lan, measure_id=measure.id, told=told, now=now)

    assert state_of(measure) is State.IN_FORCE
    assert Obligation.objects.filter(subject_id=case.id, rule="RISK_FIRST", state="running").exists()


def test_breaking_a_courts_order_is_known_to_whoever_looks_at_the_danger(recorded, lan, case, now):
    measure = recorded("M_C_BAN_COURT", ends_at=now + timedelta(days=120))
    told = Told(kind=EventKind.BREACH, happened_at=now, told="Đến tận nhà.")
    with acting(lan):
        services.record_event(actor=lan, measure_id=measure.id, told=told, now=now)

        assert risk.known_answers(lan, case.id, now + timedelta(days=119))["order_breached"] == "live"
        assert risk.known_answers(lan, case.id, now + timedelta(days=121))["order_breached"] == "past"


def test_where_a_refuge_is_stands_apart_sealed_and_every_reading_is_on_record(
    recorded, lan, police_chief, binh, client_for, now
):
    measure = recorded("M_D_SHELTER", secret_place="Nhà chị Hoa, bon Bu Prâng")

    assert b"Hoa" not in bytes(ShelterPlace.objects.get().place_sealed)
    assert "Hoa" not in client_for(lan).get(f"/bien-phap/{measure.id}/").content.decode()
    with acting(lan):
        assert queries.refuge(lan, measure.id, now) == "Nhà chị Hoa, bon Bu Prâng"
    for stranger in (police_chief, binh):
        with acting(stranger):
            assert not ShelterPlace.objects.exists()


def test_the_police_see_what_concerns_the_perpetrator_and_nothing_of_her(recorded, police_chief, now):
    stop, shelter = recorded("M_A_STOP"), recorded("M_D_SHELTER")

    with acting(police_chief):
        assert list(Measure.objects.values_list("id", flat=True)) == [stop.id]
        assert queries.measure_detail(police_chief, stop.id, now).case_id is None
        with pytest.raises(NotFoundError):
            queries.measure_detail(police_chief, shelter.id, now)
        file = queries.perpetrator_files(police_chief)[0]
        assert [line.id for line in queries.file_page(police_chief, file.id, now).measures] == [stop.id]


def test_another_commune_sees_nothing(recorded, binh, now):
    measure = recorded("M_A_STOP")

    with acting(binh):
        assert not Measure.objects.exists()
        with pytest.raises(NotFoundError):
            queries.measure_detail(binh, measure.id, now)


def test_criticism_is_decided_where_he_lives_and_knows_the_acts_of_both_communes(
    twice, lan, binh, husband, seat, elsewhere, asked, decided, chairwoman
):
    Person.objects.filter(id=husband).update(commune=elsewhere, village=None)
    theirs = seat("commune_chairman", "Y Thông", commune=elsewhere)
    measure = asked("M_H_CRITICISM")

    assert measure.competent_commune_id == elsewhere.id
    with acting(theirs):
        found = queries.findings(theirs, Measure.objects.get(id=measure.id))
    assert [finding.holds for finding in found] == [True, True]
    assert len(found[0].sources) == 2
    with pytest.raises(services.NotCompetentError):
        decided(chairwoman, measure)
    assert decided(theirs, measure).state == State.ORDERED


def test_what_waits_for_the_chairwoman_is_one_list_the_due_first_on_top(twice, asked, requested, chairwoman):
    asked("M_H_CRITICISM")
    asked("M_G_EDUCATION")
    with acting(chairwoman):
        titles = [one.title for one in queries.waiting_for_me(chairwoman)]

    assert titles[0] == "Đề nghị cấm tiếp xúc"
    assert len(titles) == 3


def test_a_decision_stays_as_it_was_made(recorded, now):
    measure = recorded("M_C_BAN_COURT")

    for changed in ({"ends_at": now + timedelta(days=90)}, {"decided_at": now - MINUTE}, {"state": State.REQUESTED}):
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            Measure.objects.filter(id=measure.id).update(**changed)
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        measure.delete()


def test_a_refusal_says_why(asked, chairwoman, now):
    measure = asked("M_G_EDUCATION")
    with acting(chairwoman):
        with pytest.raises(services.ReasonMissingError):
            services.refuse_measure(actor=chairwoman, measure_id=measure.id, reason=" ", now=now)
        services.refuse_measure(actor=chairwoman, measure_id=measure.id, reason="Đã đi xa.", now=now)

    assert state_of(measure) is State.REFUSED
    assert duty(measure, "MEASURE_DECIDE").state == "met"


def test_every_fact_that_is_missing_is_named(asked):
    with pytest.raises(services.FactMissingError, match="Lý do đề nghị"):
        asked("M_H_CRITICISM", facts={})
