"""The real units: what the law of 2025 made of them must be found, counted and compared."""

from datetime import date

import pytest

from maiam.contexts.places import queries, services
from maiam.contexts.places.models import Succession, Unit
from maiam.platform.access import Actor, acting

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


def test_there_are_34_provinces_and_3321_communes_today():
    today = Unit.objects.filter(valid_to__isnull=True)

    assert today.filter(level="province").count() == 34
    assert today.filter(level="commune").count() == 3321


def test_there_were_63_provinces_before():
    assert Unit.objects.filter(valid_to__isnull=False, level="province").count() == 63


def test_loading_again_changes_nothing(now):
    actor = Actor.system("test")
    with acting(actor):
        loaded = services.load_facts(actor=actor, now=now)

    assert loaded.changed == 0
    assert loaded.share_known > 0.99


def test_every_commune_of_today_says_what_it_came_from():
    fed = Succession.objects.values("new_id")

    assert not Unit.objects.filter(level="commune", valid_to__isnull=True).exclude(id__in=fed).exists()


def test_the_communes_of_dak_nong_are_lam_dongs_now(province):
    dak_nong = Unit.objects.get(level="province", name="Tỉnh Đắk Nông")

    became = {
        unit.province_id for old in queries.communes_of(dak_nong, BEFORE) for unit in queries.units_it_became(old)
    }

    assert became == {province.id}
    assert len(queries.communes_of(dak_nong, BEFORE)) == 71


def test_a_code_means_the_unit_of_its_day():
    old, new = queries.unit_as_of("24646", BEFORE), queries.unit_as_of("24646", AFTER)

    assert old is not None
    assert new is not None
    assert old.id != new.id
    assert new.name == "Xã Đắk Wil"


def test_a_split_unit_keeps_every_successor():
    split = Succession.objects.filter(kind="split").values_list("old_id", flat=True)[0]

    assert len(queries.units_it_became(Unit.objects.get(id=split))) > 1


def test_typing_without_marks_finds_todays_commune_first(commune):
    assert queries.search_communes("dak mil")[0].unit == commune


def test_an_old_name_leads_to_todays_commune():
    found = queries.search_communes("Đắk Lao")

    assert any("trước 7/2025" in commune.label for commune in found)


@pytest.mark.parametrize("text", ["", "a", "%", "_", "'; DROP TABLE", "x" * 5000, "\\"])
def test_odd_typing_finds_nothing_and_breaks_nothing(text):
    assert queries.search_communes(text) == []


def test_totals_of_the_old_map_sum_to_the_same_on_the_new(province):
    dak_nong = Unit.objects.get(level="province", name="Tỉnh Đắk Nông")
    totals = {unit.id: 3.0 for unit in queries.communes_of(dak_nong, BEFORE)}

    carried = queries.totals_on_map(totals, on=AFTER)

    assert sum(carried.by_unit.values()) + carried.unplaced == pytest.approx(71 * 3)
    assert set(carried.by_unit) <= {unit.id for unit in queries.communes_of(province)}


def test_totals_of_today_can_be_read_on_the_old_map(province):
    totals = {unit.id: 10.0 for unit in queries.communes_of(province)}

    carried = queries.totals_on_map(totals, on=BEFORE)

    assert sum(carried.by_unit.values()) + carried.unplaced == pytest.approx(1240)


def test_the_map_draws_a_cell_for_every_commune_and_says_that_it_is_approximate(province):
    drawn = queries.map_geometry(province)["features"]

    assert len(drawn) == 124
    assert all(feature["properties"]["approximate"] and feature["geometry"] for feature in drawn)
