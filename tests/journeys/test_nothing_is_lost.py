"""Killed with -9 at any moment, the site loses no report it has acknowledged."""

import os
import random
import time
from collections.abc import Callable

import pytest

from tests.journeys.reporters import follow, reporting
from tests.journeys.server import Site

pytestmark = pytest.mark.journey

KILLS = int(os.environ.get("MAIAM_KILLS", "12"))


def _kill_web(site: Site) -> None:
    site.kill_web()
    site.start_web()


def _kill_worker(site: Site) -> None:
    site.kill_worker()
    site.start_worker()


def _kill_database(site: Site) -> None:
    site.kill_database()
    time.sleep(0.2)
    site.restart_database()


@pytest.fixture
def chance(record_property: Callable[[str, object], None]) -> random.Random:
    seed = int(os.environ.get("MAIAM_SEED", "20261123"))
    record_property("seed", seed)
    return random.Random(seed)


@pytest.mark.parametrize("kill", [_kill_web, _kill_worker, _kill_database], ids=["web", "worker", "database"])
def test_no_acknowledged_report_is_lost(site: Site, chance: random.Random, kill: Callable[[Site], None]) -> None:
    with reporting(site) as reporters:
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.1, 0.6))
            kill(site)

    codes = [code for reporter in reporters for code in reporter.codes]
    lost = [code for code in codes if "Đã nhận" not in follow(site, code)]

    assert codes, "not one report was acknowledged"
    assert [status for reporter in reporters for status in reporter.error_pages] == []
    assert len(set(codes)) == len(codes)
    assert lost == []
