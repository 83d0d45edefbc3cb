"""Rows handed over column by column are the rows that were told: no more, no fewer, no letter changed."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.db.utils import DataError, ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maiam.contexts.families import services as families
from maiam.contexts.families.models import FormerNumber, Household, HouseholdMembership
from maiam.contexts.families.services import PersonFacts
from maiam.platform.access import acting
from maiam.platform.columns import columns_of, without_waiting, write_columns
from maiam.platform.ids import new_id, new_ids

pytestmark = pytest.mark.django_db

# What PostgreSQL stores as text: anything but NUL and halves of characters.
texts = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=25)
TROUBLE = ["", "NULL", "null", '"', "\\", '\\"', "{}", "a,b", "Điểu K'Rang", " hai  chỗ ", "%s", "%(a)s", "\n\t", "đ́"]


def _homes(commune, now, **columns):
    write_columns(Household, {"id": new_ids(len(columns["code"])), **columns}, commune_id=commune.id, registered_at=now)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(written=st.lists(texts | st.sampled_from(TROUBLE), min_size=1, max_size=20))
def test_every_text_arrives_as_it_was(written, commune, lan, now):
    with acting(lan):
        start = new_id()
        _homes(commune, now, code=[f"{number}-{start.hex[:20]}" for number in range(len(written))], address=written)

        kept = Household.objects.filter(code__endswith=start.hex[:20])
        assert {int(row.code.split("-")[0]): row.address for row in kept} == dict(enumerate(written))


def test_what_is_not_known_stays_unknown(commune, village, lan, now):
    with acting(lan):
        _homes(commune, now, code=["A", "B"], village_id=[village.id, None], dissolved_on=[None, date(2026, 1, 2)])

    rows = Household.objects.order_by("code").values_list("village_id", "dissolved_on", "address", "registered_at")
    assert list(rows) == [(village.id, None, "", now), (None, date(2026, 1, 2), "", now)]


@pytest.fixture
def person(lan, commune, now):
    facts = PersonFacts(full_name="Y Sơn", commune_id=commune.id)
    with acting(lan):
        return families.register_person(actor=lan, facts=facts, now=now)


def test_sealed_bytes_arrive_as_they_were(lan, person, now):
    sealed = [b"\0\\\"',{}\xff", b""]
    columns = {"id": new_ids(2), "number_sealed": sealed, "number_index": ["a", "b"], "kind": ["cmnd", "cccd"]}
    with acting(lan):
        write_columns(FormerNumber, columns, person_id=person.id, recorded_at=now)

    kept = FormerNumber.objects.order_by("number_index")
    assert [bytes(row.number_sealed) for row in kept] == sealed


def test_truths_and_days_arrive_as_they_were(lan, person, commune, now):
    with acting(lan):
        _homes(commune, now, code=["A", "B"])
        homes = [str(home.id) for home in Household.objects.order_by("code")]
        told = {"starts_on": [date(2020, 1, 2), date(2021, 3, 4)], "is_permanent": [True, False]}
        columns = {"id": new_ids(2), "household_id": homes, "residence": ["permanent", "temporary"], **told}
        write_columns(HouseholdMembership, columns, person_id=person.id, recorded_at=now)

    kept = HouseholdMembership.objects.order_by("starts_on").values_list("starts_on", "is_permanent", "role")
    assert list(kept) == [(date(2020, 1, 2), True, "other"), (date(2021, 3, 4), False, "other")]


def test_a_row_out_of_reach_stops_them_all(commune, binh, now):
    with pytest.raises(ProgrammingError, match="row-level security"), acting(binh):
        _homes(commune, now, code=["A", "B"])


def test_a_row_the_table_refuses_stops_them_all(commune, lan, now):
    with pytest.raises(IntegrityError), acting(lan):
        _homes(commune, now, code=["A", "B", "A"])

    assert not Household.objects.exists()


def test_a_text_too_long_for_its_field_is_refused_and_not_cut(commune, lan, now):
    with pytest.raises(DataError), acting(lan):
        _homes(commune, now, code=["A" * 31])


def test_what_is_sent_without_waiting_is_read_as_written(commune, lan, now):
    with acting(lan), without_waiting():
        _homes(commune, now, code=["A", "B"])
        assert Household.objects.count() == 2
        _homes(commune, now, code=["C"])

    assert Household.objects.count() == 3


def test_what_is_refused_without_waiting_comes_out_at_the_end_and_leaves_nothing(commune, lan, now):
    with pytest.raises(IntegrityError, match="household_code_in_commune"), acting(lan), without_waiting():
        _homes(commune, now, code=["A", "A"])

    assert not Household.objects.exists()


def test_nothing_to_write_writes_nothing(lan):
    with acting(lan):
        write_columns(Household, columns_of([]))

    assert not Household.objects.exists()


def test_rows_become_columns_and_what_one_lacks_is_filled():
    rows = [{"a": 1, "b": 2}, {"a": 3, "b": 4, "c": 5}]

    assert columns_of(rows, c=0) == {"a": [1, 3], "b": [2, 4], "c": [0, 5]}


def test_many_ids_are_of_version_7_differ_and_sort_after_those_before():
    before = new_id()
    many = [UUID(text) for text in new_ids(2_000)]

    assert {(one.version, one.variant) for one in many} == {(7, before.variant)}
    assert len(set(many)) == 2_000
    assert all(one.int >> 80 >= before.int >> 80 for one in many)
    assert datetime.fromtimestamp((many[0].int >> 80) / 1000, UTC).year >= 2026
