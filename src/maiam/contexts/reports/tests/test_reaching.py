"""Reaching whoever told a report: the number is opened by the door alone, to each desk that may know reporters."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maiam.contexts.contacts import queries as contacts
from maiam.contexts.contacts.models import ContactRule
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind, SafeRule, Way
from maiam.contexts.reports import services
from maiam.contexts.reports.rules.draft import ContactWay, Reporter, SafeContact
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry

PHONE, SHOWN = "+84905000111", "0905 000 111"
# Always within, and always outside, whenever the test runs.
OPEN_NOW, SHUT_NOW = {}, {"starts": 3, "ends": 4}


def calls(**hours: int) -> Reporter:
    clock = timezone.now().astimezone(VIETNAM)
    span = {name: (clock + timedelta(hours=more)).time().replace(microsecond=0) for name, more in hours.items()}
    contact = SafeContact(way=ContactWay.CALL, phone=PHONE, cover_words="Hợp tác xã", **span)
    return Reporter(full_name="Thị Mai", contact=contact)


def rule_of(lan: Actor, report_id) -> SafeRule:
    with acting(lan):
        row = contacts.rule_in_force(lan, Recipient(RecipientKind.REPORTER, report_id))
        assert row
        return row.rule


@pytest.fixture
def page(client_for):
    def get(actor: Actor, name: str, report_id, typed=None) -> str:
        client, address = client_for(actor), reverse(name, args=[report_id])
        answer = client.get(address) if typed is None else client.post(address, typed)
        return answer.content.decode()

    return get


def test_no_page_about_a_reporter_shows_their_number(file_as, page, lan, chairwoman):
    filed = file_as(Actor.public(), reporter=calls(**OPEN_NOW))

    for name in ("reports:reporter", "contacts:of_report", "contacts:of_report_rule"):
        text = page(lan, name, filed.report_id)
        assert SHOWN not in text, name
        assert PHONE not in text, name


def test_calling_within_their_hours_opens_it_once_on_the_record(file_as, page, lan, chairwoman):
    filed = file_as(Actor.public(), reporter=calls(**OPEN_NOW))

    text = page(lan, "contacts:of_report_call", filed.report_id, {})

    assert SHOWN in text
    assert "Hợp tác xã" in text
    assert AuditEntry.objects.filter(action="contacts.number.shown").count() == 1


def test_outside_their_hours_it_says_when_and_with_which_words(file_as, page, lan, chairwoman):
    filed = file_as(Actor.public(), reporter=calls(**SHUT_NOW))

    text = page(lan, "contacts:of_report_call", filed.report_id, {})

    assert SHOWN not in text
    assert "Được gọi từ" in text
    assert "Hợp tác xã" in text


def test_a_rule_saved_without_typing_the_number_again_keeps_it(file_as, page, lan, chairwoman):
    filed = file_as(Actor.public(), reporter=calls(**OPEN_NOW))

    text = page(lan, "contacts:of_report_rule", filed.report_id)
    assert "tận cùng 111" in text
    page(lan, "contacts:of_report_rule", filed.report_id, {"ways": ["call"], "cover_words": "Bưu điện"})

    rule = rule_of(lan, filed.report_id)
    assert (rule.phone, rule.cover_words) == (PHONE, "Bưu điện")


def test_another_number_takes_its_place_and_a_number_can_be_given_up(file_as, page, lan, chairwoman):
    filed = file_as(Actor.public(), reporter=calls(**OPEN_NOW))

    page(lan, "contacts:of_report_rule", filed.report_id, {"ways": ["call"], "phone": "0905000222"})
    assert rule_of(lan, filed.report_id).phone == "+84905000222"
    page(lan, "contacts:of_report_rule", filed.report_id, {"ways": ["visit"], "no_phone": "on"})
    assert rule_of(lan, filed.report_id) == SafeRule(ways=frozenset({Way.VISIT}))


def test_the_provinces_desk_calls_the_reporter_of_its_own_report(file_as, page, operator):
    filed = file_as(operator, commune_id=None, place_as_given="Gần chợ", reporter=calls(**OPEN_NOW))

    text = page(operator, "reports:reporter", filed.report_id)
    assert SHOWN not in text
    assert "Hợp tác xã" in text
    assert SHOWN in page(operator, "contacts:of_report_call", filed.report_id, {})


def test_a_rule_goes_with_its_report_to_the_commune(file_as, operator, commune, lan, chairwoman, page, now):
    filed = file_as(operator, commune_id=None, place_as_given="Gần chợ", reporter=calls(**OPEN_NOW))
    with acting(operator):
        services.place_report(
            actor=operator, report_id=filed.report_id, commune_id=commune.id, reason="Chợ Đắk Mil.", now=now
        )

    assert rule_of(lan, filed.report_id).phone == PHONE
    assert "Chưa hỏi người ấy" not in page(lan, "contacts:of_report", filed.report_id)
    assert list(ContactRule.objects.order_by("version").values_list("commune_id", flat=True)) == [None, commune.id]
