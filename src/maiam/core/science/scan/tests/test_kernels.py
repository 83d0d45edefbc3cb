"""Each kernel says what its plain twin says."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from maiam.core.science.scan import lanes, search, windows
from maiam.core.science.scan.likelihood import BERNOULLI, CONDITIONAL, EXPECTATION, expected, statistic
from maiam.core.science.scan.lots import Doubt, lots_of
from maiam.core.science.scan.observed import best_windows, best_windows_plain
from maiam.core.science.scan.places import Places
from maiam.core.science.scan.replicates import Chance, maxima_plain
from maiam.core.science.scan.settings import Model, Rates, ScanSettings, Shape
from maiam.core.science.scan.zones import build_zones

UNITS, PERIODS, REPS = 56, 8, 140
RNG = np.random.default_rng(20260727)
PLACES = Places([f"u{i}" for i in range(UNITS)], RNG.random((UNITS, 2)) * 80)
COUNTS = RNG.poisson(0.4, (UNITS, PERIODS))
CONTROLS = RNG.poisson(1.0, (UNITS, PERIODS)) + 1
EXPECTED = RNG.gamma(2.0, 0.2, (UNITS, PERIODS))

WAYS = [
    (Model.POISSON, Rates.HIGH, Shape.CIRCLE, 0.0),
    (Model.POISSON, Rates.BOTH, Shape.CIRCLE, 0.0),
    (Model.POISSON, Rates.LOW, Shape.CIRCLE, 0.0),
    (Model.POISSON, Rates.HIGH, Shape.ELLIPSE, 0.0),
    (Model.POISSON, Rates.HIGH, Shape.CIRCLE, 0.5),
    (Model.EXPECTATION, Rates.HIGH, Shape.CIRCLE, 0.0),
    (Model.EXPECTATION, Rates.BOTH, Shape.CIRCLE, 0.5),
    (Model.PERMUTATION, Rates.HIGH, Shape.CIRCLE, 0.0),
    (Model.PERMUTATION, Rates.BOTH, Shape.CIRCLE, 0.0),
    (Model.BERNOULLI, Rates.HIGH, Shape.CIRCLE, 0.0),
    (Model.BERNOULLI, Rates.BOTH, Shape.CIRCLE, 0.0),
]


def chance_of(model, rates, shape, unrest, *, retrospective=False, counts=COUNTS, min_cases=2):
    settings = ScanSettings(model=model, rates=rates, shape=shape, overdispersion=unrest, min_cases=min_cases)
    zones = build_zones(PLACES, shape=shape)
    measure = {Model.BERNOULLI: (counts + CONTROLS).astype(float), Model.PERMUTATION: None}.get(model, EXPECTED)
    measure = zones.gather(search._measure(counts, measure, model))
    counts = zones.gather(counts)
    if model is not Model.BERNOULLI:
        measure = measure * counts.sum() / measure.sum()
    walk = windows.at_any_time(PERIODS, 4, 2) if retrospective else windows.ending_now(PERIODS, 6)
    first = int(walk.start.min())
    study = search._study(counts, measure, zones, walk, settings)
    doubt = Doubt(unrest, np.full(len(counts), unrest / 9))
    return Chance(study, walk, lots_of(model, counts, measure, first=first, doubt=doubt), first, seed=3)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_strongest_windows_are_those_of_the_plain_search(way):
    study = chance_of(*way).study

    fast, plain = best_windows(study), best_windows_plain(study)

    assert_allclose(fast.statistic, plain.statistic, rtol=1e-9, atol=1e-9)
    assert_array_equal(fast.size, plain.size)
    assert_array_equal(fast.step, plain.step)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_maxima_of_replicates_are_those_of_the_plain_count(way):
    chance = chance_of(*way)
    reps = REPS if way[2] is Shape.CIRCLE else 8

    assert_allclose(chance.maxima(reps, strongest=9.0), maxima_plain(chance, reps), rtol=1e-9, atol=1e-9)


def test_so_are_those_over_any_period():
    chance = chance_of(Model.POISSON, Rates.HIGH, Shape.CIRCLE, 0.0, retrospective=True)

    assert_allclose(chance.maxima(20, strongest=9.0), maxima_plain(chance, 20), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("times", "cases"), [(60, 2**8), (400, 2**15)])
def test_counts_too_large_for_eight_or_sixteen_bits_are_counted_in_more(times, cases):
    chance = chance_of(Model.POISSON, Rates.HIGH, Shape.CIRCLE, 0.0, counts=COUNTS * times)

    assert chance.lots.most > cases
    assert_allclose(chance.maxima(20, strongest=9.0), maxima_plain(chance, 20), rtol=1e-9, atol=1e-9)


def test_a_walk_cut_into_parts_ends_at_the_same_place(monkeypatch):
    chance = chance_of(Model.POISSON, Rates.HIGH, Shape.CIRCLE, 0.0, retrospective=True)
    whole = chance.maxima(20, strongest=9.0)

    monkeypatch.setattr("maiam.core.science.scan.replicates.TABLE_BYTES", 40_000)

    assert_array_equal(chance.maxima(20, strongest=9.0), whole)


def test_stopping_early_ends_with_the_replicate_that_decided():
    chance = chance_of(Model.POISSON, Rates.HIGH, Shape.CIRCLE, 0.0)
    whole = chance.maxima(REPS, strongest=9.0)
    strongest = float(np.median(whole))

    stopped = chance.maxima(REPS, strongest=strongest, stop_after=10)

    assert np.count_nonzero(stopped >= strongest - 1e-6) == 10
    assert_array_equal(stopped, whole[: len(stopped)])


def test_limits_of_share_are_those_of_plain_sums():
    zones = build_zones(PLACES)
    share = RNG.dirichlet(np.ones(zones.count))

    fast = zones.limited(share, max_share=0.3, max_km=None, max_units=None)

    assert_array_equal(fast, (share[zones.order].cumsum(axis=1) <= 0.3).sum(axis=1))


@pytest.mark.parametrize("kind", [CONDITIONAL, EXPECTATION, BERNOULLI])
def test_the_number_of_a_slot_is_the_least_count_that_can_reach_the_cut(kind):
    cases, total = 60.0, 200.0 if kind == BERNOULLI else 60.0
    edges = lanes.edges_of_slots(total / 2)
    highs = np.empty((1, len(edges) - 1), np.int32)
    rules = (kind, np.array([cases, total, 2.0]), np.array([True, False]))

    lanes.fill_numbers(rules, np.array([5.0]), edges, highs, np.empty_like(highs))

    for slot in range(1, highs.size, 7):
        measure = edges[slot] * (1 + 1e-9)
        counts = [c for c in range(2, 61) if c > expected(kind, measure, cases, total)]
        reaching = [c for c in counts if statistic(kind, float(c), measure, cases, total) >= 5.0]
        assert highs[0, slot] == (min(reaching) if reaching else lanes.NEVER_HIGH)


def test_a_measure_lies_between_the_edges_of_its_slot():
    edges = lanes.edges_of_slots(4000.0)
    for measure in [0.0, 1e-6, *np.exp(RNG.uniform(-8, 8, 300))]:
        slot = lanes.slot_of(measure)

        assert edges[slot] * (1 - 1e-6) <= measure <= edges[slot + 1] * (1 + 1e-6)


def test_blocks_are_tabled_by_their_first_zone():
    chance = chance_of(Model.POISSON, Rates.HIGH, Shape.CIRCLE, 0.0)
    study = chance.study
    ends = np.tile([8, 16, 24], (study.measure.shape[1], 1))
    begins = [*range(8), 8, 10, 12, 14, 16, 20]
    blocks = max(lanes.count_blocks(ends, size) for size in study.sizes)
    table = np.zeros((len(ends), len(study.sizes), blocks), np.uint16)

    by_step = np.ascontiguousarray(study.measure.T)
    lanes.tabulate((0, len(study.sizes)), (study.order, study.sizes, ends), by_step, table)

    for row in range(0, len(study.sizes), 9):
        sums = study.measure[study.order[row]].cumsum(axis=0)
        for step in range(len(ends)):
            known = [k for k in begins if k < study.sizes[row] - 3]
            assert list(table[step, row, : len(known)]) == [lanes.slot_of(sums[k, step]) for k in known]
