"""Where nothing but chance is at work, the morning's scan is quiet as often as it promises."""

import numpy as np
import pytest

from maiam.core.science.history import expected_counts
from maiam.core.science.scan import Places, ScanSettings, build_zones, scan_prospective

UNITS, DAYS, STUDY = 36, 393, 365
RNG = np.random.default_rng(41)
XY = np.random.default_rng(9).random((UNITS, 2)) * 60
RATE = RNG.gamma(2.0, 0.15, UNITS)
WEEKDAY = np.array([1.5, 0.7, 0.8, 0.8, 0.9, 1.0, 1.3])
MEAN = RATE[:, None] * WEEKDAY[np.arange(DAYS) % 7]
ZONES = build_zones(Places([str(i) for i in range(UNITS)], XY))


def share_of_alarms(sets, *, frailty=0.0, turn=0):
    """Share of null data sets in which a scan of units by their own past finds p <= 0.05; risks turn on one weekday."""
    alarms = 0
    for seed in range(sets):
        rng = np.random.default_rng([77, seed])
        weeks = -(-DAYS // 7) + 1
        risk = rng.gamma(1 / frailty, frailty, (UNITS, weeks)) if frailty else np.ones((UNITS, weeks))
        counts = rng.poisson(MEAN * np.repeat(risk, 7, axis=1)[:, turn : turn + DAYS])
        base = expected_counts(counts)
        told = ScanSettings(max_periods=28, reps=99, seed=seed, overdispersion=base.overdispersion, threads=1)
        last = slice(DAYS - STUDY, None)
        result = scan_prospective(counts[:, last], ZONES, told, expected=base.counts[:, last], doubt=base.doubt)
        alarms += bool(result.clusters) and result.clusters[0].p_monte_carlo <= 0.05
    return alarms / sets


def test_units_that_report_at_different_rates_are_quiet_at_the_nominal_rate():
    assert 0.03 <= share_of_alarms(400) <= 0.075


@pytest.mark.parametrize("turn", [0, 3])
def test_so_are_units_whose_risk_wanders_from_week_to_week(turn):
    assert share_of_alarms(200, frailty=0.5, turn=turn) <= 0.08
