"""Scans and the other detectors at the size of a province and of the country, beside the bare counting of windows.

The floor of a scan visits the same windows of as many replicates and only adds and compares (`bench.counting`). The
other detectors count nothing like it; they stand beside the floor of the province, so that their figures travel too.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np

from bench.counting import count_bare
from bench.effort import Effort
from bench.table import Row, Taken, take
from maiam.core.science.aberration import cusum, ears, farrington_flexible
from maiam.core.science.local import local_g, local_moran, within_distance
from maiam.core.science.near_repeat import Bands, near_repeat
from maiam.core.science.scan import Model, Places, ScanSettings, Shape, Zones, build_zones, scan_prospective
from maiam.core.science.scan.windows import shares

PROVINCE, COUNTRY, DAYS, WINDOW = 124, 3321, 365, 28
# Cases of a unit in a day: 10 of a province, 268 of the country.
A_DAY = 10 / PROVINCE
THREADS = os.cpu_count() or 1
COLD = """
import numpy as np
from maiam.core.science.scan import Places, ScanSettings, scan_prospective
rng = np.random.default_rng(1)
places = Places([str(i) for i in range(124)], rng.random((124, 2)) * 100)
scan_prospective(rng.poisson(0.08, (124, 365)), places, ScanSettings(max_periods=28), expected=np.ones(124))
"""


def rows() -> Iterator[Row]:
    rng = np.random.default_rng(20261128)
    province = Study(PROVINCE, rng)
    unit = province.floor(ScanSettings(max_periods=WINDOW), build_zones(province.places))
    yield from province.rows("province", [("Poisson, 50 %", {}), ("permutation, 50 %", {"model": Model.PERMUTATION})])
    yield from province.rows("province", [("Poisson, 50 %, 9,999 replicates", {"reps": 9999})])
    yield from province.rows("province", [("ellipses, 50 %", {"shape": Shape.ELLIPSE})])
    yield from _others(rng, unit)
    country = Study(COUNTRY, rng)
    yield from country.rows("country", [("Poisson, 10 %", {"max_share": 0.1}), ("Poisson, 50 %", {})])


class Study:
    """Made-up counts of units that differ in size, and the geometry of their zones, made once."""

    def __init__(self, units: int, rng: np.random.Generator) -> None:
        self.xy = rng.random((units, 2)) * 100 * np.sqrt(units / PROVINCE)
        self.population = rng.gamma(4.0, 2500.0, units)
        share = self.population / self.population.sum()
        self.counts = rng.poisson(share[:, None] * A_DAY * units, (units, DAYS))
        self.places = Places([str(i) for i in range(units)], self.xy)

    def rows(self, told: str, ways: list[tuple[str, dict[str, object]]]) -> Iterator[Row]:
        for name, more in ways:
            settings = ScanSettings(max_periods=WINDOW, threads=THREADS, **more)  # type: ignore[arg-type]
            zones = build_zones(self.places, shape=settings.shape)
            yield from _both(f"scan of the {told}, {name}", self.scan(settings, zones), self.floor(settings, zones))

    def scan(self, settings: ScanSettings, zones: Zones) -> Callable[[], object]:
        expected = None if settings.model is Model.PERMUTATION else self.population
        return lambda: scan_prospective(self.counts, zones, settings, expected=expected)

    def floor(self, settings: ScanSettings, zones: Zones) -> Callable[[], object]:
        share = shares(zones.gather(self.population))
        sizes = zones.limited(share, max_share=settings.max_share, max_km=None, max_units=None)
        order = np.ascontiguousarray(zones.order[:, : sizes.max()])
        return lambda: count_bare(order, sizes, steps=WINDOW, reps=settings.reps, threads=THREADS)


def _others(rng: np.random.Generator, unit: Callable[[], object]) -> Iterator[Row]:
    country = rng.random((COUNTRY, 2)) * 500
    near, values = within_distance(country, 15.0), rng.gamma(2.0, 1.0, COUNTRY)
    weekly, daily = rng.poisson(3.0, (COUNTRY, 220)), rng.poisson(0.1, (COUNTRY, 60))
    events, days = rng.random((10_000, 2)) * 30_000, rng.integers(0, 365, 10_000).astype(float)
    space, time = Bands((0, 1, 101, 201, 301, 401)), Bands((0, 8, 15, 22, 29))
    calls: dict[str, Callable[[], object]] = {
        "Gi* of the country": lambda: local_g(values, near),
        "local Moran of the country, 999 replicates": lambda: local_moran(values, near, reps=999),
        "Farrington, 124 series, one week": lambda: farrington_flexible(weekly[:PROVINCE]),
        "Farrington, 3,321 series, one week": lambda: farrington_flexible(weekly),
        "EARS C1-C3 and CUSUM, 3,321 series, one day": lambda: _ears_and_cusum(daily),
        "Knox of 10,000 events, 999 deals": lambda: near_repeat(events, days, space, time, reps=999),
        "a process from its start to the first scan of a province": _cold,
    }
    for name, call in calls.items():
        yield from _both(name, call, unit)


def _ears_and_cusum(daily: np.ndarray) -> None:
    last = daily.shape[1] - 1
    for method in ("C1", "C2", "C3"):
        ears(daily, method, first=last, min_sigma=0.5)
    cusum(daily, first=last)


def _cold() -> None:
    subprocess.run([sys.executable, "-c", COLD], check=True)


def _both(what: str, ours: Callable[[], object], floor: Callable[[], object]) -> Iterator[Row]:
    """What the clock showed, and what the processors did."""
    one, other = quickest(ours, floor)
    yield Row(what, one.clock / 1000, other.clock / 1000, "s", decimals=3)
    yield Row(f"{what}, processors", one.processors / 1000, other.processors / 1000, "s", decimals=3)


def quickest(ours: Callable[[], object], floor: Callable[[], object], times: int = 5) -> tuple[Taken, Taken]:
    """The least that a few calls of each took, by turns, after one that warms: others only ever slow them down."""
    effort = Effort()
    pairs = [(take(lambda _: ours(), effort), take(lambda _: floor(), effort)) for _ in range(times + 1)][1:]
    return Taken.least([one for one, _ in pairs]), Taken.least([other for _, other in pairs])
