"""Totals of one date on the map of another: the parts always sum to the whole, and guesses are told as guesses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.contexts.places import queries, rules
from maiam.contexts.places.models import Succession, Unit
from maiam.contexts.places.rules import Part

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def _dak_nong() -> Unit:
    return Unit.objects.get(level="province", name="Tỉnh Đắk Nông")


def _sum(carried: rules.CarriedTotals) -> float:
    return sum(carried.by_unit.values()) + carried.unplaced


@given(
    totals=st.dictionaries(st.integers(1, 5), st.floats(0, 1e6)),
    ways=st.dictionaries(st.tuples(st.integers(1, 5), st.integers(6, 9)), st.none() | st.floats(0.01, 1), max_size=12),
)
def test_whatever_is_carried_sums_to_what_there_was(totals, ways):
    carried = rules.carry(totals, [Part(start, end, share) for (start, end), share in ways.items()])

    assert sum(carried.by_unit.values()) + sum(carried.left.values()) == pytest.approx(sum(totals.values()))


def test_a_published_share_is_used_and_the_rest_divided_and_told_as_estimated():
    carried = rules.carry({1: 100}, [Part(1, 2, 0.7), Part(1, 3, None), Part(1, 4, None)])

    assert carried.by_unit == pytest.approx({2: 70, 3: 15, 4: 15})
    assert carried.estimated_units == {2, 3, 4}


def test_a_whole_unit_is_no_estimate():
    assert rules.carry({1: 100}, [Part(1, 2, 1.0)]).estimated_units == frozenset()


@pytest.mark.django_db
def test_totals_of_the_old_communes_are_told_by_todays(province):
    totals = {unit.id: 3.0 for unit in queries.communes_of(_dak_nong(), BEFORE)}

    carried = queries.totals_on_map(totals, on=AFTER)

    assert carried.unplaced == 0
    assert _sum(carried) == pytest.approx(71 * 3)
    assert set(carried.by_unit) <= {unit.id for unit in queries.communes_of(province)}


@pytest.mark.django_db
def test_totals_of_every_old_commune_find_a_place_today():
    totals = dict.fromkeys(Unit.objects.filter(level="commune", valid_to=AFTER).values_list("id", flat=True), 1.0)

    carried = queries.totals_on_map(totals, on=AFTER)

    assert carried.unplaced == 0
    assert _sum(carried) == pytest.approx(10_035)


@pytest.mark.django_db
def test_totals_of_today_can_be_read_on_the_old_map(province):
    totals = {unit.id: 10.0 for unit in queries.communes_of(province)}

    carried = queries.totals_on_map(totals, on=BEFORE)

    stood = Unit.objects.in_bulk(carried.by_unit)
    assert _sum(carried) == pytest.approx(1240)
    assert all(unit.stood_on(BEFORE) for unit in stood.values())


@pytest.mark.django_db
def test_old_provinces_join_todays_whole(province):
    old = Unit.objects.filter(name__in=["Tỉnh Đắk Nông", "Tỉnh Bình Thuận", "Tỉnh Lâm Đồng"], valid_to=AFTER)

    carried = queries.totals_on_map({unit.id: 5.0 for unit in old}, on=AFTER)

    assert carried.by_unit == {province.id: 15.0}
    assert carried.estimated_units == frozenset()


@pytest.mark.django_db
def test_todays_province_is_divided_among_the_old_ones_by_people_and_told_as_estimated(province):
    carried = queries.totals_on_map({province.id: 100.0}, on=BEFORE)

    assert _sum(carried) == pytest.approx(100)
    assert carried.estimated_units == set(carried.by_unit)
    assert carried.by_unit[_dak_nong().id] == min(carried.by_unit.values())


@pytest.mark.django_db
def test_a_districts_total_goes_to_the_province_because_nobody_followed_it(province):
    dak_mil = Unit.objects.get(level="district", name="Huyện Đắk Mil")

    carried = queries.totals_on_map({dak_mil.id: 7.0}, on=AFTER)

    assert carried.by_unit == {province.id: 7.0}


@pytest.mark.django_db
def test_what_a_split_commune_gave_is_told_as_estimated():
    old_id = Succession.objects.filter(kind="split").values_list("old_id", flat=True)[0]

    carried = queries.totals_on_map({old_id: 9.0}, on=AFTER)

    assert carried.estimated_units == set(carried.by_unit)
    assert _sum(carried) == pytest.approx(9)


@pytest.mark.django_db
def test_a_unit_nobody_knows_is_told_apart():
    assert queries.totals_on_map({2**40: 4.0}, on=AFTER).unplaced == 4
