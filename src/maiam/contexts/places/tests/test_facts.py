"""The real units: what the law of 2025 made of them must be found, counted and compared."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum

from maiam.contexts.places import queries, rules, services
from maiam.contexts.places.models import Succession, Unit
from maiam.contexts.places.queries.units import stood_on
from maiam.platform.access import Actor, acting

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


def test_there_are_34_provinces_and_3321_communes_today():
    today = Unit.objects.filter(valid_to__isnull=True)

    assert today.filter(level="province").count() == 34
    assert today.filter(level="commune").count() == 3321


def test_on_30_june_2025_there_were_63_provinces_696_districts_and_10035_communes():
    standing = Unit.objects.filter(stood_on(BEFORE))

    assert [standing.filter(level=level).count() for level in ("province", "district", "commune")] == [63, 696, 10_035]


def test_all_but_two_communes_of_today_know_their_people():
    today = Unit.objects.filter(level="commune", valid_to__isnull=True)

    assert today.filter(population__isnull=True).count() == 2
    assert today.aggregate(people=Sum("population"))["people"] == 101_410_246


def test_every_unit_hangs_under_one_that_stood_on_its_last_day():
    orphans = Unit.objects.exclude(level="province").filter(Q(parent__isnull=True) | Q(province__isnull=True))
    outlived = Unit.objects.filter(parent__valid_to__lt=F("valid_to"))

    assert not orphans.exists()
    assert not outlived.exists()


def test_loading_again_changes_nothing(now):
    actor = Actor.system("test")
    with acting(actor):
        loaded = services.load_facts(actor=actor, now=now)

    assert loaded.changed == 0
    assert (loaded.known, loaded.standing) == (10_035, 10_035)


def test_a_corrected_table_corrects_the_row_it_names(now, commune):
    Unit.objects.filter(id=commune.id).update(name="Xã Đăk Min", population=1)
    actor = Actor.system("test")

    with acting(actor):
        loaded = services.load_facts(actor=actor, now=now)

    commune.refresh_from_db()
    assert loaded.changed == 1
    assert commune.name == "Xã Đắk Mil"


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


def test_two_units_never_carry_one_code_on_one_day(commune):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(level="commune", kind="xa", code=commune.code, name="Xã Khác", valid_from=date(2026, 1, 1))


def test_a_split_unit_keeps_every_successor_and_claims_no_share_nobody_published():
    split = Succession.objects.filter(kind="split")

    assert split.values("old").distinct().count() == 443
    assert not split.filter(share__isnull=False).exists()
    assert len(queries.units_it_became(split[0].old)) > 1


def test_a_namesake_of_another_district_is_not_taken_for_it():
    cao_lanh = Unit.objects.get(name="Phường Cao Lãnh", valid_to__isnull=True)

    assert {unit.parent.name for unit in queries.units_that_became(cao_lanh)} == {"Thành phố Cao Lãnh"}


def test_hue_was_a_province_until_2025():
    assert queries.unit_as_of("46", date(2024, 12, 31), rules.Level.PROVINCE).name == "Tỉnh Thừa Thiên Huế"
    assert queries.unit_as_of("46", date(2025, 1, 1), rules.Level.PROVINCE).name == "Thành phố Huế"


def test_a_unit_that_ended_before_the_mergers_leads_on_to_today():
    old = Unit.objects.get(level="province", name="Tỉnh Thừa Thiên Huế")

    assert [unit.name for unit in queries.units_it_became(old)] == ["Thành phố Huế"]


def test_a_district_ended_without_a_successor_but_an_island_became_a_special_zone():
    dak_mil = Unit.objects.get(level="district", name="Huyện Đắk Mil")
    ly_son = Unit.objects.get(level="district", name="Huyện Lý Sơn")

    assert queries.units_it_became(dak_mil) == []
    assert [unit.name for unit in queries.units_it_became(ly_son)] == ["Đặc khu Lý Sơn"]


def test_neighbours_touch_both_ways(commune):
    around = queries.neighbours_of(commune)

    assert len(around) >= 3
    assert all(commune in queries.neighbours_of(other) for other in around)


def test_typing_without_marks_finds_todays_commune_first(commune):
    assert queries.search_communes("dak mil")[0].unit == commune


def test_an_old_name_leads_to_todays_commune():
    found = queries.search_communes("Đắk Lao")

    assert any("trước 7/2025" in commune.label for commune in found)


@pytest.mark.parametrize("text", ["", "a", "%", "_", "'; DROP TABLE", "x" * 5000, "\\"])
def test_odd_typing_finds_nothing_and_breaks_nothing(text):
    assert queries.search_communes(text) == []


@pytest.mark.parametrize(
    "typed", ["Xã Đắk Mil, Lâm Đồng", "Xã Đắk Mil, Tỉnh Lâm Đồng (trước 7/2025: Xã Đắk Lao, Huyện Đắk Mil)"]
)
def test_what_a_list_offered_can_be_typed_back(commune, typed):
    assert queries.search_communes(typed)[0].unit == commune


def test_the_province_named_after_the_comma_comes_first():
    found = queries.search_communes("Tân Lập, Thái Nguyên")[0]

    assert found.unit.province.name == "Tỉnh Thái Nguyên"


def test_the_map_draws_a_cell_for_every_commune_and_says_that_it_is_approximate(province):
    drawn = queries.map_geometry(province)["features"]

    assert len(drawn) == 124
    assert all(feature["properties"]["approximate"] and feature["geometry"] for feature in drawn)
