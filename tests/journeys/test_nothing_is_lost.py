"""Killed with -9 at any moment, the site loses no report it has acknowledged."""

import os
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape

import pytest

from tests.journeys.server import Site

pytestmark = pytest.mark.journey

KILLS = int(os.environ.get("MAIAM_KILLS", "12"))


class Reporter(threading.Thread):
    """Sends short urgent reports one after another and notes the codes it was given."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.codes: list[str] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self.codes.append(self._report())
            except (OSError, urllib.error.URLError, AttributeError):
                # The site is down, or answered a fault page without a code: nothing was acknowledged.
                time.sleep(0.05)

    def _report(self) -> str:
        page = self._post({})
        page = self._post({"page": "safe", "safe": "yes", "state": _state(page)})
        page = self._post({"page": "what", "kinds": "beaten", "happening": "now", "state": _state(page)})
        page = self._post({"page": "urgent", "commune_text": "xa dak mil", "asked_which": "yes", "state": _state(page)})
        code = re.search(r'app-receipt">\s*([\d \u00a0]+)', page)
        assert code
        return re.sub(r"\D", "", code[1])

    def _post(self, fields: dict[str, str]) -> str:
        data = urllib.parse.urlencode(fields).encode() if fields else None
        with urllib.request.urlopen(f"{self.site.url}/gui/", data, timeout=20) as answer:
            return answer.read().decode()


def _state(page: str) -> str:
    return unescape(re.search(r'name="state" value="([^"]*)"', page)[1])


def _follow(site: Site, code: str) -> str:
    data = urllib.parse.urlencode({"code": code}).encode()
    with urllib.request.urlopen(f"{site.url}/ma/", data, timeout=20) as answer:
        return answer.read().decode()


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


@contextmanager
def reporting(site: Site) -> Iterator[list[Reporter]]:
    """Two people report on and on meanwhile."""
    reporters = [Reporter(site) for _ in range(2)]
    for reporter in reporters:
        reporter.start()
    try:
        yield reporters
        time.sleep(1.0)
    finally:
        for reporter in reporters:
            reporter.stopping.set()
            reporter.join(30)


@pytest.mark.parametrize("kill", [_kill_web, _kill_worker, _kill_database], ids=["web", "worker", "database"])
def test_no_acknowledged_report_is_lost(site: Site, chance: random.Random, kill: Callable[[Site], None]) -> None:
    with reporting(site) as reporters:
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.1, 0.6))
            kill(site)

    codes = [code for reporter in reporters for code in reporter.codes]
    lost = [code for code in codes if "Đã nhận" not in _follow(site, code)]

    assert codes, "not one report was acknowledged"
    assert len(set(codes)) == len(codes)
    assert lost == []
