"""No fact leaves without a live yes or a ground of law; no referral fades; a yes can be taken back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.models import Notice
from maiam.contexts.support import queries, services
from maiam.contexts.support.models import Consent, Referral
from maiam.contexts.support.rules import referrals as rules
from maiam.contexts.support.rules.needs import Need
from maiam.contexts.support.rules.referrals import FAILED, OPEN, Ground, State
from maiam.contexts.support.services.consents import AlreadyWithdrawnError
from maiam.platform.access import Actor, acting
from maiam.platform.errors import NotFoundError

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def running(actor, row) -> dict[str, int]:
    """The running duties about a referral, and whose each is."""
    with acting(actor):
        clocks = duties.obligations_of(actor, row.subject)
    return [clock.limit.code for clock in clocks if clock.is_running]


def test_the_helper_reads_what_was_sent_and_nothing_of_the_case(nurse, lan, send, case, now):
    row = send()

    with acting(nurse):
        page = queries.referral(nurse, row.id, now)
        assert page.told == "Chị H'Lan cần khám vết thương ở tay."
        assert page.case_id is None
        assert not Consent.objects.exists()
    assert running(lan, row) == ["REFERRAL_ANSWER"]


@pytest.mark.parametrize("changes", [{"need": Need.SHELTER}, {"to_post_id": None}, {"consent_id": None}])
def test_a_yes_for_one_purpose_and_recipient_is_no_yes_for_another(send, changes):
    with pytest.raises(services.ConsentNotLiveError):
        send(**changes)


def test_a_yes_ends_on_its_day(send, now):
    send(at=now + 30 * DAY - timedelta(seconds=1))

    with pytest.raises(services.ConsentNotLiveError):
        send(at=now + 30 * DAY)


def test_in_an_emergency_the_law_is_the_ground(send):
    assert send(ground=Ground.EMERGENCY, consent_id=None, is_urgent=True).consent is None


def test_an_answer_reaches_the_sender(nurse, lan, send, now):
    row = send()

    with acting(nurse):
        services.move_referral(actor=nurse, referral_id=row.id, to=State.ACCEPTED, words="", now=now)
        services.move_referral(actor=nurse, referral_id=row.id, to=State.DONE, words="Đã khám, băng tay.", now=now)

    assert running(lan, row) == []
    assert Notice.objects.filter(to_post_id=lan.post_id, what__contains="giúp").count() >= 1


def test_a_refusal_says_why_and_the_duty_comes_back(nurse, lan, send, now):
    row = send()

    with acting(nurse):
        with pytest.raises(services.WordsMissingError):
            services.move_referral(actor=nurse, referral_id=row.id, to=State.REJECTED, words=" ", now=now)
        services.move_referral(actor=nurse, referral_id=row.id, to=State.REJECTED, words="Không có bác sĩ.", now=now)

    assert running(lan, row) == ["REFERRAL_REPLACE"]


def test_silence_lapses_and_a_need_nobody_met_is_counted(lan, send, case, now):
    row, house = send(is_urgent=True), Actor.system("referrals")

    with acting(house):
        assert services.lapse_referrals(actor=house, now=now + DAY - timedelta(seconds=1)) == 0
        assert services.lapse_referrals(actor=house, now=now + DAY) == 1
        assert services.lapse_referrals(actor=house, now=now + DAY) == 0
    assert running(lan, row) == ["REFERRAL_REPLACE"]
    with acting(lan):
        services.record_unmet_need(actor=lan, case_id=case.id, need=Need.MEDICAL, reason="Trạm đóng cửa", now=now + DAY)
        assert queries.unmet_counts(lan, since=now) == {Need.MEDICAL: 1}
    assert running(lan, row) == []


def test_another_referral_for_the_same_need_does_what_was_owed(nurse, lan, send, now):
    row = send()
    with acting(nurse):
        services.move_referral(actor=nurse, referral_id=row.id, to=State.REJECTED, words="Hết giường.", now=now)

    send()

    assert running(lan, row) == []


def test_a_yes_taken_back_ends_what_runs_and_tells_the_holder(nurse, lan, send, consent, now):
    row = send()

    with acting(lan):
        services.withdraw_consent(actor=lan, consent_id=consent.id, now=now + DAY)
        with pytest.raises(AlreadyWithdrawnError):
            services.withdraw_consent(actor=lan, consent_id=consent.id, now=now + DAY)

    row.refresh_from_db()
    assert row.state == State.REVOKED
    assert Notice.objects.filter(to_post_id=nurse.post_id, what__contains="rút lại").exists()
    assert running(lan, row) == []
    with pytest.raises(services.ConsentNotLiveError):
        send(at=now + DAY)


def test_a_holder_outside_the_house_is_told_by_a_person_by_a_clock(lan, case, now):
    given = services.ConsentGiven(
        recipient="Trung tâm trợ giúp pháp lý", need=Need.LEGAL_AID, facts="Tên", evidence="Ký giấy", given_at=now
    )
    with acting(lan):
        consent = services.give_consent(actor=lan, case_id=case.id, given=given, now=now)
        sent = services.ReferralSent(
            need=Need.LEGAL_AID,
            recipient="Trung tâm trợ giúp pháp lý",
            told="Cần luật sư.",
            ground=Ground.CONSENT,
            consent_id=consent.id,
        )
        row = services.send_referral(actor=lan, case_id=case.id, sent=sent, now=now)
        services.withdraw_consent(actor=lan, consent_id=consent.id, now=now + DAY)

    assert running(lan, row) == ["CONSENT_TELL"]


def test_a_referral_to_one_helper_is_nothing_to_another(seat, commune, binh, send, now):
    row, other = send(), seat("women_union", "Lê Thị Nụ", commune=commune)

    for stranger in (other, binh):
        with acting(stranger):
            with pytest.raises(NotFoundError):
                queries.referral(stranger, row.id, now)
            assert not Referral.objects.exists()


@given(st.lists(st.sampled_from(list(State)), max_size=6))
def test_no_sequence_of_steps_leaves_an_end(steps):
    state, seen_end = State.SENT, None
    for to in steps:
        if rules.may_become(state, to):
            assert seen_end is None
            state = to
            seen_end = state if state not in OPEN else None
    assert not FAILED & OPEN
