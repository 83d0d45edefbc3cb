"""The chairman's clock and decision, at the edge of the law and one second past it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from maiam.contexts.cases import services
from maiam.contexts.cases.models import Cancellation, NoContact, OfficialDocument
from maiam.contexts.cases.rules.no_contact import Answer, RequestChannel, State
from maiam.contexts.cases.services import (
    AlreadyDecidedError,
    AlreadyRequestedError,
    AskedInFutureError,
    ConsentMissingError,
    NotCompetentError,
    Order,
    ReasonMissingError,
    RequestWaitsError,
    TermNotLawfulError,
)
from maiam.contexts.duties.models import Obligation
from maiam.contexts.duties.rules import State as DutyState
from maiam.core.law.no_contact import CANCEL, Ground, Requester
from maiam.platform.access import Actor, acting
from maiam.platform.errors import ForbiddenError, NotFoundError

SECOND = timedelta(seconds=1)


def decide(actor, measure, order, now):
    with acting(actor):
        return services.decide_no_contact(actor=actor, measure_id=measure.id, order=order, now=now)


def duty(measure, rule):
    return Obligation.objects.get(subject_id=measure.id, rule=rule)


def test_twelve_hours_run_from_the_request(requested, now):
    clock = duty(requested, "BAN_DECIDE")

    assert (clock.started_at, clock.due_at) == (now, now + timedelta(hours=12))
    assert clock.owner_post.role == "commune_chairman"


def test_the_clock_starts_when_we_first_knew_not_when_it_was_written_down(lan, case, request_, now):
    asked_at = now - timedelta(hours=5)

    with acting(lan):
        measure = services.request_no_contact(
            actor=lan, case_id=case.id, request=request_(asked_at=asked_at, channel=RequestChannel.PHONE), now=now
        )

    assert duty(measure, "BAN_DECIDE").due_at == asked_at + timedelta(hours=12)


def test_a_wish_told_in_a_report_was_known_when_the_report_came(lan, case, request_, now):
    report_id = case.incident_links.get().incident.report_links.get().report_id

    with acting(lan):
        measure = services.request_no_contact(
            actor=lan,
            case_id=case.id,
            request=request_(report_id=report_id, channel=RequestChannel.REPORT),
            now=now,
        )

    assert measure.requested_at == now - timedelta(hours=1)


def test_nobody_asks_in_the_future(lan, case, request_, now):
    with pytest.raises(AskedInFutureError), acting(lan):
        services.request_no_contact(actor=lan, case_id=case.id, request=request_(asked_at=now + SECOND), now=now)


def test_a_body_asks_only_with_her_consent(lan, case, request_, now):
    of_a_body = {"requester": Requester.COMPETENT_BODY, "requester_name": "Hội Liên hiệp Phụ nữ xã"}

    with pytest.raises(ConsentMissingError), acting(lan):
        services.request_no_contact(actor=lan, case_id=case.id, request=request_(**of_a_body), now=now)
    consented = request_(**of_a_body, consent_by="H'Lan Niê", consent_at=now)
    with acting(lan):
        measure = services.request_no_contact(actor=lan, case_id=case.id, request=consented, now=now)

    assert measure.request.consent_by == "H'Lan Niê"


def test_a_second_request_for_the_same_two_waits_for_the_first_answer(lan, requested, case, request_, now):
    with pytest.raises(AlreadyRequestedError), acting(lan):
        services.request_no_contact(actor=lan, case_id=case.id, request=request_(), now=now)


@pytest.mark.parametrize(("after", "state"), [(timedelta(hours=12), "met"), (timedelta(hours=12) + SECOND, "met_late")])
def test_a_decision_at_the_last_second_is_in_time_and_one_second_later_is_not(
    chairwoman, requested, order, now, after, state
):
    decide(chairwoman, requested, order(days=3), now + after)

    assert duty(requested, "BAN_DECIDE").state == state


def test_three_days_to_the_minute_are_lawful_and_begin_at_signing(ordered, now):
    ordered.refresh_from_db()

    assert (ordered.state, ordered.starts_at, ordered.ends_at) == (State.IN_FORCE, now, now + timedelta(days=3))


@pytest.mark.parametrize("length", [{"days": 3, "seconds": 1}, {"days": 30}, {"seconds": 0}, {"hours": -1}])
def test_a_longer_term_or_none_is_refused_and_changes_nothing(chairwoman, requested, order, now, length):
    with pytest.raises(TermNotLawfulError):
        decide(chairwoman, requested, order(**length), now)

    requested.refresh_from_db()
    assert requested.state == State.REQUESTED
    assert not OfficialDocument.objects.filter(no_contact=requested).exists()


def test_a_term_is_counted_in_hours_across_midnights(chairwoman, requested, now):
    night = now.replace(hour=16, minute=30)  # 23:30 in Vietnam

    measure = decide(chairwoman, requested, Order(night + timedelta(days=3), "Đe dọa", "Xã Đắk Mil"), night)

    assert measure.covers(night + timedelta(days=3) - SECOND)
    assert not measure.covers(night + timedelta(days=3))


def test_the_database_refuses_a_longer_term_whoever_writes_it(ordered):
    with pytest.raises(IntegrityError, match="no_contact_term_is_lawful"), transaction.atomic():
        NoContact.objects.create(**_copy(ordered) | {"ends_at": ordered.starts_at + timedelta(days=3) + SECOND})


def test_the_database_keeps_a_decision_as_it_was_made(ordered):
    with pytest.raises(Exception, match="stays as it was made"), transaction.atomic():
        NoContact.objects.filter(id=ordered.id).update(ends_at=ordered.ends_at - timedelta(hours=1))


def test_the_database_keeps_the_moment_of_the_request(requested):
    with pytest.raises(Exception, match="stays as it was asked"), transaction.atomic():
        NoContact.objects.filter(id=requested.id).update(requested_at=requested.requested_at - timedelta(hours=1))


def test_what_was_decided_is_not_decided_again(chairwoman, ordered, order, now):
    with pytest.raises(AlreadyDecidedError):
        decide(chairwoman, ordered, order(), now)


def test_an_officer_does_not_decide(lan, requested, order, now):
    with pytest.raises(ForbiddenError):
        decide(lan, requested, order(), now)


def test_a_chairman_elsewhere_does_not_even_see_the_request(seat, elsewhere, requested, order, now):
    other = seat("commune_chairman", "Nguyễn Văn Khác", commune=elsewhere)

    with pytest.raises(NotFoundError):
        decide(other, requested, order(), now)


def test_the_house_itself_never_decides(requested, order, now):
    with pytest.raises(NotCompetentError):
        decide(Actor.system("test"), requested, order(), now)


def test_a_refusal_needs_its_reasons(chairwoman, requested, now):
    with pytest.raises(ReasonMissingError), acting(chairwoman):
        services.refuse_no_contact(actor=chairwoman, measure_id=requested.id, reason="  ", now=now)


def test_the_database_refuses_a_refusal_without_reasons(chairwoman, requested, now):
    silent = {"state": State.REFUSED, "decided_at": now, "decided_by_id": chairwoman.account_id}

    with pytest.raises(IntegrityError, match="no_contact_decided_by_someone"), transaction.atomic():
        NoContact.objects.filter(id=requested.id).update(**silent, decided_by_post_id=chairwoman.post_id)


def test_a_refusal_is_written_with_its_number_and_meets_the_clock(chairwoman, requested, now):
    with acting(chairwoman):
        services.refuse_no_contact(
            actor=chairwoman, measure_id=requested.id, reason="Hai bên không phải người trong gia đình.", now=now
        )

    answer = OfficialDocument.objects.get(no_contact=requested)
    assert (answer.symbol, answer.number) == ("TB-UBND", 1)
    assert "Hai bên không phải người trong gia đình." in answer.content
    assert duty(requested, "BAN_DECIDE").state == DutyState.MET


def test_a_threat_to_life_needs_no_request(chairwoman, case, husband, order, now):
    with acting(chairwoman):
        measure = services.order_on_life_threat(
            actor=chairwoman, case_id=case.id, perpetrator_id=husband, order=order(), now=now
        )

    assert (measure.ground, measure.state, measure.requested_at) == (Ground.LIFE_THREAT, State.IN_FORCE, None)


def test_a_request_that_waits_is_decided_not_walked_around(chairwoman, requested, case, husband, order, now):
    with pytest.raises(RequestWaitsError), acting(chairwoman):
        services.order_on_life_threat(actor=chairwoman, case_id=case.id, perpetrator_id=husband, order=order(), now=now)


def test_an_order_needs_a_request_or_a_threat_to_life(ordered):
    with pytest.raises(IntegrityError, match="no_contact_asked_or_life_threat"), transaction.atomic():
        NoContact.objects.create(**_copy(ordered) | {"requested_at": None})


def test_two_orders_never_bind_the_same_two_at_once(ordered):
    following = _copy(ordered) | {"starts_at": ordered.ends_at, "ends_at": ordered.ends_at + timedelta(days=1)}
    with pytest.raises(IntegrityError, match="no_contact_one_live_order"), transaction.atomic():
        NoContact.objects.create(**following)
    ended = _copy(ordered) | {"state": State.ENDED, "stopped_at": ordered.ends_at}
    with pytest.raises(IntegrityError, match="no_contact_orders_never_overlap"), transaction.atomic():
        NoContact.objects.create(**ended)


def test_a_new_order_takes_the_place_of_the_running_one(lan, chairwoman, ordered, case, request_, order, now):
    later = now + timedelta(days=2)
    with acting(lan):
        again = services.request_no_contact(actor=lan, case_id=case.id, request=request_(asked_at=later), now=later)

    renewed = decide(chairwoman, again, order(days=5), later)

    ordered.refresh_from_db()
    assert (ordered.state, ordered.stopped_at) == (State.SUPERSEDED, later)
    assert (renewed.follows_id, renewed.ends_at) == (ordered.id, later + timedelta(days=3))


def test_an_order_ends_by_itself_at_its_exact_end_and_once(ordered, now):
    house = Actor.system("end_measures")
    with acting(house):
        early = services.end_measures(actor=house, now=ordered.ends_at - SECOND)
        first = services.end_measures(actor=house, now=ordered.ends_at + timedelta(seconds=40))
        second = services.end_measures(actor=house, now=ordered.ends_at + timedelta(seconds=41))

    ordered.refresh_from_db()
    assert (early, first, second) == (0, 1, 0)
    assert (ordered.state, ordered.stopped_at) == (State.ENDED, ordered.ends_at)


@pytest.mark.parametrize(
    ("left", "ends_as"),
    [
        (CANCEL.duration, DutyState.LAPSED),
        (CANCEL.duration + SECOND, DutyState.BREACHED),
    ],
)
def test_when_an_order_ends_an_unanswered_request_lapses_unless_its_time_ran_out_before(
    lan, ordered, cancel_request, left, ends_as
):
    asked_at = ordered.ends_at - left
    with acting(lan):
        request = cancel_request(asked_at=asked_at)
        services.request_cancellation(actor=lan, measure_id=ordered.id, request=request, now=asked_at)
    house = Actor.system("end_measures")

    with acting(house):
        services.end_measures(actor=house, now=ordered.ends_at)

    assert duty(ordered, "BAN_CANCEL_DECIDE").state == ends_as
    assert Cancellation.objects.get(no_contact=ordered).answer == Answer.LAPSED


def test_an_order_that_is_over_ends_at_its_own_end_even_when_a_new_one_comes_first(
    lan, chairwoman, ordered, case, request_, order, now
):
    later = now + timedelta(days=3, seconds=20)
    with acting(lan):
        again = services.request_no_contact(actor=lan, case_id=case.id, request=request_(asked_at=later), now=later)

    decide(chairwoman, again, order(days=6), later)

    ordered.refresh_from_db()
    assert (ordered.state, ordered.stopped_at) == (State.ENDED, now + timedelta(days=3))


def _copy(measure):
    kept = {field.attname: getattr(measure, field.attname) for field in measure._meta.fields}
    kept.pop("id")
    return kept
