"""The search reads its indexes, never the register, whoever searches: the server's own count of scans tells."""

from dataclasses import replace

import pytest
from django.db import connection

from maiam.contexts.families import queries
from maiam.contexts.places.models import Unit
from maiam.platform.access import Actor, acting

pytestmark = pytest.mark.django_db

PEOPLE = 24_000
BY_WORDS, BY_PHONE, BY_NUMBER = "person_by_place_and_words", "person_by_phone", "person_by_number"

CROWD = """
INSERT INTO families_person (id, commune_id, full_name, other_names, search_text, sort_key, sex, birth_year,
    birth_is_approximate, ethnicity, phone, identity_number_index, registered_at)
SELECT gen_random_uuid(), (%(communes)s::bigint[])[1 + number %% cardinality(%(communes)s::bigint[])], name, '',
    ' ' || name || '  thon ' || number %% 12, name, 'female', 1940 + number %% 80, false, '',
    '+8490' || lpad(number::text, 7, '0'), md5(number::text), now()
FROM (SELECT number, concat_ws(' ', (ARRAY['nguyen', 'tran', 'le', 'dieu'])[1 + number %% 4], 'thi',
    (ARRAY['hoa', 'lan', 'mai', 'thuy', 'nhung', 'krang', 'bich'])[1 + number %% 7], 'x' || number %% 500) AS name
    FROM generate_series(1, %(people)s) AS number) AS person
"""


@pytest.fixture
def communes(commune, province) -> list[int]:
    others = Unit.objects.filter(parent=province, level="commune", valid_to__isnull=True).exclude(id=commune.id)
    return [commune.id, *others.order_by("id").values_list("id", flat=True)[:11]]


@pytest.fixture
def crowd(communes):
    """People of twelve communes: enough for the planner to have a reason."""
    with acting(Actor.system("a test")), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(CROWD, {"communes": communes, "people": PEOPLE})
        cursor.execute("ANALYZE families_person, families_word")


@pytest.fixture(params=["commune", "village", "province", "everywhere"])
def searcher(request, lan, village_head, communes):
    return {
        "commune": lan,
        "village": village_head,
        "province": replace(lan, commune_ids=tuple(communes)),
        "everywhere": Actor.system("a test"),
    }[request.param]


def scans() -> dict[str, int]:
    """How often this transaction read the table whole, and each index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_stat_get_xact_numscans(oid) FROM pg_class"
            " WHERE relname = 'families_person' OR relname LIKE 'person_by_%'"
        )
        return dict(cursor.fetchall())


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("nguyen thi hoa", BY_WORDS),
        ("krang", BY_WORDS),
        ("nguyne thi nhugn", BY_WORDS),
        ("tran mai 1960", BY_WORDS),
        ("lan thon 3", BY_WORDS),
        ("khong ai ten nhu the", BY_WORDS),
        ("0900000012", BY_PHONE),
        ("067184000123", BY_NUMBER),
    ],
)
def test_every_way_to_search_reads_an_index_and_not_the_register(crowd, searcher, now, typed, index):
    with acting(searcher):
        before = scans()
        queries.search_persons(searcher, typed, now=now)
        after = scans()

    assert after["families_person"] == before["families_person"], "the whole register was read"
    assert after[index] > before[index]
