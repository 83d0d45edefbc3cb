"""What counts as which household, person, month; and rounding that loses nobody."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maiam.contexts.families.rules import MemberRole
from maiam.contexts.statistics.rules import (
    MONTHS,
    Subject,
    apportioned,
    betrays,
    definitions,
    hidden_sums,
    hidden_totals,
    last_day_of,
    last_set_day,
    months_of,
    reporting_year,
    set_day,
    spans_of,
)
from maiam.contexts.statistics.rules.leaves import _BIT, band, household_type, people, sex_and_band
from maiam.core.law import codes
from maiam.core.science.suppression import SMALLEST_SHOWN

R = MemberRole


def _key(*roles: MemberRole, head: str = "male", parents: int = 0, parent_count: int = 0) -> str:
    return f"{sum(_BIT[role] for role in roles)} {parents} {parent_count} {head}"


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (_key(R.HEAD, R.SPOUSE, R.CHILD), "couple_children"),
        (_key(R.HEAD, R.CHILD, head="female"), "mother_children"),
        (_key(R.HEAD, R.CHILD), "father_children"),
        (_key(R.HEAD, R.CHILD, head="unknown"), "other_two"),
        (_key(R.HEAD, R.SPOUSE), "couple"),
        (_key(R.HEAD), "single"),
        (_key(R.HEAD, R.SIBLING), "other_one"),
        (_key(R.HEAD, R.SPOUSE, R.CHILD, R.PARENT, parents=1, parent_count=1), "three_generations"),
        (_key(R.HEAD, R.CHILD, R.GRANDCHILD), "three_generations"),
        (_key(R.HEAD, R.PARENT, parents=1, parent_count=1), "mother_children"),
        (_key(R.HEAD, R.PARENT, R.SIBLING, parents=3, parent_count=2), "couple_children"),
        (_key(R.HEAD, R.SPOUSE, R.PARENT, parents=1, parent_count=1), "other_two"),
        (_key(R.HEAD, R.SPOUSE, R.CHILD, R.OTHER), "other_unclear"),
        (_key(R.SPOUSE, R.CHILD, head="unknown"), "other_unclear"),
    ],
)
def test_the_type_of_a_household_follows_from_who_lives_there(key, kind):
    assert household_type(key) == kind


@given(st.sets(st.sampled_from(list(R)), min_size=1), st.sampled_from(["female", "male", "unknown"]))
def test_whoever_lives_there_a_household_is_of_one_known_type(roles, head):
    assert household_type(_key(*roles, head=head)) in definitions()["household_types"].all_leaves


def test_ages_and_sizes_fall_into_the_band_that_begins_at_or_below_them():
    assert [band(str(size), (1, 3, 4, 5, 7)) for size in (1, 2, 3, 6, 7, 20)] == ["1", "1", "3", "5", "7", "7"]
    assert sex_and_band("female 59", (0, 18, 60)) == "female:18"
    assert sex_and_band("unknown", (0, 18, 60)) == "unknown:unknown"


@pytest.mark.parametrize(
    ("spelled", "code"),
    [
        ("M'Nông", "mnong"),
        ("Mnông", "mnong"),
        ("Ê-đê", "ede"),
        ("H'Mông", "mong"),
        ("Kinh (Việt)", "others"),
        ("", "unknown"),
    ],
)
def test_a_people_is_known_by_its_spellings(spelled, code):
    assert people(spelled) == code


def test_every_leaf_of_every_definition_has_its_row():
    for definition in definitions().values():
        assert definition.about
        assert definition.version >= 1
        if definition.subject is not Subject.EVENTS:
            assert all(any(row.holds(leaf) for row in definition.rows) for leaf in definition.all_leaves)


def test_the_rows_of_law_are_counted_under_their_numbers_and_names():
    rows = {row.no: row.vi for row in codes.report_tables()["T2011_COMMUNE"].rows if row.unit == "Hộ"}
    told = {row.no: row.vi for one in definitions().values() if one.law for row in one.rows if row.no}

    assert told.keys() == {"1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2", "3"}
    assert all(told[number].startswith(rows[number]) for number in told)


def test_a_row_that_a_later_circular_dropped_is_said_to_be():
    assert definitions()["households_with_elderly"].dropped_rows() == ["Hộ có người cao tuổi (từ đủ 60)"]


def test_the_reporting_year_runs_from_the_first_of_december():
    assert reporting_year(date(2025, 11, 30)) == 2025
    assert reporting_year(date(2025, 12, 1)) == 2026
    assert months_of(2026)[0] == date(2025, 12, 1)
    assert months_of(2026)[-1] == date(2026, 12, 1)


def test_each_way_of_dividing_a_year_holds_each_month_once():
    spans = spans_of(2026)

    for kind in {span.kind for span in spans}:
        parts = [span for span in spans if span.kind is kind]
        assert all(sum(span.holds(month) for span in parts) == 1 for month in range(MONTHS))
    assert spans[0].label == "Cả năm 2026"
    assert spans[3].label == "Quý 1 (12/2025–2/2026)"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 23), date(2026, 10, 31)),
        (date(2026, 10, 31), date(2026, 10, 31)),
        (date(2026, 10, 30), date(2026, 9, 30)),
        (date(2024, 2, 29), date(2024, 2, 29)),
        (date(2026, 11, 30), date(2026, 10, 31)),
    ],
)
def test_a_day_is_told_by_the_last_end_of_a_month_that_is_over(day, told):
    assert set_day(day, today=date(2026, 11, 23)) == told


def test_the_last_day_of_a_month_is_over_only_on_the_next():
    assert last_set_day(date(2026, 11, 30)) == date(2026, 10, 31)
    assert last_set_day(date(2026, 12, 1)) == date(2026, 11, 30) == last_day_of(2026)


COUNTS = st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=4, max_size=4)
MOVES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(-3, 3)), max_size=4)


@settings(max_examples=60, deadline=None)
@given(COUNTS, MOVES)
def test_where_fewer_than_five_moved_no_figure_shown_has_changed(rows, moves):
    before = np.array(rows)
    counts = before.copy()
    for unit, category, how_many in moves:
        counts[unit, category] = max(counts[unit, category] + how_many, 0)
    units = np.vstack([np.eye(4), [[1, 1, 0, 0], [0, 0, 1, 1]], np.ones(4)])
    categories = np.vstack([np.ones(3), np.eye(3)])
    also = betrays(counts, before, units, categories)

    totals = hidden_totals(counts.sum(axis=1), units, also=also[:, :1])
    done = hidden_sums(counts, units, categories, totals=totals, also=also)

    assert not (also & ~done.hidden).any()
    change = units @ (counts - before)
    for group in np.flatnonzero(np.abs(change).sum(axis=1) < SMALLEST_SHOWN):
        told = ~done.hidden[group]
        assert (change[group] @ categories.T)[told] == pytest.approx(0)


@given(
    st.lists(st.lists(st.integers(0, 50), min_size=3, max_size=3), min_size=1, max_size=6),
    st.lists(st.floats(0, 1), min_size=6, max_size=6),
)
def test_rounded_parts_add_up_to_their_whole_and_move_by_less_than_one(rows, shares):
    counts = np.array(rows)
    share = np.array(shares[: len(counts)])
    parts = np.vstack([counts * share[:, None], counts * (1 - share[:, None])])

    rounded = apportioned(parts, counts.sum(axis=0))

    assert (rounded.sum(axis=0) == counts.sum(axis=0)).all()
    assert (np.abs(rounded - parts) < 1 + 1e-6).all()
    assert (rounded >= 0).all()
