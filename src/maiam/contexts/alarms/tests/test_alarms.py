"""What an officer is told before they type a word, and what nobody is told who may not know."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from maiam.contexts.alarms import queries, services
from maiam.contexts.alarms.models import SetAside
from maiam.contexts.alarms.rules.found import Kind, Reason
from maiam.contexts.cases.models import IncidentReport
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.contexts.conflicts import services as conflicts
from maiam.contexts.families import services as families
from maiam.contexts.families.rules import Sex
from maiam.contexts.reports.rules.draft import Sign
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("test")
MOST_QUERIES = 40


def kinds(page):
    return {alarm.kind for alarm in page.alarms}


def only(page, kind):
    (found,) = [alarm for alarm in page.alarms if alarm.kind is kind]
    return found


def test_before_a_word_is_typed_the_village_and_the_names_in_the_story_are_told(lan, opened, told, alarms, wife):
    page = alarms(lan, told("Lại nghe chị H'Lan Niê kêu cứu."))

    assert {Kind.SAME_PERSON, Kind.NEAR_REPEAT} <= kinds(page)
    assert not only(page, Kind.SAME_PERSON).is_certain
    assert only(page, Kind.SAME_PERSON).links


def test_the_same_person_chosen_is_told_for_certain(lan, opened, told, alarms, wife):
    page = alarms(lan, told(), {wife: PartyRole.VICTIM})

    assert only(page, Kind.SAME_PERSON).is_certain


def test_somebody_else_of_the_home_is_told(lan, opened, told, alarms, wife, daughter, someone, home_of):
    grandmother = someone("H'Mai Niê", born=1950)
    home_of(wife, grandmother, daughter)

    page = alarms(lan, told(), {grandmother: PartyRole.VICTIM})

    assert {Kind.SAME_HOUSEHOLD, Kind.CHILD_AT_HOME} <= kinds(page)
    assert Kind.SAME_PERSON not in kinds(page)


def test_the_aggressor_with_somebody_new_is_told_with_who_it_was_before(lan, opened, told, alarms, husband, someone):
    other = someone("H'Rin Êban", born=1995)

    page = alarms(lan, told(), {husband: PartyRole.AGGRESSOR, other: PartyRole.VICTIM})

    assert "H'Lan Niê" in only(page, Kind.NEW_PARTNER).says


def test_an_order_in_force_is_told_as_a_possible_breach(lan, ordered, told, alarms, husband, now):
    page = alarms(lan, told(after_days=1), {husband: PartyRole.AGGRESSOR})
    assert Kind.ORDER_IN_FORCE not in kinds(page), "it ended seventeen days before it was asked"

    with acting(lan):
        page = queries.alarms_of(lan, told(after_days=1), {husband: PartyRole.AGGRESSOR}, now + timedelta(days=2))
    assert "vi phạm" in only(page, Kind.ORDER_IN_FORCE).says


def test_the_same_caller_is_known_by_a_hash_alone(lan, told, alarms):
    told("Lần một.", phone="+84905000111", after_days=1)
    page = alarms(lan, told("Lần hai.", phone="+84905000111"))

    assert "1 tin khác" in only(page, Kind.SAME_CALLER).says


def test_the_incident_the_report_opened_is_no_repeat_of_itself(lan, opened, alarms):
    page = alarms(lan, IncidentReport.objects.get().report_id)

    assert kinds(page) <= {Kind.CHILD_AT_HOME}
    assert len(page.people) == 3


def test_an_officer_in_conflict_learns_nothing_through_an_alarm(
    lan, chairwoman, opened, told, alarms, wife, husband, someone, administrator, now
):
    brother = someone("Y Nam Êban", born=1984, sex=Sex.MALE)
    with acting(lan):
        families.record_kinship(actor=lan, person_id=husband, relative_id=brother, relation="sibling", now=now)
    report = told("Lại nghe chị H'Lan Niê kêu cứu.")
    assert Kind.SAME_PERSON in kinds(alarms(chairwoman, report))
    with acting(HOUSE):
        conflicts.record_official(
            actor=HOUSE, account_id=chairwoman.account_id, person_id=brother, consent="cam kết", now=now
        )

    for chosen in ({}, {wife: PartyRole.VICTIM}, {husband: PartyRole.AGGRESSOR, uuid4(): None}):
        assert kinds(alarms(chairwoman, report, chosen)) <= {Kind.CHILD_AT_HOME}


def test_an_officer_of_another_commune_finds_no_such_report(binh, opened, told, alarms):
    with pytest.raises(NotFoundError):
        alarms(binh, told())


def test_a_village_head_has_no_alarms(village_head, opened, told, alarms):
    with pytest.raises(ForbiddenError):
        alarms(village_head, told())


def test_set_aside_with_its_reason_it_is_told_apart_and_comes_back_with_something_new(
    lan, opened, told, alarms, wife, reported, account, people, now
):
    report, chosen = told("Chuyện khác."), {wife: PartyRole.VICTIM}
    key = only(alarms(lan, report, chosen), Kind.SAME_PERSON).key

    with acting(lan):
        services.set_aside(
            actor=lan, report_id=report, chosen=chosen, key=key, reason=Reason.KNOWN, words="Đã tính.", now=now
        )

    page = alarms(lan, report, chosen)
    assert Kind.SAME_PERSON not in kinds(page)
    assert page.aside[0].words == "Đã tính."
    assert AuditEntry.objects.filter(action="alarms.alarm.set_aside").exists()
    with acting(lan), pytest.raises(services.AlarmGoneError):
        services.set_aside(actor=lan, report_id=report, chosen=chosen, key=key, reason=Reason.KNOWN, words="", now=now)


def test_what_was_set_aside_is_closed_by_the_database_too(lan, binh, opened, told, alarms, now):
    report = told()
    key = only(alarms(lan, report), Kind.NEAR_REPEAT).key
    with acting(lan):
        services.set_aside(actor=lan, report_id=report, chosen={}, key=key, reason=Reason.KNOWN, words="", now=now)

    for actor, rows in ((lan, 1), (binh, 0)):
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM alarms_setaside")
            assert cursor.fetchone() == (rows,)
        assert SetAside.objects.visible_to(actor).count() == rows


def test_the_queries_do_not_grow_with_what_happened(lan, opened, told, alarms, wife, django_assert_max_num_queries):
    report = told("Lại nghe chị H'Lan Niê và anh Y Blô Êban.", signs=(Sign.WEAPON,))
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        alarms(lan, report)
    for number in range(5):
        told(f"Tin thứ {number}.", after_days=number + 1)

    with django_assert_max_num_queries(len(few)):
        alarms(lan, report)


def test_the_report_page_loads_its_alarms_and_links_to_them_without_a_script(client_for, lan, opened, told):
    report, client = told("Lại nghe chị H'Lan Niê kêu cứu.", after_days=-0.01), client_for(lan)

    assert f'href="/canh-bao/{report}/"' in client.get(f"/tin-bao/{report}/").content.decode()
    part = client.get(f"/canh-bao/{report}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "không phải bằng chứng" in part
    assert "<h1" in client.get(f"/canh-bao/{report}/").content.decode()


def test_the_page_of_the_incident_asks_again_with_the_people_chosen(client_for, lan, opened, told, wife):
    report = told("Chuyện khác.", after_days=-0.01)

    page = client_for(lan).post(f"/vu-viec/tu-tin-bao/{report}/mo/nguoi/", {"person": str(wife)}).content.decode()

    assert f"/canh-bao/{report}/?person={wife}" in page


def test_without_a_reason_nothing_is_set_aside_and_nothing_typed_is_lost(client_for, lan, opened, told):
    report, client = told("Chuyện khác.", after_days=-0.01), client_for(lan)
    page = client.get(f"/canh-bao/{report}/").content.decode()
    address = next(part.split('"')[0] for part in page.split('href="') if part.startswith(f"/canh-bao/{report}/gac"))

    refused = client.post(address, {"words": "Đã gọi hỏi."}).content.decode()

    assert "Đã gọi hỏi." in refused
    assert not SetAside.objects.exists()
    client.post(address, {"reason": "known", "words": "Đã gọi hỏi."})
    assert SetAside.objects.get().words == "Đã gọi hỏi."
