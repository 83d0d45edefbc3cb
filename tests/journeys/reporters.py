"""People who report on and on while the site is killed under them, and what they were told."""

import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.client import HTTPException

from tests.journeys.server import Site


class Reporter(threading.Thread):
    """Sends short urgent reports one after another; notes the codes it was given, and the error pages it saw."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.sent = 0
        self.codes: list[str] = []
        self.error_pages: list[int] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self.codes.append(self._report())
            except urllib.error.HTTPError as refusal:
                self.error_pages.append(refusal.code)
            except (OSError, HTTPException):
                # Nobody answers, or the answer breaks off: nothing was acknowledged.
                time.sleep(0.05)

    def _report(self) -> str:
        page = self._post({})
        page = self._post({"page": "safe", "safe": "yes", "state": _state(page)})
        page = self._post({"page": "what", "kinds": "beaten", "happening": "now", "state": _state(page)})
        self.sent += 1
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


def follow(site: Site, code: str) -> str:
    data = urllib.parse.urlencode({"code": code}).encode()
    with urllib.request.urlopen(f"{site.url}/ma/", data, timeout=20) as answer:
        return answer.read().decode()


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
