"""After the signature: four addressees, the police's two clocks, permitted contact, breach, cancellation."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from maiam.contexts.cases import services
from maiam.contexts.cases.models import Breach, Cancellation, Delivery, OfficialDocument, PermittedContact
from maiam.contexts.cases.rules.no_contact import Addressee, Answer, BreachKind, DeliveryMethod, State
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.cases.services import (
    AlreadyAskedError,
    AlreadyDeliveredError,
    Assigned,
    BreachFacts,
    Contact,
    ContactTooLongError,
    DeliveredOutOfTimeError,
    GroundDoesNotFitError,
    Handover,
    MeetingOutOfTimeError,
    NotAssignedYetError,
    NotCountersignedFirstError,
    NotDuringTheOrderError,
    NothingAskedError,
    NotInForceError,
    OrderNotReceivedError,
    ReasonMissingError,
)
from maiam.contexts.duties.models import Notice, Obligation
from maiam.core.law.no_contact import CancelGround, ContactReason
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
SUPERVISORS = [Assigned("Điểu K'Rang", "Trưởng bon")]


@pytest.fixture
def deliver(lan, ordered, now):
    """Hand the order to an addressee."""

    def hand(addressee=Addressee.POLICE_CHIEF, *, actor=None, at=None, kind=DocumentKind.ORDER):
        at = at or now
        handover = Handover(addressee=addressee, method=DeliveryMethod.IN_PERSON, delivered_at=at, kind=kind)
        with acting(actor or lan):
            return services.record_delivery(
                actor=actor or lan, measure_id=ordered.id, handover=handover, now=max(at, now)
            )

    return hand


@pytest.fixture
def supervised(police_chief, ordered, deliver, now):
    """The police received the order and assigned a supervisor ten minutes later."""
    deliver(actor=police_chief)
    at = now + 10 * MINUTE
    with acting(police_chief):
        services.assign_supervisors(actor=police_chief, measure_id=ordered.id, supervisors=SUPERVISORS, now=at)
    return ordered


@pytest.fixture
def contact(now):
    """A contact of two hours, notified and countersigned before."""

    def make(**changes):
        told = {
            "reason": ContactReason.WEDDING_FUNERAL,
            "notified_at": now + HOUR,
            "countersigned_at": now + 2 * HOUR,
            "countersigned_by": "Điểu K'Rang",
            "starts_at": now + 3 * HOUR,
            "ends_at": now + 5 * HOUR,
        }
        return Contact(**(told | changes))

    return make


def duty(measure, rule):
    return Obligation.objects.get(subject_id=measure.id, rule=rule)


def test_an_order_waits_for_four_addressees(deliver, ordered):
    for addressee in Addressee:
        deliver(addressee)

    assert Delivery.objects.filter(no_contact=ordered).count() == 4
    with pytest.raises(AlreadyDeliveredError):
        deliver(Addressee.VICTIM)


def test_nothing_is_served_before_it_is_signed_or_after_now(lan, ordered, now):
    for at in (now - MINUTE, now + MINUTE):
        handover = Handover(addressee=Addressee.VICTIM, method=DeliveryMethod.IN_PERSON, delivered_at=at)
        with pytest.raises(DeliveredOutOfTimeError), acting(lan):
            services.record_delivery(actor=lan, measure_id=ordered.id, handover=handover, now=now)


def test_the_hour_to_assign_runs_from_when_the_police_received_the_order(deliver, ordered, now):
    deliver(Addressee.POLICE_CHIEF, at=now + 20 * MINUTE)

    clock = duty(ordered, "BAN_ASSIGN_SUPERVISOR")
    assert (clock.started_at, clock.due_at) == (now + 20 * MINUTE, now + 80 * MINUTE)
    assert clock.owner_post.role == "commune_police"


@pytest.mark.parametrize(("after", "state"), [(HOUR, "met"), (HOUR + SECOND, "met_late")])
def test_an_assignment_within_the_hour_is_in_time(police_chief, deliver, ordered, now, after, state):
    deliver()

    with acting(police_chief):
        services.assign_supervisors(actor=police_chief, measure_id=ordered.id, supervisors=SUPERVISORS, now=now + after)

    assert duty(ordered, "BAN_ASSIGN_SUPERVISOR").state == state
    assert duty(ordered, "BAN_SUPERVISION_MEETING").due_at == now + after + HOUR


def test_nobody_supervises_an_order_the_police_have_not_received(police_chief, ordered, now):
    with pytest.raises(OrderNotReceivedError), acting(police_chief):
        services.assign_supervisors(actor=police_chief, measure_id=ordered.id, supervisors=SUPERVISORS, now=now)


def test_the_assignment_is_a_paper_of_the_police_with_their_own_number(supervised):
    paper = OfficialDocument.objects.get(no_contact=supervised, kind=DocumentKind.ASSIGNMENT)

    assert (paper.symbol, paper.number) == ("QĐ-CAX", 1)
    assert "Điểu K'Rang" in paper.content


def test_the_meeting_meets_its_clock(police_chief, supervised, now):
    with acting(police_chief):
        services.record_supervision_meeting(
            actor=police_chief, measure_id=supervised.id, met_at=now + 40 * MINUTE, plan="Ngày hai lần.", now=now + HOUR
        )

    assert duty(supervised, "BAN_SUPERVISION_MEETING").state == "met"


def test_a_meeting_before_the_assignment_is_no_meeting(police_chief, supervised, now):
    with pytest.raises(MeetingOutOfTimeError), acting(police_chief):
        services.record_supervision_meeting(
            actor=police_chief, measure_id=supervised.id, met_at=now, plan="", now=now + HOUR
        )


def test_a_contact_of_four_hours_is_permitted_and_the_chairman_told(police_chief, chairwoman, supervised, contact, now):
    with acting(police_chief):
        services.record_permitted_contact(
            actor=police_chief,
            measure_id=supervised.id,
            contact=contact(ends_at=now + 7 * HOUR),
            now=now + 2 * HOUR,
        )

    assert PermittedContact.objects.count() == 1
    assert Notice.objects.filter(to_post_id=chairwoman.post_id, what__contains="tiếp xúc được phép").exists()
    assert duty(supervised, "BAN_CONTACT_TELL").state == "met_late"


def test_a_contact_told_within_minutes_is_told_at_once(police_chief, supervised, contact, now):
    at = now + HOUR + MINUTE
    with acting(police_chief):
        services.record_permitted_contact(
            actor=police_chief, measure_id=supervised.id, contact=contact(countersigned_at=at), now=at
        )

    assert duty(supervised, "BAN_CONTACT_TELL").state == "met"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ends_at": 7 * HOUR + SECOND}, ContactTooLongError),
        ({"ends_at": 3 * HOUR}, ContactTooLongError),
        ({"countersigned_at": 3 * HOUR + SECOND}, NotCountersignedFirstError),
        ({"countersigned_at": HOUR - SECOND}, NotCountersignedFirstError),
        ({"starts_at": 72 * HOUR, "ends_at": 73 * HOUR}, NotInForceError),
    ],
)
def test_a_contact_keeps_to_its_rules(police_chief, supervised, contact, now, changes, refusal):
    wanted = contact(**{name: now + after for name, after in changes.items()})

    with pytest.raises(refusal), acting(police_chief):
        services.record_permitted_contact(
            actor=police_chief, measure_id=supervised.id, contact=wanted, now=now + 10 * HOUR
        )


def test_the_database_refuses_a_longer_contact(supervised, contact, now):
    wanted = contact(ends_at=now + 7 * HOUR + SECOND)

    with pytest.raises(IntegrityError, match="contact_is_short"), transaction.atomic():
        PermittedContact.objects.create(no_contact=supervised, recorded_at=now, **wanted.__dict__)


def test_contact_needs_a_supervisor(police_chief, ordered, contact, now):
    with pytest.raises(NotAssignedYetError), acting(police_chief):
        services.record_permitted_contact(
            actor=police_chief, measure_id=ordered.id, contact=contact(), now=now + 2 * HOUR
        )


def test_a_breach_does_not_end_the_order_and_everyone_is_told(police_chief, lan, chairwoman, ordered, now):
    breach = BreachFacts(kind=BreachKind.CAME_NEAR, occurred_at=now + HOUR, told="Đứng trước cổng.")

    with acting(police_chief):
        services.record_breach(actor=police_chief, measure_id=ordered.id, breach=breach, now=now + 2 * HOUR)

    ordered.refresh_from_db()
    told = set(Notice.objects.filter(what__contains="vi phạm").values_list("to_post_id", flat=True))
    assert ordered.state == State.IN_FORCE
    assert told == {lan.post_id, chairwoman.post_id}


@pytest.mark.parametrize("after", [timedelta(days=3), -SECOND])
def test_only_what_happened_during_the_order_breaches_it(police_chief, ordered, now, after):
    breach = BreachFacts(kind=BreachKind.REMOTE, occurred_at=now + after, told="Nhắn tin.")

    with pytest.raises(NotDuringTheOrderError), acting(police_chief):
        services.record_breach(actor=police_chief, measure_id=ordered.id, breach=breach, now=now + timedelta(days=4))


def test_a_breach_is_recorded_also_after_the_order_has_ended(police_chief, ordered, now):
    breach = BreachFacts(
        kind=BreachKind.REMOTE, occurred_at=now + timedelta(days=3) - SECOND, told="Nhắn tin lúc nửa đêm."
    )

    with acting(police_chief):
        services.record_breach(actor=police_chief, measure_id=ordered.id, breach=breach, now=now + timedelta(days=4))

    assert Breach.objects.get().told == "Nhắn tin lúc nửa đêm."


def ask_to_cancel(lan, ordered, asked, now):
    with acting(lan):
        return services.request_cancellation(actor=lan, measure_id=ordered.id, request=asked, now=now)


def test_twelve_hours_run_from_a_request_to_cancel(lan, ordered, cancel_request, now):
    ask_to_cancel(lan, ordered, cancel_request(), now)

    assert duty(ordered, "BAN_CANCEL_DECIDE").due_at == now + timedelta(hours=12)
    with pytest.raises(AlreadyAskedError):
        ask_to_cancel(lan, ordered, cancel_request(), now)


def test_a_cancelled_order_stops_at_the_signature_with_form_11(lan, chairwoman, ordered, cancel_request, now):
    ask_to_cancel(lan, ordered, cancel_request(), now)
    at = now + 11 * HOUR

    with acting(chairwoman):
        services.cancel_no_contact(
            actor=chairwoman,
            measure_id=ordered.id,
            ground=CancelGround.REQUESTER_ASKS,
            reason="Người đề nghị xin hủy bỏ",
            now=at,
        )

    ordered.refresh_from_db()
    paper = OfficialDocument.objects.get(no_contact=ordered, kind=DocumentKind.CANCELLATION)
    assert (ordered.state, ordered.stopped_at, paper.number) == (State.CANCELLED, at, 2)
    assert duty(ordered, "BAN_CANCEL_DECIDE").state == "met"
    assert Cancellation.objects.get().answer == Answer.GRANTED


def test_a_request_to_cancel_may_be_declined_with_reasons_only(lan, chairwoman, ordered, cancel_request, now):
    ask_to_cancel(lan, ordered, cancel_request(), now)

    def decline(reason):
        with acting(chairwoman):
            services.decline_cancellation(actor=chairwoman, measure_id=ordered.id, reason=reason, now=now)

    with pytest.raises(ReasonMissingError):
        decline("")
    decline("Chị nói bị ép viết đơn.")
    with pytest.raises(NothingAskedError):
        decline("Lần nữa.")

    ordered.refresh_from_db()
    assert ordered.state == State.IN_FORCE
    assert duty(ordered, "BAN_CANCEL_DECIDE").state == "met"


def test_disagreement_cancels_only_orders_nobody_asked_for(lan, ordered, cancel_request, now):
    with pytest.raises(GroundDoesNotFitError):
        ask_to_cancel(lan, ordered, cancel_request(ground=CancelGround.VICTIM_DISAGREES), now)


def test_the_chairman_may_cancel_unasked_what_is_no_longer_needed(chairwoman, ordered, now):
    with acting(chairwoman):
        services.cancel_no_contact(
            actor=chairwoman,
            measure_id=ordered.id,
            ground=CancelGround.NO_LONGER_NEEDED,
            reason="Hai bên đã ở xa nhau",
            now=now + HOUR,
        )

    ordered.refresh_from_db()
    assert ordered.state == State.CANCELLED


def test_an_order_that_is_over_is_not_cancelled(chairwoman, ordered, now):
    with pytest.raises(NotInForceError), acting(chairwoman):
        services.cancel_no_contact(
            actor=chairwoman,
            measure_id=ordered.id,
            ground=CancelGround.NO_LONGER_NEEDED,
            reason="Muộn",
            now=now + timedelta(days=3),
        )


def test_cancelling_ends_the_supervision_clocks_too(chairwoman, supervised, now):
    with acting(chairwoman):
        services.cancel_no_contact(
            actor=chairwoman,
            measure_id=supervised.id,
            ground=CancelGround.NO_LONGER_NEEDED,
            reason="Không còn cần",
            now=now + 30 * MINUTE,
        )

    assert duty(supervised, "BAN_SUPERVISION_MEETING").state == "lapsed"


def test_a_cancellation_goes_to_the_same_four(chairwoman, deliver, ordered, now):
    with acting(chairwoman):
        services.cancel_no_contact(
            actor=chairwoman,
            measure_id=ordered.id,
            ground=CancelGround.NO_LONGER_NEEDED,
            reason="Không còn cần",
            now=now + HOUR,
        )

    for addressee in Addressee:
        deliver(addressee, at=now + 2 * HOUR, kind=DocumentKind.CANCELLATION)

    assert Delivery.objects.filter(document__kind=DocumentKind.CANCELLATION).count() == 4
    assert not Obligation.objects.filter(rule="BAN_ASSIGN_SUPERVISOR").exists()


def test_the_officer_supervises_nothing(lan, deliver, ordered, now):
    deliver()

    with pytest.raises(ForbiddenError), acting(lan):
        services.assign_supervisors(actor=lan, measure_id=ordered.id, supervisors=SUPERVISORS, now=now)
