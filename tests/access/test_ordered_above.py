"""An order signed above is an order: it binds, is served, supervised, broken, ends, is shown like any other."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils import timezone

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases import services
from maiam.contexts.cases.models import Delivery, EntryRevocation, NoContact, OfficialDocument, PaperFromAbove
from maiam.contexts.cases.rules.no_contact import Addressee, BreachKind, DeliveryMethod
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.cases.services import Assigned, BreachFacts, Handover, NothingWaitsError, OtherOrderError
from maiam.contexts.cases.services.cancellations import SignedAboveError
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.models import Notice, Obligation
from maiam.contexts.duties.rules import DecidedAbove
from maiam.contexts.risk import queries as risk
from maiam.core.law.no_contact import CancelGround
from maiam.platform.access import Role, acting
from tests.access.test_above import HOUSE, decide, gone_up, hand_on  # noqa: F401 - the same matter
from tests.access.test_conflicts import brother, is_brother, is_person  # noqa: F401 - the same people

pytestmark = pytest.mark.django_db


@pytest.fixture
def above(gone_up, province_leader, requested, now) -> NoContact:  # noqa: F811
    """Signed by the province's chairman this minute, for the longest the law allows."""
    decide(province_leader, gone_up, now)
    requested.refresh_from_db()
    return requested


def serve(actor, measure, addressee, at, kind=DocumentKind.ORDER):
    handover = Handover(addressee=addressee, method=DeliveryMethod.IN_PERSON, delivered_at=at, kind=kind)
    with acting(actor):
        return services.record_delivery(actor=actor, measure_id=measure.id, handover=handover, now=at)


def test_it_binds_from_its_signing_and_takes_no_number_of_the_commune(above, now):
    assert above.is_live(now)
    assert above.ends_at - above.starts_at == timedelta(days=3)
    assert not OfficialDocument.objects.exists()
    assert PaperFromAbove.objects.get().number_text == "123/QĐ-UBND"


def test_the_police_are_told_and_their_hour_starts_when_it_reaches_them(above, lan, police_chief, now):
    assert Notice.objects.filter(to_post_id=police_chief.post_id, subject_id=above.id).exists()

    serve(lan, above, Addressee.POLICE_CHIEF, now + timedelta(minutes=5))

    duty = Obligation.objects.get(rule="BAN_ASSIGN_SUPERVISOR")
    assert (duty.owner_post_id, duty.started_at) == (police_chief.post_id, now + timedelta(minutes=5))


def test_it_is_served_on_each_of_the_four_once(above, lan, now):
    for addressee in Addressee:
        serve(lan, above, addressee, now)

    with pytest.raises(services.AlreadyDeliveredError):
        serve(lan, above, Addressee.VICTIM, now)
    with acting(lan):
        (line,) = cases.measures_in_force(lan, now)
    assert (line.undelivered, line.signed_above) == (0, "Chủ tịch UBND tỉnh")


def test_the_assignment_names_who_signed_it(above, lan, police_chief, now):
    serve(lan, above, Addressee.POLICE_CHIEF, now)

    with acting(police_chief):
        services.assign_supervisors(
            actor=police_chief, measure_id=above.id, supervisors=[Assigned("Y Blơm", "Trưởng bon")], now=now
        )

    content = OfficialDocument.objects.get(kind=DocumentKind.ASSIGNMENT).content
    assert "Quyết định số 123/QĐ-UBND" in content
    assert "của Chủ tịch UBND tỉnh" in content


def test_a_breach_is_critical_while_it_binds(above, lan, now):
    broken_at = now + timedelta(hours=1)
    breach = BreachFacts(kind=BreachKind.CAME_NEAR, occurred_at=broken_at, told="Đến trước cổng, gọi tên.")
    with acting(lan):
        services.record_breach(actor=lan, measure_id=above.id, breach=breach, now=broken_at)

    with acting(lan):
        assert risk.known_answers(lan, above.case_id, broken_at)["order_breached"] == "live"
        assert cases.risk_facts(lan, above.case_id, broken_at)[1] == [(broken_at, True)]


def test_it_ends_by_itself_at_its_end(above, now):
    with acting(HOUSE):
        assert services.end_measures(actor=HOUSE, now=above.ends_at + timedelta(minutes=7)) == 1

    above.refresh_from_db()
    assert (above.state, above.stopped_at) == ("ended", above.ends_at)


def test_one_written_down_after_its_end_has_ended_at_its_end(gone_up, province_leader, requested, now):  # noqa: F811
    late = now + timedelta(days=5)
    decide(province_leader, gone_up, late, signed_at=now, ends_at=now + timedelta(days=2), decided_on=now.date())

    requested.refresh_from_db()
    gone_up.refresh_from_db()
    assert (requested.state, requested.stopped_at) == ("ended", requested.ends_at)
    assert (gone_up.state, gone_up.closed_at) == ("met", now)


def test_a_term_a_minute_too_long_is_refused_and_changes_nothing(gone_up, province_leader, requested, now):  # noqa: F811
    with pytest.raises(services.TermNotLawfulError):
        decide(province_leader, gone_up, now, ends_at=now + timedelta(days=3, minutes=1))

    requested.refresh_from_db()
    assert requested.state == "requested"
    assert Obligation.objects.get(id=gone_up.id).state == "running"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"outcome": ""}, duties.OutcomeMissingError),
        ({"signed_at": None}, duties.OutcomeMissingError),
        ({"ends_at": None}, duties.EndMissingError),
    ],
)
def test_what_is_not_told_is_asked(gone_up, province_leader, now, changes, refusal):  # noqa: F811
    with pytest.raises(refusal):
        decide(province_leader, gone_up, now, **changes)


def test_it_was_not_signed_before_it_was_asked_for(gone_up, province_leader, now):  # noqa: F811
    before = gone_up.started_at - timedelta(minutes=1)
    with pytest.raises(duties.SignedOutOfTimeError):
        decide(province_leader, gone_up, now, signed_at=before)


def test_an_answer_that_none_is_made_ends_the_request(gone_up, province_leader, requested, lan, client_for, now):  # noqa: F811
    decide(province_leader, gone_up, now, outcome="refused", ends_at=None, number="45/TB-UBND")

    requested.refresh_from_db()
    assert (requested.state, requested.starts_at) == ("refused", None)
    page = client_for(lan).get(reverse("cases:no_contact", args=[requested.id])).content.decode()
    assert "45/TB-UBND" in page


def test_the_order_that_ran_gives_way_and_its_paper_loses_its_force(
    seat, commune, case, husband, order, lan, request_, province_leader, chairwoman, brother, is_brother, is_person, now  # noqa: F811
):  # fmt: skip
    earlier = now - timedelta(hours=5)
    with acting(chairwoman):
        ran = services.order_on_life_threat(
            actor=chairwoman, case_id=case.id, perpetrator_id=husband, order=order(days=2), now=earlier
        )
    with acting(lan):
        asked = services.request_no_contact(actor=lan, case_id=case.id, request=request_(), now=now)
    is_person(chairwoman, brother)
    is_brother()
    hand_on(now)

    decide(province_leader, Obligation.objects.get(subject_id=asked.id, rule="BAN_DECIDE", state="running"), now)

    ran.refresh_from_db()
    asked.refresh_from_db()
    assert (ran.state, ran.stopped_at, asked.follows_id) == ("superseded", asked.starts_at, ran.id)
    assert EntryRevocation.objects.get().by_other == "Chủ tịch UBND tỉnh, 123/QĐ-UBND"


def test_it_takes_over_where_the_order_before_it_ended(
    case, husband, order, lan, request_, province_leader, chairwoman, brother, is_brother, is_person, now  # noqa: F811
):  # fmt: skip
    """Signed while an order ran, written down after that one ended by itself: no gap, and never two at once."""
    earlier = now - timedelta(hours=5)
    with acting(chairwoman):
        ran = services.order_on_life_threat(
            actor=chairwoman, case_id=case.id, perpetrator_id=husband, order=order(hours=7), now=earlier
        )
    with acting(lan):
        asked = services.request_no_contact(actor=lan, case_id=case.id, request=request_(), now=now)
    is_person(chairwoman, brother)
    is_brother()
    hand_on(now)
    late = now + timedelta(hours=9)
    with acting(HOUSE):
        services.end_measures(actor=HOUSE, now=late)
    duty = Obligation.objects.get(subject_id=asked.id, rule="BAN_DECIDE", state="running")

    with pytest.raises(OtherOrderError):
        decide(province_leader, duty, late, signed_at=now, ends_at=now + timedelta(hours=1))
    decide(province_leader, duty, late, signed_at=now, ends_at=now + timedelta(days=3))

    ran.refresh_from_db()
    asked.refresh_from_db()
    assert (ran.state, asked.starts_at, asked.decided_at) == ("ended", ran.ends_at, now)


def test_nobody_in_the_commune_cancels_it_and_the_request_goes_to_who_signed(
    above, seat, commune, lan, province_leader, cancel_request, client_for, now
):
    deputy = seat(Role.COMMUNE_CHAIRMAN, "Phó Chủ tịch K' Brơi", commune=commune)
    with acting(deputy), pytest.raises(SignedAboveError):
        services.cancel_no_contact(
            actor=deputy, measure_id=above.id, ground=CancelGround.NO_LONGER_NEEDED, reason="Đã ổn.", now=now
        )
    assert (
        "Hủy bỏ quyết định" not in client_for(deputy).get(reverse("cases:no_contact", args=[above.id])).content.decode()
    )

    with acting(lan):
        services.request_cancellation(actor=lan, measure_id=above.id, request=cancel_request(), now=now)
    hand_on(now)
    with acting(deputy):
        assert cases.awaiting_decision(deputy) == []
    duty = Obligation.objects.get(rule="BAN_CANCEL_DECIDE", state="running")
    assert duty.owner_post_id == province_leader.post_id
    page = client_for(province_leader).get(reverse("duties:above", args=[duty.id])).content.decode()
    assert "Giữ nguyên quyết định" in page
    assert "Cử người thay" not in page


def test_its_cancellation_above_stops_it_at_the_minute_it_was_signed(above, lan, province_leader, cancel_request, now):
    with acting(lan):
        services.request_cancellation(actor=lan, measure_id=above.id, request=cancel_request(), now=now)
    duty = Obligation.objects.get(rule="BAN_CANCEL_DECIDE", state="running")
    signed_at, told_at = now + timedelta(hours=2), now + timedelta(hours=3)
    decide(province_leader, duty, told_at, outcome="cancelled", signed_at=signed_at, ends_at=None, number="130/QĐ-UBND")

    above.refresh_from_db()
    assert (above.state, above.stopped_at) == ("cancelled", signed_at)
    serve(lan, above, Addressee.VICTIM, told_at, kind=DocumentKind.CANCELLATION)


def test_the_answer_that_it_stays_leaves_it_in_force(above, lan, province_leader, cancel_request, now):
    with acting(lan):
        services.request_cancellation(actor=lan, measure_id=above.id, request=cancel_request(), now=now)
    duty = Obligation.objects.get(rule="BAN_CANCEL_DECIDE", state="running")

    decide(province_leader, duty, now, outcome="kept", ends_at=None, number="46/TB-UBND")

    above.refresh_from_db()
    assert above.is_live(now)
    with pytest.raises(NothingWaitsError), transaction.atomic():
        services.answer_cancellation_as_above(actor=province_leader, measure_id=above.id, decided=_words(now), now=now)


def _words(now):
    return DecidedAbove(
        authority="Chủ tịch UBND tỉnh", number="1", decided_on=now.date(), outcome="kept", signed_at=now
    )


def test_page_list_and_time_line_say_who_signed(above, lan, client_for, now):
    serve(lan, above, Addressee.VICTIM, now)
    with acting(HOUSE):
        services.end_measures(actor=HOUSE, now=timezone.now())  # the pages read the real clock
    client = client_for(lan)

    for address in (
        reverse("cases:no_contact", args=[above.id]),
        reverse("cases:no_contact_list"),
        reverse("cases:detail", args=[above.case_id]),
        reverse("measures:timeline", args=[above.case_id]),
    ):
        assert "Chủ tịch UBND tỉnh" in client.get(address).content.decode(), address
    page = client.get(reverse("cases:no_contact", args=[above.id])).content.decode()
    assert "Tải PDF để ký" not in page
    with acting(lan):
        facts = [fact.what for fact in cases.case_detail(lan, above.case_id, now).facts]
    assert "Đã giao: Người bị bạo lực" in facts


def test_the_chairwoman_in_conflict_sees_nothing_of_it(above, chairwoman, client_for):
    assert client_for(chairwoman).get(reverse("cases:no_contact", args=[above.id])).status_code == 404
    with acting(chairwoman):
        assert not PaperFromAbove.objects.visible_to(chairwoman).exists()


def test_the_database_wants_a_delivery_of_one_paper(above, lan, now):
    delivery = serve(lan, above, Addressee.VICTIM, now)

    copied = Delivery(
        no_contact=above, addressee=Addressee.PERPETRATOR, method="in_person", delivered_at=now, recorded_at=now
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        copied.save(force_insert=True)
    assert delivery.paper_from_above_id


def test_a_wrong_term_keeps_what_was_typed_by_its_field(gone_up, province_leader, client_for):  # noqa: F811
    typed = {"authority": "Chủ tịch UBND tỉnh", "number": "123/QĐ-UBND", "outcome": "ordered"}

    page = client_for(province_leader).post(reverse("duties:above", args=[gone_up.id]), typed).content.decode()

    assert "Hãy ghi quyết định có hiệu lực đến khi nào" in page
    assert "123/QĐ-UBND" in page
    assert 'value="ordered"' in page
