"""What is expected follows each unit's own past."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from maiam.core.science.history import as_reported, expected_counts, reported_share

UNITS, DAYS = 36, 393
RNG = np.random.default_rng(41)
RATE = RNG.gamma(2.0, 0.15, UNITS)
WEEKDAY = np.array([1.5, 0.7, 0.8, 0.8, 0.9, 1.0, 1.3])
MEAN = RATE[:, None] * WEEKDAY[np.arange(DAYS) % 7]


def drawn(seed, mean=MEAN):
    return np.random.default_rng(seed).poisson(mean)


def test_the_last_days_never_feed_their_own_expectation():
    quiet = drawn(1)
    burning = quiet.copy()
    burning[:5, -28:] += 9

    assert_allclose(expected_counts(burning).counts, expected_counts(quiet).counts)


def test_each_unit_is_expected_at_its_own_rate_and_weekday():
    found = np.mean([expected_counts(drawn(seed), season=False).counts for seed in range(12)], axis=0)

    assert_allclose(found[:, -28:].sum(axis=1), MEAN[:, -28:].sum(axis=1), rtol=0.1, atol=0.3)
    assert_allclose(found[:, -28:].sum(axis=0), MEAN[:, -28:].sum(axis=0), rtol=0.05)


def test_a_wave_through_the_year_is_followed_into_the_days_to_come():
    wave = 1 + 0.5 * np.sin(2 * np.pi * np.arange(DAYS) / 365.25)
    counts = drawn(5, MEAN * wave * 3)

    with_season, without = (expected_counts(counts, season=season).counts[:, -28:].sum() for season in (True, False))

    told = (MEAN * wave * 3)[:, -28:].sum()
    assert abs(with_season - told) < 0.08 * told < abs(without - told)


def test_a_unit_with_hardly_a_past_is_drawn_to_what_is_usual_among_so_many_people():
    people = np.full(UNITS, 10_000.0)
    people[0] = 50
    counts = drawn(2, np.full((UNITS, DAYS), 0.2) * people[:, None] / 10_000)

    bare, drawn_in = (expected_counts(counts, people, shrink=shrink).counts[0].mean() for shrink in ("none", "eb"))

    assert abs(drawn_in - 0.001) <= abs(bare - 0.001) + 1e-9
    assert (expected_counts(counts, people).counts > 0).all()


def test_calm_counts_are_drawn_as_poisson_and_restless_ones_with_their_unrest():
    weeks = -(-DAYS // 7)
    frailty = np.repeat(np.random.default_rng(3).gamma(1 / 0.5, 0.5, (UNITS, weeks)), 7, axis=1)[:, :DAYS]

    calm, restless = expected_counts(drawn(4)), expected_counts(drawn(4, MEAN * frailty))

    assert calm.dispersion == pytest.approx(1, abs=0.1)
    assert calm.overdispersion == 0
    assert restless.dispersion > 1.2
    assert restless.overdispersion == pytest.approx(0.5, abs=0.2)


@pytest.mark.parametrize(
    ("counts", "people", "more", "told"),
    [
        (-MEAN, None, {}, "0 or more"),
        (MEAN, np.zeros(UNITS), {}, "people"),
        (MEAN, None, {"shrink": "hard"}, "no shrinkage"),
        (MEAN[:, :40], None, {}, "four weeks"),
        (MEAN * 0, None, {}, "a case"),
    ],
)
def test_what_says_nothing_of_the_past_is_refused(counts, people, more, told):
    with pytest.raises(ValueError, match=told):
        expected_counts(counts, people, **more)


def test_late_reports_are_allowed_for_by_the_delays_seen():
    rng = np.random.default_rng(6)
    happened = rng.integers(0, 200, 6000)
    reported = happened + rng.geometric(0.4, 6000) - 1
    known = reported <= 199

    share = reported_share(happened[known], reported[known], today=199, longest=14)

    assert_allclose(share[:6], 1 - 0.6 ** np.arange(1, 7), atol=0.03)
    assert share[-1] == 1
    thinned = as_reported(np.ones((2, 30)), share)
    assert_allclose(thinned[:, -1], share[0])
    assert_allclose(thinned[:, :16], 1)


def test_a_report_before_its_event_is_refused():
    with pytest.raises(ValueError, match="before its event"):
        reported_share(np.array([3]), np.array([2]), today=9, longest=5)
