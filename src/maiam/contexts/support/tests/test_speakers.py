"""Whoever did harm never speaks for the person: not by another spelling or name, not by choosing the row."""

from datetime import timedelta

import pytest

from maiam.contexts.cases import queries as cases
from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.support import services
from maiam.contexts.support.models import Consent, Contact
from maiam.contexts.support.rules.contacts import How, Reached, Safe, SpokenFor
from maiam.contexts.support.rules.needs import Need
from maiam.contexts.support.services import ConsentGiven, ContactMade
from maiam.contexts.support.services.consents import GivenByPerpetratorError
from maiam.contexts.support.services.contacts import SpokeWithPerpetratorError
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(commune, village, wife, husband, daughter, someone, now) -> dict[str, object]:
    aunt = someone("H'Yar Niê", born=1970)
    household = Household.objects.create(commune=commune, village=village, code="12", registered_at=now)
    for number, person_id in enumerate((husband, wife, daughter, aunt)):
        role = "head" if number == 0 else "other"
        HouseholdMembership.objects.create(household=household, person_id=person_id, starts_on="2020-01-01", role=role)
    return {"aunt": aunt}


def give(lan, case, now, by: SpokenFor) -> Consent:
    given = ConsentGiven(
        recipient="Trạm y tế", need=Need.MEDICAL, facts="Tên", evidence="Nói trực tiếp", given_at=now, by=by
    )
    with acting(lan):
        return services.give_consent(actor=lan, case_id=case.id, given=given, now=now)


@pytest.mark.parametrize("typed", ["Y Blô Êban", "y blo eban", "Y Blô", "Ama H'Bơng"])
def test_no_spelling_and_no_other_name_lets_him_agree_for_her(lan, case, husband, now, typed):
    Person.objects.filter(id=husband).update(other_names="Ama H'Bơng")

    with pytest.raises(GivenByPerpetratorError):
        give(lan, case, now, SpokenFor(typed))


def test_chosen_from_the_register_he_is_refused_whatever_name_is_typed(lan, case, husband, now):
    with pytest.raises(GivenByPerpetratorError):
        give(lan, case, now, SpokenFor("Ông ngoại", husband))


def test_her_own_word_needs_nobody_and_an_aunt_may_speak(lan, case, home, now):
    assert give(lan, case, now, SpokenFor()).given_by == ""
    assert give(lan, case, now, SpokenFor("H'Yar Niê", home["aunt"])).given_by == "H'Yar Niê"


def test_the_home_offers_its_adults_without_him(lan, case, home, now):
    with acting(lan):
        assert [one.name for one in cases.speakers_for(lan, case, now)] == ["H'Yar Niê"]


def test_speaking_with_him_is_not_having_seen_her_alone(lan, case, now):
    def met(reached: Reached) -> ContactMade:
        return ContactMade(
            tried_at=now, how=How.VISIT, reached=reached, is_safe=Safe.UNKNOWN, spoke_with=SpokenFor("Y Blô Êban")
        )

    with acting(lan), pytest.raises(SpokeWithPerpetratorError):
        services.record_contact(actor=lan, case_id=case.id, contact=met(Reached.ALONE), now=now)
    with acting(lan):
        services.record_contact(actor=lan, case_id=case.id, contact=met(Reached.NOT_ALONE), now=now)
    assert Contact.objects.get().spoke_with == "Y Blô Êban"


def test_the_form_says_it_by_the_field_and_keeps_what_was_typed(lan, case, client_for, now):
    typed = {
        "to": "outside", "outside": "Chị Hoa", "need": "medical", "facts": "Tên", "evidence": "Nói trực tiếp",
        "speaker": "other", "speaker_name": "Y Blô Êban", "given_at_date": "20/11/2026", "given_at_time": "08:00",
    }  # fmt: skip
    page = client_for(lan).post(f"/ho-tro/{case.id}/dong-y/", typed).content.decode()

    assert "không được đồng ý thay" in page
    assert "Y Blô Êban" in page
    assert not Consent.objects.filter(given_at__gt=now - timedelta(days=30)).exists()
