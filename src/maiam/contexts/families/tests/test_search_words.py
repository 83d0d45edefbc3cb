"""The list of words behind the search: learnt with a first bearer, gone with the last, and told to nobody."""

import pytest
from django.db import connection

from maiam.contexts.families import queries, services
from maiam.contexts.families.models import Person
from maiam.platform.access import Actor, acting

pytestmark = pytest.mark.django_db

HOUSE = Actor.system("a test")


def known_words() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, set_config('role', 'none', true)")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT word FROM families_word")
        words = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT set_config('role', %s, true)", [before])
    return words


@pytest.fixture
def woman(lan, commune, now) -> Person:
    with acting(lan):
        return services.register_person(
            actor=lan, facts=services.PersonFacts(full_name="H'Zebra Niê", commune_id=commune.id), now=now
        )


def test_a_word_is_learnt_with_its_first_bearer_as_one_word_and_no_name(woman):
    assert {"hzebra", "nie"} <= known_words()
    assert not [word for word in known_words() if " " in word]


def test_a_corrected_spelling_is_forgotten_and_what_others_bear_stays(woman, lan, commune, now):
    with acting(lan):
        services.register_person(
            actor=lan, facts=services.PersonFacts(full_name="Y Niê", commune_id=commune.id), now=now
        )
        told = services.PersonFacts(full_name="H'Zubra Mlô", commune_id=commune.id)
        services.correct_person(actor=lan, person_id=woman.id, facts=told, now=now)

    assert "hzebra" not in known_words()
    assert {"hzubra", "mlo", "nie"} <= known_words()


def test_the_words_only_an_erased_person_bore_go_with_them(woman, now):
    with acting(HOUSE):
        services.erase_person(actor=HOUSE, person_id=woman.id, now=now)

    assert not {"hzebra", "nie"} & known_words()


def test_nobody_but_the_search_reads_the_list(woman, lan):
    with acting(lan), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM families_word")
        assert cursor.fetchone()[0] == 0


def test_what_two_writers_hid_from_each_other_is_put_right_at_night(woman, lan, now):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM families_word WHERE word = 'hzebra'")
        cursor.execute("INSERT INTO families_word VALUES ('khongai', 1)")

    with acting(HOUSE):
        services.tidy_words(actor=HOUSE, now=now)

    assert "hzebra" in known_words()
    assert "khongai" not in known_words()
    with acting(lan):
        assert queries.search_persons(lan, "hzebar", now=now)[0].id == woman.id
