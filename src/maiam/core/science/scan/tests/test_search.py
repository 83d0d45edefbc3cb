"""What a scan promises, whoever names, moves or measures the units."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from maiam.core.science.scan import (
    Model,
    Places,
    Rates,
    ScanSettings,
    Shape,
    scan_prospective,
    scan_retrospective,
    scan_spatial,
)

UNITS, DAYS = 40, 60
RNG = np.random.default_rng(7)
XY = RNG.random((UNITS, 2)) * 100
POPULATION = RNG.integers(3_000, 25_000, UNITS).astype(float)
COUNTS = RNG.poisson(POPULATION[:, None] / POPULATION.sum() * 3, (UNITS, DAYS))
COUNTS[np.argsort(((XY - XY[5]) ** 2).sum(axis=1))[:5], -6:] += RNG.poisson(0.4, (5, 6))
SETTINGS = ScanSettings(max_periods=14, reps=99, seed=11)


def names(n):
    return [f"u{i}" for i in range(n)]


def told(result):
    return [(one.members, one.start, one.end, one.observed) for one in result.clusters]


BASE = scan_prospective(COUNTS, Places(names(UNITS), XY), SETTINGS, expected=POPULATION)


def test_a_planted_outbreak_is_found():
    first = BASE.clusters[0]
    near = {f"u{i}" for i in np.argsort(((XY - XY[5]) ** 2).sum(axis=1))[:5]}

    assert set(first.members) & near
    assert first.end == DAYS
    assert first.p_monte_carlo <= 0.02


def test_the_number_of_threads_changes_nothing():
    one, three = (
        scan_prospective(
            COUNTS,
            Places(names(UNITS), XY),
            ScanSettings(max_periods=14, reps=1500, threads=threads),
            expected=POPULATION,
        )
        for threads in (1, 3)
    )

    assert_array_equal(one.maxima, three.maxima)
    assert told(one) == told(three)


def test_the_same_seed_gives_the_same_answer_and_another_seed_another():
    again = scan_prospective(COUNTS, Places(names(UNITS), XY), SETTINGS, expected=POPULATION)
    other = scan_prospective(
        COUNTS, Places(names(UNITS), XY), ScanSettings(max_periods=14, reps=99, seed=12), expected=POPULATION
    )

    assert_array_equal(again.maxima, BASE.maxima)
    assert (other.maxima != BASE.maxima).any()


@settings(max_examples=4, deadline=None)
@given(order=st.permutations(range(UNITS)))
def test_the_order_of_units_does_not_matter(order):
    order = list(order)
    places = Places([f"u{i}" for i in order], XY[order])

    assert told(scan_prospective(COUNTS[order], places, SETTINGS, expected=POPULATION[order])) == told(BASE)


@settings(max_examples=4, deadline=None)
@given(east=st.floats(-1e3, 1e3), north=st.floats(-1e3, 1e3), scale=st.floats(0.1, 10), size=st.floats(1e-3, 1e3))
def test_neither_the_map_s_origin_nor_its_scale_nor_the_unit_of_population_matters(east, north, scale, size):
    places = Places(names(UNITS), scale * (XY + np.array([east, north])))

    assert told(scan_prospective(COUNTS, places, SETTINGS, expected=size * POPULATION)) == told(BASE)


@settings(max_examples=4, deadline=None)
@given(which=st.integers(0, UNITS - 1), share=st.floats(0.05, 0.95))
def test_a_unit_split_in_place_counts_as_one(which, share):
    part = RNG.binomial(COUNTS[which], share)
    counts = np.vstack([COUNTS, part])
    counts[which] = COUNTS[which] - part
    population = np.append(POPULATION, share * POPULATION[which])
    population[which] *= 1 - share
    places = Places([*names(UNITS), f"u{which}"[:] + "b"], np.vstack([XY, XY[which]]))

    result = scan_prospective(counts, places, SETTINGS, expected=population)

    joined = [({name.rstrip("b") for name in one.members}, one.observed) for one in result.clusters]
    assert joined == [(set(one.members), one.observed) for one in BASE.clusters]


def test_no_two_clusters_share_a_unit():
    members = [name for one in BASE.clusters for name in one.members]

    assert len(members) == len(set(members))


def test_limits_are_kept():
    tight = ScanSettings(max_periods=5, min_periods=2, max_share=0.2, max_km=20, max_units=6, min_cases=3, reps=0)

    result = scan_retrospective(COUNTS, Places(names(UNITS), XY), tight, expected=POPULATION)

    assert result.clusters
    for one in result.clusters:
        share = sum(POPULATION[int(name[1:])] for name in one.members) / POPULATION.sum()
        assert 2 <= one.end - one.start <= 5
        assert share <= 0.2
        assert one.radius_km <= 20
        assert len(one.members) <= 6
        assert one.observed >= 3
        assert one.p_monte_carlo is None


def test_low_rates_are_found_too():
    counts = COUNTS + 1
    counts[:4, -10:] = 0
    result = scan_prospective(
        counts,
        Places(names(UNITS), XY),
        ScanSettings(rates=Rates.LOW, max_periods=14, reps=19),
        expected=np.ones(UNITS),
    )

    assert all(one.is_low for one in result.clusters)
    assert set(result.clusters[0].members) & {"u0", "u1", "u2", "u3"}


def test_an_island_stands_alone_and_what_lies_beyond_the_border_is_not_told():
    hot = BASE.clusters[0].members
    places = Places(names(UNITS), XY, islands=frozenset({hot[0]}), outside=frozenset(hot[1:]))

    result = scan_prospective(COUNTS, places, SETTINGS, expected=POPULATION)

    assert all(one.members == (hot[0],) for one in result.clusters if hot[0] in one.members)
    assert not any(set(one.members) <= set(hot[1:]) for one in result.clusters)


def test_ellipses_find_a_street_that_circles_cannot():
    xy = np.stack(np.meshgrid(np.arange(9.0), np.arange(9.0)), axis=-1).reshape(-1, 2)
    on_street = (xy[:, 1] == 4) & (xy[:, 0] >= 2) & (xy[:, 0] <= 6)
    counts = np.where(on_street, 9, 2)
    places, base = Places(names(81), xy), np.ones(81)

    round_, long = (
        scan_spatial(counts, places, ScanSettings(shape=shape, reps=0), expected=base).clusters[0]
        for shape in (Shape.CIRCLE, Shape.ELLIPSE)
    )

    assert set(long.members) == {f"u{i}" for i in np.flatnonzero(on_street)}
    assert long.major_km > long.minor_km
    assert long.angle_degrees == pytest.approx(0)
    assert set(round_.members) != set(long.members)


def test_expectation_based_scans_notice_a_rise_everywhere():
    base = np.full((UNITS, DAYS), 0.5)
    counts = np.random.default_rng(3).poisson(base)
    counts[:, -3:] *= 3

    rise = scan_prospective(
        counts, Places(names(UNITS), XY), ScanSettings(model=Model.EXPECTATION, max_share=1, max_periods=7, reps=99),
        expected=base,
    )  # fmt: skip

    assert len(rise.clusters[0].members) > UNITS / 2
    assert rise.clusters[0].p_monte_carlo == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("counts", "expected", "model", "told"),
    [
        (COUNTS[:5], POPULATION, Model.POISSON, "shape"),
        (-COUNTS, POPULATION, Model.POISSON, "whole number"),
        (COUNTS + 0.5, POPULATION, Model.POISSON, "whole number"),
        (COUNTS * 0, POPULATION, Model.POISSON, "fewer than two"),
        (COUNTS, None, Model.POISSON, "needs expected"),
        (COUNTS, POPULATION * np.nan, Model.POISSON, "finite"),
        (COUNTS, POPULATION * 0, Model.POISSON, "where nothing is expected"),
        (COUNTS, POPULATION, Model.PERMUTATION, "takes no expected"),
        (COUNTS, COUNTS - 1.0, Model.BERNOULLI, "0 or more"),
        (COUNTS, COUNTS * 1.0, Model.BERNOULLI, "no controls"),
    ],
)
def test_what_cannot_be_scanned_is_refused(counts, expected, model, told):
    with pytest.raises(ValueError, match=told):
        scan_prospective(counts, Places(names(UNITS), XY), ScanSettings(model=model), expected=expected)


def test_the_globe_has_distances_along_the_ground():
    places = Places(["a", "b"], np.array([[106.0, 11.0], [107.0, 11.0]]), is_globe=True)

    straight = np.sqrt(((places.points[0] - places.points[1]) ** 2).sum())

    assert_allclose(places.as_km(straight), 6367 * 2 * np.arcsin(np.cos(np.radians(11)) * np.sin(np.radians(0.5))))
