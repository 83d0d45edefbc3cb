"""Web, worker and database die at once, right after a report was acknowledged; then the power goes as well."""

import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from launcher.say import TroubleError
from tests.journeys.databases import Embedded
from tests.journeys.disks import CutDisk, Disk, Folder, can_cut_power
from tests.journeys.reporters import Reporter, follow, reporting
from tests.journeys.server import Site

pytestmark = pytest.mark.journey

ROUNDS = int(os.environ.get("MAIAM_KILLS", "3"))
SEED = int(os.environ.get("MAIAM_SEED", "20261123"))
PATIENCE_SECONDS = 60


@dataclass
class Mortal:
    """A site whose database, waiting reports and pictures all lie on one disk, to die with it."""

    disk: Disk
    site: Site

    def dies(self) -> None:
        self.site.database.kill_with_children()
        self.site.kill_web()
        self.site.kill_worker()
        self.site.database.release()
        self.disk.cut()

    def comes_back(self, **settings: str) -> None:
        self.site.database = _database(self.disk, **settings)
        self.site.database.start()
        self.site.start_web()
        self.site.start_worker()

    def count_reports(self) -> int:
        return int(self.site.database.cluster.query("SELECT count(*) FROM reports_report", database="maiam"))


def _database(disk: Disk, **settings: str) -> Embedded:
    return Embedded("mortal", state=disk.root, settings=settings)


@pytest.fixture(scope="module")
def mortal() -> Iterator[Mortal]:
    disk = CutDisk() if can_cut_power() else Folder()
    mortal = Mortal(disk, Site(state=disk.root, database=_database(disk)))
    mortal.site.create()
    disk.settle()
    mortal.comes_back()
    yield mortal
    mortal.site.stop()
    disk.remove()


def wait_for_codes(reporters: list[Reporter], *, more: int) -> None:
    before, give_up_at = count_codes(reporters), time.monotonic() + PATIENCE_SECONDS
    while count_codes(reporters) < before + more:
        assert time.monotonic() < give_up_at, "no report is acknowledged any more"
        time.sleep(0.002)


def count_codes(reporters: list[Reporter]) -> int:
    return sum(len(reporter.codes) for reporter in reporters)


def test_nothing_acknowledged_is_lost_or_doubled_when_everything_dies(
    mortal: Mortal, record_property: Callable[[str, object], None]
) -> None:
    chance, told_before = random.Random(SEED), mortal.count_reports()
    with reporting(mortal.site) as reporters:
        for _ in range(ROUNDS):
            wait_for_codes(reporters, more=chance.randint(1, 6))
            mortal.dies()
            mortal.comes_back()

    codes = [code for reporter in reporters for code in reporter.codes]
    lost = [code for code in codes if not is_kept(mortal, code)]
    told = mortal.count_reports() - told_before
    record_property("acknowledged", len(codes))

    assert lost == []
    assert len(set(codes)) == len(codes) <= told <= sum(reporter.sent for reporter in reporters)
    assert "whole" in mortal.site.run("audit", "verify")


@pytest.mark.skipif(not can_cut_power(), reason="cutting the power needs root and a loop device")
def test_the_power_cut_is_real(mortal: Mortal) -> None:
    """A database that does not flush loses what it acknowledged; else the test above would be blind."""
    mortal.dies()
    mortal.comes_back(fsync="off", synchronous_commit="off")

    with reporting(mortal.site) as reporters:
        wait_for_codes(reporters, more=5)
        codes = [code for reporter in reporters for code in reporter.codes]
    mortal.dies()
    try:
        mortal.comes_back()
    except TroubleError:
        return  # not even the server's own files held

    assert not all(is_kept(mortal, code) for code in codes)


def is_kept(mortal: Mortal, code: str) -> bool:
    return "Đã nhận" in follow(mortal.site, code)
