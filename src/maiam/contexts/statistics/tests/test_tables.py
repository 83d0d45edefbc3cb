"""Parts add up to wholes on both maps and on any day; what is small does not leave; nobody reads beyond their place."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maiam.contexts.families import services as families
from maiam.contexts.families.models import FormerAddress, Household
from maiam.contexts.families.rules import MemberRole, Residence, Sex
from maiam.contexts.places.models import Unit
from maiam.contexts.statistics.queries import HOUSE, MAP_LABELS, Map, tallies
from maiam.contexts.statistics.queries.counting import blocks
from maiam.contexts.statistics.queries.drawing import Drawn
from maiam.contexts.statistics.queries.maps import atlas, reach_of
from maiam.contexts.statistics.rules import definitions
from maiam.contexts.statistics.tests.conftest import ALONE, COUPLE, DAY, FAMILY, SINCE, figure
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting

pytestmark = pytest.mark.django_db
R = MemberRole


def test_the_province_counts_the_households_of_all_its_communes(register, reads, mai, commune):
    table = reads(mai)

    assert figure(table, "total") == 51
    assert figure(table, "couple_children") == 24
    assert figure(table, "couple_children", commune.name) == 14
    assert not table.has_hidden


def test_communes_add_up_to_the_province_and_villages_to_their_commune(register, reads, mai, commune):
    province, inside = reads(mai), reads(mai, unit_id=commune.id)

    for table in (province, inside):
        sums = [sum(line.figures[column] for line in table.lines) for column in range(len(table.columns))]
        assert sums == table.whole.figures
    assert inside.whole.figures == next(line.figures for line in province.lines if line.unit_id == commune.id)
    assert [line.name for line in inside.lines] == ["Bon Bu Đăk", "Thôn Tân Lập"]


def test_the_old_map_holds_as_many_households_as_the_new(register, reads, mai):
    new, old = reads(mai), reads(mai, on_map=Map.BEFORE)

    assert old.whole.figures == new.whole.figures
    assert {line.name for line in old.lines} == {"Tỉnh Bình Thuận", "Tỉnh Lâm Đồng", "Tỉnh Đắk Nông"}
    dak_nong = next(line for line in old.lines if line.name == "Tỉnh Đắk Nông")
    assert dak_nong.figures == new.whole.figures


def _assert_adds_up(definition, counts, actor, today) -> list[int]:
    """Every level of both maps is the sum of what lies below it; return what was counted in all, column by column."""
    (block,) = blocks(definition, counts, 2026)
    chart = atlas(counts, reach_of(actor), today)
    drawn = {on_map: Drawn(chart, block, on_map) for on_map in MAP_LABELS}
    for key, below in chart.children.items():
        on_map = key[0]
        parts = drawn[on_map].sums[[chart.row((on_map, unit_id)) for unit_id in below]].sum(axis=0)
        assert (parts == drawn[on_map].sums[chart.row(key)]).all(), key
    wholes = [drawn[on_map].sums[chart.row((on_map, 0))] for on_map in MAP_LABELS]
    assert (wholes[0] == wholes[1]).all()
    return [int(figure) for figure in wholes[0]]


STATES = [one for one in definitions().values() if one.subject in {"households", "people"}]


@pytest.mark.parametrize("definition", STATES, ids=lambda one: one.code)
def test_every_table_adds_up_at_every_level_of_both_maps_before_anything_is_hidden(
    definition, writes, mai, province, commune, elsewhere, village, now
):
    writes(commune, 3, *FAMILY, village=village)
    writes(elsewhere, 2, *ALONE)
    writes(elsewhere, 1, *COUPLE)
    with acting(HOUSE):
        (tally,) = tallies(HOUSE, province.id, DAY, [definition])

    with acting(mai):
        whole = _assert_adds_up(definition, tally.by_commune, mai, now.date())

    assert whole[0] == (6 if definition.subject == "households" else 13)


MADE = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from([FAMILY, COUPLE, ALONE]),
        st.integers(1, 3),
        st.sampled_from([date(2020, 1, 1), date(2025, 7, 1), date(2026, 3, 1)]),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=MADE, day=st.sampled_from([date(2025, 6, 30), date(2025, 7, 31), date(2026, 10, 31)]))
def test_parts_sum_to_wholes_across_the_merger_whatever_the_register_holds(made, day, writes, mai, province, now):
    """Households of six communes, some still written under the unit of before, on days on both sides of the merger."""
    with transaction.atomic():
        alive = _writes_some(made, day, writes, province, now)
        with acting(HOUSE):
            found = {tally.definition.code: tally for tally in tallies(HOUSE, province.id, day, STATES)}
        with acting(mai):
            for definition in STATES:
                tally = found[definition.code]
                whole = _assert_adds_up(definition, tally.by_commune, mai, now.date())
                assert whole[0] == alive[definition.subject], definition.code
                for commune, villages in tally.counts.items():
                    inside = sum(sum(leaves.values()) for leaves in villages.values())
                    assert inside == sum(tally.by_commune[commune].values())
        transaction.set_rollback(True)


def _writes_some(made, day, writes, province, now) -> Counter[str]:
    """How many households and people the day must count."""
    communes = list(Unit.objects.filter(parent=province, valid_to__isnull=True).order_by("id")[:6])
    alive: Counter[str] = Counter()
    for place, members, how_many, since, is_of_before in made:
        people = writes(communes[place], how_many, *members, since=since)
        if is_of_before:
            old = Unit.objects.filter(successions__new=communes[place], level="commune").order_by("id").first()
            for home in {person.memberships.get().household_id for person in people}:
                FormerAddress.objects.create(household_id=home, commune=old, ends_on=date(2025, 7, 1), recorded_at=now)
        if since <= day:
            alive += Counter(households=how_many, people=len(people))
    return alive


@pytest.mark.parametrize("code", [one.code for one in STATES])
def test_what_is_told_of_villages_and_of_old_units_adds_up_to_the_commune(
    code, register, writes, reads, mai, commune, now
):
    writes(commune, 6, *FAMILY)
    inside = reads(mai, code, unit_id=commune.id)

    for column, whole in enumerate(inside.whole.figures):
        parts = [line.figures[column] for line in inside.lines]
        if whole is not None and None not in parts:
            assert sum(parts) == whole, inside.columns[column]


def test_a_table_is_of_the_day_it_was_asked_for(writes, reads, mai, commune):
    writes(commune, 6, *COUPLE, since=date(2021, 3, 1))

    assert figure(reads(mai, day=date(2021, 2, 28)), "total") == 0
    assert figure(reads(mai, day=date(2021, 3, 31)), "total") == 6


def test_between_two_ends_of_months_a_table_is_of_the_one_before(writes, reads, mai, commune):
    writes(commune, 6, *COUPLE, since=date(2021, 3, 1))

    table = reads(mai, day=date(2021, 3, 30))

    assert (table.day, figure(table, "total")) == (date(2021, 2, 28), 0)
    assert reads(mai, day=date(2030, 1, 1)).day == date(2026, 10, 31)


def test_who_has_left_is_no_longer_counted_but_still_was(writes, reads, mai, children_leave, commune):
    children_leave(writes(commune, 6, *FAMILY), date(2026, 10, 20))

    assert figure(reads(mai, "people_ages", day=date(2026, 9, 30)), "total") == 18
    assert figure(reads(mai, "people_ages"), "total") == 12


def test_a_person_with_a_permanent_home_is_counted_there_alone(writes, reads, mai, commune, elsewhere, now):
    people = writes(commune, 6, *FAMILY)
    writes(elsewhere, 6, *COUPLE)
    house = Actor.system("test")
    with acting(house):
        families.move_in(
            actor=house,
            household_id=Household.objects.filter(commune=elsewhere).first().id,
            who=people[2].id,
            role=R.OTHER,
            on=DAY - timedelta(days=30),
            now=now,
            residence=Residence.TEMPORARY,
        )

    table = reads(mai, "people_ages")

    assert figure(table, "total") == 30
    assert figure(table, "total", commune.name) == 18


def test_a_household_of_an_old_commune_is_counted_on_both_maps(writes, reads, mai, commune, now):
    writes(commune, 8, *FAMILY)
    old = Unit.objects.filter(successions__new=commune, level="commune").order_by("name").first()
    moved_on = date(2025, 7, 1)
    for home in Household.objects.filter(commune=commune):
        FormerAddress.objects.create(household=home, commune=old, ends_on=moved_on, recorded_at=now)
    before = moved_on - timedelta(days=1)

    new_map, old_map = reads(mai, day=before), reads(mai, day=before, on_map=Map.BEFORE)
    district = reads(mai, day=before, on_map=Map.BEFORE, unit_id=old.parent_id)

    assert figure(new_map, "total", commune.name) == 8
    assert figure(old_map, "total") == 8
    assert figure(district, "total", old.name) == 8
    assert not district.has_estimates


# --- small numbers


def test_a_small_number_is_hidden_and_so_is_what_would_give_it_away(register, writes, reads, mai, commune, elsewhere):
    writes(commune, 2, *ALONE)

    table = reads(mai)

    assert table.has_hidden
    assert figure(table, "single", commune.name) is None
    singles = [figure(table, "single", line.name) for line in table.lines]
    assert figure(table, "single") is None or singles.count(None) > 1


def test_nothing_small_is_shown_in_any_view_and_subtraction_does_not_bring_it_back(
    register, writes, reads, mai, commune, elsewhere, village
):
    writes(commune, 2, *ALONE, village=village)
    writes(elsewhere, 3, *ALONE)
    views = [
        reads(mai),
        reads(mai, unit_id=commune.id),
        reads(mai, unit_id=elsewhere.id),
        reads(mai, on_map=Map.BEFORE),
    ]

    for table in views:
        for line in [table.whole, *table.lines]:
            assert all(figure is None or figure == 0 or figure >= 5 for figure in line.figures)
            hidden = [column for column, figure in enumerate(line.figures) if figure is None]
            assert line.is_estimated or line.figures[0] is None or len(hidden) != 1
    assert views[1].whole.figures == next(line.figures for line in views[0].lines if line.unit_id == commune.id)


def test_who_asks_does_not_change_what_is_hidden(register, writes, reads, mai, lan, commune):
    writes(commune, 2, *ALONE)

    assert reads(lan).whole.figures == reads(mai, unit_id=commune.id).whole.figures


# --- what happened


@pytest.fixture
def births(writes, lan, commune, village, now):
    people = writes(commune, 8, *COUPLE, village=village)

    def bear(month: int, how_many: int) -> None:
        with acting(lan):
            for number in range(how_many):
                families.record_birth(
                    actor=lan,
                    household_id=people[number * 2].memberships.get().household_id,
                    child=families.PersonFacts(
                        full_name=f"Y Bé {month} {number}",
                        commune_id=commune.id,
                        sex=Sex.MALE,
                        birth=PartialDate.exact(date(2026, month, 5)),
                    ),
                    now=now,
                )

    return bear


def test_births_are_counted_in_the_month_they_happened(births, reads, mai, commune):
    births(2, 6)
    births(3, 7)

    table = reads(mai, "events")

    assert figure(table, "birth") == 13
    assert figure(reads(mai, "events", span="quarter-1"), "birth") == 6
    assert figure(reads(mai, "events", span="month-4"), "birth") == 7
    assert dict(table.months)["Sinh"] == [0, 0, 6, 7, *[0] * 7]


def test_a_small_month_does_not_come_back_from_its_quarter(births, reads, mai, commune):
    births(2, 3)
    births(3, 7)
    births(4, 8)

    months = dict(reads(mai, "events").months)["Sinh"]
    quarters = [figure(reads(mai, "events", span=f"quarter-{number}"), "birth") for number in (1, 2)]

    assert months[2] is None
    # What is left when everything shown is taken from everything shown is more than one month.
    assert months.count(None) > 1 or quarters[0] is None
    assert quarters[0] is None


def test_what_was_taken_back_did_not_happen(writes, reads, mai, lan, commune, now):
    people = writes(commune, 6, *FAMILY)
    with acting(lan):
        event = families.move_out(
            actor=lan,
            household_id=people[0].memberships.get().household_id,
            person_ids=[people[2].id],
            on=SINCE + timedelta(days=2000),
            now=now,
        )
        families.revoke_event(actor=lan, event_id=event.id, now=now, reason="Ghi nhầm")

    counts = [figure(reads(mai, "events", year=year), "move_out") for year in (2025, 2026)]
    assert counts == [0, 0]


def test_hidden_cells_of_a_crowded_province_stay_within_reason(writes, reads, mai, province):
    rng = np.random.default_rng(195)
    for commune in Unit.objects.filter(parent=province, valid_to__isnull=True).order_by("id")[:6]:
        for members, mean in ((FAMILY, 7), (COUPLE, 6), (ALONE, 3)):
            writes(commune, int(rng.poisson(mean)), *members)

    table = reads(mai)

    assert all(figure is not None for figure in table.whole.figures)
