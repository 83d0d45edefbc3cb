"""Detectors held against sums done by hand, and against what no detector may do."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import norm

from maiam.core.science.aberration import FarringtonSettings, cusum, ears, farrington_flexible
from maiam.core.science.aberration.regression import fit, fit_plain

RNG = np.random.default_rng(21)
WEEKLY = RNG.poisson(8, (6, 220))


def test_c1_is_mean_and_spread_of_the_week_before():
    x = np.array([3, 5, 4, 6, 2, 4, 5, 19.0])
    found = ears(x, "C1")

    upper = x[:7].mean() + norm.ppf(0.999) * x[:7].std(ddof=1)
    assert_allclose([found.upper[0, 0], found.expected[0, 0]], [upper, x[:7].mean()])
    assert found.alarm[0, 0]
    assert found.score[0, 0] > 1


def test_c2_does_not_see_the_two_days_before():
    x = np.array([3, 5, 4, 6, 2, 4, 5, 90, 90, 9.0])
    calm = x.copy()
    calm[7:9] = 0

    assert_allclose(ears(x, "C2").upper, ears(calm, "C2").upper)


def test_c3_adds_up_what_c2_exceeded_before():
    x = np.array([3, 5, 4, 6, 2, 4, 5, 3, 4, 5, 8, 8, 8.0])
    found = ears(x, "C3", first=12)

    def excess(t):
        past = x[t - 9 : t - 2]
        return max(0, (x[t] - past.mean()) / past.std(ddof=1) - 1)

    past = x[3:10]
    upper = max(0, x[12] + past.std(ddof=1) * (norm.ppf(0.975) - excess(10) - excess(11)))
    assert found.upper[0, 0] == pytest.approx(upper)


def test_a_floor_of_spread_keeps_empty_units_silent():
    x = np.array([0] * 7 + [1.0])

    assert ears(x).alarm[0, 0]
    assert not ears(x, min_sigma=0.5).alarm[0, 0]


def test_cusum_adds_up_small_rises():
    x = np.array([4.0] * 20 + [6, 6, 6, 6])
    found = cusum(x, first=20, standard="standard", k=0.5, h=1.5, m=4.0)

    assert_allclose(found.score[0], [0.5, 1.0, 1.5, 2.0])
    assert_array_equal(found.alarm[0], [False, False, True, True])


def test_cusum_counts_to_the_limit_it_tells():
    x = np.array([4.0] * 20 + [6, 6])
    upper = cusum(x, first=20, m=4.0).upper[0, 1]
    for last, alarm in ((upper + 1, True), (max(0, upper - 1), False)):
        assert cusum(np.append(x[:21], last), first=20, m=4.0).alarm[0, 1] == alarm


@pytest.mark.parametrize("method", ["nb", "muan", "delta"])
def test_many_series_at_once_are_read_as_one_by_one(method):
    settings = FarringtonSettings(method=method)
    together = farrington_flexible(WEEKLY, settings, first=216)

    for i, one in enumerate(WEEKLY):
        alone = farrington_flexible(one, settings, first=216)
        assert_allclose(together.upper[i], alone.upper[0], rtol=1e-6)
        assert_allclose(together.expected[i], alone.expected[0], rtol=1e-6)


def test_farrington_expects_what_there_was_and_sees_a_sharp_rise():
    counts = np.vstack([WEEKLY] * 5)
    counts[0, -1] = 40

    found = farrington_flexible(counts)

    assert found.expected.mean() == pytest.approx(8, abs=0.8)
    assert found.alarm[0, 0]
    assert found.alarm[1:].mean() < 0.2


def test_few_cases_raise_no_alarm():
    counts = np.zeros((1, 220))
    counts[0, -1] = 3

    assert not farrington_flexible(counts).alarm.any()


@pytest.mark.parametrize(
    "call",
    [
        lambda: ears(WEEKLY, "C4"),
        lambda: ears(WEEKLY[:, :6]),
        lambda: ears(-WEEKLY),
        lambda: cusum(WEEKLY, first=0),
        lambda: cusum(WEEKLY, first=9, m=0.0),
        lambda: farrington_flexible(WEEKLY[:, :100]),
        lambda: FarringtonSettings(method="other"),
    ],
)
def test_what_cannot_be_read_is_refused(call):
    with pytest.raises(ValueError, match=r"\w"):
        call()


def test_the_kernel_fits_as_its_plain_twin():
    rng = np.random.default_rng(12)
    season = rng.integers(0, 4, 60)
    design = np.column_stack([np.ones(60), season[:, None] == [1, 2, 3], np.linspace(-1, 1, 60)]).astype(float)
    counts = rng.poisson(np.exp(rng.normal(1, 1, (30, 1))), (30, 60)).astype(float)
    counts[3, season == 2] = 0
    weight = rng.random((30, 60)) + 0.5

    for told in (None, weight):
        fast, plain = fit(counts, design, told), fit_plain(counts, design, told)

        assert_array_equal(fast.converged, plain.converged)
        for name in ("mean", "hat", "dispersion", "inverse"):
            assert_allclose(getattr(fast, name), getattr(plain, name), rtol=1e-6, atol=1e-9, err_msg=name)
