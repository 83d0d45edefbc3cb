"""A person's data rest, or are erased: wholly, by the house alone, and never in the trail."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from maiam.contexts.families import services
from maiam.contexts.families.models import EarlierValue, Kinship, Person
from maiam.contexts.families.services import ERASED_NAME, AlreadyErasedError, PersonFacts
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting, erasure
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError

HOUSE = Actor.system("erasure")
NUMBER = "068184000123"


@pytest.fixture
def woman(lan, commune, village, now) -> Person:
    facts = PersonFacts(
        full_name="H'Zebra Niê",
        commune_id=commune.id,
        village_id=village.id,
        birth=PartialDate(1984, 2, 3),
        phone="+84905000111",
        identity_number=NUMBER,
    )
    with acting(lan):
        row = services.register_person(actor=lan, facts=facts, now=now)
        mother = services.register_person(
            actor=lan, facts=PersonFacts(full_name="H'Mẹ Niê", commune_id=commune.id), now=now
        )
        services.record_kinship(actor=lan, person_id=row.id, relative_id=mother.id, relation="birth_parent", now=now)
        corrected = PersonFacts(full_name="H'Zêbra Niê", commune_id=commune.id, village_id=village.id)
        return services.correct_person(actor=lan, person_id=row.id, facts=corrected, now=now)


def _erase(person, now):
    with acting(HOUSE):
        return services.erase_person(actor=HOUSE, person_id=person.id, now=now)


def test_nothing_told_of_the_person_is_left(woman, now):
    _erase(woman, now)

    woman.refresh_from_db()
    assert (woman.full_name, woman.phone, woman.birth_year, woman.identity_number_sealed) == (
        ERASED_NAME,
        "",
        None,
        None,
    )
    assert EarlierValue.objects.get(person=woman).values == {}
    assert not Kinship.objects.exists()
    assert woman.erased_at == now


def test_what_was_emptied_is_counted(woman, now):
    emptied = _erase(woman, now)

    assert emptied["Giá trị cũ của thông tin"] == 1
    assert emptied["Quan hệ gia đình"] == 2


def test_it_is_done_once(woman, now):
    _erase(woman, now)
    with pytest.raises(AlreadyErasedError):
        _erase(woman, now)


def test_no_officer_can_do_it_not_even_by_raw_sql(woman, lan, now):
    with acting(lan):
        with pytest.raises(ForbiddenError):
            services.erase_person(actor=lan, person_id=woman.id, now=now)
        with pytest.raises(ProgrammingError, match="two people agreed"), transaction.atomic():
            erasure.blank(EarlierValue, owner="person", owner_id=woman.id, values={})
        with pytest.raises(ProgrammingError, match="two people agreed"), transaction.atomic():
            erasure.take_out(Kinship, owner="person", owner_id=woman.id)


def test_the_trail_is_kept_even_from_the_house(woman):
    entry = AuditEntry.objects.filter(subject_id=woman.id).first()
    with acting(HOUSE), pytest.raises(ProgrammingError, match="keeps every row"), transaction.atomic():
        erasure.blank(AuditEntry, owner="id", owner_id=entry.id, reason="")


def test_the_house_writes_over_nothing_without_that_door(woman):
    with acting(HOUSE), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE families_earliervalue SET values = '{}'")


def test_data_at_rest_can_be_used_again(woman, lan, now):
    with acting(lan):
        assert services.restrict_person(actor=lan, person_id=woman.id, now=now).restricted_at == now
        assert services.lift_restriction(actor=lan, person_id=woman.id, now=now).restricted_at is None
