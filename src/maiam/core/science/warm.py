"""Compile every kernel once: `python -m maiam.core.science.warm` fills the folder that NUMBA_CACHE_DIR names."""

import numpy as np

from maiam.core.science.aberration import farrington_flexible
from maiam.core.science.local import local_moran, within_distance
from maiam.core.science.near_repeat import Bands, near_repeat
from maiam.core.science.scan import Model, Places, Rates, ScanSettings, scan_prospective

UNITS, DAYS = 30, 14


def main() -> None:
    """Scan, shuffle and deal a handful of cases: enough that each kernel is called as it will be."""
    rng = np.random.default_rng(1)
    xy, counts = rng.random((UNITS, 2)) * 50, rng.poisson(0.5, (UNITS, DAYS))
    places, base = Places([str(i) for i in range(UNITS)], xy), np.ones((UNITS, DAYS))
    scan_prospective(counts, places, ScanSettings(reps=1), expected=base)
    scan_prospective(counts * 60, places, ScanSettings(reps=1), expected=base)
    scan_prospective(counts, places, ScanSettings(reps=1, rates=Rates.BOTH, overdispersion=0.5), expected=base)
    scan_prospective(counts, places, ScanSettings(model=Model.PERMUTATION, reps=1))
    scan_prospective(counts, places, ScanSettings(model=Model.BERNOULLI, reps=1), expected=counts + base)
    farrington_flexible(rng.poisson(3.0, (2, 180)))
    local_moran(rng.random(UNITS), within_distance(xy, 20.0), reps=1)
    near_repeat(xy * 10, rng.random(UNITS) * 10, Bands((0, 100, 200)), Bands((0, 7, 14)), reps=1)


if __name__ == "__main__":
    main()
