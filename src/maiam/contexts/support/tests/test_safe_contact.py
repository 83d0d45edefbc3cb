"""Her rule in a case: no number of the aggressor's home is hers; papers and calls are held against it."""

from datetime import time, timedelta

import pytest

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases import services as case_services
from maiam.contexts.cases.rules.no_contact import Addressee, DeliveryMethod
from maiam.contexts.cases.services import Handover
from maiam.contexts.contacts import events
from maiam.contexts.contacts import services as contacts
from maiam.contexts.contacts.models import ContactRule, DemoMessage, Message
from maiam.contexts.contacts.rules.safe_rule import SafeRule, Way
from maiam.contexts.contacts.rules.verdicts import Refusal
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.contacts.services import Telling
from maiam.contexts.duties.models import Obligation
from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.rules.draft import ContactWay, InDanger, ReportDraft, Reporter, SafeContact
from maiam.contexts.support import services
from maiam.contexts.support.rules.contacts import How, Reached, Safe
from maiam.contexts.support.services import ContactMade
from maiam.platform.access import Actor, acting
from maiam.platform.errors import NotFoundError

pytestmark = pytest.mark.django_db
HERS, HIS, MOTHER_IN_LAWS = "+84905000111", "+84905000222", "+84905000333"
RULE = SafeRule(
    ways=frozenset({Way.SMS, Way.CALL}), phone=HERS, starts=time(8), ends=time(10), cover_words="Mời họp hội"
)
HOUSE = Actor.system("contacts")


@pytest.fixture
def home(commune, village, wife, husband, someone, now) -> None:
    """The husband's mother lives with them; each has a phone."""
    mother = someone("H'Yar Êban", born=1960)
    household = Household.objects.create(commune=commune, village=village, code="12", registered_at=now)
    for number, person_id in enumerate((husband, wife, mother)):
        role = "head" if number == 0 else "other"
        HouseholdMembership.objects.create(household=household, person_id=person_id, starts_on="2020-01-01", role=role)
    for person_id, phone in ((wife, HERS), (husband, HIS), (mother, MOTHER_IN_LAWS)):
        Person.objects.filter(id=person_id).update(phone=phone)


@pytest.fixture
def to(lan, case, now) -> events.Addressed:
    with acting(lan):
        return events.addressed(lan, case.subject, now)


def lay(lan, to, now, **changes) -> ContactRule:
    with acting(lan):
        return contacts.lay_down_rule(actor=lan, to=to, rule=SafeRule(**{**vars(RULE), **changes}), now=now)


def work(at) -> int:
    with acting(HOUSE):
        return contacts.send_due(actor=HOUSE, now=at)


@pytest.mark.parametrize("phone", [HIS, MOTHER_IN_LAWS])
def test_the_aggressors_number_and_his_households_are_refused(home, lan, to, now, phone):
    with pytest.raises(contacts.NumberNotSafeError):
        lay(lan, to, now, phone=phone)


def test_her_own_number_is_hers_though_they_share_a_home(home, lan, to, now):
    assert lay(lan, to, now).rule.phone == HERS


def test_a_number_that_becomes_his_later_stops_the_message_on_its_way(home, lan, to, husband, now):
    lay(lan, to, now)
    with acting(lan):
        telling = Telling(purpose=Purpose.CALL_BACK, way=Way.SMS, key="one")
        message = contacts.tell_person(actor=lan, to=to, telling=telling, now=now)
    Person.objects.filter(id=husband).update(phone=HERS)

    assert work(now) == 0
    message.refresh_from_db()
    assert message.refusal == Refusal.AGGRESSORS_NUMBER
    assert not DemoMessage.objects.exists()


def test_nobody_is_told_through_the_one_who_harms(lan, to, now):
    with pytest.raises(contacts.ThroughAggressorError):
        lay(lan, to, now, through_whom="Y Blô")


def test_her_name_never_stands_in_the_cover_words(lan, to, now):
    with pytest.raises(contacts.WordsNotSafeError):
        lay(lan, to, now, cover_words="H'Lan Niê ra nhận hàng")


def test_an_order_tells_her_by_her_rule(lan, to, requested, chairwoman, order, now):
    lay(lan, to, now)
    with acting(chairwoman):
        case_services.decide_no_contact(actor=chairwoman, measure_id=requested.id, order=order(), now=now)

    assert work(now) == 1
    assert DemoMessage.objects.get().number_and_text == (HERS, "Mời họp hội")


def test_who_said_nothing_is_not_disturbed_by_an_order(ordered):
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("method", "received_by", "is_wrong"),
    [
        (DeliveryMethod.IN_PERSON, "", False),
        (DeliveryMethod.MAIL, "", True),
        (DeliveryMethod.THROUGH_RELATIVE, "Y Blô Êban", True),
    ],
)
def test_a_paper_that_reached_her_against_her_rule_starts_a_look(
    lan, to, ordered, case, now, method, received_by, is_wrong
):
    lay(lan, to, now)
    handover = Handover(addressee=Addressee.VICTIM, method=method, delivered_at=now, received_by=received_by)
    with acting(lan):
        case_services.record_delivery(actor=lan, measure_id=ordered.id, handover=handover, now=now)

    looks = Obligation.objects.filter(rule="CONTACT_WENT_WRONG", subject_id=case.id)
    assert looks.exists() is is_wrong


def test_a_call_outside_her_hours_starts_a_look_and_seeing_her_alone_ends_it(lan, to, case, now):
    lay(lan, to, now)
    late = now + timedelta(hours=5)
    called = ContactMade(tried_at=late, how=How.PHONE, reached=Reached.NOT_ALONE, is_safe=Safe.UNKNOWN)
    seen = ContactMade(tried_at=late + timedelta(hours=1), how=How.OFFICE, reached=Reached.ALONE, is_safe=Safe.YES)
    with acting(lan):
        services.record_contact(actor=lan, case_id=case.id, contact=called, now=late)
    assert Obligation.objects.get(rule="CONTACT_WENT_WRONG").state == "running"
    with acting(lan):
        services.record_contact(actor=lan, case_id=case.id, contact=seen, now=late + timedelta(hours=1))

    assert Obligation.objects.get(rule="CONTACT_WENT_WRONG").state == "met"


def test_what_she_answered_in_her_report_is_offered_and_not_taken_for_granted(
    lan, chairwoman, commune, people, account, wife, now
):
    contact = SafeContact(way=ContactWay.MESSAGE, phone=HERS, cover_words="Hợp tác xã mời họp")
    draft = ReportDraft(
        channel="text_message",
        receiving_address="commune_pc",
        entry_key="hers",
        story="Anh ấy đánh tôi.",
        in_danger=(InDanger.ME,),
        commune_id=commune.id,
        reporter=Reporter(contact=contact),
    )
    with acting(Actor.public()):
        filed = reports.file_report(actor=Actor.public(), draft=draft, now=now)
    with acting(lan):
        opened = case_services.open_from_report(
            actor=lan, report_id=filed.report_id, account=account, people=people, reason="Mới.", now=now
        )
        to = events.addressed(lan, cases.case_summary(lan, opened.case_ids[0]).subject, now)

    assert to.told_before.phone == HERS
    assert to.told_before.cover_words == "Hợp tác xã mời họp"
    assert not ContactRule.objects.filter(recipient_id=wife).exists()


def test_the_pages_carry_a_rule_from_asking_to_telling(home, lan, case, client_for):
    client = client_for(lan)
    url = f"/lien-lac/vu-viec/{case.id}/"
    typed = {"ways": ["sms", "call"], "phone": "0905 000 222", "cover_words": "Mời họp hội"}

    assert "Chưa hỏi người ấy" in client.get(url).content.decode()
    refused = client.post(f"{url}loi-dan/", typed)
    assert "Không dùng được số này" in refused.content.decode()
    assert "Mời họp hội" in refused.content.decode()
    assert client.post(f"{url}loi-dan/", typed | {"phone": "0905000111"}).status_code == 302
    page = client.get(url).content.decode()
    assert "Mời họp hội" in page
    assert "905 000 111" not in page
    sent = client.post(f"{url}bao/", {"purpose": "call_back", "way": "sms"}, follow=True)
    assert "Chờ gửi" in sent.content.decode()
    assert "0905 000 111" in client.post(f"{url}goi/").content.decode()
    letter = client.post(f"{url}bao/", {"purpose": "come", "way": "letter"}, follow=True)
    assert "không cho liên lạc bằng cách này" in letter.content.decode()
    assert client.get("/lien-lac/").status_code == 200
    wrong = client.post(f"{url}bao/", {"purpose": "khác"})
    assert wrong.status_code == 200


def test_the_case_of_another_commune_is_not_there(binh, case, client_for, now):
    assert client_for(binh).get(f"/lien-lac/vu-viec/{case.id}/").status_code == 404
    with acting(binh), pytest.raises(NotFoundError):
        events.addressed(binh, case.subject, now)
