"""A report comes in: once, whole, with its clocks, whoever takes it."""

from datetime import timedelta

import pytest

from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.models import Notice, Obligation
from maiam.contexts.reports import services
from maiam.contexts.reports.models import Filing, Receipt, Report, ReporterIdentity
from maiam.contexts.reports.rules import receipts
from maiam.contexts.reports.rules.draft import ContactWay, Happening, Reporter, SafeContact, Sign, Told
from maiam.platform.access import Actor, Role, acting
from maiam.platform.errors import ForbiddenError

PHONE = "+84905000111"


def duties_of(report_id) -> dict[str, Obligation]:
    return {row.rule: row for row in Obligation.objects.filter(subject_id=report_id)}


def test_anyone_may_report_and_the_commune_must_act_at_once(told, lan, now):
    report = Report.objects.get(id=told.report_id)
    duty = duties_of(report.id)["REPORT_CHAIR_ACT"]

    assert report.story == "Anh ấy đánh tôi từ tối qua."
    assert (duty.owner_post_id, duty.started_at, duty.state) == (lan.post_id, now, "running")


def test_the_chairwoman_and_the_officer_are_told_once(told, lan, chairwoman):
    notices = Notice.objects.filter(subject_id=told.report_id)

    assert sorted(notices.values_list("to_post_id", flat=True)) == sorted([lan.post_id, chairwoman.post_id])


def test_it_stands_on_the_officers_list_of_today(told, lan):
    with acting(lan):
        clocks = duties.due_items(lan)

    assert [clock.subject_id for clock in clocks] == [told.report_id]


def test_a_double_press_is_one_report_with_one_code(file_as, told):
    again = file_as(Actor.public())

    assert again.is_replay
    assert (again.report_id, again.receipt_code) == (told.report_id, told.receipt_code)
    assert Report.objects.count() == 1


def test_other_words_under_the_same_key_are_both_kept(file_as, told):
    other = file_as(Actor.public(), story="Lần này có dao.")

    assert other.report_id != told.report_id
    assert other.receipt_code != told.receipt_code
    assert Report.objects.count() == Filing.objects.count() == 2


def test_two_senders_may_use_the_same_key(file_as, operator, village_head):
    one, two = file_as(operator), file_as(village_head)

    assert one.report_id != two.report_id


def test_the_code_is_sixteen_digits_and_only_its_hash_is_kept(told):
    kept = Receipt.objects.get(report_id=told.report_id).code_hash

    assert len(told.receipt_code) == 16
    assert told.receipt_code.isdigit()
    assert told.receipt_code not in kept


def test_the_reporter_lies_sealed_and_apart(file_as, lan):
    contact = SafeContact(way=ContactWay.CALL, phone=PHONE, cover_words="Hợp tác xã mời họp")
    filed = file_as(Actor.public(), reporter=Reporter(full_name="Thị Mai", contact=contact))

    identity = ReporterIdentity.objects.get(report_id=filed.report_id)
    assert PHONE.encode() not in bytes(identity.sealed)
    assert b"Mai" not in bytes(identity.sealed)


def test_who_says_nothing_of_themselves_leaves_no_identity(told):
    assert not ReporterIdentity.objects.exists()


def test_a_village_heads_duty_to_tell_the_chairwoman_is_met_by_filing(file_as, village_head, lan, chairwoman, now):
    filed = file_as(village_head, channel="in_person", receiving_address="village_head")

    duty = duties_of(filed.report_id)["REPORT_OTHERS_NOTIFY"]
    assert (duty.owner_post_id, duty.state, duty.closed_at) == (village_head.post_id, "met", now)


@pytest.mark.parametrize(
    ("role", "address", "rule"),
    [
        (Role.COMMUNE_POLICE, "police_border", "REPORT_POLICE_NOTIFY"),
        (Role.HOTLINE_OPERATOR, "national_hotline", "HOTLINE_NOTIFY"),
        (Role.WOMEN_UNION, "commune_organisation_head", "REPORT_OTHERS_NOTIFY"),
    ],
)
def test_each_receiving_address_owes_its_own_first_duty(file_as, seat, role, address, rule):
    filed = file_as(seat(role, "Người nhận tin"), receiving_address=address)

    assert rule in duties_of(filed.report_id)


def test_writing_down_what_reached_a_school_does_not_make_its_duty_ours(file_as, lan):
    filed = file_as(lan, channel="referral_school", receiving_address="school")

    assert set(duties_of(filed.report_id)) == {"REPORT_CHAIR_ACT"}


def test_the_clock_starts_when_the_village_head_was_told_not_when_he_typed(file_as, village_head, lan, chairwoman, now):
    told_at = now - timedelta(hours=5)
    told = Told(told_at, "Mất sóng từ tối qua")

    filed = file_as(village_head, receiving_address="village_head", told=told)

    rows = duties_of(filed.report_id)
    assert {row.started_at for row in rows.values()} == {told_at}
    assert rows["REPORT_OTHERS_NOTIFY"].state == "met_late"


def test_a_moment_after_now_is_refused(file_as, village_head, now):
    with pytest.raises(services.ToldInFutureError):
        file_as(village_head, told=Told(now + timedelta(seconds=1)))


def test_an_earlier_moment_needs_a_reason(file_as, village_head, now):
    with pytest.raises(services.ToldNeedsReasonError):
        file_as(village_head, told=Told(now - timedelta(hours=1)))

    assert not Report.objects.exists()


def test_a_moment_longer_than_a_year_ago_is_asked_again(file_as, village_head, now):
    with pytest.raises(services.ToldTooLongAgoError):
        file_as(village_head, told=Told(now - timedelta(days=400), "gõ nhầm năm"))


def test_an_empty_officers_seat_leaves_it_to_the_chairwoman(file_as, chairwoman):
    filed = file_as(Actor.public())

    assert Report.objects.get(id=filed.report_id).owner_post_id == chairwoman.post_id


def test_a_commune_without_anyone_leaves_it_to_the_province(file_as, operator):
    filed = file_as(Actor.public())

    assert Report.objects.get(id=filed.report_id).owner_post_id == operator.post_id
    assert duties_of(filed.report_id)["REPORT_CHAIR_ACT"].owner_post_id == operator.post_id


def test_a_report_without_a_place_goes_to_the_provinces_desk(file_as, operator, lan, chairwoman):
    filed = file_as(Actor.public(), commune_id=None, place_as_given="gần cầu treo")

    report = Report.objects.get(id=filed.report_id)
    assert (report.commune_id, report.owner_post_id) == (None, operator.post_id)
    assert report.place_as_given == "gần cầu treo"


def test_without_a_single_seat_filled_the_report_is_still_kept(file_as, province):
    filed = file_as(Actor.public())

    assert Report.objects.filter(id=filed.report_id, owner_post__isnull=True).exists()


def test_a_flood_of_doubtful_reports_is_one_alert_an_hour(file_as, lan, chairwoman):
    for press in range(5):
        file_as(Actor.public(), entry_key=str(press), is_doubtful=True)

    assert Report.objects.count() == 5
    assert Notice.objects.filter(to_post_id=lan.post_id).count() == 1


def test_an_urgent_report_says_so_in_the_notice_and_tells_nothing_else(file_as, lan, chairwoman):
    filed = file_as(Actor.public(), happening=Happening.NOW, signs=(Sign.WEAPON,))

    for notice in Notice.objects.filter(subject_id=filed.report_id):
        assert notice.what == "Tin báo khẩn: mở xem ngay"


def test_a_place_that_is_no_commune_of_today_is_refused(file_as, province):
    with pytest.raises(services.PlaceUnknownError):
        file_as(Actor.public(), commune_id=province.id)


def test_a_village_of_another_commune_is_refused(file_as, village, elsewhere):
    with pytest.raises(services.PlaceUnknownError):
        file_as(Actor.public(), commune_id=elsewhere.id, village_id=village.id)


def test_the_analyst_cannot_file(file_as, mai):
    with pytest.raises(ForbiddenError):
        file_as(mai)


def test_a_code_is_read_as_people_note_it():
    for typed in ("1234 5678 9012 3456", "1234-5678-9012-3456", "１２３４567890123456", " 1234567890123456 "):
        assert receipts.read_code(typed) == "1234567890123456"
    for typed in ("", "123", "1234 5678 9012 345x", "1" * 17, "²" * 16):
        assert receipts.read_code(typed) is None


def test_roles_that_take_reports_may_take_them(file_as, seat, commune):
    for role in (Role.HEALTH_STATION, Role.WOMEN_UNION, Role.TEAM_LEADER, Role.TRUSTED_HOST):
        taker = seat(role, f"Người {role}", commune=commune)

        assert file_as(taker, entry_key=role).report_id
